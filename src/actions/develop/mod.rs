//! A picture that waits becomes one that can be shown, or is refused with a sentence. Runs twice without harm: keys
//! stay, and stored files are written once.

mod better;
mod elsewhere;
mod film;
mod known;
mod opened;
mod smaller;
mod trouble;

use std::panic::AssertUnwindSafe;
use std::time::Duration;

use bytes::Bytes;
use chrono::TimeDelta;
use futures::FutureExt;
use sqlx::types::Json;

use self::trouble::{Blame, Trouble};
use crate::app::App;
use crate::bus::Queue;
use crate::db;
use crate::db::known_bad::Found;
use crate::db::media_queue::{Priority, Ready, Settled, Taken};
use crate::domain::video::Moving;
use crate::media::{
    self, Focus, Foreign, Format, MediaKey, OriginalKey, Photo, Rendition, Size, StoreError, VideoError,
};

/// How long a worker has a picture. One that crashed gives it back by this.
pub const LEASE: TimeDelta = TimeDelta::minutes(2);
/// A worker ends before its lease does, so that two seldom work on one picture.
const MOST_TIME: Duration = Duration::from_secs(110);
/// The same of a video, whose programs have bounds of their own, and whose lease is renewed meanwhile.
const MOST_TIME_OF_VIDEO: Duration = Duration::from_secs(12 * 3_600);
const MOST_TRIES: i16 = 6;
/// The wait after the first failure, and how it grows: our own storage is mended sooner than another server.
const FIRST_WAIT_HERE: TimeDelta = TimeDelta::seconds(5);
const FIRST_WAIT_REMOTE: TimeDelta = TimeDelta::minutes(1);
const GROWTH: i32 = 5;

/// Makes one picture ready and writes down what came of it. A panic on the way costs this try and nothing else.
pub async fn one(app: &App, taken: &Taken) -> sqlx::Result<()> {
    let placed = elsewhere::placed(app, taken).await?;
    let taken = placed.as_ref().unwrap_or(taken);
    let work = AssertUnwindSafe(attempt(app, taken)).catch_unwind();
    let most = match taken.kind {
        Moving::Still => MOST_TIME,
        Moving::Loop | Moving::Video => MOST_TIME_OF_VIDEO,
    };
    let outcome = match tokio::time::timeout(most, work).await {
        Ok(Ok(outcome)) => outcome,
        Ok(Err(_)) => Err(Trouble::Passing("The picture could not be opened.".into())),
        Err(_) => Err(Trouble::Passing("The picture took too long.".into())),
    };
    match outcome {
        Ok(()) => Ok(()),
        Err(Trouble::Host(sentence, blame)) => elsewhere::unhosted(app, taken, &sentence, blame).await,
        Err(Trouble::Lasting(sentence)) => refuse(app, taken, &sentence).await,
        Err(trouble) if taken.tries >= MOST_TRIES => {
            tracing::warn!(picture = %taken.id, %trouble, "a picture is given up");
            let sentence = match trouble {
                Trouble::Passing(sentence) if taken.remote_url.is_some() => sentence,
                _ if taken.kind != Moving::Still => VideoError::Stopped.to_string(),
                _ => "The picture could not be stored.".to_owned(),
            };
            refuse(app, taken, &sentence).await
        }
        Err(Trouble::KeyTaken) => rekey(app, taken).await,
        Err(Trouble::Database(error)) => Err(error),
        Err(Trouble::Passing(sentence)) => again(app, taken, &sentence).await,
    }
}

async fn attempt(app: &App, taken: &Taken) -> Result<(), Trouble> {
    if taken.tries > MOST_TRIES {
        // Every try before ended with its process.
        return Err(Trouble::Lasting("The picture could not be opened.".into()));
    }
    let key = MediaKey::parse(&taken.key)
        .ok_or_else(|| Trouble::Lasting("The picture has no place to be stored.".into()))?;
    if taken.kind != Moving::Still {
        return film::make(app, taken, key).await;
    }
    let bytes = match &taken.remote_url {
        Some(url) => elsewhere::fetch(app, taken, url).await?,
        None => original(app, taken).await?,
    };
    let file = bytes.clone();
    let opened = opened::open(app, bytes).await?;
    if taken.is_shown && taken.priority == Priority::Smaller && !taken.wants_sharing {
        return smaller::make(app, taken, &key, opened).await;
    }
    if taken.is_shown {
        return better::make(app, taken, &key, opened).await;
    }
    let focus = Focus::new(taken.focus_x, taken.focus_y);
    let formats = better::formats(app, taken).await?;
    let photo = media::process_in_off_thread(opened.bytes, opened.limits, focus, formats).await?;
    let known = known::find(app, &photo, (&file, opened.foreign)).await?;
    let stored_bytes = store(app, &key, &photo.renditions).await?;
    let made = Made {
        length: file.len(),
        stored_bytes,
        content_type: opened.foreign.map(Foreign::content_type),
        jpegs_alone: formats.len() < Format::ALL.len(),
        known,
        wants_avif: formats.len() == Format::ALL.len() && smaller::wanted(app, taken).await?,
    };
    Ok(ready(app, taken, &photo, &made).await?)
}

async fn original(app: &App, taken: &Taken) -> Result<Bytes, Trouble> {
    let gone = || Trouble::Lasting("The original of the picture is missing.".into());
    let key = original_key(taken).ok_or_else(gone)?;
    let stored = app.store.get_original(&key).await?;
    Ok(stored.ok_or_else(gone)?.collect().await?)
}

fn original_key(taken: &Taken) -> Option<OriginalKey> {
    taken.original_key.as_deref().and_then(OriginalKey::parse)
}

/// The smallest files first: they are asked for first, and by the most.
async fn store(app: &App, key: &MediaKey, renditions: &[Rendition]) -> Result<i64, StoreError> {
    let mut bytes = 0;
    for rendition in renditions.iter().rev() {
        app.store
            .put(key, rendition.file_name(), rendition.bytes.clone())
            .await?;
        bytes += size(rendition.bytes.len());
    }
    Ok(bytes)
}

fn size(length: usize) -> i64 {
    i64::try_from(length).unwrap_or(i64::MAX)
}

/// What was stored.
struct Made {
    /// Of the source.
    length: usize,
    /// Of the renditions.
    stored_bytes: i64,
    /// Where that is not what was opened in its place.
    content_type: Option<&'static str>,
    jpegs_alone: bool,
    /// What the list of known pictures says of it.
    known: Option<Found>,
    wants_avif: bool,
}

async fn ready(app: &App, taken: &Taken, photo: &Photo, made: &Made) -> sqlx::Result<()> {
    let [red, green, blue] = photo.colour.map(i32::from);
    // Only of what people here send: nothing is said about others that they did not say.
    let camera = photo.camera.clone().filter(|_| taken.original_key.is_some());
    let camera = camera.map(Json);
    let ready = Ready {
        width: i32::try_from(photo.width).unwrap_or(i32::MAX),
        height: i32::try_from(photo.height).unwrap_or(i32::MAX),
        blurhash: &photo.blurhash,
        colour: red << 16 | green << 8 | blue,
        content_type: made.content_type.unwrap_or(photo.source_format.content_type()),
        bytes: size(made.length),
        stored_bytes: made.stored_bytes,
        jpegs_alone: made.jpegs_alone,
        camera: camera.as_ref(),
        wants_avif: made.wants_avif,
        larger_than: i32::try_from(Size::Large1080.longest_side()).unwrap_or(i32::MAX),
    };
    let now = app.clock.now();
    let mut tx = app.db.begin().await?;
    match db::media_queue::ready(&mut tx, taken.id, &taken.key, &ready, now).await? {
        Some(settled) => {
            touch(&mut tx, settled).await?;
            known::remember(app, &mut tx, (taken, settled), photo, made.known.as_ref()).await?;
        }
        // It was deleted meanwhile, or has another focal point by now.
        None => db::media_sweep::discard_unnamed(&mut tx, &taken.key, now).await?,
    }
    tx.commit().await?;
    app.bus.settled(taken.id);
    Ok(())
}

async fn refuse(app: &App, taken: &Taken, sentence: &str) -> sqlx::Result<()> {
    let now = app.clock.now();
    let mut tx = app.db.begin().await?;
    let settled = db::media_queue::refuse(&mut tx, taken.id, &taken.key, sentence, now).await?;
    if let Some(settled) = settled {
        touch(&mut tx, settled).await?;
    }
    tx.commit().await?;
    tracing::info!(picture = %taken.id, remote = taken.remote_url.is_some(), sentence, "a picture is refused");
    app.bus.settled(taken.id);
    Ok(())
}

async fn rekey(app: &App, taken: &Taken) -> sqlx::Result<()> {
    let Ok(fresh) = MediaKey::random() else {
        return again(app, taken, "no random bytes").await;
    };
    let mut tx = app.db.begin().await?;
    let now = app.clock.now();
    let settled = db::media_queue::rekey(&mut tx, taken.id, &taken.key, &fresh.to_string(), now).await?;
    if let Some(settled) = settled {
        touch(&mut tx, settled).await?;
    }
    tx.commit().await?;
    app.bus.wake(Queue::Media);
    Ok(())
}

async fn again(app: &App, taken: &Taken, sentence: &str) -> sqlx::Result<()> {
    tracing::info!(picture = %taken.id, tries = taken.tries, sentence, "a picture has to wait");
    let at = app.clock.now() + wait(taken);
    let mut db = app.db.acquire().await?;
    db::media_waits::again(&mut db, taken.id, &taken.key, at, sentence).await
}

fn wait(taken: &Taken) -> TimeDelta {
    let first = match taken.remote_url {
        Some(_) => FIRST_WAIT_REMOTE,
        None => FIRST_WAIT_HERE,
    };
    let steps = u32::try_from(taken.tries.clamp(1, MOST_TRIES) - 1).unwrap_or(0);
    first * GROWTH.pow(steps)
}

/// Cached renderings of its post show something else.
async fn touch(db: &mut sqlx::PgConnection, settled: Settled) -> sqlx::Result<()> {
    match settled.post_id {
        Some(post) if settled.looks_new => db::posts::touch(db, post).await,
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::MediaId;

    fn taken(tries: i16, remote_url: Option<&str>) -> Taken {
        Taken {
            id: MediaId(1),
            key: String::new(),
            original_key: None,
            remote_url: remote_url.map(str::to_owned),
            remote_host: None,
            focus_x: 0.0,
            focus_y: 0.0,
            tries,
            is_shown: false,
            priority: Priority::Awaited,
            of_post: true,
            lacks_webp: false,
            has_larger: false,
            wants_sharing: false,
            kind: Moving::Still,
            step: 0,
            video: None,
        }
    }

    #[test]
    fn waits_grow_and_another_server_is_waited_for_longer() {
        let waits = [1, 2, 3].map(|tries| wait(&taken(tries, None)).num_seconds());
        assert_eq!(waits, [5, 25, 125]);
        let waits = [1, 2, 5].map(|tries| wait(&taken(tries, Some("https://a.example/"))).num_minutes());
        assert_eq!(waits, [1, 5, 625]);
        assert_eq!(wait(&taken(i16::MAX, None)), wait(&taken(MOST_TRIES, None)));
    }
}
