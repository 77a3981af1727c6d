//! Objects that their senders put into a bucket themselves, by addresses that are signed for it. Serves none of them, and believes
//! nothing of them.

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, Utc};
use futures::TryStreamExt;
use object_store::ObjectStoreExt;
use object_store::multipart::{MultipartStore, PartId};
use object_store::path::Path;
use url::Url;

use super::depot::{Depot, missing_is_fine};
use super::engine::Bucket;
use super::signing::{Allowed, Signer};
use super::{StoreError, Stored, read};
use crate::media::key::OriginalKey;

pub(super) const STAGING: &str = "staging";
/// What pages in browsers send along that they have to be allowed, as a list.
pub(super) const HEADERS_OF_BROWSERS: &str = "content-type,x-amz-checksum-sha256";
/// Of whatever is sent: nothing that a browser would open.
const CONTENT_TYPE_OF_STAGED: &str = "application/octet-stream";

/// What is put at an address.
#[derive(Clone, Copy, Debug)]
pub struct Put<'a> {
    /// Exactly so much.
    pub bytes: u64,
    pub what: Piece<'a>,
}

#[derive(Clone, Copy, Debug)]
pub enum Piece<'a> {
    /// A whole object, which adds up to that.
    Whole { sha256: &'a [u8] },
    Part {
        /// By what the bucket knows all of them.
        of: &'a str,
        /// From 1.
        number: usize,
    },
}

/// What has to be sent with a whole object, letter by letter.
pub fn headers(sha256: &[u8]) -> [(&'static str, String); 2] {
    [
        ("content-type", CONTENT_TYPE_OF_STAGED.to_owned()),
        ("x-amz-checksum-sha256", STANDARD.encode(sha256)),
    ]
}

impl Depot {
    /// Whether it can be written to by others, where an address is signed for it.
    pub fn is_bucket(&self) -> bool {
        self.bucket.is_some()
    }

    /// An address at which something can be put for a while: a whole object or one of several parts, and nothing that is longer.
    pub async fn signed(
        &self,
        key: &OriginalKey,
        put: Put<'_>,
        valid: Duration,
        now: DateTime<Utc>,
    ) -> Result<Url, StoreError> {
        let bucket = self.bucket()?;
        let mut allowed = Allowed {
            method: "PUT",
            headers: vec![("content-length", put.bytes.to_string())],
            query: Vec::new(),
            valid,
        };
        match put.what {
            // Parts have the type that was said when they were begun.
            Piece::Part { of, number } => allowed
                .query
                .extend([("partNumber", number.to_string()), ("uploadId", of.to_owned())]),
            Piece::Whole { sha256 } => allowed.headers.extend(headers(sha256)),
        }
        let credential = bucket.engine.credentials().get_credential().await?;
        let signer = Signer {
            key_id: &credential.key_id,
            secret: &credential.secret_key,
            region: &bucket.region,
        };
        let url = bucket.address(&self.staged_path(key)).await?;
        Ok(signer.sign(url, allowed, now))
    }

    /// Begins an object that comes in parts; by what the bucket knows them.
    pub async fn begin_parts(&self, key: &OriginalKey) -> Result<String, StoreError> {
        let bucket = &self.bucket()?.engine;
        Ok(bucket.create_multipart(&self.staged_path(key)).await?)
    }

    /// Puts parts together, by the words that the bucket had for each.
    pub async fn join_parts(&self, key: &OriginalKey, of: &str, tags: &[String]) -> Result<(), StoreError> {
        let bucket = &self.bucket()?.engine;
        let parts = tags.iter().map(|tag| PartId {
            content_id: tag.clone(),
        });
        let (path, parts) = (self.staged_path(key), parts.collect());
        bucket.complete_multipart(&path, &of.to_owned(), parts).await?;
        Ok(())
    }

    /// Forgets parts. None there is fine.
    pub async fn forget_parts(&self, key: &OriginalKey, of: &str) -> Result<(), StoreError> {
        let bucket = &self.bucket()?.engine;
        let path = self.staged_path(key);
        missing_is_fine(bucket.abort_multipart(&path, &of.to_owned()).await)
    }

    pub async fn staged(&self, key: &OriginalKey) -> Result<Option<Stored>, StoreError> {
        let found = self.open(&self.staged_path(key), None).await?;
        Ok(found.map(|result| read::stored(result, CONTENT_TYPE_OF_STAGED)))
    }

    pub async fn delete_staged(&self, key: &OriginalKey) -> Result<(), StoreError> {
        missing_is_fine(self.engine.delete(&self.staged_path(key)).await)
    }

    /// The keys of what lies there; what has another name is not ours.
    pub async fn staged_keys(&self) -> Result<Vec<OriginalKey>, StoreError> {
        let mut listed = self.engine.list(Some(&self.below(STAGING)));
        let mut keys = Vec::new();
        while let Some(object) = listed.try_next().await? {
            keys.extend(object.location.filename().and_then(OriginalKey::parse));
        }
        Ok(keys)
    }

    pub(super) fn bucket(&self) -> Result<&Bucket, StoreError> {
        self.bucket.as_deref().ok_or(StoreError::NoBucket)
    }

    fn staged_path(&self, key: &OriginalKey) -> Path {
        self.below(&format!("{STAGING}/{key}"))
    }
}
