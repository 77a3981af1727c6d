//! A person here sends a picture or a video. What can be told at once is refused at once; the pixels are a worker's.

use std::time::Duration;

use bytes::Bytes;
use chrono::TimeDelta;
use sqlx::PgConnection;
use tokio::task::spawn_blocking;

use crate::actions::quota::{self, ClaimError};
use crate::actions::{film, known_bad, settle};
use crate::app::App;
use crate::bus::Queue;
use crate::db;
use crate::db::media::NewUpload;
use crate::domain::ids::{AccountId, MediaId};
use crate::domain::picture::{self, DescriptionTooLong, FocalPoint, Purpose};
use crate::domain::quota::Full;
use crate::domain::random;
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
    #[error(transparent)]
    Full(#[from] Full),
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

/// The most bytes that an upload of any kind may have.
pub fn longest(app: &App) -> u64 {
    match app.ffmpeg {
        Some(_) => app.config.photo_bytes.max(app.config.video_bytes),
        None => app.config.photo_bytes,
    }
}

/// The bounds of a picture on this server.
pub fn limits(app: &App) -> Limits {
    Limits {
        bytes: app.config.photo_bytes,
        pixels: app.config.photo_pixels,
        ..Limits::default()
    }
}

/// An upload whose file is stored and whose row is still to be written.
#[derive(Debug)]
pub struct Kept {
    pub id: MediaId,
    owner: AccountId,
    purpose: Purpose,
    key: String,
    original_key: String,
    source: Source,
    video: Option<(Moving, Video)>,
    description: String,
    focus: FocalPoint,
    bytes: u64,
}

/// Keeps an upload and has it made ready. When this returns, a crash does not lose it.
pub async fn local(app: &App, owner: AccountId, upload: Upload) -> Result<MediaId, UploadError> {
    if let Some(quota) = quota::bound(app, owner).await? {
        quota.takes(upload.size().await?)?;
    }
    let kept = keep(app, owner, upload).await?;
    let mut tx = app.db.begin().await?;
    quota::claim(app, &mut tx, owner, kept.bytes).await?;
    kept.write(app, &mut tx).await?;
    tx.commit().await?;
    app.bus.wake(Queue::Media);
    Ok(kept.id)
}

/// Checks an upload and stores its file; without a row it goes again by itself.
pub async fn keep(app: &App, owner: AccountId, upload: Upload) -> Result<Kept, UploadError> {
    let description = picture::description(&upload.description)?;
    let Checked { source, video, bytes } = match &upload.body {
        Body::Memory(bytes) => check(app, upload.purpose, bytes.clone()).await?,
        Body::File(bench) => check_large(app, bench).await?,
    };
    if let Body::Memory(bytes) = &upload.body {
        refuse_known(app, bytes.clone()).await?;
    }
    let (key, original) = (MediaKey::random()?, OriginalKey::random()?);
    let kept = Kept {
        id: MediaId(app.ids.next()),
        owner,
        purpose: upload.purpose,
        key: key.to_string(),
        original_key: original.to_string(),
        source,
        video,
        description,
        focus: upload.focus,
        bytes,
    };
    note(app, &kept.original_key).await?;
    match upload.body {
        Body::Memory(bytes) => app.store.put_original(&original, source, bytes).await?,
        Body::File(bench) => {
            app.store
                .put_original_file(&original, source, &bench.source())
                .await?
        }
    }
    Ok(kept)
}

impl Kept {
    /// Writes its row. Whoever asks for this commits, and then wakes the workers.
    pub async fn write(&self, app: &App, db: &mut PgConnection) -> Result<(), UploadError> {
        if !db::media_sweep::adopt_original(db, &self.original_key).await? {
            return Err(UploadError::NotReady);
        }
        let new = NewUpload {
            id: self.id,
            owner_id: self.owner,
            purpose: self.purpose,
            key: &self.key,
            original_key: &self.original_key,
            content_type: self.source.content_type(),
            description: &self.description,
            focus: self.focus,
            bytes: i64::try_from(self.bytes).unwrap_or(i64::MAX),
            video: self.video.clone(),
            now: app.clock.now(),
        };
        Ok(db::media::insert_upload(db, &new).await?)
    }
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
    let bytes = bench.written().await?;
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

/// The very file may be on the list of those that are not taken; what only looks like one is found by the worker.
async fn refuse_known(app: &App, bytes: Bytes) -> Result<(), UploadError> {
    let Ok(sum) = spawn_blocking(move || random::sha256(&bytes)).await else {
        return Ok(());
    };
    let found = known_bad::find(app, &sum, None).await?;
    match known_bad::refuses(app, found.as_ref()).await? {
        true => Err(UploadError::Refused(known_bad::REFUSED.to_owned())),
        false => Ok(()),
    }
}

async fn note(app: &App, original_key: &str) -> sqlx::Result<()> {
    let mut db = app.db.acquire().await?;
    db::media_sweep::note_original(&mut db, original_key, app.clock.now() + ABANDONED).await
}

impl Upload {
    async fn size(&self) -> Result<u64, UploadError> {
        match &self.body {
            Body::Memory(bytes) => Ok(bytes.len() as u64),
            Body::File(bench) => Ok(bench.written().await?),
        }
    }
}

impl From<ClaimError> for UploadError {
    fn from(error: ClaimError) -> Self {
        match error {
            ClaimError::Full(full) => Self::Full(full),
            ClaimError::Database(error) => Self::Database(error),
        }
    }
}
