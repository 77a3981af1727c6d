//! One place where pictures are: a folder or a bucket. Never changes an object under its key, and knows of no other place.

use std::path::Path as FolderPath;
use std::sync::Arc;

use bytes::Bytes;
use futures::{StreamExt, TryStreamExt};
use object_store::path::Path;
use object_store::{Attribute, Attributes, ObjectStore, ObjectStoreExt, PutMode, PutOptions};

use super::engine::Bucket;
use super::{CACHE_CONTROL, KEPT_FROM_ALL, ORIGINALS, PUBLIC, StoreError, WITHHELD};
use crate::media::foreign::Source;
use crate::media::key::{MediaKey, OriginalKey};
use crate::media::name::StoredFile;

/// Clones share it.
#[derive(Debug, Clone)]
pub struct Depot {
    pub(super) engine: Arc<dyn ObjectStore>,
    /// Put before every path, so that a bucket can be shared.
    pub(super) prefix: Path,
    /// The same engine where it is a bucket of S3, for what only one can do.
    pub(super) bucket: Option<Arc<Bucket>>,
    /// Where the files are, if that is a folder of this machine.
    pub(super) folder: Option<Arc<FolderPath>>,
    /// A local folder keeps no attributes and refuses them.
    pub(super) keeps_attributes: bool,
    /// Whether an object has its new name by the time at which the engine says so.
    pub(super) moves: bool,
}

impl Depot {
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

    /// Removes all renditions of a key, also if they are withheld. Nothing there is fine.
    pub async fn delete_prefix(&self, key: &MediaKey) -> Result<(), StoreError> {
        self.delete_below(PUBLIC, key).await?;
        match key.is_of_copy() {
            // Those of other servers never are.
            true => Ok(()),
            false => self.delete_below(WITHHELD, key).await,
        }
    }

    async fn delete_below(&self, folder: &'static str, key: &MediaKey) -> Result<(), StoreError> {
        let folder = self.below(&format!("{folder}/{}", key.folder()));
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

    pub(super) fn rendition(&self, key: &MediaKey, file: StoredFile) -> Path {
        self.below(&format!("{PUBLIC}/{}/{file}", key.folder()))
    }

    pub(super) fn original(&self, key: &OriginalKey) -> Path {
        self.below(&format!("{ORIGINALS}/{}", key.folder()))
    }

    pub(super) fn below(&self, path: &str) -> Path {
        Path::from_iter(self.prefix.parts().chain(Path::from(path).parts()))
    }
}

pub(super) fn missing_is_fine(result: Result<(), object_store::Error>) -> Result<(), StoreError> {
    match result {
        Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
        Err(error) => Err(error.into()),
    }
}
