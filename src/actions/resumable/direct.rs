//! Uploads that their senders put into the bucket themselves: announced, and given up. Takes no byte of one.

use std::time::Duration;

use url::Url;

use super::{MOST_UNFINISHED, PATIENCE, ResumableError, fits, stored, takes};
use crate::actions::quota;
use crate::actions::upload::UploadError;
use crate::app::App;
use crate::db;
use crate::db::resumable_uploads::NewUpload;
use crate::domain::clock::Time;
use crate::domain::ids::{AccountId, MediaId};
use crate::domain::picture;
use crate::domain::upload_metadata::UploadMetadata;
use crate::media::store::{self, Depot, Piece, Put};
use crate::media::{OriginalKey, StoreError};

/// What is larger comes in parts of so many bytes.
const PART: u64 = 16 << 20;
/// How long an address can be written to. Whoever needs longer asks for new ones.
const VALID: Duration = Duration::from_secs(3_600);
const BATCH: i64 = 100;

/// One that is announced.
#[derive(Clone, Debug)]
pub struct Direct {
    pub key: OriginalKey,
    pub length: u64,
    pub(super) sha256: Vec<u8>,
    /// By what the bucket knows its parts, until it has put them together.
    pub(super) parts_id: Option<String>,
    pub(super) metadata: String,
    /// What it became.
    pub media_id: Option<MediaId>,
    pub expires_at: Time,
}

/// Where a part of it goes.
#[derive(Clone, Debug)]
pub struct Address {
    pub url: Url,
    /// What of the file.
    pub offset: u64,
    pub bytes: u64,
}

/// Announces one of so many bytes, which add up to that.
pub async fn announce(
    app: &App,
    owner: AccountId,
    length: u64,
    sha256: [u8; 32],
    metadata: String,
) -> Result<Direct, ResumableError> {
    let bucket = bucket(app)?;
    let words = UploadMetadata::parse(&metadata)?;
    picture::description(&words.description).map_err(UploadError::from)?;
    fits(app, length).map_err(UploadError::from)?;
    takes(app, &words.content_type)?;
    let mut upload = Direct {
        key: OriginalKey::random().map_err(UploadError::from)?,
        length,
        sha256: sha256.to_vec(),
        parts_id: None,
        metadata,
        media_id: None,
        expires_at: app.clock.now() + PATIENCE,
    };
    note(app, owner, &upload).await?;
    if length > PART {
        match begin_parts(app, &bucket, &upload.key).await {
            Ok(parts_id) => upload.parts_id = Some(parts_id),
            Err(error) => {
                let mut db = app.db.acquire().await?;
                db::resumable_uploads::delete(&mut db, owner, &upload.key.to_string()).await?;
                return Err(error);
            }
        }
    }
    Ok(upload)
}

async fn note(app: &App, owner: AccountId, upload: &Direct) -> Result<(), ResumableError> {
    let mut tx = app.db.begin().await?;
    quota::claim(app, &mut tx, owner, upload.length).await?;
    if db::resumable_uploads::unfinished(&mut tx, owner, app.clock.now()).await? >= MOST_UNFINISHED {
        return Err(ResumableError::TooMany);
    }
    let new = NewUpload {
        key: &upload.key.to_string(),
        owner_id: owner,
        length: stored(upload.length),
        metadata: &upload.metadata,
        expires_at: upload.expires_at,
    };
    db::direct_uploads::insert(&mut tx, &new, &upload.sha256).await?;
    tx.commit().await?;
    Ok(())
}

async fn begin_parts(app: &App, bucket: &Depot, key: &OriginalKey) -> Result<String, ResumableError> {
    let parts_id = bucket.begin_parts(key).await.map_err(UploadError::from)?;
    let mut db = app.db.acquire().await?;
    match db::direct_uploads::in_parts(&mut db, &key.to_string(), &parts_id).await? {
        true => Ok(parts_id),
        false => Err(ResumableError::NotFound),
    }
}

/// Where its parts go, in their order; anew each time that it is asked for. None once the bucket has all of it.
pub async fn addresses(app: &App, upload: &Direct) -> Result<Vec<Address>, ResumableError> {
    let bucket = bucket(app)?;
    let is_in_parts = upload.length > PART;
    if upload.media_id.is_some() || is_in_parts && upload.parts_id.is_none() {
        return Ok(Vec::new());
    }
    let mut addresses = Vec::new();
    for (offset, number) in (0..upload.length).step_by(PART as usize).zip(1..) {
        let bytes = PART.min(upload.length - offset);
        let what = match upload.parts_id.as_deref() {
            Some(of) => Piece::Part { of, number },
            None => Piece::Whole {
                sha256: &upload.sha256,
            },
        };
        let put = Put { bytes, what };
        let url = bucket.signed(&upload.key, put, VALID, app.clock.now()).await;
        addresses.push(Address {
            url: url.map_err(UploadError::from)?,
            offset,
            bytes,
        });
    }
    Ok(addresses)
}

/// What has to be sent to the address of one that comes whole.
pub fn headers(upload: &Direct) -> Vec<(&'static str, String)> {
    match upload.length > PART {
        true => Vec::new(),
        false => store::headers(&upload.sha256).into(),
    }
}

/// One of somebody's own.
pub async fn find(app: &App, owner: AccountId, key: OriginalKey) -> Result<Direct, ResumableError> {
    let mut db = app.db.acquire().await?;
    let found = db::direct_uploads::of(&mut db, owner, &key.to_string()).await?;
    let found = found.ok_or(ResumableError::NotFound)?;
    if found.expires_at <= app.clock.now() {
        return Err(ResumableError::Expired);
    }
    Ok(Direct {
        key,
        length: found.length.unsigned_abs(),
        sha256: found.sha256,
        parts_id: found.parts_id,
        metadata: found.metadata,
        media_id: found.media_id,
        expires_at: found.expires_at,
    })
}

/// Gives one up. A picture that it became stays.
pub async fn end(app: &App, owner: AccountId, key: OriginalKey) -> Result<(), ResumableError> {
    let upload = find(app, owner, key).await?;
    discard(app, owner, &upload).await
}

/// Forgets one with all that lies in the bucket. What its sender puts there once more is swept.
pub(super) async fn discard(app: &App, owner: AccountId, upload: &Direct) -> Result<(), ResumableError> {
    let buckets = app.store.buckets();
    if let Some(parts_id) = &upload.parts_id {
        forget_parts(&buckets, &upload.key, parts_id)
            .await
            .map_err(UploadError::from)?;
    }
    for bucket in &buckets {
        bucket
            .delete_staged(&upload.key)
            .await
            .map_err(UploadError::from)?;
    }
    let mut db = app.db.acquire().await?;
    db::resumable_uploads::delete(&mut db, owner, &upload.key.to_string()).await?;
    Ok(())
}

/// Whether there is a bucket, and people may put uploads there.
pub fn are_taken(app: &App) -> bool {
    bucket(app).is_ok()
}

pub(super) fn bucket(app: &App) -> Result<Depot, ResumableError> {
    let bucket = app.store.bucket().filter(|_| app.config.direct_uploads);
    bucket.ok_or(ResumableError::NoBucket)
}

/// Removes from the bucket what nobody confirmed, whatever became of it: addresses can be written to for an hour, also when the
/// picture is there.
pub async fn sweep(app: &App) -> Result<(), ResumableError> {
    let buckets = app.store.buckets();
    if buckets.is_empty() {
        return Ok(());
    }
    // What fails for some parts is no reason to leave everything else there.
    let parts = sweep_parts(app, &buckets).await;
    for bucket in &buckets {
        sweep_objects(app, bucket).await?;
    }
    parts
}

async fn sweep_parts(app: &App, buckets: &[Depot]) -> Result<(), ResumableError> {
    let mut db = app.db.acquire().await?;
    let left = db::direct_uploads::left_in_parts(&mut db, app.clock.now(), BATCH).await?;
    drop(db);
    let mut failed = None;
    for (name, parts_id) in left {
        let Some(key) = OriginalKey::parse(&name) else {
            continue;
        };
        match forget_parts(buckets, &key, &parts_id).await {
            Ok(()) => {
                let mut db = app.db.acquire().await?;
                db::direct_uploads::joined(&mut db, &name).await?;
            }
            Err(error) => failed = Some(error),
        }
    }
    failed.map_or(Ok(()), |error| Err(UploadError::from(error).into()))
}

/// They are in one of the buckets, where media move from one to another.
async fn forget_parts(buckets: &[Depot], key: &OriginalKey, parts_id: &str) -> Result<(), StoreError> {
    for bucket in buckets {
        bucket.forget_parts(key, parts_id).await?;
    }
    Ok(())
}

async fn sweep_objects(app: &App, bucket: &Depot) -> Result<(), ResumableError> {
    let keys = bucket.staged_keys().await.map_err(UploadError::from)?;
    for some in keys.chunks(BATCH as usize) {
        let names: Vec<String> = some.iter().map(ToString::to_string).collect();
        let mut db = app.db.acquire().await?;
        let wanted = db::resumable_uploads::wanted(&mut db, &names, app.clock.now()).await?;
        drop(db);
        for (key, name) in some.iter().zip(&names) {
            if !wanted.contains(name) {
                bucket.delete_staged(key).await.map_err(UploadError::from)?;
            }
        }
    }
    Ok(())
}
