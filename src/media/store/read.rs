//! Reading out of the store, whole or in part. Never holds a large file in memory.

use std::fs::File;
use std::io::{self, Read as _};
use std::ops::Range;
use std::os::unix::fs::FileExt as _;
use std::path::{Path as FilePath, PathBuf};
use std::sync::Arc;

use bytes::Bytes;
use futures::stream::{self, BoxStream};
use futures::{Stream, StreamExt, TryStreamExt};
use object_store::path::Path;
use object_store::{GetOptions, GetRange, GetResult, GetResultPayload, ObjectStoreExt};
use tokio::task::spawn_blocking;

use super::StoreError;
use super::depot::Depot;
use crate::media::key::{MediaKey, OriginalKey};
use crate::media::name::StoredFile;
use crate::media::sniff::{Sniffed, sniff};

/// So much of a local file is read at once: most pictures whole, and of a film no more than a connection can have waiting.
const PIECE: u64 = 256 << 10;

/// Local files up to this size are read whole, by the same thread that opens them.
const SMALL: u64 = 1 << 20;

/// A stored file on its way out.
pub struct Stored {
    pub content: Content,
    /// Of the whole file.
    pub size: u64,
    /// The bytes that there are of it: all, or the part that was asked for.
    pub range: Range<u64>,
    pub content_type: &'static str,
}

/// Of what is small and near the bytes, of all else what gives them.
pub enum Content {
    Whole(Bytes),
    Stream(BoxStream<'static, Result<Bytes, StoreError>>),
}

/// A part of a file, as HTTP's `Range` names it (RFC 9110, section 14.1.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ByteRange {
    From {
        first: u64,
    },
    /// Both ends included; beyond the file's end it is cut.
    Between {
        first: u64,
        last: u64,
    },
    Last {
        count: u64,
    },
}

impl Stored {
    /// A file, or a range that lies inside it.
    pub(super) fn of(whole: &Bytes, range: Option<Range<u64>>, content_type: &'static str) -> Self {
        let size = whole.len() as u64;
        let range = range.unwrap_or(0..size);
        // Neither is larger than the length of what is in memory.
        let part = whole.slice(range.start as usize..range.end as usize);
        Self {
            content: Content::Whole(part),
            size,
            range,
            content_type,
        }
    }

    pub fn pieces(self) -> BoxStream<'static, Result<Bytes, StoreError>> {
        match self.content {
            Content::Whole(bytes) => stream::once(async { Ok(bytes) }).boxed(),
            Content::Stream(pieces) => pieces,
        }
    }

    /// Reads all of it; for what is known to be small, such as an upload that passed the limits.
    pub async fn collect(self) -> Result<Bytes, StoreError> {
        let mut pieces = match self.content {
            Content::Whole(bytes) => return Ok(bytes),
            Content::Stream(pieces) => pieces,
        };
        // At its full length at once: growing, it would be held twice.
        let length = usize::try_from(self.range.end - self.range.start).unwrap_or_default();
        let mut whole = Vec::with_capacity(length);
        while let Some(piece) = pieces.next().await {
            whole.extend_from_slice(&piece?);
        }
        Ok(whole.into())
    }
}

impl std::fmt::Debug for Stored {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self {
            size,
            range,
            content_type,
            ..
        } = self;
        write!(
            out,
            "Stored {{ size: {size}, range: {range:?}, content_type: {content_type} }}"
        )
    }
}

impl Depot {
    pub async fn get(
        &self,
        key: &MediaKey,
        file: impl Into<StoredFile>,
    ) -> Result<Option<Stored>, StoreError> {
        let file = file.into();
        let path = self.rendition(key, file);
        if let Some(folder) = &self.folder {
            return local(folder.join(path.as_ref()), file.content_type()).await;
        }
        let found = self.open(&path, None).await?;
        Ok(found.map(|result| stored(result, file.content_type())))
    }

    /// [`StoreError::OutOfRange`] when nothing of the range lies inside the file (HTTP's 416).
    pub async fn get_range(
        &self,
        key: &MediaKey,
        file: impl Into<StoredFile>,
        range: ByteRange,
    ) -> Result<Option<Stored>, StoreError> {
        let file = file.into();
        let path = self.rendition(key, file);
        // Engines differ in how they refuse a range, so it is judged here.
        let size = match self.engine.head(&path).await {
            Ok(meta) => meta.size,
            Err(object_store::Error::NotFound { .. }) => return Ok(None),
            Err(error) => return Err(error.into()),
        };
        let range = range.within(size).ok_or(StoreError::OutOfRange { size })?;
        let found = self.open(&path, Some(GetRange::Bounded(range))).await?;
        Ok(found.map(|result| stored(result, file.content_type())))
    }

    /// The upload as it came.
    pub async fn get_original(&self, key: &OriginalKey) -> Result<Option<Stored>, StoreError> {
        let path = self.original(key);
        let Some(head) = self.head_bytes(&path).await? else {
            return Ok(None);
        };
        let content_type = match sniff(&head) {
            Sniffed::Picture(kind) => kind.content_type(),
            _ => "application/octet-stream",
        };
        Ok(self
            .open(&path, None)
            .await?
            .map(|result| stored(result, content_type)))
    }

    pub async fn exists(&self, key: &MediaKey, file: impl Into<StoredFile>) -> Result<bool, StoreError> {
        match self.engine.head(&self.rendition(key, file.into())).await {
            Ok(_) => Ok(true),
            Err(object_store::Error::NotFound { .. }) => Ok(false),
            Err(error) => Err(error.into()),
        }
    }

    /// Enough of a file to know its type.
    async fn head_bytes(&self, path: &Path) -> Result<Option<Bytes>, StoreError> {
        match self.open(path, Some(GetRange::Bounded(0..16))).await? {
            Some(result) => Ok(Some(result.bytes().await?)),
            None => Ok(None),
        }
    }

    pub(super) async fn open(
        &self,
        path: &Path,
        range: Option<GetRange>,
    ) -> Result<Option<GetResult>, StoreError> {
        match self
            .engine
            .get_opts(
                path,
                GetOptions {
                    range,
                    ..GetOptions::default()
                },
            )
            .await
        {
            Ok(result) => Ok(Some(result)),
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }
}

impl ByteRange {
    /// The part of a file of `size` bytes that is meant; `None` when there is none.
    pub(super) fn within(self, size: u64) -> Option<Range<u64>> {
        let range = match self {
            ByteRange::From { first } => first..size,
            ByteRange::Between { first, last } => first..last.saturating_add(1).min(size),
            ByteRange::Last { count } => size.saturating_sub(count)..size,
        };
        (range.start < range.end).then_some(range)
    }
}

/// A file of the local folder.
async fn local(path: PathBuf, content_type: &'static str) -> Result<Option<Stored>, StoreError> {
    let opening = spawn_blocking({
        let path = path.clone();
        move || opened(&path)
    });
    let (file, size, whole) = match opening.await.map_err(io::Error::other).flatten() {
        Ok(opened) => opened,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(source) => {
            let path = path.display().to_string();
            return Err(StoreError::File { path, source });
        }
    };
    Ok(Some(match whole {
        Some(whole) => Stored::of(&whole, None, content_type),
        None => Stored {
            content: Content::Stream(pieces(file, path, 0..size).boxed()),
            size,
            range: 0..size,
            content_type,
        },
    }))
}

/// With its size, and with what is in it where that is little.
fn opened(path: &FilePath) -> io::Result<(File, u64, Option<Bytes>)> {
    let file = File::open(path)?;
    let size = file.metadata()?.len();
    if size > SMALL {
        return Ok((file, size, None));
    }
    let mut whole = Vec::with_capacity(usize::try_from(size).unwrap_or_default());
    (&file).take(size).read_to_end(&mut whole)?;
    Ok((file, size, Some(whole.into())))
}

/// A part of a file of the local folder, in pieces that are worth a thread's turn: the crate's own have 8 kB.
fn pieces(file: File, path: PathBuf, range: Range<u64>) -> impl Stream<Item = Result<Bytes, StoreError>> {
    let (file, path) = (Arc::new(file), path.display().to_string());
    stream::try_unfold(range, move |left| {
        let (file, path) = (file.clone(), path.clone());
        async move {
            if left.is_empty() {
                return Ok(None);
            }
            let end = left.end.min(left.start + PIECE);
            let piece = spawn_blocking(move || {
                let mut bytes = vec![0; usize::try_from(end - left.start).unwrap_or_default()];
                file.read_exact_at(&mut bytes, left.start)?;
                io::Result::Ok(Bytes::from(bytes))
            });
            let piece = piece.await.map_err(io::Error::other).flatten();
            let piece = piece.map_err(|source| StoreError::File { path, source })?;
            Ok(Some((piece, end..left.end)))
        }
    })
}

pub(super) fn stored(result: GetResult, content_type: &'static str) -> Stored {
    let (size, range) = (result.meta.size, result.range.clone());
    let pieces = match result.payload {
        GetResultPayload::File(file, path) => pieces(file, path, range.clone()).boxed(),
        GetResultPayload::Stream(stream) => stream.map_err(StoreError::from).boxed(),
    };
    Stored {
        content: Content::Stream(pieces),
        size,
        range,
        content_type,
    }
}
