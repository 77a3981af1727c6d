//! Pictures that another server has: fetching one, and whom to leave alone when that fails. Believes no single picture
//! about its server: anybody can name an address there that is broken.

use std::time::Duration;

use bytes::Bytes;
use chrono::TimeDelta;
use tintype_federation::fetch::FetchError;
use url::Url;

use super::{Blame, MOST_TRIES, Trouble, again};
use crate::actions::rejected_media::REFUSED;
use crate::app::App;
use crate::db;
use crate::db::media_queue::Taken;
use crate::media::MediaKey;

/// Pictures of a failing server that are put off at once; more are put off when they are taken.
const MOST_PUT_OFF: i64 = 1_000;
/// So long a failing server's pictures are asked for without anybody looking at them.
const PATIENCE_WITH_HOST: TimeDelta = TimeDelta::days(3);
/// How long one that failed waits behind the others of its server: another one is to find out whether it answers.
const BEHIND: TimeDelta = TimeDelta::minutes(1);

/// The same picture under the key that it has in the store of copies, where there is one and its key is from before that.
/// Nothing is stored yet under either.
pub(super) async fn placed(app: &App, taken: &Taken) -> sqlx::Result<Option<Taken>> {
    let Some(key) = MediaKey::parse(&taken.key).filter(|_| taken.remote_url.is_some() && !taken.is_shown)
    else {
        return Ok(None);
    };
    let of_copy = app.store.key_of_copy(key);
    if of_copy == key {
        return Ok(None);
    }
    let of_copy = of_copy.to_string();
    let mut tx = app.db.begin().await?;
    let Some(post) = db::media_queue::place(&mut tx, taken.id, &taken.key, &of_copy, app.clock.now()).await?
    else {
        return Ok(None);
    };
    if let Some(post) = post {
        db::posts::touch(&mut tx, post).await?;
    }
    tx.commit().await?;
    Ok(Some(Taken {
        key: of_copy,
        ..taken.clone()
    }))
}

pub(super) async fn fetch(app: &App, taken: &Taken, url: &str) -> Result<Bytes, Trouble> {
    if db::policies::rejects_picture(&mut *app.db.acquire().await?, taken.id).await? {
        return Err(Trouble::Lasting(REFUSED.into()));
    }
    let url = Url::parse(url)
        .map_err(|_| Trouble::Lasting("The picture could not be fetched: its address is none.".into()))?;
    let most = usize::try_from(app.config.photo_bytes).unwrap_or(usize::MAX);
    let fetched = app.peers.get_media(&url, most, None, app.clock.now()).await;
    let fetched = fetched.map_err(unfetched);
    if !matches!(fetched, Err(Trouble::Host(..)))
        && let Some(host) = &taken.remote_host
    {
        app.peers.pictures.answered(host);
    }
    let bytes = fetched?.bytes;
    if let Some(host) = &taken.remote_host {
        app.peers.pictures.gave(host);
    }
    Ok(bytes)
}

fn unfetched(error: FetchError) -> Trouble {
    let sentence = format!("The picture could not be fetched: {error}.");
    match error {
        FetchError::AskedToWait(wait) => Trouble::Host(sentence, Blame::Told(wait)),
        FetchError::TimedOut | FetchError::Unreachable | FetchError::Status(429 | 502..=504) => {
            Trouble::Host(sentence, Blame::Unclear)
        }
        // A 500 is about this one: its server is well enough to say so.
        FetchError::Status(500..=599) => Trouble::Passing(sentence),
        error if error.is_lasting() => Trouble::Lasting(sentence),
        _ => Trouble::Passing(sentence),
    }
}

/// A server that fails with one picture after another is left alone for a while, with all that wait. It is not their
/// fault, so none is given up for it. After days they are no longer asked for, until somebody looks at them.
pub(super) async fn unhosted(app: &App, taken: &Taken, sentence: &str, blame: Blame) -> sqlx::Result<()> {
    let (Some(host), Some(url)) = (&taken.remote_host, &taken.remote_url) else {
        return again(app, taken, sentence).await;
    };
    let (now, hosts) = (app.clock.now(), &app.peers.pictures);
    let rest = match blame {
        Blame::Told(wait) => Some(hosts.asks_to_wait(host, delta(wait), now)),
        Blame::Unclear => hosts.failed(host, url, now),
    };
    let Some(rest) = rest else {
        return alone(app, taken, sentence).await;
    };
    let mut db = app.db.acquire().await?;
    if now - rest.since > PATIENCE_WITH_HOST {
        tracing::info!(picture = %taken.id, host, sentence, "a picture is left where it is");
        db::media_waits::rest(&mut db, taken.id).await?;
    } else {
        let until = rest.until + BEHIND;
        db::media_waits::await_host(&mut db, taken.id, until, Some(sentence)).await?;
    }
    let others = db::media_waits::put_off(&mut db, host, rest.until, MOST_PUT_OFF).await?;
    metrics::counter!("tintype_pictures_put_off_total").increment(others + 1);
    tracing::info!(host, sentence, others, until = %rest.until, "a server's pictures have to wait");
    Ok(())
}

/// Nothing says yet that it is more than this one: it waits by itself. Its server may be away for longer than that, so it
/// is not given up in the end, but asked for again when somebody looks at it.
async fn alone(app: &App, taken: &Taken, sentence: &str) -> sqlx::Result<()> {
    if taken.tries < MOST_TRIES {
        return again(app, taken, sentence).await;
    }
    tracing::info!(picture = %taken.id, sentence, "a picture is left where it is");
    let mut db = app.db.acquire().await?;
    db::media_waits::rest(&mut db, taken.id).await
}

fn delta(wait: Duration) -> TimeDelta {
    TimeDelta::from_std(wait).unwrap_or(TimeDelta::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_trouble_that_may_be_the_servers_counts_against_it() {
        assert!(matches!(unfetched(FetchError::Gone), Trouble::Lasting(_)));
        for error in [
            FetchError::TimedOut,
            FetchError::Unreachable,
            FetchError::Status(429),
            FetchError::Status(503),
        ] {
            assert!(
                matches!(unfetched(error), Trouble::Host(_, Blame::Unclear)),
                "{error}"
            );
        }
        let wait = Duration::from_secs(60);
        let told = unfetched(FetchError::AskedToWait(wait));
        assert!(matches!(told, Trouble::Host(_, Blame::Told(asked)) if asked == wait));
        for status in [403, 500, 501] {
            assert!(
                matches!(unfetched(FetchError::Status(status)), Trouble::Passing(_)),
                "{status}"
            );
        }
    }
}
