//! A person here sends a picture. What can be told at once is refused at once; the pixels are a worker's.

use std::time::Duration;

use bytes::Bytes;
use chrono::TimeDelta;
use tokio::task::spawn_blocking;

use crate::actions::settle;
use crate::app::App;
use crate::bus::Queue;
use crate::db;
use crate::db::media::NewUpload;
use crate::domain::ids::{AccountId, MediaId};
use crate::domain::picture::{self, DescriptionTooLong, FocalPoint, Purpose};
use crate::media::key::NoRandomness;
use crate::media::{self, Foreign, Limits, MediaKey, OriginalKey, Source, StoreError, Unusable};

/// How long a picture of a profile may take.
const PATIENCE: Duration = Duration::from_secs(20);
/// An original whose row is not written after this long is removed. No upload takes as long.
const ABANDONED: TimeDelta = TimeDelta::hours(1);

#[derive(Debug, thiserror::Error)]
pub enum UploadError {
    #[error(transparent)]
    Unusable(#[from] Unusable),
    /// Refused by the worker; the same kinds of reasons, as a sentence.
    #[error("{0}")]
    Refused(String),
    #[error(transparent)]
    DescriptionTooLong(#[from] DescriptionTooLong),
    /// It is kept, and will be ready later.
    #[error("The picture is not ready yet")]
    NotReady,
    #[error(transparent)]
    NoRandomness(#[from] NoRandomness),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

/// What comes with an upload.
#[derive(Debug)]
pub struct Upload {
    pub purpose: Purpose,
    pub bytes: Bytes,
    pub description: String,
    pub focus: FocalPoint,
}

/// The bounds of a picture on this server.
pub fn limits(app: &App) -> Limits {
    Limits {
        bytes: app.config.photo_bytes,
        pixels: app.config.photo_pixels,
        ..Limits::default()
    }
}

/// Keeps an upload and has it made ready. When this returns, a crash does not lose it.
pub async fn local(app: &App, owner: AccountId, upload: Upload) -> Result<MediaId, UploadError> {
    let description = picture::description(&upload.description)?;
    let kind = check(app, upload.bytes.clone()).await?;
    let (key, original) = (MediaKey::random()?.to_string(), OriginalKey::random()?);
    let original_key = original.to_string();
    let new = NewUpload {
        id: MediaId(app.ids.next()),
        owner_id: owner,
        purpose: upload.purpose,
        key: &key,
        original_key: &original_key,
        content_type: kind.content_type(),
        description: &description,
        focus: upload.focus,
        bytes: i64::try_from(upload.bytes.len()).unwrap_or(i64::MAX),
        now: app.clock.now(),
    };
    note(app, &original_key).await?;
    app.store.put_original(&original, kind, upload.bytes).await?;
    let mut tx = app.db.begin().await?;
    if !db::media_sweep::adopt_original(&mut tx, &original_key).await? {
        return Err(UploadError::NotReady);
    }
    db::media::insert_upload(&mut tx, &new).await?;
    tx.commit().await?;
    app.bus.wake(Queue::Media);
    Ok(new.id)
}

/// Keeps a picture for a profile and waits until it can be shown there.
pub async fn picture(
    app: &App,
    owner: AccountId,
    purpose: Purpose,
    bytes: Bytes,
) -> Result<MediaId, UploadError> {
    let upload = Upload {
        purpose,
        bytes,
        description: String::new(),
        focus: FocalPoint::default(),
    };
    let id = local(app, owner, upload).await?;
    match settle::within(app, id, PATIENCE).await? {
        Some(progress) if progress.state == 1 => Ok(id),
        Some(progress) if progress.state == 2 => {
            Err(UploadError::Refused(progress.failure.unwrap_or_default()))
        }
        _ => Err(UploadError::NotReady),
    }
}

/// Walking a large container takes milliseconds: not on a thread that others wait for.
async fn check(app: &App, bytes: Bytes) -> Result<Source, UploadError> {
    let limits = limits(app);
    let can_convert = app.converter.is_some();
    let checked = spawn_blocking(move || match Foreign::of(&bytes) {
        Some(kind) if can_convert => kind.check(&bytes, &limits).map(|()| Source::Foreign(kind)),
        _ => media::check(&bytes, &limits).map(Source::Ours),
    });
    let checked = checked.await;
    // Only a panic ends it otherwise, and then the file is what caused it.
    let kind = checked.unwrap_or(Err(Unusable::UnknownType))?;
    Ok(kind)
}

async fn note(app: &App, original_key: &str) -> sqlx::Result<()> {
    let mut db = app.db.acquire().await?;
    db::media_sweep::note_original(&mut db, original_key, app.clock.now() + ABANDONED).await
}
