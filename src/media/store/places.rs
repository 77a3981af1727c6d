//! The store as everything else sees it, whether it is one place or several. Knows no engine.

use std::path::Path as FilePath;
use std::sync::Arc;

use bytes::Bytes;
use chrono::{DateTime, Utc};
use futures::StreamExt as _;
use futures::stream::BoxStream;
use http::HeaderValue;

use super::depot::Depot;
use super::hot::Hot;
use super::layout::{Layout, Places};
use super::withheld::Way;
use super::{ByteRange, Content, FileSize, Found, ProbeError, S3Settings, StoreError, Stored};
use crate::media::foreign::Source;
use crate::media::key::{MediaKey, OriginalKey};
use crate::media::name::StoredFile;

/// The store of one server; clones share it, also where it is.
#[derive(Debug, Clone)]
pub struct Store {
    own: Arc<Places>,
    /// Where copies of other servers' pictures are whose keys say so.
    copies: Option<Arc<Places>>,
    hot: Hot,
}

impl From<Depot> for Store {
    fn from(only: Depot) -> Self {
        Self {
            own: Arc::new(Places::of(only)),
            copies: None,
            hot: Hot::default(),
        }
    }
}

impl Store {
    pub fn local(folder: &FilePath) -> Result<Self, StoreError> {
        Depot::local(folder).map(Self::from)
    }

    pub fn s3(settings: &S3Settings) -> Result<Self, StoreError> {
        Depot::s3(settings).map(Self::from)
    }

    /// The same with a place of its own for copies.
    pub fn with_copies(self, place: Depot) -> Self {
        Self {
            copies: Some(Arc::new(Places::of(place))),
            ..self
        }
    }

    /// The key under which a copy of another server's picture is to be kept.
    pub fn key_of_copy(&self, key: MediaKey) -> MediaKey {
        match self.copies {
            Some(_) => key.of_copy(),
            None => key,
        }
    }

    /// Where the files of a key are written, and looked for first.
    fn place(&self, key: &MediaKey) -> &Places {
        match &self.copies {
            Some(copies) if key.is_of_copy() => copies,
            _ => &self.own,
        }
    }

    /// Where copies may be as well: whoever had them with all else for a while brought them there.
    fn other_place(&self, key: &MediaKey) -> Option<&Places> {
        self.copies
            .as_ref()
            .filter(|_| key.is_of_copy())
            .map(|_| &*self.own)
    }

    async fn read<T, R: Future<Output = Result<Option<T>, StoreError>>>(
        &self,
        key: &MediaKey,
        read: impl Fn(Depot) -> R,
    ) -> Result<Option<T>, StoreError> {
        let found = self.place(key).read(&read).await?;
        match self.other_place(key) {
            Some(other) if found.is_none() => other.read(read).await,
            _ => Ok(found),
        }
    }

    /// The path of a rendition inside the store: `media/ab/cd/KEY/1080.webp`.
    pub fn public_path(&self, key: &MediaKey, file: impl Into<StoredFile>) -> String {
        self.own.layout().source.public_path(key, file)
    }

    /// The time by which it was arranged last.
    pub fn since(&self) -> Option<DateTime<Utc>> {
        self.own.layout().since
    }

    /// What begins from now on uses these places.
    pub fn arrange(&self, layout: Layout) {
        self.own.arrange(layout);
    }

    /// Writes a rendition; when this returns it is on disk. Writing the same bytes again is fine.
    pub async fn put(
        &self,
        key: &MediaKey,
        file: impl Into<StoredFile>,
        bytes: Bytes,
    ) -> Result<(), StoreError> {
        let file = file.into();
        self.place(key)
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
        self.place(key)
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
        self.own
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
        self.own
            .write(|depot| async move { depot.put_original_file(key, kind, from).await })
            .await
    }

    /// Removes all renditions of a key. Nothing there is fine.
    pub async fn delete_prefix(&self, key: &MediaKey) -> Result<(), StoreError> {
        let mut gone = self.place(key).delete_prefix(key).await;
        if let (Ok(()), Some(other)) = (&gone, self.other_place(key)) {
            gone = other.delete_prefix(key).await;
        }
        // Whatever came of it: some may be gone.
        self.hot.forget(key);
        gone
    }

    /// Brings all files of a key of somebody here to where nobody reads them.
    pub async fn withhold(&self, key: &MediaKey) -> Result<(), StoreError> {
        let away = self.own.shift(key, Way::AWAY).await;
        self.hot.forget(key);
        away
    }

    /// Brings back what was withheld, under its former addresses.
    pub async fn give_back(&self, key: &MediaKey) -> Result<(), StoreError> {
        self.own.shift(key, Way::BACK).await
    }

    pub async fn delete_original(&self, key: &OriginalKey) -> Result<(), StoreError> {
        let Layout {
            source, destination, ..
        } = self.own.layout();
        source.delete_original(key).await?;
        match destination {
            Some(destination) => destination.delete_original(key).await,
            None => Ok(()),
        }
    }

    /// The bucket into which senders put their uploads themselves; `None` while media are in no bucket.
    pub fn bucket(&self) -> Option<Depot> {
        let layout = self.own.layout();
        let (first, _) = layout.both();
        first.is_bucket().then(|| first.clone())
    }

    /// All buckets into which they may have put some.
    pub fn buckets(&self) -> Vec<Depot> {
        let layout = self.own.layout();
        let (first, second) = layout.both();
        let all = [Some(first), second].into_iter().flatten();
        all.filter(|depot| depot.is_bucket()).cloned().collect()
    }

    /// Whether pages of that origin may put something there; `None` while media are in no bucket.
    pub async fn lets_browsers_put(&self, origin: &HeaderValue) -> Option<Result<bool, StoreError>> {
        Some(self.bucket()?.lets_browsers_put(origin).await)
    }

    /// What its sender put there; also before media moved to another place.
    pub async fn staged(&self, key: &OriginalKey) -> Result<Option<Stored>, StoreError> {
        self.own
            .read(|depot| async move { depot.staged(key).await })
            .await
    }

    /// Every object of ours, in the order of the engine.
    pub fn walk(&self) -> BoxStream<'static, Result<Found, StoreError>> {
        let own = self.own.layout().both().0.walk();
        match &self.copies {
            Some(copies) => own.chain(copies.layout().both().0.walk()).boxed(),
            None => own,
        }
    }

    /// The files of a key.
    pub async fn files(&self, key: &MediaKey) -> Result<Vec<FileSize>, StoreError> {
        let files = self.place(key).files(key).await?;
        match self.other_place(key) {
            Some(other) if files.is_empty() => other.files(key).await,
            _ => Ok(files),
        }
    }

    /// `None`: it is not there.
    pub async fn original_size(&self, key: &OriginalKey) -> Result<Option<u64>, StoreError> {
        self.own
            .read(|depot| async move { depot.original_size(key).await })
            .await
    }

    pub async fn get(
        &self,
        key: &MediaKey,
        file: impl Into<StoredFile>,
    ) -> Result<Option<Stored>, StoreError> {
        let file = file.into();
        if let Some(whole) = self.hot.find(key, file) {
            return Ok(Some(Stored::of(&whole, None, file.content_type())));
        }
        let found = self
            .read(key, |depot| async move { depot.get(key, file).await })
            .await?;
        if let Some(Content::Whole(whole)) = found.as_ref().map(|found| &found.content) {
            self.hot.keep(key, file, whole.clone());
        }
        Ok(found)
    }

    /// [`StoreError::OutOfRange`] when nothing of the range lies inside the file (HTTP's 416).
    pub async fn get_range(
        &self,
        key: &MediaKey,
        file: impl Into<StoredFile>,
        range: ByteRange,
    ) -> Result<Option<Stored>, StoreError> {
        let file = file.into();
        if let Some(whole) = self.hot.find(key, file) {
            let size = whole.len() as u64;
            let range = range.within(size).ok_or(StoreError::OutOfRange { size })?;
            return Ok(Some(Stored::of(&whole, Some(range), file.content_type())));
        }
        self.read(
            key,
            |depot| async move { depot.get_range(key, file, range).await },
        )
        .await
    }

    /// The upload as it came.
    pub async fn get_original(&self, key: &OriginalKey) -> Result<Option<Stored>, StoreError> {
        self.own
            .read(|depot| async move { depot.get_original(key).await })
            .await
    }

    pub async fn exists(&self, key: &MediaKey, file: impl Into<StoredFile>) -> Result<bool, StoreError> {
        let file = file.into();
        let there = self.read(key, |depot| async move {
            Ok(depot.exists(key, file).await?.then_some(()))
        });
        Ok(there.await?.is_some())
    }

    /// Whether it was there.
    pub async fn original_to_file(&self, key: &OriginalKey, to: &FilePath) -> Result<bool, StoreError> {
        let there = self
            .own
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
        let there = self.read(key, |depot| async move {
            Ok(depot.file_to_file(key, file, to).await?.then_some(()))
        });
        Ok(there.await?.is_some())
    }

    /// Writes, reads and deletes a small file of its own, everywhere.
    pub async fn probe(&self) -> Result<(), ProbeError> {
        self.own.probe().await
    }

    /// The same where copies have a place of their own; `None` where they have none.
    pub async fn probe_copies(&self) -> Option<Result<(), ProbeError>> {
        Some(self.copies.as_ref()?.probe().await)
    }
}
