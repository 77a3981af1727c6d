//! Opens everything that a command works with: database, storage, keys, the way out. Starts no job and no listener.

use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use sqlx::PgPool;
use url::Url;

use super::way_out;
use crate::actions::{instance_actor, media_place};
use crate::app::{App, Parts};
use crate::bus::Bus;
use crate::caches::Caches;
use crate::config::{Config, Copies, Storage, find_program};
use crate::domain::clock::Clock;
use crate::domain::ids::Ids;
use crate::domain::random;
use crate::domain::urls::Urls;
use crate::feeds::PostgresFeeds;
use crate::mail::Mailer;
use crate::media::{Converter, Ffmpeg, Staging, Store, converter, video};
use crate::parking::Parking;
use crate::passwords::{Cost, Passwords};
use crate::peers::Peers;
use crate::postgres::{self, Cluster, Place};
use crate::sealed::Seal;
use crate::signing_keys::SigningKeys;
use crate::streams::{Limits, Streams};
use crate::uploads::Uploads;
use crate::{db, folders, migrations};

/// An application that is ready, and the cluster below it if it is our own.
pub struct Opened {
    pub app: App,
    pub cluster: Option<Cluster>,
}

/// The public URL is in addresses that other servers keep for ever.
#[derive(Debug, thiserror::Error)]
#[error(
    "public_url is {now}, but this database was made for {before}: people and posts are known to other servers \
     under that address, so it cannot change. Set public_url back, or start with an empty database."
)]
pub struct WrongPublicUrl {
    before: String,
    now: String,
}

/// A command that makes the first of anything would choose the address, unasked and for good.
#[derive(Debug, thiserror::Error)]
#[error(
    "public_url is not set, and this database has none yet. It becomes part of the address of everybody here and cannot \
     change later, so no command chooses it: set it (TINTYPE_PUBLIC_URL=https://photos.example, or {usual} to try things on \
     this machine), or start the server first."
)]
pub struct NoPublicUrl {
    usual: String,
}

/// Folders of the data directory; each is made when it is first wanted.
const UPLOADS: &str = "uploads";
const CONVERTING: &str = "converting";
const FILMING: &str = "filming";
const MAILS: &str = "mails";
/// Events that wait for one connection: more than come at once, so that who is cut off is one who does not read.
const STREAM_WAITING: usize = 1_000;
/// How long connections to the database may take to come back at the end.
const HANDED_BACK: Duration = Duration::from_millis(500);

impl Opened {
    /// Gives everything back, Postgres last.
    pub async fn close(self) -> anyhow::Result<()> {
        // A request that did not end holds its connection: it is not waited for, and Postgres ends it.
        if tokio::time::timeout(HANDED_BACK, self.app.db.close())
            .await
            .is_err()
        {
            tracing::warn!("some connections to the database were not handed back in time");
        }
        if let Some(cluster) = self.cluster {
            cluster
                .stop()
                .await
                .context("the private Postgres did not stop in order")?;
        }
        Ok(())
    }
}

/// For the one server of a data directory.
pub async fn as_server(config: Config, secrets: Secrets) -> anyhow::Result<Opened> {
    let cluster = match config.database_url {
        Some(_) => None,
        None => Some(postgres::start(&Place::from(&config)).await?),
    };
    open(config, cluster, secrets, Caller::Server).await
}

/// For a command, beside a server or alone.
pub async fn beside(config: Config) -> anyhow::Result<Opened> {
    let cluster = match config.database_url {
        Some(_) => None,
        None => Some(postgres::start_or_join(&Place::from(&config)).await?),
    };
    open(config, cluster, Secrets::default(), Caller::Command).await
}

async fn open(
    config: Config,
    cluster: Option<Cluster>,
    secrets: Secrets,
    caller: Caller,
) -> anyhow::Result<Opened> {
    let address = match (&config.database_url, &cluster) {
        (Some(url), _) => url.expose().clone(),
        (None, Some(cluster)) => cluster.url(),
        (None, None) => unreachable!("a cluster is started where there is no address"),
    };
    let opened = with_database(config, &address, secrets, caller).await;
    match opened {
        Ok(app) => Ok(Opened { app, cluster }),
        Err(error) => {
            if let Some(cluster) = cluster {
                cluster.stop().await.ok();
            }
            Err(error)
        }
    }
}

async fn with_database(
    config: Config,
    address: &str,
    secrets: Secrets,
    caller: Caller,
) -> anyhow::Result<App> {
    let pool = postgres::pool(address, config.database_connections)
        .await
        .context("the database cannot be reached")?;
    migrations::run(&pool)
        .await
        .context("the database could not be brought to this version")?;
    let config = remember_public_url(&pool, config, caller).await?;
    let app = app(config, pool, Clock::system(), secrets)?;
    media_place::follow(&app)
        .await
        .context("it is not clear where media are")?;
    instance_actor::ensure_instance_actor(&app)
        .await
        .context("the server's own actor could not be made")?;
    Ok(app)
}

/// The fact's name.
const PUBLIC_URL: &str = "public_url";

/// Who opens it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Caller {
    Server,
    /// Run by hand, perhaps without the settings that the server was given.
    Command,
}

/// How dear secrets are to make.
pub struct Secrets {
    pub passwords: Passwords,
    pub signing_keys: SigningKeys,
}

impl Default for Secrets {
    fn default() -> Self {
        Self {
            passwords: Passwords::new(Cost::Full),
            signing_keys: SigningKeys::fresh(),
        }
    }
}

/// Puts the parts together, on a database that is at this version.
pub fn app(config: Config, pool: PgPool, clock: Clock, secrets: Secrets) -> anyhow::Result<App> {
    folders::make_data_dir(&config.data_dir)
        .with_context(|| format!("the data directory {} cannot be made", config.data_dir.display()))?;
    for folder in [UPLOADS, CONVERTING, FILMING, MAILS] {
        folders::close(&config.data_dir.join(folder));
    }
    let seal = Seal::load_or_create(&config.key_file)?;
    let store = store(&config)?;
    let (converter, ffmpeg) = (converter(&config), ffmpeg(&config));
    let client = way_out::client(&config)?;
    let start = u16::from_le_bytes(random::bytes());
    Ok(App::new(Parts {
        urls: urls(&config),
        ids: Ids::new(clock.clone(), start),
        feeds: Arc::new(PostgresFeeds {
            length: i64::from(config.feed_length),
        }),
        bus: Bus::default(),
        caches: Caches::default(),
        streams: Streams::new(stream_limits(&config)),
        peers: Peers::new(client),
        mailer: mailer(&config)?,
        passwords: secrets.passwords,
        signing_keys: secrets.signing_keys,
        parking: Parking::default(),
        uploads: Uploads::default(),
        staging: Staging::new(config.data_dir.join(UPLOADS)),
        db: pool,
        config,
        clock,
        store,
        converter,
        ffmpeg,
        seal,
    }))
}

/// The same application with a clock of its own: what it does happened then.
pub fn at_another_time(app: &App, clock: Clock) -> anyhow::Result<App> {
    let start = u16::from_le_bytes(random::bytes());
    Ok(App::new(Parts {
        config: app.config.clone(),
        urls: app.urls.clone(),
        ids: Ids::new(clock.clone(), start),
        clock,
        db: app.db.clone(),
        store: app.store.clone(),
        staging: app.staging.clone(),
        converter: app.converter.clone(),
        ffmpeg: app.ffmpeg.clone(),
        seal: app.seal.clone(),
        passwords: app.passwords.clone(),
        signing_keys: app.signing_keys.clone(),
        peers: Peers::new(way_out::client(&app.config)?),
        mailer: app.mailer.clone(),
        feeds: app.feeds.clone(),
        bus: app.bus.clone(),
        caches: app.caches.clone(),
        streams: app.streams.clone(),
        parking: Parking::default(),
        uploads: Uploads::default(),
    }))
}

fn stream_limits(config: &Config) -> Limits {
    Limits {
        connections: config.stream_connections as usize,
        per_person: config.stream_connections_per_person as usize,
        waiting: STREAM_WAITING,
        heartbeat: config.stream_heartbeat,
    }
}

fn urls(config: &Config) -> Urls {
    let urls = Urls::new(&config.public_url, config.media_url.as_ref());
    let urls = match (&config.storage, &config.media_url) {
        (Storage::Bucket(bucket), Some(url)) => urls.with_bucket(url, bucket.prefix()),
        _ => urls,
    };
    match (&config.copies, &config.copies_url) {
        (None, _) => urls,
        (Some(Copies::Bucket(bucket)), Some(url)) => urls.with_bucket_of_copies(url, bucket.prefix()),
        (Some(_), _) => urls.with_copies(),
    }
}

pub fn store(config: &Config) -> anyhow::Result<Store> {
    let depot = media_place::depot(&config.data_dir, &config.storage);
    let store = depot
        .map(Store::from)
        .context("the media storage cannot be opened")?;
    let Some(copies) = &config.copies else {
        return Ok(store);
    };
    let copies = media_place::depot_of_copies(copies)
        .context("the storage of copies of other servers' pictures cannot be opened")?;
    Ok(store.with_copies(copies))
}

/// What opens AVIF and HEIC, where it is installed.
fn converter(config: &Config) -> Option<Converter> {
    let folder = config.data_dir.join(CONVERTING);
    find_program(converter::PROGRAM).map(|program| Converter::new(program, folder))
}

/// What opens videos, where both of its programs are installed and videos are wanted.
fn ffmpeg(config: &Config) -> Option<Ffmpeg> {
    let [ffmpeg, ffprobe] = video::PROGRAMS.map(find_program);
    let folder = config.data_dir.join(FILMING);
    Some(Ffmpeg::new(ffmpeg?, ffprobe?, folder)).filter(|_| config.videos)
}

pub fn mailer(config: &Config) -> anyhow::Result<Mailer> {
    let host = config.public_url.host_str().unwrap_or("localhost");
    let folder = config.data_dir.join(MAILS);
    Mailer::new(&config.mail, &config.instance_name, host, folder).context("mail cannot be set up")
}

/// Keeps the public URL at the first start; refuses another later. A command that is told none takes the one that is kept,
/// and keeps none.
async fn remember_public_url(pool: &PgPool, mut config: Config, caller: Caller) -> anyhow::Result<Config> {
    let now = config.public_url.as_str().trim_end_matches('/').to_owned();
    let mut db = pool.acquire().await?;
    if caller == Caller::Command && !config.public_url_is_set {
        let before = db::instance::fact(&mut db, PUBLIC_URL).await?;
        let before = before.ok_or(NoPublicUrl { usual: now })?;
        config.public_url = Url::parse(before.as_str().unwrap_or_default())
            .context("the public URL in the database is none")?;
        return Ok(config);
    }
    let before = db::instance::fact_or(&mut db, PUBLIC_URL, &serde_json::Value::String(now.clone())).await?;
    match before.as_str() {
        Some(before) if before == now => Ok(config),
        other => Err(WrongPublicUrl {
            before: other.unwrap_or_default().to_owned(),
            now,
        }
        .into()),
    }
}
