//! The settings that together name a bucket, of whichever service it is. Never asks one anything.

use std::path::PathBuf;

use url::Url;

use super::error::ConfigError;
use super::setting::{About, Setting};
use super::source::Source;
use super::table;
use super::values::{Azure, Bucket, Gcs, S3, Secret};

/// The settings of one purpose: one service of them at the most is used.
struct Names {
    s3: OfS3,
    azure: OfAzure,
    gcs: OfGcs,
}

struct OfS3 {
    endpoint: &'static Setting<Url>,
    bucket: &'static Setting<String>,
    region: &'static Setting<String>,
    access_key: &'static Setting<Secret<String>>,
    secret_key: &'static Setting<Secret<String>>,
    path_style: &'static Setting<bool>,
    prefix: &'static Setting<String>,
}

struct OfAzure {
    endpoint: &'static Setting<Url>,
    account: &'static Setting<String>,
    key: &'static Setting<Secret<String>>,
    container: &'static Setting<String>,
    prefix: &'static Setting<String>,
}

struct OfGcs {
    endpoint: &'static Setting<Url>,
    bucket: &'static Setting<String>,
    key_file: &'static Setting<PathBuf>,
    prefix: &'static Setting<String>,
}

const OF_ALL: Names = Names {
    s3: OfS3 {
        endpoint: &table::S3_ENDPOINT,
        bucket: &table::S3_BUCKET,
        region: &table::S3_REGION,
        access_key: &table::S3_ACCESS_KEY,
        secret_key: &table::S3_SECRET_KEY,
        path_style: &table::S3_PATH_STYLE,
        prefix: &table::S3_PREFIX,
    },
    azure: OfAzure {
        endpoint: &table::AZURE_ENDPOINT,
        account: &table::AZURE_ACCOUNT,
        key: &table::AZURE_KEY,
        container: &table::AZURE_CONTAINER,
        prefix: &table::AZURE_PREFIX,
    },
    gcs: OfGcs {
        endpoint: &table::GCS_ENDPOINT,
        bucket: &table::GCS_BUCKET,
        key_file: &table::GCS_KEY_FILE,
        prefix: &table::GCS_PREFIX,
    },
};
const OF_COPIES: Names = Names {
    s3: OfS3 {
        endpoint: &table::REMOTE_S3_ENDPOINT,
        bucket: &table::REMOTE_S3_BUCKET,
        region: &table::REMOTE_S3_REGION,
        access_key: &table::REMOTE_S3_ACCESS_KEY,
        secret_key: &table::REMOTE_S3_SECRET_KEY,
        path_style: &table::REMOTE_S3_PATH_STYLE,
        prefix: &table::REMOTE_S3_PREFIX,
    },
    azure: OfAzure {
        endpoint: &table::REMOTE_AZURE_ENDPOINT,
        account: &table::REMOTE_AZURE_ACCOUNT,
        key: &table::REMOTE_AZURE_KEY,
        container: &table::REMOTE_AZURE_CONTAINER,
        prefix: &table::REMOTE_AZURE_PREFIX,
    },
    gcs: OfGcs {
        endpoint: &table::REMOTE_GCS_ENDPOINT,
        bucket: &table::REMOTE_GCS_BUCKET,
        key_file: &table::REMOTE_GCS_KEY_FILE,
        prefix: &table::REMOTE_GCS_PREFIX,
    },
};

/// The variables that name a bucket of a service.
pub struct Variables {
    pub of_all: String,
    pub of_copies: String,
}

pub fn variables(bucket: &Bucket) -> Variables {
    let [of_all, of_copies] = [&OF_ALL, &OF_COPIES].map(|names| names.variable(bucket));
    Variables { of_all, of_copies }
}

/// The bucket of media, when any setting of one is there.
pub fn of_all(source: &Source) -> Result<Option<Bucket>, ConfigError> {
    OF_ALL.read(source, None)
}

/// The bucket of copies; what is not said of it is as it is of the other, where both are of one service.
pub fn of_copies(source: &Source, like: Option<&Bucket>) -> Result<Option<Bucket>, ConfigError> {
    OF_COPIES.read(source, like)
}

impl Names {
    fn read(&self, source: &Source, like: Option<&Bucket>) -> Result<Option<Bucket>, ConfigError> {
        let s3 = self.s3.read(source, like.and_then(as_s3))?.map(Bucket::S3);
        let azure = self.azure.read(source, like.and_then(as_azure))?;
        let gcs = self.gcs.read(source, like.and_then(as_gcs))?;
        let mut one = s3;
        for other in [azure.map(Bucket::Azure), gcs.map(Bucket::Gcs)]
            .into_iter()
            .flatten()
        {
            if let Some(one) = one {
                return Err(ConfigError::Both {
                    one: self.variable(&one),
                    other: self.variable(&other),
                });
            }
            one = Some(other);
        }
        Ok(one)
    }

    fn variable(&self, bucket: &Bucket) -> String {
        let setting = match bucket {
            Bucket::S3(_) => self.s3.bucket,
            Bucket::Azure(_) => self.azure.container,
            Bucket::Gcs(_) => self.gcs.bucket,
        };
        setting.about.variable()
    }
}

fn as_s3(bucket: &Bucket) -> Option<&S3> {
    match bucket {
        Bucket::S3(s3) => Some(s3),
        _ => None,
    }
}

fn as_azure(bucket: &Bucket) -> Option<&Azure> {
    match bucket {
        Bucket::Azure(azure) => Some(azure),
        _ => None,
    }
}

fn as_gcs(bucket: &Bucket) -> Option<&Gcs> {
    match bucket {
        Bucket::Gcs(gcs) => Some(gcs),
        _ => None,
    }
}

impl OfS3 {
    fn read(&self, source: &Source, like: Option<&S3>) -> Result<Option<S3>, ConfigError> {
        let Some(because) = first([
            said(source, self.bucket),
            said(source, self.endpoint),
            said(source, self.access_key),
            said(source, self.secret_key),
            said(source, self.region),
            said(source, self.path_style),
            said(source, self.prefix),
        ]) else {
            return Ok(None);
        };
        let (endpoint, bucket) = (source.find(self.endpoint)?, source.find(self.bucket)?);
        let (region, path_style) = (source.find(self.region)?, source.find(self.path_style)?);
        let prefix = prefix(source, self.prefix)?;
        let key = |setting: &Setting<Secret<String>>, other: Option<&Secret<String>>| {
            needed(
                source.find(setting)?.or_else(|| other.cloned()),
                &setting.about,
                because,
            )
        };
        Ok(Some(S3 {
            endpoint: endpoint.or_else(|| like.and_then(|like| like.endpoint.clone())),
            bucket: needed(bucket, &self.bucket.about, because)?,
            region: match (region, like) {
                (Some(region), _) => region,
                (None, Some(like)) => like.region.clone(),
                (None, None) => source.get(&table::S3_REGION)?,
            },
            access_key: key(self.access_key, like.map(|like| &like.access_key))?,
            secret_key: key(self.secret_key, like.map(|like| &like.secret_key))?,
            path_style: match (path_style, like) {
                (Some(path_style), _) => path_style,
                (None, Some(like)) => like.path_style,
                (None, None) => source.get(&table::S3_PATH_STYLE)?,
            },
            prefix,
        }))
    }
}

impl OfAzure {
    fn read(&self, source: &Source, like: Option<&Azure>) -> Result<Option<Azure>, ConfigError> {
        let Some(because) = first([
            said(source, self.container),
            said(source, self.account),
            said(source, self.key),
            said(source, self.endpoint),
            said(source, self.prefix),
        ]) else {
            return Ok(None);
        };
        let (endpoint, container) = (source.find(self.endpoint)?, source.find(self.container)?);
        let (account, key) = (source.find(self.account)?, source.find(self.key)?);
        let prefix = prefix(source, self.prefix)?;
        // Key and address are an account's.
        let like = like.filter(|_| account.is_none());
        let account = account.or_else(|| like.map(|like| like.account.clone()));
        let key = key.or_else(|| like.map(|like| like.key.clone()));
        Ok(Some(Azure {
            endpoint: endpoint.or_else(|| like.and_then(|like| like.endpoint.clone())),
            account: needed(account, &self.account.about, because)?,
            key: needed(key, &self.key.about, because)?,
            container: needed(container, &self.container.about, because)?,
            prefix,
        }))
    }
}

impl OfGcs {
    fn read(&self, source: &Source, like: Option<&Gcs>) -> Result<Option<Gcs>, ConfigError> {
        let Some(because) = first([
            said(source, self.bucket),
            said(source, self.key_file),
            said(source, self.endpoint),
            said(source, self.prefix),
        ]) else {
            return Ok(None);
        };
        let (endpoint, bucket) = (source.find(self.endpoint)?, source.find(self.bucket)?);
        let key_file = source.find(self.key_file)?;
        let key_file = key_file.or_else(|| like.map(|like| like.key_file.clone()));
        let prefix = prefix(source, self.prefix)?;
        Ok(Some(Gcs {
            endpoint: match (endpoint, like) {
                (Some(endpoint), _) => endpoint,
                (None, Some(like)) => like.endpoint.clone(),
                (None, None) => source.get(&table::GCS_ENDPOINT)?,
            },
            bucket: needed(bucket, &self.bucket.about, because)?,
            key_file: needed(key_file, &self.key_file.about, because)?,
            prefix,
        }))
    }
}

/// A setting, where somebody set it.
fn said<T>(source: &Source, setting: &'static Setting<T>) -> Option<&'static About> {
    source.has(setting).then_some(&setting.about)
}

fn first<const N: usize>(said: [Option<&'static About>; N]) -> Option<&'static About> {
    said.into_iter().flatten().next()
}

fn needed<T>(value: Option<T>, about: &About, because: &About) -> Result<T, ConfigError> {
    value.ok_or_else(|| ConfigError::Missing {
        name: about.variable(),
        because: because.variable(),
    })
}

fn prefix(source: &Source, setting: &Setting<String>) -> Result<String, ConfigError> {
    let prefix = source.find(setting)?.unwrap_or_default();
    Ok(prefix.trim_matches('/').to_owned())
}
