//! Where pictures are kept: a local folder or a bucket behind one interface.
//! Never changes an object under its key, and never takes a path or a content type from outside.

mod engine;
mod inventory;
mod large;
mod probe;
mod read;

use std::sync::Arc;

use bytes::Bytes;
use futures::{StreamExt, TryStreamExt};
use object_store::path::Path;
use object_store::{Attribute, Attributes, ObjectStore, ObjectStoreExt, PutMode, PutOptions};

use crate::media::foreign::Source;
use crate::media::key::{MediaKey, OriginalKey};
use crate::media::name::StoredFile;
use crate::media::staging;

pub use engine::S3Settings;
pub use inventory::{FileSize, Found, Place};
pub use probe::{ProbeError, ProbeStep};
pub use read::{ByteRange, Stored};

/// What every rendition is served with: its key changes when its bytes do.
pub const CACHE_CONTROL: &str = "public, max-age=31536000, immutable";
/// What an upload would be served with, if anybody did.
const KEPT_FROM_ALL: &str = "private, no-store";
const PUBLIC: &str = "media";
const ORIGINALS: &str = "originals";

/// A failure of the store, or a use of it that would break its promise.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    #[error("the store failed: {0}")]
    Engine(#[from] object_store::Error),
    #[error("the folder {path} cannot be made: {source}")]
    Folder { path: String, source: std::io::Error },
    #[error("the file {path} on this machine cannot be used: {source}")]
    File { path: String, source: std::io::Error },
    /// Another content is there already.
    #[error("{path} is written already, with other bytes")]
    Changed { path: String },
    #[error("the file has {size} bytes, and the range lies outside")]
    OutOfRange { size: u64 },
}

impl StoreError {
    /// Whether it says that nothing more fits.
    pub fn is_full(&self) -> bool {
        let mut cause: Option<&(dyn std::error::Error + 'static)> = Some(self);
        while let Some(error) = cause {
            if error.downcast_ref().is_some_and(staging::is_full) {
                return true;
            }
            cause = error.source();
        }
        false
    }
}

/// The store of one server; clones share it.
#[derive(Debug, Clone)]
pub struct Store {
    engine: Arc<dyn ObjectStore>,
    /// Put before every path, so that a bucket can be shared.
    prefix: Path,
    /// A local folder keeps no attributes and refuses them.
    keeps_attributes: bool,
}

impl Store {
    /// The path of a rendition inside the store, and so of its address at a bucket or CDN: `media/ab/cd/KEY/1080.webp`.
    pub fn public_path(&self, key: &MediaKey, file: impl Into<StoredFile>) -> String {
        self.rendition(key, file.into()).to_string()
    }

    /// Writes a rendition; when this returns it is on disk. Writing the same bytes again is fine.
    pub async fn put(
        &self,
        key: &MediaKey,
        file: impl Into<StoredFile>,
        bytes: Bytes,
    ) -> Result<(), StoreError> {
        let file = file.into();
        let attributes = [
            (Attribute::ContentType, file.content_type()),
            (Attribute::CacheControl, CACHE_CONTROL),
        ];
        self.write_once(&self.rendition(key, file), bytes, attributes)
            .await
    }

    /// Keeps an upload as it came. No public route reads it.
    pub async fn put_original(
        &self,
        key: &OriginalKey,
        kind: impl Into<Source>,
        bytes: Bytes,
    ) -> Result<(), StoreError> {
        let attributes = [
            (Attribute::ContentType, kind.into().content_type()),
            (Attribute::CacheControl, KEPT_FROM_ALL),
        ];
        self.write_once(&self.original(key), bytes, attributes).await
    }

    /// Removes all renditions of a key. Nothing there is fine.
    pub async fn delete_prefix(&self, key: &MediaKey) -> Result<(), StoreError> {
        let folder = self.below(&format!("{PUBLIC}/{}", key.folder()));
        let found = self
            .engine
            .list(Some(&folder))
            .map_ok(|object| object.location)
            .boxed();
        let gone = self.engine.delete_stream(found);
        // Two may delete at once; what the other has removed is gone as well.
        gone.map(|result| missing_is_fine(result.map(drop)))
            .try_collect::<()>()
            .await
    }

    pub async fn delete_original(&self, key: &OriginalKey) -> Result<(), StoreError> {
        missing_is_fine(self.engine.delete(&self.original(key)).await)
    }

    async fn write_once(
        &self,
        path: &Path,
        bytes: Bytes,
        attributes: [(Attribute, &'static str); 2],
    ) -> Result<(), StoreError> {
        let attributes = if self.keeps_attributes {
            Attributes::from_iter(attributes)
        } else {
            Attributes::new()
        };
        let options = PutOptions {
            mode: PutMode::Create,
            attributes,
            ..PutOptions::default()
        };
        match self.engine.put_opts(path, bytes.clone().into(), options).await {
            Ok(_) => Ok(()),
            // A job that runs twice, or a write whose answer was lost on the way.
            Err(object_store::Error::AlreadyExists { .. } | object_store::Error::Precondition { .. }) => {
                self.same(path, &bytes).await
            }
            Err(error) => Err(error.into()),
        }
    }

    async fn same(&self, path: &Path, bytes: &Bytes) -> Result<(), StoreError> {
        let there = self.engine.get(path).await?;
        if there.meta.size == bytes.len() as u64 && there.bytes().await? == *bytes {
            return Ok(());
        }
        Err(StoreError::Changed {
            path: path.to_string(),
        })
    }

    fn rendition(&self, key: &MediaKey, file: StoredFile) -> Path {
        self.below(&format!("{PUBLIC}/{}/{file}", key.folder()))
    }

    fn original(&self, key: &OriginalKey) -> Path {
        self.below(&format!("{ORIGINALS}/{}", key.folder()))
    }

    fn below(&self, path: &str) -> Path {
        Path::from_iter(self.prefix.parts().chain(Path::from(path).parts()))
    }
}

fn missing_is_fine(result: Result<(), object_store::Error>) -> Result<(), StoreError> {
    match result {
        Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
        Err(error) => Err(error.into()),
    }
}
