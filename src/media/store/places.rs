//! The store as everything else sees it, whether it is one place or two. Knows no engine.

use std::path::Path as FilePath;
use std::sync::Arc;

use bytes::Bytes;
use chrono::{DateTime, Utc};
use futures::stream::BoxStream;

use super::depot::Depot;
use super::layout::{Layout, Places};
use super::{ByteRange, FileSize, Found, ProbeError, S3Settings, StoreError, Stored};
use crate::media::foreign::Source;
use crate::media::key::{MediaKey, OriginalKey};
use crate::media::name::StoredFile;

/// The store of one server; clones share it, also where it is.
#[derive(Debug, Clone)]
pub struct Store(Arc<Places>);

impl From<Depot> for Store {
    fn from(only: Depot) -> Self {
        Self(Arc::new(Places::of(only)))
    }
}

impl Store {
    pub fn local(folder: &FilePath) -> Result<Self, StoreError> {
        Depot::local(folder).map(Self::from)
    }

    pub fn s3(settings: &S3Settings) -> Result<Self, StoreError> {
        Depot::s3(settings).map(Self::from)
    }

    /// The path of a rendition inside the store: `media/ab/cd/KEY/1080.webp`.
    pub fn public_path(&self, key: &MediaKey, file: impl Into<StoredFile>) -> String {
        self.0.layout().source.public_path(key, file)
    }

    /// The time by which it was arranged last.
    pub fn since(&self) -> Option<DateTime<Utc>> {
        self.0.layout().since
    }

    /// What begins from now on uses these places.
    pub fn arrange(&self, layout: Layout) {
        self.0.arrange(layout);
    }

    /// Writes a rendition; when this returns it is on disk. Writing the same bytes again is fine.
    pub async fn put(
        &self,
        key: &MediaKey,
        file: impl Into<StoredFile>,
        bytes: Bytes,
    ) -> Result<(), StoreError> {
        let file = file.into();
        self.0
            .write(|depot| {
                let bytes = bytes.clone();
                async move { depot.put(key, file, bytes).await }
            })
            .await
    }

    /// [`Store::put`] for a file on this machine. Gives its size.
    pub async fn put_file(
        &self,
        key: &MediaKey,
        file: impl Into<StoredFile>,
        from: &FilePath,
    ) -> Result<u64, StoreError> {
        let file = file.into();
        self.0
            .write(|depot| async move { depot.put_file(key, file, from).await })
            .await
    }

    /// Keeps an upload as it came. No public route reads it.
    pub async fn put_original(
        &self,
        key: &OriginalKey,
        kind: impl Into<Source>,
        bytes: Bytes,
    ) -> Result<(), StoreError> {
        let kind = kind.into();
        self.0
            .write(|depot| {
                let bytes = bytes.clone();
                async move { depot.put_original(key, kind, bytes).await }
            })
            .await
    }

    /// [`Store::put_original`] for a file on this machine.
    pub async fn put_original_file(
        &self,
        key: &OriginalKey,
        kind: impl Into<Source>,
        from: &FilePath,
    ) -> Result<(), StoreError> {
        let kind = kind.into();
        self.0
            .write(|depot| async move { depot.put_original_file(key, kind, from).await })
            .await
    }

    /// Removes all renditions of a key. Nothing there is fine.
    pub async fn delete_prefix(&self, key: &MediaKey) -> Result<(), StoreError> {
        let Layout {
            source, destination, ..
        } = self.0.layout();
        // The source first: who copies looks there afterwards whether it still has what was copied.
        source.delete_prefix(key).await?;
        match destination {
            Some(destination) => destination.delete_prefix(key).await,
            None => Ok(()),
        }
    }

    pub async fn delete_original(&self, key: &OriginalKey) -> Result<(), StoreError> {
        let Layout {
            source, destination, ..
        } = self.0.layout();
        source.delete_original(key).await?;
        match destination {
            Some(destination) => destination.delete_original(key).await,
            None => Ok(()),
        }
    }

    /// Every object of ours, in the order of the engine.
    pub fn walk(&self) -> BoxStream<'static, Result<Found, StoreError>> {
        self.0.layout().both().0.walk()
    }

    /// The files of a key.
    pub async fn files(&self, key: &MediaKey) -> Result<Vec<FileSize>, StoreError> {
        let layout = self.0.layout();
        let (first, second) = layout.both();
        let mut files = first.files(key).await?;
        if let (true, Some(second)) = (layout.switched, second) {
            let others = second.files(key).await?;
            let missing = others.into_iter().filter(|other| {
                let is_same = |known: &FileSize| known.file == other.file;
                !files.iter().any(is_same)
            });
            let missing: Vec<FileSize> = missing.collect();
            files.extend(missing);
        }
        Ok(files)
    }

    /// `None`: it is not there.
    pub async fn original_size(&self, key: &OriginalKey) -> Result<Option<u64>, StoreError> {
        self.0
            .read(|depot| async move { depot.original_size(key).await })
            .await
    }

    pub async fn get(
        &self,
        key: &MediaKey,
        file: impl Into<StoredFile>,
    ) -> Result<Option<Stored>, StoreError> {
        let file = file.into();
        self.0
            .read(|depot| async move { depot.get(key, file).await })
            .await
    }

    /// [`StoreError::OutOfRange`] when nothing of the range lies inside the file (HTTP's 416).
    pub async fn get_range(
        &self,
        key: &MediaKey,
        file: impl Into<StoredFile>,
        range: ByteRange,
    ) -> Result<Option<Stored>, StoreError> {
        let file = file.into();
        self.0
            .read(|depot| async move { depot.get_range(key, file, range).await })
            .await
    }

    /// The upload as it came.
    pub async fn get_original(&self, key: &OriginalKey) -> Result<Option<Stored>, StoreError> {
        self.0
            .read(|depot| async move { depot.get_original(key).await })
            .await
    }

    pub async fn exists(&self, key: &MediaKey, file: impl Into<StoredFile>) -> Result<bool, StoreError> {
        let file = file.into();
        let there = self
            .0
            .read(|depot| async move { Ok(depot.exists(key, file).await?.then_some(())) });
        Ok(there.await?.is_some())
    }

    /// Whether it was there.
    pub async fn original_to_file(&self, key: &OriginalKey, to: &FilePath) -> Result<bool, StoreError> {
        let there = self
            .0
            .read(|depot| async move { Ok(depot.original_to_file(key, to).await?.then_some(())) });
        Ok(there.await?.is_some())
    }

    /// Whether it was there.
    pub async fn file_to_file(
        &self,
        key: &MediaKey,
        file: impl Into<StoredFile>,
        to: &FilePath,
    ) -> Result<bool, StoreError> {
        let file = file.into();
        let there = self
            .0
            .read(|depot| async move { Ok(depot.file_to_file(key, file, to).await?.then_some(())) });
        Ok(there.await?.is_some())
    }

    /// Writes, reads and deletes a small file of its own, everywhere.
    pub async fn probe(&self) -> Result<(), ProbeError> {
        let layout = self.0.layout();
        let (first, second) = layout.both();
        first.probe().await?;
        match second {
            Some(second) => second.probe().await,
            None => Ok(()),
        }
    }
}
