//! The request that carries a push message, and what became of it (RFC 8030). Follows nothing.

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Utc};
use http::header::{AUTHORIZATION, CONTENT_ENCODING, CONTENT_TYPE, HOST};
use http::{HeaderMap, HeaderName, HeaderValue};
use url::{Position, Url};

use super::seal::{Encoding, Subscriber};
use super::vapid::VapidKey;
use crate::delivery;
use crate::fetch::{Answer, FetchError, GuardedClient};

const DEADLINE: Duration = Duration::from_secs(10);
/// What a service says interests nobody; this much is read so that the connection can be kept.
const LONGEST_ANSWER: usize = 4 * 1024;

/// How soon a device is to be woken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Urgency {
    /// Somebody spoke to somebody.
    High,
    /// Anything else.
    Normal,
}

/// A message to one subscription.
#[derive(Debug, Clone)]
pub struct Message {
    /// Where it goes.
    pub endpoint: Url,
    /// For whom it is sealed.
    pub subscriber: Subscriber,
    /// How.
    pub encoding: Encoding,
    /// What is sealed.
    pub text: Vec<u8>,
    /// How long the service keeps it for a device that is away.
    pub keep: Duration,
    /// How soon it is wanted.
    pub urgency: Urgency,
}

/// What became of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Taken (2xx).
    Accepted,
    /// 404 or 410: there is no such subscription any more.
    Gone,
    /// Never, with this status where there was one.
    Refused(Option<u16>),
    /// Not now.
    TryLater {
        /// How long the service asks us to wait, at most a day.
        after: Option<Duration>,
        /// The status, where there was an answer.
        status: Option<u16>,
    },
}

/// Sends a message once. `contact`: whom the service may ask about this server.
pub async fn send(
    client: &GuardedClient,
    key: &VapidKey,
    message: &Message,
    contact: &str,
    now: DateTime<Utc>,
) -> Outcome {
    let Some((headers, body)) = request(key, message, contact, now) else {
        return Outcome::Refused(None);
    };
    let later = Outcome::TryLater {
        after: None,
        status: None,
    };
    match tokio::time::timeout(
        DEADLINE,
        exchange(client, &message.endpoint, &headers, body.into()),
    )
    .await
    {
        Ok(Ok(answer)) => judge(&answer, now),
        Ok(Err(FetchError::Refused)) => Outcome::Refused(None),
        Ok(Err(_)) | Err(_) => later,
    }
}

async fn exchange(
    client: &GuardedClient,
    url: &Url,
    headers: &HeaderMap,
    body: bytes::Bytes,
) -> Result<Answer, FetchError> {
    let mut line = client.line(url).await?;
    loop {
        let was_kept = line.was_kept();
        match line.post(url, headers.clone(), body.clone()).await {
            // The service closed it meanwhile. A message that came twice is shown once: it has the notification's id.
            Err(FetchError::Unreachable) if was_kept => line = client.new_line(url).await?,
            Ok((answer, rest)) => {
                rest.finish(LONGEST_ANSWER).await;
                return Ok(answer);
            }
            Err(error) => return Err(error),
        }
    }
}

/// None when it cannot be sealed or signed.
fn request(
    key: &VapidKey,
    message: &Message,
    contact: &str,
    now: DateTime<Utc>,
) -> Option<(HeaderMap, Vec<u8>)> {
    let sealed = message.subscriber.seal(&message.text, message.encoding).ok()?;
    let word = key.word(&message.endpoint, contact, now).ok()?;
    let public = key.public();
    let host = &message.endpoint[Position::BeforeHost..Position::AfterPort];
    let mut headers = HeaderMap::new();
    let mut set = |name: HeaderName, value: &str| {
        headers.insert(name, HeaderValue::from_str(value).ok()?);
        Some(())
    };
    set(HOST, host)?;
    set(CONTENT_TYPE, "application/octet-stream")?;
    set(
        HeaderName::from_static("ttl"),
        &message.keep.as_secs().to_string(),
    )?;
    let urgency = match message.urgency {
        Urgency::High => "high",
        Urgency::Normal => "normal",
    };
    set(HeaderName::from_static("urgency"), urgency)?;
    match message.encoding {
        Encoding::Aes128Gcm => {
            set(CONTENT_ENCODING, "aes128gcm")?;
            set(AUTHORIZATION, &format!("vapid t={word},k={public}"))?;
        }
        Encoding::AesGcm => {
            let own = URL_SAFE_NO_PAD.encode(&sealed.public_key);
            let salt = URL_SAFE_NO_PAD.encode(sealed.salt);
            set(CONTENT_ENCODING, "aesgcm")?;
            set(AUTHORIZATION, &format!("WebPush {word}"))?;
            set(HeaderName::from_static("encryption"), &format!("salt={salt}"))?;
            set(
                HeaderName::from_static("crypto-key"),
                &format!("dh={own};p256ecdsa={public}"),
            )?;
        }
    }
    Some((headers, sealed.body))
}

fn judge(answer: &Answer, now: DateTime<Utc>) -> Outcome {
    match answer.status.as_u16() {
        200..=299 => Outcome::Accepted,
        404 | 410 => Outcome::Gone,
        status @ (408 | 425 | 429 | 500..) => Outcome::TryLater {
            after: delivery::retry_after(&answer.headers, now),
            status: Some(status),
        },
        status => Outcome::Refused(Some(status)),
    }
}
