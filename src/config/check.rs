//! What settings say together: storage from its parts, the default address, what is probably not meant.
//! Never looks at the machine; that is the doctor's part.

use std::net::{IpAddr, SocketAddr};
use std::path::Path;

use url::{Host, Url};

use super::error::ConfigError;
use super::mail::{Security, Way};
use super::setting::{About, Setting};
use super::source::Source;
use super::values::{Copies, PrivateAddresses, S3, Secret, Storage};
use super::{Config, data_dir, table};

/// How a server without a public URL is reached from its own machine.
pub fn default_public_url(listen: SocketAddr) -> Url {
    Url::parse(&format!("http://localhost:{}", listen.port())).expect("a name and a number make an address")
}

/// The settings that together name a bucket.
struct OfBucket {
    endpoint: &'static Setting<Url>,
    bucket: &'static Setting<String>,
    region: &'static Setting<String>,
    access_key: &'static Setting<Secret<String>>,
    secret_key: &'static Setting<Secret<String>>,
    path_style: &'static Setting<bool>,
    prefix: &'static Setting<String>,
}

const OF_ALL: OfBucket = OfBucket {
    endpoint: &table::S3_ENDPOINT,
    bucket: &table::S3_BUCKET,
    region: &table::S3_REGION,
    access_key: &table::S3_ACCESS_KEY,
    secret_key: &table::S3_SECRET_KEY,
    path_style: &table::S3_PATH_STYLE,
    prefix: &table::S3_PREFIX,
};
const OF_COPIES: OfBucket = OfBucket {
    endpoint: &table::REMOTE_S3_ENDPOINT,
    bucket: &table::REMOTE_S3_BUCKET,
    region: &table::REMOTE_S3_REGION,
    access_key: &table::REMOTE_S3_ACCESS_KEY,
    secret_key: &table::REMOTE_S3_SECRET_KEY,
    path_style: &table::REMOTE_S3_PATH_STYLE,
    prefix: &table::REMOTE_S3_PREFIX,
};

/// The bucket when any of its settings is there, else the data directory.
pub fn storage(source: &Source) -> Result<Storage, ConfigError> {
    Ok(match bucket(source, &OF_ALL, None)? {
        Some(s3) => Storage::S3(Box::new(s3)),
        None => Storage::Local,
    })
}

/// Where copies of other servers' pictures are, where that is not with everything else.
pub fn copies(source: &Source, storage: &Storage) -> Result<Option<Copies>, ConfigError> {
    let like = match storage {
        Storage::S3(s3) => Some(s3.as_ref()),
        Storage::Local => None,
    };
    let bucket = bucket(source, &OF_COPIES, like)?;
    let folder = source.find(&table::REMOTE_MEDIA_FOLDER)?;
    let one = match (folder, bucket) {
        (None, None) => return Ok(None),
        (Some(_), Some(_)) => {
            return Err(ConfigError::Both {
                one: table::REMOTE_MEDIA_FOLDER.about.variable(),
                other: table::REMOTE_S3_BUCKET.about.variable(),
            });
        }
        (Some(folder), None) => Copies::Folder(folder),
        (None, Some(s3)) => Copies::S3(Box::new(s3)),
    };
    match &one {
        Copies::S3(s3) if Storage::S3(s3.clone()).name() == storage.name() => Err(ConfigError::SamePlace {
            name: table::REMOTE_S3_BUCKET.about.variable(),
            other: table::S3_BUCKET.about.variable(),
        }),
        _ => Ok(Some(one)),
    }
}

/// A bucket when any of its settings is there; what is not said of it is as it is of another.
fn bucket(source: &Source, of: &OfBucket, like: Option<&S3>) -> Result<Option<S3>, ConfigError> {
    let set = [
        (source.has(of.bucket), &of.bucket.about),
        (source.has(of.endpoint), &of.endpoint.about),
        (source.has(of.access_key), &of.access_key.about),
        (source.has(of.secret_key), &of.secret_key.about),
        (source.has(of.region), &of.region.about),
        (source.has(of.path_style), &of.path_style.about),
        (source.has(of.prefix), &of.prefix.about),
    ];
    let Some((_, because)) = set.into_iter().find(|(is_set, _)| *is_set) else {
        return Ok(None);
    };
    let missing = |about: &About| ConfigError::Missing {
        name: about.variable(),
        because: because.variable(),
    };
    let key = |setting: &Setting<Secret<String>>, other: Option<&Secret<String>>| {
        let key = source.find(setting)?.or_else(|| other.cloned());
        key.ok_or_else(|| missing(&setting.about))
    };
    let (endpoint, bucket) = (source.find(of.endpoint)?, source.find(of.bucket)?);
    let (region, path_style) = (source.find(of.region)?, source.find(of.path_style)?);
    let prefix = source.find(of.prefix)?.unwrap_or_default();
    Ok(Some(S3 {
        endpoint: endpoint.or_else(|| like.and_then(|like| like.endpoint.clone())),
        bucket: bucket.ok_or_else(|| missing(&of.bucket.about))?,
        region: match (region, like) {
            (Some(region), _) => region,
            (None, Some(like)) => like.region.clone(),
            (None, None) => source.get(&table::S3_REGION)?,
        },
        access_key: key(of.access_key, like.map(|like| &like.access_key))?,
        secret_key: key(of.secret_key, like.map(|like| &like.secret_key))?,
        path_style: match (path_style, like) {
            (Some(path_style), _) => path_style,
            (None, Some(like)) => like.path_style,
            (None, None) => source.get(&table::S3_PATH_STYLE)?,
        },
        prefix: prefix.trim_matches('/').to_owned(),
    }))
}

/// What is allowed but probably not meant.
pub fn warnings(config: &Config) -> Vec<String> {
    let mut warnings = Vec::new();
    if !config.data_dir_is_set && config.data_dir == Path::new(data_dir::OF_ROOT) {
        warnings.push(format!(
            "TINTYPE_DATA_DIR is not set, and root's Postgres, which runs as another user, cannot enter this folder: everything is kept in {}.",
            data_dir::OF_ROOT
        ));
    }
    let url = &config.public_url;
    if !config.public_url_is_set {
        warnings.push(format!(
            "TINTYPE_PUBLIC_URL is not set: this server calls itself {url}, and nobody outside this machine can reach it by that."
        ));
    } else if url.scheme() == "http" && !is_local(url) {
        warnings.push(format!("TINTYPE_PUBLIC_URL is {url}: without https passwords and photos travel in the open, and most servers refuse to federate."));
    }
    if url.scheme() == "https" && config.trusted_proxies.is_empty() {
        warnings.push("TINTYPE_TRUSTED_PROXIES is not set: behind a reverse proxy all visitors look like one, and share one rate limit.".into());
    }
    if config.allow_private_addresses == PrivateAddresses::Allowed && !is_local(url) {
        warnings.push("TINTYPE_ALLOW_PRIVATE_ADDRESSES is true: other servers can make this one reach addresses of its own network.".into());
    }
    if !config.rate_limits && !is_local(url) {
        warnings.push("TINTYPE_RATE_LIMITS is off: passwords can be guessed without limit.".into());
    }
    if matches!(config.mail.way, Way::Log) {
        warnings.push(
            "TINTYPE_MAIL is log: mails, with links that open accounts, are in the log for whoever reads it."
                .into(),
        );
    }
    if let Way::Smtp(smtp) = &config.mail.way
        && smtp.security == Security::Plain
        && !is_this_machine(&smtp.server)
    {
        warnings.push("TINTYPE_SMTP_SECURITY is none: mails, with links that open accounts, travel in the open to another machine.".into());
    }
    warnings
}

fn is_this_machine(server: &str) -> bool {
    server == "localhost"
        || server
            .parse::<IpAddr>()
            .is_ok_and(|address| address.is_loopback())
}

/// Names and addresses that never leave a machine or a test.
fn is_local(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => {
            name == "localhost" || name.ends_with(".localhost") || name.ends_with(".test")
        }
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}
