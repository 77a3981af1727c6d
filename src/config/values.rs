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
    Bucket(Box<Bucket>),
}

/// Where copies of other servers' pictures are kept, where that is apart from all others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Copies {
    /// In a folder.
    Folder(PathBuf),
    /// In a bucket.
    Bucket(Box<Bucket>),
}

/// A bucket of one of the services that have some.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Bucket {
    /// With S3's protocol, wherever it is.
    S3(S3),
    /// What Azure Blob Storage calls a container.
    Azure(Azure),
    /// Of Google Cloud Storage.
    Gcs(Gcs),
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

/// A container of Azure Blob Storage and what is needed to use it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Azure {
    /// Absent: that of Azure's public cloud for the account.
    pub endpoint: Option<Url>,
    /// The account's name.
    pub account: String,
    /// One of its keys, as base64.
    pub key: Secret<String>,
    /// The container's name.
    pub container: String,
    /// A folder within the container, without slashes at its ends; may be empty.
    pub prefix: String,
}

/// A bucket of Google Cloud Storage and what is needed to use it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gcs {
    /// Where it is asked.
    pub endpoint: Url,
    /// The bucket's name.
    pub bucket: String,
    /// The key of a service account, as JSON.
    pub key_file: PathBuf,
    /// A folder within the bucket, without slashes at its ends; may be empty.
    pub prefix: String,
}

impl Copies {
    /// The place for people, without secrets.
    pub fn name(&self) -> String {
        match self {
            Self::Folder(folder) => format!("the folder {}", folder.display()),
            Self::Bucket(bucket) => bucket.name(),
        }
    }
}

impl Storage {
    /// The place for people, without secrets; two of the same name are the same place.
    pub fn name(&self) -> String {
        match self {
            Self::Local => "the data directory".to_owned(),
            Self::Bucket(bucket) => bucket.name(),
        }
    }
}

impl Bucket {
    /// The place for people, without secrets; two of the same name are the same place.
    pub fn name(&self) -> String {
        let (endpoint, bucket) = match self {
            Self::S3(s3) => (
                s3.endpoint
                    .as_ref()
                    .map_or_else(|| format!("s3.{}", s3.region), address),
                &s3.bucket,
            ),
            Self::Azure(azure) => (azure.address(), &azure.container),
            Self::Gcs(gcs) => (gcs.address(), &gcs.bucket),
        };
        match self.prefix() {
            "" => format!("{endpoint}/{bucket}"),
            prefix => format!("{endpoint}/{bucket}/{prefix}"),
        }
    }

    /// The folder within it, without slashes at its ends; may be empty.
    pub fn prefix(&self) -> &str {
        match self {
            Self::S3(S3 { prefix, .. })
            | Self::Azure(Azure { prefix, .. })
            | Self::Gcs(Gcs { prefix, .. }) => prefix,
        }
    }

    /// What the names of its settings begin with.
    pub fn settings(&self) -> &'static str {
        match self {
            Self::S3(_) => "s3_",
            Self::Azure(_) => "azure_",
            Self::Gcs(_) => "gcs_",
        }
    }
}

impl Azure {
    /// Where the account is asked, without a slash at its end.
    pub fn address(&self) -> String {
        let usual = || format!("https://{}.blob.core.windows.net", self.account);
        self.endpoint.as_ref().map_or_else(usual, address)
    }
}

impl Gcs {
    /// Where it is asked, without a slash at its end.
    pub fn address(&self) -> String {
        address(&self.endpoint)
    }
}

fn address(endpoint: &Url) -> String {
    endpoint.as_str().trim_end_matches('/').to_owned()
}

/// How log lines are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogFormat {
    /// For people.
    Text,
    /// One JSON object a line.
    Json,
}
