//! A bucket of Google Cloud Storage behind the store. Signs nothing for others: what senders put somewhere themselves is for S3.

use std::path::PathBuf;
use std::sync::Arc;

use object_store::gcp::GoogleCloudStorageBuilder;
use object_store::path::Path;

use super::StoreError;
use super::depot::Depot;
use super::engine::{options, retry};

#[derive(Clone, Debug)]
pub struct GcsSettings {
    /// With scheme and port, without a slash at its end; plain http is taken at its word.
    pub endpoint: String,
    pub bucket: String,
    /// The key of a service account, as JSON.
    pub key_file: PathBuf,
    /// Put before every path; may be empty.
    pub prefix: String,
}

impl Depot {
    /// A bucket. Nothing is sent before the first use.
    pub fn gcs(settings: &GcsSettings) -> Result<Self, StoreError> {
        let path = || settings.key_file.display().to_string();
        let key = std::fs::read_to_string(&settings.key_file)
            .map_err(|source| StoreError::KeyFile { path: path(), source })?;
        let engine = GoogleCloudStorageBuilder::new()
            .with_client_options(options(&settings.endpoint))
            .with_retry(retry())
            .with_base_url(&settings.endpoint)
            .with_bucket_name(&settings.bucket)
            .with_service_account_key(key)
            .build()
            // What the crate says of it may quote it.
            .map_err(|_| StoreError::NoKey { path: path() })?;
        Ok(Self {
            engine: Arc::new(engine),
            bucket: None,
            folder: None,
            prefix: Path::from(settings.prefix.as_str()),
            keeps_attributes: true,
            moves: true,
        })
    }
}
