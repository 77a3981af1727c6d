//! Uploads that come in piece by piece: announced, gone on with, given up. They end as pictures by the same way as all
//! others, and hold their owner's room from the beginning.

mod append;
mod confirm;
pub mod direct;
mod sweep;

use chrono::TimeDelta;

use super::quota::{self, ClaimError};
use super::upload::{self, UploadError};
use crate::app::App;
use crate::db;
use crate::db::resumable_uploads::NewUpload;
use crate::domain::clock::Time;
use crate::domain::ids::{AccountId, MediaId};
use crate::domain::picture;
use crate::domain::upload_metadata::{Malformed, UploadMetadata};
use crate::media::{Claimed, OriginalKey, StagingError, Unplayable, Unusable};

pub use append::{Piece, append};
pub use confirm::confirm;
pub use sweep::sweep;

/// An upload of which nothing came for so long is given up. Also how long one that is whole tells what it became.
const PATIENCE: TimeDelta = TimeDelta::hours(24);
/// Uploads of one person that may be under way; whoever posts twenty photos sends them in turn or together.
const MOST_UNFINISHED: i64 = 100;

#[derive(Debug, thiserror::Error)]
pub enum ResumableError {
    #[error("not found")]
    NotFound,
    #[error("This upload was given up: nothing came for a day.")]
    Expired,
    #[error("{MOST_UNFINISHED} uploads are under way already: finish or delete some of them.")]
    TooMany,
    #[error("The upload goes on at {received}, not here.")]
    WrongOffset { received: u64 },
    #[error("More came than the {length} bytes that were announced.")]
    TooLong { length: u64 },
    #[error("What came is not what was sent.")]
    WrongChecksum,
    #[error("Uploads go through this server: announce this one at /api/tintype/v1/uploads.")]
    NoBucket,
    /// Of one that its sender puts into the bucket.
    #[error("There is nothing at its address yet.")]
    NothingThere,
    #[error("There are {bytes} bytes at its address, and {length} were announced.")]
    OtherLength { bytes: u64, length: u64 },
    #[error("What is at its address is not what was announced: its SHA-256 is another.")]
    OtherSum,
    #[error("The upload has {many} parts: say the ETag of each, in their order.")]
    Parts { many: usize },
    /// Its sender broke off, or sent nothing for a while.
    #[error("The upload broke off.")]
    Interrupted,
    /// Its sender says that it is something that is not taken, or it is, and they did not say that it is a picture.
    #[error("{0}")]
    WrongType(String),
    #[error(transparent)]
    Malformed(#[from] Malformed),
    #[error(transparent)]
    Staging(#[from] StagingError),
    #[error(transparent)]
    Upload(#[from] UploadError),
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

impl From<ClaimError> for ResumableError {
    fn from(error: ClaimError) -> Self {
        Self::Upload(error.into())
    }
}

/// How far an upload is.
#[derive(Clone, Debug)]
pub struct Upload {
    pub key: OriginalKey,
    pub length: u64,
    pub received: u64,
    /// As it was sent.
    pub metadata: String,
    /// What it became, once all of it is here.
    pub media_id: Option<MediaId>,
    pub expires_at: Time,
}

/// The longest that may be announced.
pub fn longest(app: &App) -> u64 {
    upload::longest(app)
}

/// Announces an upload of so many bytes.
pub async fn create(
    app: &App,
    owner: AccountId,
    length: u64,
    metadata: String,
) -> Result<Upload, ResumableError> {
    let words = UploadMetadata::parse(&metadata)?;
    picture::description(&words.description).map_err(UploadError::from)?;
    fits(app, length).map_err(UploadError::from)?;
    takes(app, &words.content_type)?;
    let now = app.clock.now();
    let upload = Upload {
        key: OriginalKey::random().map_err(UploadError::from)?,
        length,
        received: 0,
        metadata,
        media_id: None,
        expires_at: now + PATIENCE,
    };
    let mut tx = app.db.begin().await?;
    quota::claim(app, &mut tx, owner, length).await?;
    if db::resumable_uploads::unfinished(&mut tx, owner, now).await? >= MOST_UNFINISHED {
        return Err(ResumableError::TooMany);
    }
    let new = NewUpload {
        key: &upload.key.to_string(),
        owner_id: owner,
        length: stored(length),
        metadata: &upload.metadata,
        expires_at: upload.expires_at,
    };
    db::resumable_uploads::insert(&mut tx, &new).await?;
    tx.commit().await?;
    Ok(upload)
}

/// One of somebody's own.
pub async fn find(app: &App, owner: AccountId, key: OriginalKey) -> Result<Upload, ResumableError> {
    let mut db = app.db.acquire().await?;
    let found = db::resumable_uploads::of(&mut db, owner, &key.to_string()).await?;
    let found = found.ok_or(ResumableError::NotFound)?;
    if found.expires_at <= app.clock.now() {
        return Err(ResumableError::Expired);
    }
    Ok(Upload {
        key,
        length: found.length.unsigned_abs(),
        received: found.received.unsigned_abs(),
        metadata: found.metadata,
        media_id: found.media_id,
        expires_at: found.expires_at,
    })
}

/// Gives an upload up. A picture that it became stays.
pub async fn end(app: &App, owner: AccountId, key: OriginalKey) -> Result<(), ResumableError> {
    find(app, owner, key).await?;
    // Whoever writes it goes first.
    if !app.staging.remove(&key).await? {
        return Err(StagingError::Locked.into());
    }
    let mut db = app.db.acquire().await?;
    match db::resumable_uploads::delete(&mut db, owner, &key.to_string()).await? {
        true => Ok(()),
        false => Err(ResumableError::NotFound),
    }
}

fn fits(app: &App, length: u64) -> Result<(), Unusable> {
    let most = longest(app);
    match length {
        0 => Err(Unusable::Empty),
        bytes if bytes > most => Err(Unusable::TooManyBytes { bytes, most }),
        _ => Ok(()),
    }
}

/// Refuses what is said to be something that cannot become a picture here, before it is sent.
fn takes(app: &App, content_type: &str) -> Result<(), ResumableError> {
    match Claimed::of(content_type) {
        Claimed::Other => Err(ResumableError::WrongType(Unusable::UnknownType.to_string())),
        Claimed::Video if app.ffmpeg.is_none() => {
            Err(ResumableError::WrongType(Unplayable::NoProgram.to_string()))
        }
        Claimed::Picture | Claimed::Video | Claimed::Nothing => Ok(()),
    }
}

/// By its name, where its sender does not say what it is.
fn refused(error: UploadError, words: &UploadMetadata) -> ResumableError {
    let claimed = match Claimed::of(&words.content_type) {
        Claimed::Nothing => Claimed::of_name(&words.file_name),
        claimed => claimed,
    };
    match &error {
        UploadError::Unusable(Unusable::UnknownType) if claimed.is_no_picture() => {
            ResumableError::WrongType(error.to_string())
        }
        _ => error.into(),
    }
}

fn stored(bytes: u64) -> i64 {
    i64::try_from(bytes).unwrap_or(i64::MAX)
}
