//! One signed letter to one inbox, and what became of it. Never retries: whether and when is the sender's decision.

use std::time::Duration;

use bytes::Bytes;
use chrono::{DateTime, Utc};
use http::HeaderMap;
use http::header::RETRY_AFTER;
use url::Url;

use crate::fetch::{Answer, FetchError, GuardedClient, Rest};
use crate::key::SigningKey;
use crate::signature::{self, BodyDigest, Scheme};

const DEADLINE: Duration = Duration::from_secs(10);
/// What a peer says to a letter interests nobody; this much is read so that the connection can be kept.
const LONGEST_ANSWER: usize = 4 * 1024;
/// Nobody makes us wait longer than this.
const LONGEST_RETRY_AFTER: Duration = Duration::from_secs(24 * 3600);

/// An activity on its way to one inbox.
#[derive(Debug, Clone)]
pub struct Letter {
    /// Where it goes.
    pub inbox: Url,
    /// The activity, serialised once for all its letters.
    pub body: Bytes,
    /// The body's digest, computed once.
    pub digest: BodyDigest,
    /// The address of the key that signs.
    pub key_id: Url,
    /// The key that signs.
    pub key: SigningKey,
    /// What is said beside it of the sender's followers there: [`crate::synchronization::Stated::to_header`].
    pub followers: Option<String>,
}

/// What became of a letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// Taken (2xx). Not proof that it was believed.
    Accepted,
    /// 404 or 410: the inbox is no more.
    Gone,
    /// Refused for good, with this status.
    Refused(u16),
    /// Our guard does not speak to this address.
    Forbidden,
    /// Not now.
    TryLater {
        /// How long the peer asks us to wait, at most a day.
        after: Option<Duration>,
        /// What was in the way.
        why: Trouble,
    },
    /// 401, or 400 from software that says so to a signature that it cannot read: the peer may understand the other scheme.
    TryOtherScheme(u16),
}

/// Why a letter is to be tried again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Trouble {
    /// No connection, or it broke.
    #[error("unreachable")]
    Unreachable,
    /// No answer in time.
    #[error("timed out")]
    TimedOut,
    /// 408, 425, 429 or 5xx.
    #[error("answered with status {0}")]
    Status(u16),
    /// Our own signing failed.
    #[error("could not be signed")]
    Unsigned,
}

/// Sends a letter once. Connects first and signs then, at the time that `clock` gives: peers refuse old signatures, and
/// who cannot be reached costs none.
pub async fn deliver(
    client: &GuardedClient,
    letter: &Letter,
    scheme: Scheme,
    clock: impl Fn() -> DateTime<Utc>,
) -> Outcome {
    match tokio::time::timeout(DEADLINE, exchange(client, letter, scheme, &clock)).await {
        Ok(Ok((answer, rest))) => {
            let outcome = judge(&answer, clock());
            rest.finish(LONGEST_ANSWER).await;
            outcome
        }
        Ok(Err(outcome)) => outcome,
        Err(_) => later(Trouble::TimedOut),
    }
}

/// Whether anybody answers there, whatever they answer, before anything is signed for them. Over https the handshake of
/// [`deliver`] tells; over plain http a server that takes connections and stays silent would cost a signature each time.
pub async fn knock(client: &GuardedClient, inbox: &Url) -> Result<(), Trouble> {
    let asked = async {
        match client.line(inbox).await {
            Ok(line) => match line.knock(inbox).await {
                Err(FetchError::TimedOut) => Err(Trouble::TimedOut),
                // Who hangs up has said something.
                _ => Ok(()),
            },
            Err(FetchError::TimedOut) => Err(Trouble::TimedOut),
            // That is no trouble of theirs, and [`deliver`] says so.
            Err(FetchError::Refused) => Ok(()),
            Err(_) => Err(Trouble::Unreachable),
        }
    };
    let answered = tokio::time::timeout(DEADLINE, asked).await;
    answered.unwrap_or(Err(Trouble::TimedOut))
}

async fn exchange<'a>(
    client: &'a GuardedClient,
    letter: &Letter,
    scheme: Scheme,
    clock: &impl Fn() -> DateTime<Utc>,
) -> Result<(Answer, Rest<'a>), Outcome> {
    let url = &letter.inbox;
    let mut line = client.line(url).await.map_err(failed)?;
    loop {
        let headers = {
            let _core = client.core().await;
            let post = (url, &letter.digest);
            let followers = letter.followers.as_deref();
            signature::sign_letter(&letter.key_id, &letter.key, post, followers, clock(), scheme)
        };
        let headers = headers.map_err(|_| later(Trouble::Unsigned))?;
        let was_kept = line.was_kept();
        match line.post(url, headers, letter.body.clone()).await {
            // The peer closed it meanwhile. Should the letter have come through, its id makes the two one.
            Err(FetchError::Unreachable) if was_kept => {
                line = client.new_line(url).await.map_err(failed)?;
            }
            answer => return answer.map_err(failed),
        }
    }
}

fn failed(error: FetchError) -> Outcome {
    match error {
        FetchError::Refused => Outcome::Forbidden,
        FetchError::TimedOut => later(Trouble::TimedOut),
        _ => later(Trouble::Unreachable),
    }
}

fn judge(answer: &Answer, now: DateTime<Utc>) -> Outcome {
    match answer.status.as_u16() {
        200..=299 => Outcome::Accepted,
        status @ (400 | 401) => Outcome::TryOtherScheme(status),
        404 | 410 => Outcome::Gone,
        status @ (408 | 425 | 429 | 500..) => Outcome::TryLater {
            after: retry_after(&answer.headers, now),
            why: Trouble::Status(status),
        },
        // A redirect is refused too: an inbox that moved is announced in its actor's document.
        status => Outcome::Refused(status),
    }
}

fn later(why: Trouble) -> Outcome {
    Outcome::TryLater { after: None, why }
}

/// How long an answer asks us to wait, at most a day.
pub(crate) fn retry_after(headers: &HeaderMap, now: DateTime<Utc>) -> Option<Duration> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    let wait = match text.parse::<u64>() {
        Ok(seconds) => Duration::from_secs(seconds),
        Err(_) => {
            let date = signature::parse_http_date(text)?;
            date.signed_duration_since(now).to_std().unwrap_or(Duration::ZERO)
        }
    };
    Some(wait.min(LONGEST_RETRY_AFTER))
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeZone as _;
    use http::{HeaderValue, StatusCode};

    fn outcome(status: u16, wait: Option<&'static str>) -> Outcome {
        let mut headers = HeaderMap::new();
        if let Some(wait) = wait {
            headers.insert(RETRY_AFTER, HeaderValue::from_static(wait));
        }
        let now = Utc.with_ymd_and_hms(2020, 5, 17, 12, 0, 0).unwrap();
        judge(
            &Answer {
                status: StatusCode::from_u16(status).unwrap(),
                headers,
            },
            now,
        )
    }

    #[test]
    fn every_status_has_one_meaning() {
        assert_eq!(outcome(202, None), Outcome::Accepted);
        for status in [400, 401] {
            assert_eq!(outcome(status, None), Outcome::TryOtherScheme(status));
        }
        assert_eq!(outcome(404, None), Outcome::Gone);
        assert_eq!(outcome(410, None), Outcome::Gone);
        for status in [301, 403, 413, 422] {
            assert_eq!(outcome(status, None), Outcome::Refused(status));
        }
        for status in [408, 429, 500, 502, 503, 599] {
            let why = Trouble::Status(status);
            assert_eq!(outcome(status, None), Outcome::TryLater { after: None, why });
        }
    }

    #[test]
    fn a_request_to_wait_is_read_in_both_forms_and_bounded() {
        let wait = |text| match outcome(429, Some(text)) {
            Outcome::TryLater { after, .. } => after.map(|after| after.as_secs()),
            other => panic!("{other:?}"),
        };
        assert_eq!(wait("120"), Some(120));
        assert_eq!(wait("Sun, 17 May 2020 12:01:00 GMT"), Some(60));
        assert_eq!(wait("Sun, 17 May 2020 11:00:00 GMT"), Some(0));
        assert_eq!(wait("18446744073709551615"), Some(24 * 3600));
        assert_eq!(wait("soon"), None);
    }
}
