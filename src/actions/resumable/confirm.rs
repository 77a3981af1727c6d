//! Somebody says that their upload is in the bucket. It is read once, and what was read is what is kept: whatever is put at its address
//! later is nobody's.

use futures::StreamExt;
use tokio::io::AsyncWriteExt as _;

use super::direct::{self, Direct};
use super::{PATIENCE, ResumableError, refused};
use crate::actions::quota;
use crate::actions::upload::{self, Body, UploadError};
use crate::app::App;
use crate::bus::Queue;
use crate::db;
use crate::domain::ids::{AccountId, MediaId};
use crate::domain::picture::Purpose;
use crate::domain::quota::Full;
use crate::domain::upload_metadata::UploadMetadata;
use crate::media::video::Bench;
use crate::media::{Checksum, OriginalKey, StoreError, Stored, Unplayable, VideoError};

/// Of what a bucket calls a part.
const LONGEST_TAG: usize = 256;

/// Makes a picture of it. `tags` is what the bucket said of each part, where there are several. The same once more gives the same.
pub async fn confirm(
    app: &App,
    owner: AccountId,
    key: OriginalKey,
    tags: &[String],
) -> Result<MediaId, ResumableError> {
    direct::bucket(app)?;
    let upload = direct::find(app, owner, key).await?;
    if let Some(media) = upload.media_id {
        return Ok(media);
    }
    let bench = match app
        .ffmpeg
        .as_ref()
        .filter(|_| upload.length > app.config.photo_bytes)
    {
        Some(ffmpeg) => Some(ffmpeg.bench().await.map_err(UploadError::from)?),
        None => None,
    };
    let in_memory = bench.as_ref().map_or(upload.length, |_| 0);
    let _room = app.uploads.room(owner, in_memory).await;
    // Another may have confirmed it while this one waited.
    let upload = direct::find(app, owner, key).await?;
    if let Some(media) = upload.media_id {
        return Ok(media);
    }
    still_fits(app, owner).await?;
    match take_in(app, owner, &upload, tags, bench).await {
        Ok(media) => {
            app.bus.wake(Queue::Media);
            remove(app, &key).await;
            Ok(media)
        }
        // Another was faster.
        Err(ResumableError::NotFound) => direct::find(app, owner, key)
            .await?
            .media_id
            .ok_or(ResumableError::NotFound),
        Err(error) if is_final(&error) => {
            direct::discard(app, owner, &upload).await?;
            Err(refused_for(error, &upload))
        }
        Err(error) => Err(error),
    }
}

async fn remove(app: &App, key: &OriginalKey) {
    for bucket in app.store.buckets() {
        if let Err(error) = bucket.delete_staged(key).await {
            tracing::warn!(%error, "an upload that is a picture is removed from the bucket later");
        }
    }
}

/// An admin may have lowered what they may keep. What was announced counts already.
async fn still_fits(app: &App, owner: AccountId) -> Result<(), ResumableError> {
    match quota::bound(app, owner).await? {
        Some(quota) if quota.used > quota.limit => Err(UploadError::from(Full::from(quota)).into()),
        _ => Ok(()),
    }
}

async fn take_in(
    app: &App,
    owner: AccountId,
    upload: &Direct,
    tags: &[String],
    bench: Option<Bench>,
) -> Result<MediaId, ResumableError> {
    join(app, upload, tags).await?;
    let staged = app.store.staged(&upload.key).await.map_err(UploadError::from)?;
    let body = read(upload, staged.ok_or(ResumableError::NothingThere)?, bench).await?;
    let words = UploadMetadata::parse(&upload.metadata)?;
    let sent = upload::Upload {
        purpose: Purpose::Attachment,
        body,
        description: words.description,
        focus: words.focus,
    };
    let kept = upload::keep(app, owner, sent).await?;
    let key = upload.key.to_string();
    let mut tx = app.db.begin().await?;
    // Its room was claimed when it was announced, and goes from the one to the other here.
    if !db::resumable_uploads::complete(&mut tx, &key, kept.id, app.clock.now() + PATIENCE).await? {
        return Err(ResumableError::NotFound);
    }
    kept.write(app, &mut tx).await?;
    tx.commit().await?;
    Ok(kept.id)
}

/// Has the bucket put the parts together.
async fn join(app: &App, upload: &Direct, tags: &[String]) -> Result<(), ResumableError> {
    let Some(parts_id) = &upload.parts_id else {
        return Ok(());
    };
    let many = direct::addresses(app, upload).await?.len();
    let is_tag =
        |tag: &String| tag.len() <= LONGEST_TAG && tag.bytes().all(|letter| letter.is_ascii_graphic());
    if tags.len() != many || !tags.iter().all(is_tag) {
        return Err(ResumableError::Parts { many });
    }
    if let Err(error) = join_anywhere(app, &upload.key, parts_id, tags).await {
        // It may have been done before, and its answer lost.
        if app
            .store
            .staged(&upload.key)
            .await
            .map_err(UploadError::from)?
            .is_none()
        {
            tracing::info!(%error, "a bucket did not put the parts of an upload together");
            return Err(ResumableError::NothingThere);
        }
    }
    let mut db = app.db.acquire().await?;
    Ok(db::direct_uploads::joined(&mut db, &upload.key.to_string()).await?)
}

/// In the bucket where they are: media may have moved to another since.
async fn join_anywhere(
    app: &App,
    key: &OriginalKey,
    parts_id: &str,
    tags: &[String],
) -> Result<(), StoreError> {
    let mut result = Err(StoreError::NoBucket);
    for bucket in app.store.buckets() {
        result = bucket.join_parts(key, parts_id, tags).await;
        if result.is_ok() {
            break;
        }
    }
    result
}

/// All of it, if it is what was announced: into memory, or onto the bench.
async fn read(upload: &Direct, staged: Stored, bench: Option<Bench>) -> Result<Body, ResumableError> {
    let (bytes, length) = (staged.size, upload.length);
    if bytes != length {
        return Err(ResumableError::OtherLength { bytes, length });
    }
    let mut sum = Checksum::new("sha256", upload.sha256.clone()).ok_or(ResumableError::OtherSum)?;
    let mut pieces = staged.pieces();
    let body = match bench {
        Some(bench) => {
            let mut file = tokio::fs::File::create(bench.source()).await.map_err(on_bench)?;
            while let Some(piece) = pieces.next().await {
                let piece = piece.map_err(UploadError::from)?;
                sum.add(&piece);
                file.write_all(&piece).await.map_err(on_bench)?;
            }
            file.flush().await.map_err(on_bench)?;
            Body::File(bench)
        }
        None => {
            let mut whole = Vec::with_capacity(usize::try_from(length).unwrap_or_default());
            while let Some(piece) = pieces.next().await {
                let piece = piece.map_err(UploadError::from)?;
                sum.add(&piece);
                whole.extend_from_slice(&piece);
            }
            Body::Memory(whole.into())
        }
    };
    match sum.is_right() {
        true => Ok(body),
        false => Err(ResumableError::OtherSum),
    }
}

fn on_bench(error: std::io::Error) -> ResumableError {
    UploadError::from(VideoError::from(error)).into()
}

/// Whether nothing will become of it.
fn is_final(error: &ResumableError) -> bool {
    match error {
        ResumableError::OtherLength { .. } | ResumableError::OtherSum => true,
        // The machine was slow, and not the video.
        ResumableError::Upload(UploadError::Video(VideoError::Unplayable(Unplayable::TooSlow {
            ..
        }))) => false,
        ResumableError::Upload(
            UploadError::Unusable(_)
            | UploadError::Video(VideoError::Unplayable(_))
            | UploadError::Refused(_),
        ) => true,
        _ => false,
    }
}

fn refused_for(error: ResumableError, upload: &Direct) -> ResumableError {
    match (error, UploadMetadata::parse(&upload.metadata)) {
        (ResumableError::Upload(error), Ok(words)) => refused(error, &words),
        (error, _) => error,
    }
}
