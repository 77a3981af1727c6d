//! Files that do not go through memory: from a folder into the store, and back. Never overwrites one that is there.

use std::path::Path as FilePath;

use futures::StreamExt;
use object_store::path::Path;
use object_store::{Attribute, Attributes, ObjectStore, ObjectStoreExt, PutMultipartOptions};
use tokio::fs::File;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use super::depot::Depot;
use super::{CACHE_CONTROL, KEPT_FROM_ALL, StoreError};
use crate::media::foreign::Source;
use crate::media::key::{MediaKey, OriginalKey};
use crate::media::name::StoredFile;

/// What is held at once; also of a part, of which S3 wants at least five.
const PART: usize = 8 << 20;

impl Depot {
    /// [`Depot::put`] for a file on this machine. Gives its size.
    pub async fn put_file(
        &self,
        key: &MediaKey,
        file: impl Into<StoredFile>,
        from: &FilePath,
    ) -> Result<u64, StoreError> {
        let file = file.into();
        let size = read(tokio::fs::metadata(from).await, from)?.len();
        if size <= PART as u64 {
            let bytes = read(tokio::fs::read(from).await, from)?;
            self.put(key, file, bytes.into()).await?;
            return Ok(size);
        }
        let path = self.rendition(key, file);
        // Parts cannot be told to write only what is not there. Nobody else writes below this key at this moment.
        match self.engine.head(&path).await {
            Err(object_store::Error::NotFound { .. }) => {}
            Err(error) => return Err(error.into()),
            Ok(there) if there.size == size => return Ok(size),
            Ok(_) => {
                return Err(StoreError::Changed {
                    path: path.to_string(),
                });
            }
        }
        let attributes = [
            (Attribute::ContentType, file.content_type()),
            (Attribute::CacheControl, CACHE_CONTROL),
        ];
        self.put_parts(&path, attributes, from).await?;
        Ok(size)
    }

    /// [`Depot::put_original`] for a file on this machine.
    pub async fn put_original_file(
        &self,
        key: &OriginalKey,
        kind: impl Into<Source>,
        from: &FilePath,
    ) -> Result<(), StoreError> {
        let attributes = [
            (Attribute::ContentType, kind.into().content_type()),
            (Attribute::CacheControl, KEPT_FROM_ALL),
        ];
        self.put_parts(&self.original(key), attributes, from).await
    }

    async fn put_parts(
        &self,
        path: &Path,
        attributes: [(Attribute, &'static str); 2],
        from: &FilePath,
    ) -> Result<(), StoreError> {
        let attributes = match self.keeps_attributes {
            true => Attributes::from_iter(attributes),
            false => Attributes::new(),
        };
        let options = PutMultipartOptions {
            attributes,
            ..PutMultipartOptions::default()
        };
        let mut file = read(File::open(from).await, from)?;
        let mut upload = self.engine.put_multipart_opts(path, options).await?;
        loop {
            let mut part = Vec::with_capacity(PART);
            let more = (&mut file).take(PART as u64).read_to_end(&mut part).await;
            if read(more, from)? == 0 {
                break;
            }
            if let Err(error) = upload.put_part(part.into()).await {
                // Whatever stays of it is the engine's to sweep.
                upload.abort().await.ok();
                return Err(error.into());
            }
        }
        upload.complete().await?;
        Ok(())
    }

    /// Whether it was there.
    pub async fn original_to_file(&self, key: &OriginalKey, to: &FilePath) -> Result<bool, StoreError> {
        self.to_file(&self.original(key), to).await
    }

    /// Whether it was there.
    pub async fn file_to_file(
        &self,
        key: &MediaKey,
        file: impl Into<StoredFile>,
        to: &FilePath,
    ) -> Result<bool, StoreError> {
        self.to_file(&self.rendition(key, file.into()), to).await
    }

    async fn to_file(&self, path: &Path, to: &FilePath) -> Result<bool, StoreError> {
        let Some(found) = self.open(path, None).await? else {
            return Ok(false);
        };
        let mut file = read(File::create(to).await, to)?;
        let mut bytes = found.into_stream();
        while let Some(piece) = bytes.next().await {
            read(file.write_all(&piece?).await, to)?;
        }
        read(file.flush().await, to)?;
        Ok(true)
    }
}

fn read<T>(result: std::io::Result<T>, path: &FilePath) -> Result<T, StoreError> {
    result.map_err(|source| StoreError::File {
        path: path.display().to_string(),
        source,
    })
}
