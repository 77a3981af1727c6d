//! The next piece of an upload. What is said to be here is on disk, and the last byte is here only when the picture is.

use std::time::Duration;

use bytes::Bytes;
use futures::{Stream, StreamExt};
use tokio::time::timeout;

use super::{PATIENCE, ResumableError, Upload, find, refused, stored};
use crate::actions::upload::{self, Body, UploadError};
use crate::app::App;
use crate::bus::Queue;
use crate::db;
use crate::domain::ids::{AccountId, MediaId};
use crate::domain::picture::Purpose;
use crate::domain::upload_metadata::UploadMetadata;
use crate::media::staging::Piecemeal;
use crate::media::{Checksum, OriginalKey, Unplayable, VideoError};

/// After so many bytes what came is brought to disk and noted: so much is sent again at most after a crash.
const STRETCH: u64 = 8 << 20;
/// A sender of whom nothing comes for so long has gone, and another may go on.
const SILENCE: Duration = Duration::from_secs(30);

/// What is sent at once.
#[derive(Debug)]
pub struct Piece<S> {
    /// Where it begins.
    pub offset: u64,
    /// How much its sender says that it is.
    pub announced: Option<u64>,
    /// What all of it must add up to; else none of it is kept.
    pub checksum: Option<Checksum>,
    pub bytes: S,
}

/// Writes a piece on, as far as it comes. Whoever asks must not be given up half-way: their sender may go, and what came is
/// noted after that.
pub async fn append<S, E>(
    app: &App,
    owner: AccountId,
    key: OriginalKey,
    piece: Piece<S>,
) -> Result<Upload, ResumableError>
where
    S: Stream<Item = Result<Bytes, E>> + Unpin,
{
    let upload = find(app, owner, key).await?;
    begins_right(&upload, piece.offset)?;
    if upload.media_id.is_some() {
        return Ok(upload);
    }
    let mut file = app.staging.open(&key, piece.offset).await?;
    // Another may have written until now.
    let upload = find(app, owner, key).await?;
    begins_right(&upload, piece.offset)?;
    file.cut(piece.offset).await?;
    Writing {
        app,
        owner,
        upload,
        file,
    }
    .go_on(piece)
    .await
}

fn begins_right(upload: &Upload, offset: u64) -> Result<(), ResumableError> {
    match upload.received {
        received if received == offset => Ok(()),
        received => Err(ResumableError::WrongOffset { received }),
    }
}

/// An upload whose file nobody else writes.
struct Writing<'a> {
    app: &'a App,
    owner: AccountId,
    upload: Upload,
    file: Piecemeal,
}

/// How the sending of a piece ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    Whole,
    BrokenOff,
}

impl Writing<'_> {
    async fn go_on<S, E>(mut self, mut piece: Piece<S>) -> Result<Upload, ResumableError>
    where
        S: Stream<Item = Result<Bytes, E>> + Unpin,
    {
        let length = self.upload.length;
        if piece.announced.is_some_and(|bytes| bytes > length - piece.offset) {
            return Err(ResumableError::TooLong { length });
        }
        let taken = self.take(&mut piece).await;
        self.file.settle().await?;
        let (reached, end) = taken?;
        match piece.checksum {
            Some(_) if end == End::BrokenOff => return Err(ResumableError::Interrupted),
            Some(checksum) if !checksum.is_right() => return Err(ResumableError::WrongChecksum),
            _ => {}
        }
        if reached == length {
            return self.finish().await;
        }
        self.note(reached).await?;
        match end {
            End::Whole => Ok(self.upload),
            End::BrokenOff => Err(ResumableError::Interrupted),
        }
    }

    /// Writes what comes, and notes it now and then; what is to fit a checksum only when all of it is here.
    async fn take<S, E>(&mut self, piece: &mut Piece<S>) -> Result<(u64, End), ResumableError>
    where
        S: Stream<Item = Result<Bytes, E>> + Unpin,
    {
        let length = self.upload.length;
        let mut reached = piece.offset;
        loop {
            let next = match timeout(SILENCE, piece.bytes.next()).await {
                Ok(Some(Ok(next))) => next,
                Ok(None) => return Ok((reached, End::Whole)),
                Ok(Some(Err(_))) | Err(_) => return Ok((reached, End::BrokenOff)),
            };
            reached += next.len() as u64;
            if reached > length {
                return Err(ResumableError::TooLong { length });
            }
            self.file.write(&next).await?;
            match &mut piece.checksum {
                Some(checksum) => checksum.add(&next),
                None if reached >= self.upload.received + STRETCH && reached < length => {
                    self.note(reached).await?;
                }
                None => {}
            }
        }
    }

    /// Brings what came to disk, and says so.
    async fn note(&mut self, reached: u64) -> Result<(), ResumableError> {
        self.file.sync().await?;
        let expires_at = self.app.clock.now() + PATIENCE;
        let key = self.upload.key.to_string();
        let mut db = self.app.db.acquire().await?;
        if !db::resumable_uploads::received(&mut db, &key, stored(reached), expires_at).await? {
            return Err(ResumableError::NotFound);
        }
        self.upload.received = reached;
        self.upload.expires_at = expires_at;
        Ok(())
    }

    /// All of it is here: it becomes a picture, or is refused and gone.
    async fn finish(mut self) -> Result<Upload, ResumableError> {
        let large = self.upload.length > self.app.config.photo_bytes;
        let bench = match self.app.ffmpeg.as_ref().filter(|_| large) {
            Some(ffmpeg) => Some(ffmpeg.bench().await.map_err(UploadError::from)?),
            None => None,
        };
        let in_memory = bench.as_ref().map_or(self.upload.length, |_| 0);
        let _room = self.app.uploads.room(self.owner, in_memory).await;
        let body = match bench {
            Some(bench) => {
                self.file.copy_to(&bench.source()).await?;
                Body::File(bench)
            }
            None => Body::Memory(self.file.read().await?),
        };
        let key = self.upload.key;
        match self.take_in(body).await {
            // The machine was slow, and not the video: it can be sent on once more.
            Err(ResumableError::Upload(UploadError::Video(VideoError::Unplayable(
                slow @ Unplayable::TooSlow { .. },
            )))) => return Err(UploadError::from(VideoError::from(slow)).into()),
            Ok(media) => {
                self.app.bus.wake(Queue::Media);
                self.upload.received = self.upload.length;
                self.upload.media_id = Some(media);
            }
            Err(ResumableError::Upload(
                refusal @ (UploadError::Unusable(_)
                | UploadError::Video(VideoError::Unplayable(_))
                | UploadError::Refused(_)),
            )) => {
                let mut db = self.app.db.acquire().await?;
                db::resumable_uploads::delete(&mut db, self.owner, &key.to_string()).await?;
                self.app.staging.remove_held(&key).await?;
                return Err(refused(refusal, &UploadMetadata::parse(&self.upload.metadata)?));
            }
            Err(trouble) => return Err(trouble),
        }
        if let Err(error) = self.app.staging.remove_held(&key).await {
            tracing::warn!(%error, "the file of an upload that is whole is removed later");
        }
        Ok(self.upload)
    }

    async fn take_in(&mut self, body: Body) -> Result<MediaId, ResumableError> {
        let words = UploadMetadata::parse(&self.upload.metadata)?;
        let upload = upload::Upload {
            purpose: Purpose::Attachment,
            body,
            description: words.description,
            focus: words.focus,
        };
        let kept = upload::keep(self.app, self.owner, upload).await?;
        let expires_at = self.app.clock.now() + PATIENCE;
        let key = self.upload.key.to_string();
        let mut tx = self.app.db.begin().await?;
        // Its room was claimed when it was announced, and goes from the one to the other here.
        if !db::resumable_uploads::complete(&mut tx, &key, kept.id, expires_at).await? {
            return Err(ResumableError::NotFound);
        }
        kept.write(self.app, &mut tx).await?;
        tx.commit().await?;
        self.upload.expires_at = expires_at;
        Ok(kept.id)
    }
}
