//! The values that settings take where a plain type would say too little. Never prints a secret.

use std::fmt;
use std::net::SocketAddr;
use std::path::PathBuf;

use url::Url;

/// A value that `Debug` does not show; ask for it by [`Secret::expose`].
#[derive(Clone, PartialEq, Eq)]
pub struct Secret<T>(T);

impl<T> Secret<T> {
    /// Wraps a value.
    pub fn new(value: T) -> Self {
        Self(value)
    }

    /// The value itself; for the one place that needs it.
    pub fn expose(&self) -> &T {
        &self.0
    }
}

impl<T> fmt::Debug for Secret<T> {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str("[secret]")
    }
}

/// Which private and loopback addresses the guarded client may reach.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PrivateAddresses {
    /// None of them.
    Refused,
    /// All of them.
    Allowed,
    /// These, with exactly these ports.
    Only(Vec<SocketAddr>),
}

/// Who may sign up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Registration {
    /// Anybody.
    Open,
    /// Anybody, once a moderator has said yes.
    Approval,
    /// Those with an invitation.
    Invite,
    /// Nobody.
    Closed,
}

/// Where media are kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Storage {
    /// In the data directory.
    Local,
    /// In a bucket.
    S3(Box<S3>),
}

/// Where copies of other servers' pictures are kept, where that is apart from all others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Copies {
    /// In a folder.
    Folder(PathBuf),
    /// In a bucket.
    S3(Box<S3>),
}

/// A bucket and what is needed to use it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct S3 {
    /// Absent: Amazon's own for the region.
    pub endpoint: Option<Url>,
    /// The bucket's name.
    pub bucket: String,
    /// The region that requests are signed for.
    pub region: String,
    /// The key's name.
    pub access_key: Secret<String>,
    /// The key's secret.
    pub secret_key: Secret<String>,
    /// Bucket in the path rather than in the host name.
    pub path_style: bool,
    /// A folder within the bucket, without slashes at its ends; may be empty.
    pub prefix: String,
}

impl Copies {
    /// The place for people, without secrets.
    pub fn name(&self) -> String {
        match self {
            Self::Folder(folder) => format!("the folder {}", folder.display()),
            Self::S3(s3) => Storage::S3(s3.clone()).name(),
        }
    }
}

impl Storage {
    /// The place for people, without secrets; two of the same name are the same place.
    pub fn name(&self) -> String {
        let Self::S3(s3) = self else {
            return "the data directory".to_owned();
        };
        let endpoint = match &s3.endpoint {
            Some(endpoint) => endpoint.as_str().trim_end_matches('/').to_owned(),
            None => format!("s3.{}", s3.region),
        };
        match s3.prefix.as_str() {
            "" => format!("{endpoint}/{}", s3.bucket),
            prefix => format!("{endpoint}/{}/{prefix}", s3.bucket),
        }
    }
}

/// How log lines are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogFormat {
    /// For people.
    Text,
    /// One JSON object a line.
    Json,
}
