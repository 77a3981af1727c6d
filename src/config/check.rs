//! What settings say together: storage from its parts, the default address, what is probably not meant.
//! Never looks at the machine; that is the doctor's part.

use std::net::{IpAddr, SocketAddr};
use std::path::Path;

use url::{Host, Url};

use super::error::ConfigError;
use super::mail::{Security, Way};
use super::source::Source;
use super::values::{Bucket, Copies, PrivateAddresses, Storage};
use super::{Config, buckets, data_dir, table};

/// How a server without a public URL is reached from its own machine.
pub fn default_public_url(listen: SocketAddr) -> Url {
    Url::parse(&format!("http://localhost:{}", listen.port())).expect("a name and a number make an address")
}

/// The bucket when any of its settings is there, else the data directory.
pub fn storage(source: &Source) -> Result<Storage, ConfigError> {
    Ok(match buckets::of_all(source)? {
        Some(bucket) => Storage::Bucket(Box::new(bucket)),
        None => Storage::Local,
    })
}

/// Where copies of other servers' pictures are, where that is not with everything else.
pub fn copies(source: &Source, storage: &Storage) -> Result<Option<Copies>, ConfigError> {
    let like = match storage {
        Storage::Bucket(bucket) => Some(bucket.as_ref()),
        Storage::Local => None,
    };
    let bucket = buckets::of_copies(source, like)?;
    let folder = source.find(&table::REMOTE_MEDIA_FOLDER)?;
    match (folder, bucket) {
        (None, None) => Ok(None),
        (Some(_), Some(bucket)) => Err(ConfigError::Both {
            one: table::REMOTE_MEDIA_FOLDER.about.variable(),
            other: buckets::variables(&bucket).of_copies,
        }),
        (Some(folder), None) => Ok(Some(Copies::Folder(folder))),
        (None, Some(bucket)) if bucket.name() == storage.name() => {
            let variables = buckets::variables(&bucket);
            Err(ConfigError::SamePlace {
                name: variables.of_copies,
                other: variables.of_all,
            })
        }
        (None, Some(bucket)) => Ok(Some(Copies::Bucket(Box::new(bucket)))),
    }
}

/// Whether apps may put uploads into the bucket themselves, which only one of S3 lets them do.
pub fn direct_uploads(source: &Source, storage: &Storage) -> Result<bool, ConfigError> {
    let wanted = source.get(&table::S3_DIRECT_UPLOADS)?;
    match storage {
        Storage::Bucket(bucket) if wanted && !matches!(**bucket, Bucket::S3(_)) => Err(ConfigError::OnlyS3 {
            name: table::S3_DIRECT_UPLOADS.about.variable(),
            place: bucket.name(),
        }),
        _ => Ok(wanted),
    }
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
