//! A container of Azure Blob Storage behind the store. Signs nothing for others: what senders put somewhere themselves is for S3.

use std::sync::Arc;

use object_store::azure::MicrosoftAzureBuilder;
use object_store::path::Path;

use super::StoreError;
use super::depot::Depot;
use super::engine::{options, retry};

#[derive(Clone)]
pub struct AzureSettings {
    /// Of the account, with scheme and port; plain http is taken at its word.
    pub endpoint: String,
    pub account: String,
    /// As base64.
    pub key: String,
    pub container: String,
    /// Put before every path; may be empty.
    pub prefix: String,
}

impl std::fmt::Debug for AzureSettings {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self {
            endpoint,
            account,
            container,
            prefix,
            ..
        } = self;
        out.debug_struct("AzureSettings")
            .field("endpoint", endpoint)
            .field("account", account)
            .field("container", container)
            .field("prefix", prefix)
            .finish_non_exhaustive()
    }
}

impl Depot {
    /// A container. Nothing is sent before the first use.
    pub fn azure(settings: &AzureSettings) -> Result<Self, StoreError> {
        let engine = MicrosoftAzureBuilder::new()
            .with_client_options(options(&settings.endpoint))
            .with_retry(retry())
            .with_endpoint(settings.endpoint.clone())
            .with_account(&settings.account)
            .with_access_key(&settings.key)
            .with_container_name(&settings.container)
            .build()?;
        Ok(Self {
            engine: Arc::new(engine),
            bucket: None,
            folder: None,
            prefix: Path::from(settings.prefix.as_str()),
            keeps_attributes: true,
            // A copy may be under way still when it is answered ("x-ms-copy-status: pending"), and the crate does not look.
            moves: false,
        })
    }
}
