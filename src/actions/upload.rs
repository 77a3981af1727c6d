//! A person here sends a picture or a video. What can be told at once is refused at once; the pixels are a worker's.

use std::time::Duration;

use bytes::Bytes;
use chrono::TimeDelta;
use tokio::task::spawn_blocking;

use crate::actions::{film, settle};
use crate::app::App;
use crate::bus::Queue;
use crate::db;
use crate::db::media::NewUpload;
use crate::domain::ids::{AccountId, MediaId};
use crate::domain::picture::{self, DescriptionTooLong, FocalPoint, Purpose};
use crate::domain::video::{Moving, Video};
use crate::media::key::NoRandomness;
use crate::media::sniff::{Sniffed, sniff};
use crate::media::video::{Bench, Container};
use crate::media::{self, Foreign, Limits, MediaKey, OriginalKey, Source, StoreError, Unusable, VideoError};

/// How long a picture of a profile may take.
const PATIENCE: Duration = Duration::from_secs(20);
/// An original whose row is not written after this long is removed. No upload takes as long.
const ABANDONED: TimeDelta = TimeDelta::hours(1);

#[derive(Debug, thiserror::Error)]
pub enum UploadError {
    #[error(transparent)]
    Unusable(#[from] Unusable),
    #[error(transparent)]
    Video(#[from] VideoError),
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

/// A file that was sent.
#[derive(Debug)]
pub enum Body {
    Memory(Bytes),
    /// The source on a bench: larger than any picture may be.
    File(Bench),
}

/// What comes with an upload.
#[derive(Debug)]
pub struct Upload {
    pub purpose: Purpose,
    pub body: Body,
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
    let Checked { source, video, bytes } = match &upload.body {
        Body::Memory(bytes) => check(app, upload.purpose, bytes.clone()).await?,
        Body::File(bench) => check_large(app, bench).await?,
    };
    let (key, original) = (MediaKey::random()?.to_string(), OriginalKey::random()?);
    let original_key = original.to_string();
    let new = NewUpload {
        id: MediaId(app.ids.next()),
        owner_id: owner,
        purpose: upload.purpose,
        key: &key,
        original_key: &original_key,
        content_type: source.content_type(),
        description: &description,
        focus: upload.focus,
        bytes: i64::try_from(bytes).unwrap_or(i64::MAX),
        video,
        now: app.clock.now(),
    };
    note(app, &original_key).await?;
    match upload.body {
        Body::Memory(bytes) => app.store.put_original(&original, source, bytes).await?,
        Body::File(bench) => {
            app.store
                .put_original_file(&original, source, &bench.source())
                .await?
        }
    }
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
        body: Body::Memory(bytes),
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

/// What an upload is, as far as can be told at once.
struct Checked {
    source: Source,
    /// Of what moves, and will here.
    video: Option<(Moving, Video)>,
    bytes: u64,
}

/// Only a video may be as large.
async fn check_large(app: &App, bench: &Bench) -> Result<Checked, UploadError> {
    let bytes = tokio::fs::metadata(bench.source()).await;
    let bytes = bytes.map_err(VideoError::from)?.len();
    let head = film::head(bench).await?;
    let Some(container) = Container::of(&head) else {
        // Of a picture it is too much; anything else is none, however large.
        return Err(match sniff(&head) {
            Sniffed::Unknown => Unusable::UnknownType,
            Sniffed::Picture(_) | Sniffed::NotYet(_) => Unusable::TooManyBytes {
                bytes,
                most: app.config.photo_bytes,
            },
        }
        .into());
    };
    Ok(Checked {
        source: Source::Video(container),
        video: Some((Moving::Video, film::look_in(app, bench, container).await?)),
        bytes,
    })
}

async fn check(app: &App, purpose: Purpose, bytes: Bytes) -> Result<Checked, UploadError> {
    let (limits, length) = (limits(app), bytes.len() as u64);
    if let Some(container) = Container::of(&bytes) {
        let video = film::look(app, purpose, container, bytes).await?;
        return Ok(Checked {
            source: Source::Video(container),
            video: Some((Moving::Video, video)),
            bytes: length,
        });
    }
    let can_convert = app.converter.is_some();
    let may_move = app.ffmpeg.is_some() && purpose == Purpose::Attachment;
    // Walking a large container takes milliseconds: not on a thread that others wait for.
    let checked = spawn_blocking(move || match Foreign::of(&bytes) {
        Some(kind) if can_convert => kind
            .check(&bytes, &limits)
            .map(|()| (Source::Foreign(kind), None)),
        _ => media::check(&bytes, &limits).map(|kind| {
            (
                Source::Ours(kind),
                Some(bytes).filter(|it| may_move && media::moves(it, &limits)),
            )
        }),
    });
    // Only a panic ends it otherwise, and then the file is what caused it.
    let (source, moving) = checked.await.unwrap_or(Err(Unusable::UnknownType))?;
    let video = match moving {
        Some(gif) => film::look_at_gif(app, gif).await?,
        None => None,
    };
    Ok(Checked {
        source,
        video: video.map(|video| (Moving::Loop, video)),
        bytes: length,
    })
}

async fn note(app: &App, original_key: &str) -> sqlx::Result<()> {
    let mut db = app.db.acquire().await?;
    db::media_sweep::note_original(&mut db, original_key, app.clock.now() + ABANDONED).await
}
