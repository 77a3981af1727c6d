//! A picture that is shown gets better: a size for large screens, the format that had to wait, and the upload for others where
//! its author wants that. Changes no file that is there.

use bytes::Bytes;
use chrono::TimeDelta;
use tokio::task::spawn_blocking;

use super::opened::Opened;
use super::{Trouble, size, smaller, store};
use crate::app::App;
use crate::db;
use crate::db::media_better::Better;
use crate::db::media_queue::Taken;
use crate::media::{self, Focus, Format, MediaKey, Rendition, StoredFile, Unusable, plain};

/// A file for others whose row is not written after this long is removed.
const ABANDONED: TimeDelta = TimeDelta::hours(1);
/// Uploads that may wait before those in turn are made in one format first, which is half of the work.
const LONG: i64 = 100;

/// What every reader can show comes first while many uploads wait.
pub(super) async fn formats(app: &App, taken: &Taken) -> sqlx::Result<&'static [Format]> {
    if taken.remote_url.is_some() || !taken.of_post {
        return Ok(&Format::ALL);
    }
    let mut db = app.db.acquire().await?;
    match db::media_backlog::is_longer_than(&mut db, LONG, app.clock.now()).await? {
        true => Ok(&[Format::Jpeg]),
        false => Ok(&Format::ALL),
    }
}

pub(super) async fn make(app: &App, taken: &Taken, key: &MediaKey, opened: Opened) -> Result<(), Trouble> {
    let mut added = 0;
    if taken.lacks_webp {
        let focus = Focus::new(taken.focus_x, taken.focus_y);
        let (bytes, limits) = (opened.bytes.clone(), opened.limits.clone());
        let photo = media::process_in_off_thread(bytes, limits, focus, &[Format::WebP]).await?;
        added += store(app, key, &photo.renditions).await?;
    }
    let mut has_larger = taken.has_larger;
    if !has_larger {
        let larger = enlarged(taken, &opened).await?;
        has_larger = !larger.is_empty();
        added += store(app, key, &larger).await?;
    }
    let shared = match taken.wants_sharing {
        // Only what was sent can be rewritten, not what stands for it.
        true if opened.foreign.is_none() => share(app, opened.bytes).await?,
        _ => None,
    };
    let better = Better {
        has_larger,
        shared: shared.as_ref().map(|(key, bytes)| (key.as_str(), *bytes)),
        bytes: added,
        knew_of_sharing: taken.wants_sharing,
        wants_avif: smaller::wanted(app, taken).await?,
    };
    done(app, taken, &better).await
}

async fn enlarged(taken: &Taken, opened: &Opened) -> Result<Vec<Rendition>, Trouble> {
    match media::enlarge_off_thread(opened.bytes.clone(), opened.limits.clone()).await {
        Err(reason @ Unusable::TooSlow { .. }) => Err(reason.into()),
        // It takes more memory than the sizes that are there: then those are all there is.
        Err(reason) => {
            tracing::info!(picture = %taken.id, %reason, "a picture has no larger size");
            Ok(Vec::new())
        }
        Ok(larger) => Ok(larger),
    }
}

/// Stores the upload without what it says beside the picture. `None` where that cannot be done to its kind of file.
async fn share(app: &App, bytes: Bytes) -> Result<Option<(String, i64)>, Trouble> {
    let plain = spawn_blocking(move || plain::without_metadata(&bytes)).await;
    let Some((kind, plain)) = plain.unwrap_or_default() else {
        return Ok(None);
    };
    let key = MediaKey::random()?;
    // A crash on the way leaves nothing behind.
    let mut db = app.db.acquire().await?;
    db::media_sweep::discard_unnamed(&mut db, &key.to_string(), app.clock.now() + ABANDONED).await?;
    drop(db);
    let bytes = size(plain.len());
    app.store
        .put(&key, StoredFile::Upload(kind), plain.into())
        .await?;
    Ok(Some((key.to_string(), bytes)))
}

async fn done(app: &App, taken: &Taken, better: &Better<'_>) -> Result<(), Trouble> {
    let mut tx = app.db.begin().await?;
    let done = db::media_better::done(&mut tx, taken.id, &taken.key, better, app.clock.now()).await?;
    if let Some(done) = done {
        if let Some((key, _)) = better.shared.filter(|_| done.is_shared)
            && !db::media_sweep::adopt(&mut tx, key).await?
        {
            return Err(Trouble::Passing(
                "The upload for others was removed too early.".into(),
            ));
        }
        if let Some(post) = done.post_id {
            db::posts::touch(&mut tx, post).await?;
        }
    }
    tx.commit().await?;
    app.bus.settled(taken.id);
    Ok(())
}
