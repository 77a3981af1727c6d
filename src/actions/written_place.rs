//! A place of media in the words in which it is sealed and kept. Opens none.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};
use url::Url;

use crate::config::{Azure, Bucket, Gcs, S3, Secret, Storage};

/// None is the data directory.
#[derive(Deserialize, Serialize)]
#[serde(transparent)]
pub struct Written(Option<WrittenBucket>);

/// What opens a bucket. Those of S3 were written before there were others, without a word of what they are; by the names that
/// each needs they are told apart.
#[derive(Deserialize, Serialize)]
#[serde(untagged)]
enum WrittenBucket {
    S3 {
        endpoint: Option<Url>,
        bucket: String,
        region: String,
        access_key: String,
        secret_key: String,
        path_style: bool,
        prefix: String,
    },
    Azure {
        endpoint: Option<Url>,
        account: String,
        key: String,
        container: String,
        prefix: String,
    },
    Gcs {
        endpoint: Url,
        bucket: String,
        key_file: PathBuf,
        prefix: String,
    },
}

impl Written {
    pub fn of(storage: &Storage) -> Self {
        Self(match storage {
            Storage::Local => None,
            Storage::Bucket(bucket) => Some(WrittenBucket::of(bucket)),
        })
    }
}

impl WrittenBucket {
    fn of(bucket: &Bucket) -> Self {
        match bucket.clone() {
            Bucket::S3(s3) => Self::S3 {
                endpoint: s3.endpoint,
                bucket: s3.bucket,
                region: s3.region,
                access_key: s3.access_key.expose().clone(),
                secret_key: s3.secret_key.expose().clone(),
                path_style: s3.path_style,
                prefix: s3.prefix,
            },
            Bucket::Azure(azure) => Self::Azure {
                endpoint: azure.endpoint,
                account: azure.account,
                key: azure.key.expose().clone(),
                container: azure.container,
                prefix: azure.prefix,
            },
            Bucket::Gcs(gcs) => Self::Gcs {
                endpoint: gcs.endpoint,
                bucket: gcs.bucket,
                key_file: gcs.key_file,
                prefix: gcs.prefix,
            },
        }
    }
}

impl From<Written> for Storage {
    fn from(written: Written) -> Self {
        match written.0 {
            None => Storage::Local,
            Some(bucket) => Storage::Bucket(Box::new(bucket.into())),
        }
    }
}

impl From<WrittenBucket> for Bucket {
    fn from(written: WrittenBucket) -> Self {
        match written {
            WrittenBucket::S3 {
                endpoint,
                bucket,
                region,
                access_key,
                secret_key,
                path_style,
                prefix,
            } => Bucket::S3(S3 {
                endpoint,
                bucket,
                region,
                access_key: Secret::new(access_key),
                secret_key: Secret::new(secret_key),
                path_style,
                prefix,
            }),
            WrittenBucket::Azure {
                endpoint,
                account,
                key,
                container,
                prefix,
            } => Bucket::Azure(Azure {
                endpoint,
                account,
                key: Secret::new(key),
                container,
                prefix,
            }),
            WrittenBucket::Gcs {
                endpoint,
                bucket,
                key_file,
                prefix,
            } => Bucket::Gcs(Gcs {
                endpoint,
                bucket,
                key_file,
                prefix,
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a move under way has noted has to be understood by the program that goes on with it.
    #[test]
    fn places_that_were_written_before_are_read_and_each_is_read_as_what_it_was() {
        let before = r#"{"endpoint":"https://s3.example/","bucket":"b","region":"r","access_key":"k","secret_key":"s",
                         "path_style":true,"prefix":"p"}"#;
        let azure = r#"{"endpoint":null,"account":"a","key":"aw==","container":"c","prefix":""}"#;
        let gcs =
            r#"{"endpoint":"https://storage.googleapis.com/","bucket":"b","key_file":"/k.json","prefix":""}"#;
        let names = ["null", before, azure, gcs].map(|text| {
            let storage: Storage = serde_json::from_str::<Written>(text).unwrap().into();
            let again = serde_json::to_string(&Written::of(&storage)).unwrap();
            let again: Storage = serde_json::from_str::<Written>(&again).unwrap().into();
            assert_eq!(storage, again);
            storage.name()
        });
        assert_eq!(
            names,
            [
                "the data directory",
                "https://s3.example/b/p",
                "https://a.blob.core.windows.net/c",
                "https://storage.googleapis.com/b"
            ]
        );
    }
}
