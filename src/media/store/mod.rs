//! Where pictures are kept: a local folder or a bucket of one of several services behind one interface, and two of them while pictures move.
//! Never changes an object under its key, and never takes a path or a content type from outside.

mod azure;
mod copy;
mod cors;
mod depot;
mod engine;
mod gcs;
mod hot;
mod inventory;
mod large;
mod layout;
mod places;
mod probe;
mod read;
mod signing;
mod staged;
mod withheld;

use crate::media::staging;

pub use azure::AzureSettings;
pub use copy::{Copied, Shard};
pub use depot::Depot;
pub use engine::S3Settings;
pub use gcs::GcsSettings;
pub use inventory::{FileSize, Found, Place};
pub use layout::Layout;
pub use places::Store;
pub use probe::{ProbeError, ProbeStep};
pub use read::{ByteRange, Content, Stored};
pub use staged::{Piece, Put, headers};

/// What every rendition is served with: its key changes when its bytes do.
pub const CACHE_CONTROL: &str = "public, max-age=31536000, immutable";
/// What an upload would be served with, if anybody did.
const KEPT_FROM_ALL: &str = "private, no-store";
const PUBLIC: &str = "media";
const ORIGINALS: &str = "originals";
/// Where public files are while nobody may see them.
const WITHHELD: &str = "withheld";

/// A failure of the store, or a use of it that would break its promise.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    #[error("the store failed: {0}")]
    Engine(#[from] object_store::Error),
    /// Nobody but this program can write there.
    #[error("media are in no bucket")]
    NoBucket,
    #[error("the bucket could not be asked: {0}")]
    NotAsked(#[from] object_store::client::HttpError),
    #[error("the folder {path} cannot be made: {source}")]
    Folder { path: String, source: std::io::Error },
    #[error("the file {path} on this machine cannot be used: {source}")]
    File { path: String, source: std::io::Error },
    #[error("the key file {path} cannot be read: {source}")]
    KeyFile { path: String, source: std::io::Error },
    #[error("{path} is no key of a service account, as Google gives it out in JSON")]
    NoKey { path: String },
    /// Another content is there already.
    #[error("{path} is written already, with other bytes")]
    Changed { path: String },
    #[error("the file has {size} bytes, and the range lies outside")]
    OutOfRange { size: u64 },
    /// What was read back is not what was written.
    #[error("{path} was not copied as it is")]
    Differs { path: String },
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
