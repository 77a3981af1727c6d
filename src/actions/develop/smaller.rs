//! A picture that is shown once more in fewer bytes: AVIF, where every size of it is smaller than its WebP. Nobody waits for it,
//! and without it nothing is missing.

use super::opened::Opened;
use super::{Trouble, size, touch};
use crate::app::App;
use crate::db;
use crate::db::media_queue::Taken;
use crate::media::{self, ConvertError, Format, MediaKey, Size, StoredFile, Unusable};

/// Pictures that may wait for it; of more, those that come stay as they are.
const MOST_WAITING: i64 = 5_000;

/// Whether it is to be made of this one later.
pub(super) async fn wanted(app: &App, taken: &Taken) -> sqlx::Result<bool> {
    let is_ours = taken.original_key.is_some() && taken.remote_url.is_none() && taken.of_post;
    let Some(converter) = app.converter.as_ref().filter(|_| is_ours && app.config.avif) else {
        return Ok(false);
    };
    if !converter.writes_avif().await {
        return Ok(false);
    }
    let mut db = app.db.acquire().await?;
    Ok(!db::media_backlog::many_wait_for_avif(&mut db, MOST_WAITING).await?)
}

pub(super) async fn make(app: &App, taken: &Taken, key: &MediaKey, opened: Opened) -> Result<(), Trouble> {
    let files = encoded(app, taken, key, opened).await?;
    let mut bytes = 0;
    for (file, avif) in &files {
        app.store.put(key, *file, avif.clone()).await?;
        bytes += size(avif.len());
    }
    let mut tx = app.db.begin().await?;
    let made = !files.is_empty();
    let done =
        db::media_better::has_avif(&mut tx, taken.id, &taken.key, made, bytes, app.clock.now()).await?;
    match done {
        Some(settled) if made => touch(&mut tx, settled).await?,
        Some(_) => {}
        // It went meanwhile, or gets other files.
        None => db::media_sweep::discard_unnamed(&mut tx, &taken.key, app.clock.now()).await?,
    }
    tx.commit().await?;
    app.bus.settled(taken.id);
    Ok(())
}

/// All sizes, or none where one of them is not smaller: of a set with gaps browsers would take a larger one.
async fn encoded(
    app: &App,
    taken: &Taken,
    key: &MediaKey,
    opened: Opened,
) -> Result<Vec<(StoredFile, bytes::Bytes)>, Trouble> {
    let Some(converter) = &app.converter else {
        return Ok(Vec::new());
    };
    let rungs = match media::rungs_off_thread(opened.bytes, opened.limits).await {
        Err(reason @ Unusable::TooSlow { .. }) => return Err(reason.into()),
        Err(_) => return Ok(Vec::new()),
        Ok(rungs) => rungs,
    };
    let there = app.store.files(key).await?;
    let webp = |rung: Size| {
        let file = StoredFile::from(rung.file_name(Format::WebP));
        there
            .iter()
            .find(|known| known.file == file)
            .map(|known| known.bytes)
    };
    let mut files = Vec::new();
    for (rung, raster) in rungs {
        let Some(most) = webp(rung) else {
            // The largest size is not there where it took too much memory.
            continue;
        };
        let avif = match converter.to_avif(&raster).await {
            Err(ConvertError::Io(error)) => return Err(Trouble::Passing(error.to_string())),
            Err(error) => {
                tracing::info!(picture = %taken.id, %error, "a picture has no AVIF");
                return Ok(Vec::new());
            }
            Ok(avif) => avif,
        };
        if avif.len() as u64 >= most {
            return Ok(Vec::new());
        }
        files.push((StoredFile::Avif(rung), avif));
    }
    Ok(files)
}
