//! The engines behind the store. Never decides which one: the settings do.

use std::path::Path as FolderPath;
use std::sync::Arc;
use std::time::Duration;

use http::Method;
use object_store::aws::{AmazonS3, AmazonS3Builder};
use object_store::local::LocalFileSystem;
use object_store::path::Path;
use object_store::signer::Signer;
use object_store::{ClientOptions, RetryConfig};
use url::Url;

use super::StoreError;
use super::depot::Depot;
use crate::folders;

/// A bucket with S3's protocol.
#[derive(Clone)]
pub struct S3Settings {
    /// With scheme and port; plain http is taken at its word.
    pub endpoint: String,
    pub bucket: String,
    pub region: String,
    pub access_key: String,
    pub secret_key: String,
    /// `endpoint/bucket/…` rather than `bucket.endpoint/…`.
    pub path_style: bool,
    /// Put before every path; may be empty.
    pub prefix: String,
}

impl std::fmt::Debug for S3Settings {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self {
            endpoint,
            bucket,
            region,
            path_style,
            prefix,
            ..
        } = self;
        out.debug_struct("S3Settings")
            .field("endpoint", endpoint)
            .field("bucket", bucket)
            .field("region", region)
            .field("path_style", path_style)
            .field("prefix", prefix)
            .finish_non_exhaustive()
    }
}

/// What only a bucket of S3 can do.
#[derive(Debug)]
pub(super) struct Bucket {
    pub engine: Arc<AmazonS3>,
    pub region: String,
    pub options: ClientOptions,
}

impl Bucket {
    /// Where an object is, for whoever may do something there. The crate alone knows, and says it with a signature.
    pub async fn address(&self, path: &Path) -> Result<Url, StoreError> {
        let mut url = self
            .engine
            .signed_url(Method::PUT, path, Duration::from_secs(1))
            .await?;
        url.set_query(None);
        Ok(url)
    }
}

impl Depot {
    /// A folder for nobody but the server, made when it is missing. Files get their name only when they are whole and on disk.
    pub fn local(folder: &FolderPath) -> Result<Self, StoreError> {
        let made = folders::make_private(folder).and_then(|()| folder.canonicalize());
        let folder = made.map_err(|source| StoreError::Folder {
            path: folder.display().to_string(),
            source,
        })?;
        let engine = LocalFileSystem::new_with_prefix(&folder)?
            .with_fsync(true)
            .with_automatic_cleanup(false);
        Ok(Self {
            engine: Arc::new(engine),
            bucket: None,
            folder: Some(folder.into()),
            prefix: Path::ROOT,
            keeps_attributes: false,
            moves: true,
        })
    }

    /// A bucket. Nothing is sent before the first use.
    pub fn s3(settings: &S3Settings) -> Result<Self, StoreError> {
        let options = options(&settings.endpoint);
        let engine = AmazonS3Builder::new()
            .with_client_options(options.clone())
            .with_retry(retry())
            .with_endpoint(&settings.endpoint)
            .with_bucket_name(&settings.bucket)
            .with_region(&settings.region)
            .with_access_key_id(&settings.access_key)
            .with_secret_access_key(&settings.secret_key)
            .with_virtual_hosted_style_request(!settings.path_style)
            .build()?;
        let engine = Arc::new(engine);
        Ok(Self {
            engine: engine.clone(),
            bucket: Some(Arc::new(Bucket {
                engine,
                region: settings.region.clone(),
                options,
            })),
            folder: None,
            prefix: Path::from(settings.prefix.as_str()),
            keeps_attributes: true,
            moves: true,
        })
    }
}

/// How a service is asked: plain http only where its address says so.
pub(super) fn options(endpoint: &str) -> ClientOptions {
    ClientOptions::new()
        .with_allow_http(endpoint.starts_with("http://"))
        .with_connect_timeout(Duration::from_secs(5))
        .with_timeout(Duration::from_secs(60))
}

pub(super) fn retry() -> RetryConfig {
    RetryConfig {
        max_retries: 4,
        retry_timeout: Duration::from_secs(90),
        ..RetryConfig::default()
    }
}
