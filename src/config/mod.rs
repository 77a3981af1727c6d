//! The settings: read once at the start from a file and the environment, checked, and handed on as one value.
//! Never read again later: nobody below asks the environment for anything.

mod buckets;
mod check;
pub mod data_dir;
mod error;
pub mod mail;
mod markdown;
mod parse;
mod programs;
mod setting;
mod source;
mod suggest;
mod table;
mod values;

#[cfg(test)]
mod tests;

use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};
use std::time::Duration;

use url::Url;

pub use error::ConfigError;
pub use mail::Mail;
pub use markdown::markdown;
pub use programs::find_program;
pub use values::{
    Azure, Bucket, Copies, Gcs, LogFormat, PrivateAddresses, Registration, S3, Secret, Storage,
};

use crate::domain::federation::Federation;
pub use crate::domain::network::Network;
use crate::domain::role::Role;
use source::Source;

/// As Mastodon's clients expect it.
const STREAM_HEARTBEAT: Duration = Duration::from_secs(15);

/// Every setting, checked. Sizes are in bytes unless the name says otherwise.
#[derive(Clone, Debug)]
pub struct Config {
    /// Where the server listens.
    pub listen: SocketAddr,
    /// Scheme, host and port under which people and peers know this server; never a path.
    pub public_url: Url,
    /// Whether somebody said so; else it is the default for `listen`.
    pub public_url_is_set: bool,
    /// The folder of everything that is kept: cluster, media, key.
    pub data_dir: PathBuf,
    /// Whether somebody said so.
    pub data_dir_is_set: bool,
    /// A Postgres of one's own; absent means the private cluster.
    pub database_url: Option<Secret<String>>,
    /// The most connections that one process opens.
    pub database_connections: u32,
    /// The folder of Postgres' programs, when they are not where they usually are.
    pub pg_bin: Option<PathBuf>,
    /// Which private addresses the guarded client may reach.
    pub allow_private_addresses: PrivateAddresses,
    /// Names that the guarded client resolves to these addresses instead of asking.
    pub resolve: Vec<(String, IpAddr)>,
    /// With which servers this one speaks.
    pub federation: Federation,
    /// Whether documents are for those only who sign that they ask.
    pub authorized_fetch: bool,
    /// Whether the blocked are told, where they live elsewhere.
    pub tell_blocks: bool,
    /// Who may sign up.
    pub registration: Registration,
    /// Whether pages open the web app.
    pub web_app: bool,
    /// Whether Pixelfed's app is told that this is a Pixelfed.
    pub pixelfed_app: bool,
    /// Whether rate limits count.
    pub rate_limits: bool,
    /// Whether only what a moderator approved trends.
    pub trends_review: bool,
    /// The most connections to this server at a time.
    pub connections: u32,
    /// The most of them from one address.
    pub connections_per_address: u32,
    /// Whose `X-Forwarded-*` headers are believed.
    pub trusted_proxies: Vec<Network>,
    /// From where the numbers of the server can be read.
    pub metrics_from: Vec<Network>,
    /// How many days it is kept from where people here came; 0: it is not.
    pub address_days: u32,
    /// Where media are kept.
    pub storage: Storage,
    /// The public address of the bucket or CDN in front of it.
    pub media_url: Option<Url>,
    /// Whether apps may put uploads into the bucket themselves.
    pub direct_uploads: bool,
    /// Where copies of other servers' pictures are kept, where that is not with all others.
    pub copies: Option<Copies>,
    /// The public address of that.
    pub copies_url: Option<Url>,
    /// The largest photo that is taken.
    pub photo_bytes: u64,
    /// The most bytes of uploads that one person may keep, where nothing else was said of them; 0 is no bound.
    pub quota_bytes: u64,
    /// The most pixels of a photo that is decoded.
    pub photo_pixels: u64,
    /// Whether pictures are made as AVIF too, where there is a program that writes it.
    pub avif: bool,
    /// Whether videos may be posted where there is a program that opens them.
    pub videos: bool,
    /// The largest video, in bytes.
    pub video_bytes: u64,
    /// The longest, in seconds.
    pub video_seconds: u64,
    /// The most pixels of its frames.
    pub video_pixels: u64,
    /// The most photos of one post.
    pub post_photos: u32,
    /// The most characters of one post.
    pub post_characters: u32,
    /// Authors with more local followers than this are pulled at read instead of written to feeds.
    pub feed_push_threshold: u32,
    /// How many entries of a home feed are kept.
    pub feed_length: u32,
    /// Connections for live events that one process takes.
    pub stream_connections: u32,
    /// The same of one person.
    pub stream_connections_per_person: u32,
    /// How often a silent connection gets a sign of life. Not for admins: clients expect it as it is.
    pub stream_heartbeat: Duration,
    /// How many days a copy of a remote photo is kept after it was last looked at.
    pub remote_media_days: u32,
    /// The most bytes of such copies, all together.
    pub remote_media_bytes: u64,
    /// The file of the key that seals private keys at rest.
    pub key_file: PathBuf,
    /// How log lines are written.
    pub log: LogFormat,
    /// Which log lines are written, in the syntax of `tracing`.
    pub log_filter: String,
    /// The name of this server, as people see it.
    pub instance_name: String,
    /// What this server is for, as people see it.
    pub instance_description: String,
    /// Where people write to about this server.
    pub contact_email: Option<String>,
    /// How mail is sent, and from whom it is.
    pub mail: Mail,
    /// The least role of those who may invite people; absent means nobody may.
    pub invitations: Option<Role>,
    /// Where the source of the running program is.
    pub source_url: Option<Url>,
    /// Threads of the runtime; absent means one per core.
    pub worker_threads: Option<usize>,
    /// Whether apps may change a name and a password into a token. No setting: only `serve --fixtures` says so.
    pub password_grant: bool,
    /// What is allowed but probably not meant, each a sentence to be logged once at the start.
    pub warnings: Vec<String>,
}

/// A number of bytes as somebody types it: `20 GB`.
pub fn size(text: &str) -> Result<u64, String> {
    parse::bytes(text.trim(), table::QUOTA_BYTES.about.kind)
}

/// The bucket that a settings file names, whatever else it says.
pub fn storage_in(path: &Path, text: &str) -> Result<Storage, ConfigError> {
    let nothing: [(&str, &str); 0] = [];
    check::storage(&Source::of_parts(Some((path, text)), nothing)?)
}

/// Where a settings file says that copies of other servers' pictures are, if it says so.
pub fn copies_in(path: &Path, text: &str) -> Result<Option<Copies>, ConfigError> {
    let nothing: [(&str, &str); 0] = [];
    let source = Source::of_parts(Some((path, text)), nothing)?;
    check::copies(&source, &check::storage(&source)?)
}

impl Config {
    /// Reads the settings file (`--config`, else `TINTYPE_CONFIG`, else `tintype.toml` in the data directory)
    /// and the process's environment; the environment wins.
    pub fn load(file: Option<&Path>) -> Result<Self, ConfigError> {
        Self::from_source(&Source::of_process(file)?)
    }

    /// The same from given words: the text of a settings file with its name, and an environment.
    pub fn from_parts<'a>(
        file: Option<(&Path, &str)>,
        environment: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> Result<Self, ConfigError> {
        Self::from_source(&Source::of_parts(file, environment)?)
    }

    fn from_source(source: &Source) -> Result<Self, ConfigError> {
        let listen = source.get(&table::LISTEN)?;
        let data_dir = match source.find(&table::DATA_DIR)? {
            Some(folder) => folder,
            None => source.usual_data_dir.clone(),
        };
        let public_url = match source.find(&table::PUBLIC_URL)? {
            Some(url) => url,
            None => check::default_public_url(listen),
        };
        let storage = check::storage(source)?;
        let mut config = Self {
            listen,
            public_url_is_set: source.has(&table::PUBLIC_URL),
            database_url: source.find(&table::DATABASE_URL)?,
            database_connections: source.get(&table::DATABASE_CONNECTIONS)?,
            pg_bin: source.find(&table::PG_BIN)?,
            allow_private_addresses: source.get(&table::ALLOW_PRIVATE_ADDRESSES)?,
            resolve: source.find(&table::RESOLVE)?.unwrap_or_default(),
            federation: source.get(&table::FEDERATION)?,
            authorized_fetch: source.get(&table::AUTHORIZED_FETCH)?,
            tell_blocks: source.get(&table::TELL_BLOCKS)?,
            registration: source.get(&table::REGISTRATION)?,
            web_app: source.get(&table::WEB_APP)?,
            pixelfed_app: source.get(&table::PIXELFED_APP)?,
            rate_limits: source.get(&table::RATE_LIMITS)?,
            trends_review: source.get(&table::TRENDS_REVIEW)?,
            connections: source.get(&table::CONNECTIONS)?,
            connections_per_address: source.get(&table::CONNECTIONS_PER_ADDRESS)?,
            trusted_proxies: source.find(&table::TRUSTED_PROXIES)?.unwrap_or_default(),
            metrics_from: source.get(&table::METRICS_FROM)?,
            address_days: source.get(&table::ADDRESS_DAYS)?,
            direct_uploads: check::direct_uploads(source, &storage)?,
            copies: check::copies(source, &storage)?,
            copies_url: source.find(&table::REMOTE_MEDIA_URL)?,
            storage,
            media_url: source.find(&table::MEDIA_URL)?,
            photo_bytes: source.get(&table::PHOTO_BYTES)?,
            quota_bytes: source.get(&table::QUOTA_BYTES)?,
            photo_pixels: source.get(&table::PHOTO_PIXELS)?,
            avif: source.get(&table::AVIF)?,
            videos: source.get(&table::VIDEOS)?,
            video_bytes: source.get(&table::VIDEO_BYTES)?,
            video_seconds: source.get(&table::VIDEO_SECONDS)?,
            video_pixels: source.get(&table::VIDEO_PIXELS)?,
            post_photos: source.get(&table::POST_PHOTOS)?,
            post_characters: source.get(&table::POST_CHARACTERS)?,
            feed_push_threshold: source.get(&table::FEED_PUSH_THRESHOLD)?,
            feed_length: source.get(&table::FEED_LENGTH)?,
            stream_connections: source.get(&table::STREAM_CONNECTIONS)?,
            stream_connections_per_person: source.get(&table::STREAM_CONNECTIONS_PER_PERSON)?,
            stream_heartbeat: STREAM_HEARTBEAT,
            remote_media_days: source.get(&table::REMOTE_MEDIA_DAYS)?,
            remote_media_bytes: source.get(&table::REMOTE_MEDIA_BYTES)?,
            key_file: source
                .find(&table::KEY_FILE)?
                .unwrap_or_else(|| data_dir.join("secret.key")),
            data_dir,
            data_dir_is_set: source.has(&table::DATA_DIR),
            log: source.get(&table::LOG)?,
            log_filter: source.get(&table::LOG_FILTER)?,
            instance_name: source.get(&table::INSTANCE_NAME)?,
            instance_description: source.get(&table::INSTANCE_DESCRIPTION)?,
            contact_email: source.find(&table::CONTACT_EMAIL)?,
            mail: mail::from_source(source, &public_url)?,
            public_url,
            invitations: source.get(&table::INVITATIONS)?,
            source_url: source.find(&table::SOURCE_URL)?,
            worker_threads: source.find(&table::WORKER_THREADS)?,
            password_grant: false,
            warnings: Vec::new(),
        };
        config.warnings = check::warnings(&config);
        Ok(config)
    }
}
