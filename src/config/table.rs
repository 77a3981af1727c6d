//! All settings, each with its default and its reason: the one place from which parsing and documentation come.
//! Never decides how a value is used.

use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;

use url::Url;

use super::mail::Security;
use super::parse;
use super::setting::{About, Absent, Kind, Setting};
use super::values::{LogFormat, PrivateAddresses, Registration, Secret};
use crate::domain::federation::Federation;
use crate::domain::network::Network;
use crate::domain::role::Role;

/// The variable that names the settings file; not a setting, for a file cannot name itself.
pub const CONFIG_VARIABLE: &str = "TINTYPE_CONFIG";

/// Variables of the test suite, which the server inherits from it and does not read.
pub const TEST_PREFIX: &str = "TINTYPE_TEST_";

macro_rules! settings {
    ($($constant:ident: $type:ty = $name:literal, $kind:expr, $absent:expr, $parse:expr, $secret:literal, $reason:literal;)*) => {
        $(pub const $constant: Setting<$type> = Setting {
            about: About { name: $name, kind: $kind, absent: $absent, secret: $secret, reason: $reason },
            parse: $parse,
        };)*
        /// Every setting, in the order of the documentation.
        pub const ALL: &[About] = &[$($constant.about),*];
    };
}

use Absent::{Described, Text};
use Kind::{Bytes, Choice, Number, Words};

settings! {
    LISTEN: SocketAddr = "listen", Words("address:port"), Text("127.0.0.1:3000"), parse::listen, false,
        "Where the server listens. The default is reachable from this machine only: a reverse proxy with TLS stands in front of it.";
    PUBLIC_URL: Url = "public_url", Words("scheme, host and port; https when no scheme is given"), Described("`http://localhost:PORT`, with a warning"), parse::public_url, false,
        "How people and other servers reach this one. It is part of every address that others keep, so it is remembered at the first start and another host is refused later.";
    DATA_DIR: PathBuf = "data_dir", Words("folder"), Described("`./data`, or `/var/lib/tintype` where root starts it in a folder that others cannot enter"), parse::path, false,
        "Where everything that is kept lives: the private Postgres cluster, media, the key file. Back up this folder. Postgres refuses to run as root, and the user that it runs as then could not come to `./data` in a folder such as `/root`; a `./data` that was used before is used again all the same.";
    DATABASE_URL: Secret<String> = "database_url", Words("postgres://USER:PASSWORD@HOST/NAME"), Described("a private cluster in the data directory"), parse::database_url, true,
        "A Postgres of your own. Without it Tintype makes and runs one by itself.";
    DATABASE_CONNECTIONS: u32 = "database_connections", Number { least: 2, most: 500 }, Text("10"), parse::number, false,
        "The most connections that one process opens. More than a few per core makes Postgres slower, not faster.";
    PG_BIN: PathBuf = "pg_bin", Words("folder"), Described("found by itself"), parse::path, false,
        "The folder with `initdb` and `postgres` for the private cluster, where they are not in one of the usual places.";
    ALLOW_PRIVATE_ADDRESSES: PrivateAddresses = "allow_private_addresses", Words("true, false, or a list of address:port"), Text("false"), parse::private_addresses, false,
        "Whether requests to other servers may go to private and loopback addresses, and fall back from https to http. For tests and intranets; on the open internet it lets strangers reach what only this machine should.";
    RESOLVE: Vec<(String, IpAddr)> = "resolve", Words("list of name=address"), Described("names are looked up"), parse::resolve, false,
        "Addresses to use for these names in requests to other servers, instead of looking them up. The port comes from the URL.";
    FEDERATION: Federation = "federation", Choice(&["open", "listed"]), Text("open"), parse::federation, false,
        "With which servers this one speaks: with all that are not suspended, or with none but those that an admin put on the list (`/api/v1/admin/domain_allows`). From and to all others nothing is taken, fetched or sent. What is public here can still be read by anybody, and what was known of a server before stays visible until it is suspended.";
    AUTHORIZED_FETCH: bool = "authorized_fetch", Choice(&["on", "off"]), Text("off"), parse::switch, false,
        "Whether other servers must sign what they ask for: people's documents, posts and collections. Then no suspended server reads them by way of the protocol, and this one knows who reads. It costs a signature to verify for each document, no cache in front can answer for this server, and the few servers that do not sign what they fetch see nobody here. Keys are still given to anybody, and what is public can still be read on the pages.";
    TELL_BLOCKS: bool = "tell_blocks", Choice(&["on", "off"]), Text("off"), parse::switch, false,
        "Whether the server of somebody who is blocked is told so, by a `Block`. Off, nobody elsewhere learns of it; only follows that end by it are told. On, servers that heed it also hide the one from the other there, and those that do not keep the secret may show it.";
    REGISTRATION: Registration = "registration", Choice(&["open", "approval", "invite", "closed"]), Text("approval"), parse::registration, false,
        "Who may sign up: anybody, those whom a moderator lets in, those with an invitation, nobody. Whoever is the first to sign up owns the server; with `closed` that account too is made by `tintype account create` only. Open servers without watchful moderators fill up with spam within days.";
    WEB_APP: bool = "web_app", Choice(&["on", "off"]), Text("on"), parse::switch, false,
        "Whether the pages open the web app in browsers that run scripts, where this program carries it. Off leaves the plain pages, which are all there is in any other browser.";
    INVITATIONS: Option<Role> = "invitations", Choice(&["everybody", "moderators", "admins", "nobody"]), Text("moderators"), parse::inviters, false,
        "Who may invite others. Whoever is invited comes in without waiting for a moderator, as long as the server is not closed.";
    PIXELFED_APP: bool = "pixelfed_app", Choice(&["on", "off"]), Text("off"), parse::switch, false,
        "Whether people may use Pixelfed's own app here. It talks only to servers that call themselves Pixelfed at `/api/nodeinfo/2.0.json`, where nothing else asks; so this one then does, there and nowhere else.";
    RATE_LIMITS: bool = "rate_limits", Choice(&["on", "off"]), Text("on"), parse::switch, false,
        "Limits on how often a person or an address may ask, and on guesses at passwords. Off is for tests and load measurements.";
    CONNECTIONS: u32 = "connections", Number { least: 16, most: 1_000_000 }, Text("10000"), parse::number, false,
        "The most connections to this server at a time; more wait. Each takes a file descriptor, so it is lowered where the system allows fewer.";
    CONNECTIONS_PER_ADDRESS: u32 = "connections_per_address", Number { least: 8, most: 1_000_000 }, Text("256"), parse::number, false,
        "The most connections from one address, or one network of 64 bits in IPv6. Trusted proxies and this machine itself have no such bound.";
    TRUSTED_PROXIES: Vec<Network> = "trusted_proxies", Words("list of addresses or networks (10.0.0.0/8)"), Described("nobody"), parse::networks, false,
        "The reverse proxies whose `X-Forwarded-For` and `X-Forwarded-Proto` are believed. Without it all visitors behind a proxy share one rate limit; with too much of it anybody can pretend to be anybody.";
    METRICS_FROM: Vec<Network> = "metrics_from", Words("list of addresses or networks (10.0.0.0/8)"), Text("127.0.0.0/8, ::1"), parse::networks, false,
        "From which addresses `/metrics` can be read, as far as that is certain: behind a proxy it is the visitor's own address, where the proxy is one of `trusted_proxies`, and nobody's where it is not. To all others there is no such page.";
    ADDRESS_DAYS: u32 = "address_days", Number { least: 0, most: 3_650 }, Text("365"), parse::number, false,
        "How many days it is kept from which addresses people here signed up and were signed in. Moderators see them, to find out who stands behind several accounts, and nobody else does. With 0 none are kept.";
    S3_ENDPOINT: Url = "s3_endpoint", Words("http or https address"), Described("Amazon's, for the region"), parse::web_address, false,
        "The address of the S3 service for media. Media are kept in the data directory unless one of the `s3_`, `azure_` or `gcs_` settings is there.";
    S3_BUCKET: String = "s3_bucket", Words("name"), Described("media are in the data directory"), parse::text, false,
        "The bucket that media go to. Where there are media already, `tintype media move` brings them there first, while the server serves.";
    S3_REGION: String = "s3_region", Words("name"), Text("us-east-1"), parse::text, false,
        "The region that requests are signed for. Services other than Amazon's mostly take any.";
    S3_ACCESS_KEY: Secret<String> = "s3_access_key", Words("text"), Described("none; needed with `s3_bucket`"), parse::secret, true,
        "The key's name for the bucket.";
    S3_SECRET_KEY: Secret<String> = "s3_secret_key", Words("text"), Described("none; needed with `s3_bucket`"), parse::secret, true,
        "The key's secret for the bucket.";
    S3_PATH_STYLE: bool = "s3_path_style", Choice(&["on", "off"]), Text("on"), parse::switch, false,
        "Whether the bucket is in the path (`host/bucket`, understood nearly everywhere) or in the host name (`bucket.host`).";
    S3_PREFIX: String = "s3_prefix", Words("text"), Described("none"), parse::text, false,
        "A folder within the bucket, so that several servers can share one.";
    AZURE_CONTAINER: String = "azure_container", Words("name"), Described("media are not in Azure"), parse::text, false,
        "The container of Azure Blob Storage that media go to, in place of a bucket of S3. Where there are media already, `tintype media move` brings them there first.";
    AZURE_ACCOUNT: String = "azure_account", Words("name"), Described("none; needed with `azure_container`"), parse::text, false,
        "The name of the storage account that the container is in.";
    AZURE_KEY: Secret<String> = "azure_key", Words("base64, as Azure shows it"), Described("none; needed with `azure_container`"), parse::base64_secret, true,
        "One of the two access keys of the storage account.";
    AZURE_ENDPOINT: Url = "azure_endpoint", Words("http or https address"), Described("`https://ACCOUNT.blob.core.windows.net`"), parse::web_address, false,
        "The address of the account, where it is not in Azure's public cloud.";
    AZURE_PREFIX: String = "azure_prefix", Words("text"), Described("none"), parse::text, false,
        "A folder within the container, so that several servers can share one.";
    GCS_BUCKET: String = "gcs_bucket", Words("name"), Described("media are not in Google Cloud Storage"), parse::text, false,
        "The bucket of Google Cloud Storage that media go to, in place of one of S3. Where there are media already, `tintype media move` brings them there first.";
    GCS_KEY_FILE: PathBuf = "gcs_key_file", Words("file"), Described("none; needed with `gcs_bucket`"), parse::path, false,
        "The key of a service account that may read, write and delete what is in the bucket: the JSON file that Google gives out, readable for whom the server runs as and nobody else. All processes of the server, and its commands, find it at this place.";
    GCS_ENDPOINT: Url = "gcs_endpoint", Words("http or https address"), Text("https://storage.googleapis.com"), parse::web_address, false,
        "The address of Google Cloud Storage, where it is reached by one of your own network.";
    GCS_PREFIX: String = "gcs_prefix", Words("text"), Described("none"), parse::text, false,
        "A folder within the bucket, so that several servers can share one.";
    MEDIA_URL: Url = "media_url", Words("http or https address"), Described("media are served by Tintype itself"), parse::web_address, false,
        "The public address of the bucket, or of the CDN in front of it, without `s3_prefix` (or what it is called there). With it browsers fetch media there and not here. Where media are in the data directory: that of a CDN in front of this server's `/media`.";
    S3_DIRECT_UPLOADS: bool = "s3_direct_uploads", Choice(&["on", "off"]), Text("off"), parse::switch, false,
        "Whether apps may put their uploads into the bucket of S3 themselves, by addresses that are signed for it, and not through this server. Apps reach the bucket by `s3_endpoint` then, and for apps in browsers it has to allow their origins (CORS) `PUT`, and to show them `ETag`.";
    REMOTE_MEDIA_FOLDER: PathBuf = "remote_media_folder", Words("folder"), Described("with all other media"), parse::path, false,
        "A folder of its own for copies of other servers' pictures, profile pictures and emojis, such as on a cheaper disk; all processes of the server share it. What was copied before stays where it is, and is found there.";
    REMOTE_S3_BUCKET: String = "remote_s3_bucket", Words("name"), Described("copies are with all other media"), parse::text, false,
        "The same as a bucket, in place of a folder. It can be the bucket of `s3_bucket` with another prefix.";
    REMOTE_S3_ENDPOINT: Url = "remote_s3_endpoint", Words("http or https address"), Described("as `s3_endpoint`"), parse::web_address, false,
        "The address of the S3 service for copies.";
    REMOTE_S3_REGION: String = "remote_s3_region", Words("name"), Described("as `s3_region`"), parse::text, false,
        "The region that requests for copies are signed for.";
    REMOTE_S3_ACCESS_KEY: Secret<String> = "remote_s3_access_key", Words("text"), Described("as `s3_access_key`"), parse::secret, true,
        "The key's name for the bucket of copies.";
    REMOTE_S3_SECRET_KEY: Secret<String> = "remote_s3_secret_key", Words("text"), Described("as `s3_secret_key`"), parse::secret, true,
        "The key's secret for the bucket of copies.";
    REMOTE_S3_PATH_STYLE: bool = "remote_s3_path_style", Choice(&["on", "off"]), Described("as `s3_path_style`"), parse::switch, false,
        "Whether the bucket of copies is in the path or in the host name.";
    REMOTE_S3_PREFIX: String = "remote_s3_prefix", Words("text"), Described("none"), parse::text, false,
        "A folder within the bucket of copies.";
    REMOTE_AZURE_CONTAINER: String = "remote_azure_container", Words("name"), Described("copies are not in Azure"), parse::text, false,
        "The same as a container of Azure Blob Storage. It can be the container of `azure_container` with another prefix.";
    REMOTE_AZURE_ACCOUNT: String = "remote_azure_account", Words("name"), Described("as `azure_account`"), parse::text, false,
        "The name of the storage account of copies. Where it is said, its key and its endpoint are not those of `azure_account`.";
    REMOTE_AZURE_KEY: Secret<String> = "remote_azure_key", Words("base64, as Azure shows it"), Described("as `azure_key`"), parse::base64_secret, true,
        "One of the two access keys of the storage account of copies.";
    REMOTE_AZURE_ENDPOINT: Url = "remote_azure_endpoint", Words("http or https address"), Described("as `azure_endpoint`"), parse::web_address, false,
        "The address of the account of copies, where it is not in Azure's public cloud.";
    REMOTE_AZURE_PREFIX: String = "remote_azure_prefix", Words("text"), Described("none"), parse::text, false,
        "A folder within the container of copies.";
    REMOTE_GCS_BUCKET: String = "remote_gcs_bucket", Words("name"), Described("copies are not in Google Cloud Storage"), parse::text, false,
        "The same as a bucket of Google Cloud Storage. It can be the bucket of `gcs_bucket` with another prefix.";
    REMOTE_GCS_KEY_FILE: PathBuf = "remote_gcs_key_file", Words("file"), Described("as `gcs_key_file`"), parse::path, false,
        "The key of a service account for the bucket of copies.";
    REMOTE_GCS_ENDPOINT: Url = "remote_gcs_endpoint", Words("http or https address"), Described("as `gcs_endpoint`"), parse::web_address, false,
        "The address of Google Cloud Storage for copies.";
    REMOTE_GCS_PREFIX: String = "remote_gcs_prefix", Words("text"), Described("none"), parse::text, false,
        "A folder within the bucket of copies.";
    REMOTE_MEDIA_URL: Url = "remote_media_url", Words("http or https address"), Described("copies in a store of their own are served by Tintype itself"), parse::web_address, false,
        "The public address of the bucket of copies, or of the CDN in front of it, without `remote_s3_prefix` (or what it is called there).";
    PHOTO_BYTES: u64 = "photo_bytes", Bytes { least: 100_000, most: 1_000_000_000 }, Text("40 MB"), parse::bytes, false,
        "The largest photo that may be uploaded. The reverse proxy must let as much through.";
    PHOTO_PIXELS: u64 = "photo_pixels", Number { least: 1_000_000, most: 1_000_000_000 }, Text("100000000"), parse::number, false,
        "The most pixels a photo may have. One is decoded with up to four bytes a pixel in memory, so this bounds what an upload can cost.";
    AVIF: bool = "avif", Choice(&["on", "off"]), Text("on"), parse::switch, false,
        "Whether photos of people here are also made as AVIF, which takes a third less to load, where `vips` is installed and writes it. It is made when nothing else waits, and takes about a second of a processor for each photo.";
    VIDEOS: bool = "videos", Choice(&["on", "off"]), Text("on"), parse::switch, false,
        "Whether videos may be posted, where `ffmpeg` is installed. Converting one keeps a processor busy for about as long as the video lasts, behind everything else that this server does.";
    VIDEO_BYTES: u64 = "video_bytes", Bytes { least: 100_000, most: 1_000_000_000 }, Text("100 MB"), parse::bytes, false,
        "The largest video that may be uploaded. The reverse proxy must let as much through.";
    VIDEO_SECONDS: u64 = "video_seconds", Number { least: 1, most: 86_400 }, Text("300"), parse::number, false,
        "How long a video may be, in seconds.";
    VIDEO_PIXELS: u64 = "video_pixels", Number { least: 100_000, most: 100_000_000 }, Text("8294400"), parse::number, false,
        "The most pixels a frame of a video may have: 8294400 is 3840 by 2160. What is played is 1920 by 1080 at the most.";
    QUOTA_BYTES: u64 = "quota_bytes", Bytes { least: 0, most: 1_000_000_000_000_000 }, Text("0"), parse::bytes, false,
        "How many bytes of uploads one person may keep here; 0 is no bound. What counts is the files as they were sent, and deleting gives the room back. `tintype account quota` says otherwise for one person.";
    POST_PHOTOS: u32 = "post_photos", Number { least: 1, most: 100 }, Text("20"), parse::number, false,
        "The most photos in one post. Some other servers show only the first four.";
    POST_CHARACTERS: u32 = "post_characters", Number { least: 100, most: 100_000 }, Text("5000"), parse::number, false,
        "The most characters in a post's text.";
    FEED_PUSH_THRESHOLD: u32 = "feed_push_threshold", Number { least: 0, most: 10_000_000 }, Text("20000"), parse::number, false,
        "Posts of authors with at most so many followers on this server are written to each follower's feed; those of others are merged in when a feed is read. Higher makes reading cheaper and posting dearer.";
    FEED_LENGTH: u32 = "feed_length", Number { least: 40, most: 10_000 }, Text("800"), parse::number, false,
        "How many entries of a home feed are kept. Older ones are gathered anew when somebody scrolls that far.";
    STREAM_CONNECTIONS: u32 = "stream_connections", Number { least: 0, most: 1_000_000 }, Text("20000"), parse::number, false,
        "The most connections for live events (WebSocket and event streams) that one process takes. Each costs a file descriptor and some tens of kilobytes; clients that find no place ask for pages instead.";
    STREAM_CONNECTIONS_PER_PERSON: u32 = "stream_connections_per_person", Number { least: 1, most: 10_000 }, Text("32"), parse::number, false,
        "The same of one person: every open tab and app has one.";
    REMOTE_MEDIA_DAYS: u32 = "remote_media_days", Number { least: 1, most: 3_650 }, Text("30"), parse::number, false,
        "How many days a copy of another server's photo is kept after somebody last looked at it. It is fetched again when it is needed. What people here liked, saved or passed on stays. With `media_url` or `remote_media_url` views are not seen here: then the days count from when it was fetched.";
    REMOTE_MEDIA_BYTES: u64 = "remote_media_bytes", Bytes { least: 100_000_000, most: 1_000_000_000_000_000 }, Text("20 GB"), parse::bytes, false,
        "How much room copies of other servers' photos take at the most. Beyond it those go first that nobody looked at for longest; what people here liked, saved or passed on stays.";
    KEY_FILE: PathBuf = "key_file", Words("file"), Described("`secret.key` in the data directory"), parse::path, false,
        "The key that seals private keys at rest; made at the first start, readable by its owner only. Keep a copy apart from the database's backup.";
    TRENDS_REVIEW: bool = "trends_review", Choice(&["on", "off"]), Text("off"), parse::switch, false,
        "Whether hashtags and posts that many like of late are shown as trends only after a moderator approved them. Without it all trend that are public, not sensitive, and by people who wish to be found; what a moderator rejected never does.";
    LOG: LogFormat = "log", Choice(&["text", "json"]), Text("text"), parse::log_format, false,
        "How log lines are written: for people, or for programs that gather logs.";
    LOG_FILTER: String = "log_filter", Words("level, or target=level, …"), Text("info"), parse::log_filter, false,
        "Which log lines are written, for example `info,tintype=debug`. What the parser says about the HTML of other servers is left out unless `html5ever` is named here.";
    INSTANCE_NAME: String = "instance_name", Words("text"), Text("Tintype"), parse::text, false,
        "The server's name, as people see it.";
    INSTANCE_DESCRIPTION: String = "instance_description", Words("text"), Text("A place for photos."), parse::text, false,
        "What the server is for and for whom, in a sentence or two.";
    CONTACT_EMAIL: String = "contact_email", Words("address@host"), Described("none"), parse::mail_address, false,
        "Where people write to about this server. It is public.";
    MAIL: String = "mail", Choice(&["off", "log", "folder", "smtp"]), Text("off"), parse::mail, false,
        "How mail is sent: not at all, or by a mail server. Without mail addresses are not confirmed and forgotten passwords are set by you (`tintype account reset-password`). For development, mails can be written into the log, with their links, or into the folder `mails` in the data directory.";
    MAIL_FROM: String = "mail_from", Words("address@host"), Described("none; needed with `mail = smtp`"), parse::mail_address, false,
        "The address that mails come from. The mail server must be allowed to send for its host (SPF, DKIM), or they end among the unwanted ones.";
    SMTP_SERVER: String = "smtp_server", Words("host name or address"), Described("none; needed with `mail = smtp`"), parse::text, false,
        "The mail server that takes mails and passes them on.";
    SMTP_PORT: u16 = "smtp_port", Number { least: 1, most: 65_535 }, Described("587, 465 or 25, by `smtp_security`"), parse::number, false,
        "Its port.";
    SMTP_SECURITY: Security = "smtp_security", Choice(&["starttls", "tls", "none"]), Text("starttls"), parse::mail_security, false,
        "How the way to the mail server is kept from others: TLS after a greeting, TLS from the beginning, or not at all, which is for a mail server on this machine. Certificates are always checked.";
    SMTP_USER: String = "smtp_user", Words("text"), Described("none: the mail server knows this machine"), parse::text, false,
        "The name to sign in with at the mail server.";
    SMTP_PASSWORD: Secret<String> = "smtp_password", Words("text"), Described("none; needed with `smtp_user`"), parse::secret, true,
        "The password that goes with it.";
    SOURCE_URL: Url = "source_url", Words("http or https address"), Described("a page of this server that says whom to ask"), parse::web_address, false,
        "Where the source of exactly the program that runs here can be had. The licence (AGPL) promises it to everybody who uses the server, so set it when you run a version of your own.";
    WORKER_THREADS: usize = "worker_threads", Number { least: 1, most: 1024 }, Described("one per core"), parse::number, false,
        "Threads for requests and jobs.";
}
