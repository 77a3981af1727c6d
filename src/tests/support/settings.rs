//! How a server of a test is to be, before it starts.

use std::net::SocketAddr;

use axum::Router;
use tintype::app::App;
use tintype::config::Config;

use super::cluster::Database;
use super::folder::Folder;

/// Names that servers of one test may have for each other; all are on loopback.
pub const NAMES: [&str; 5] = ["one.test", "two.test", "three.test", "four.test", "peer.test"];

/// How a server is to be, before it starts.
pub struct Settings<'a> {
    pub name: &'a str,
    /// Over the usual ones, as in the environment.
    pub more: &'a [(&'a str, &'a str)],
    /// Beyond what settings allow.
    pub adjust: fn(&mut Config),
    pub routes: Router<App>,
    /// Jobs run by themselves, as in the program.
    pub running: bool,
}

impl Default for Settings<'_> {
    fn default() -> Self {
        Self {
            name: "127.0.0.1",
            more: &[],
            adjust: |_| {},
            routes: Router::new(),
            running: false,
        }
    }
}

impl Settings<'_> {
    /// All settings of a server that listens there.
    pub fn config(&self, address: SocketAddr, folder: &Folder, database: &Database) -> Config {
        let resolve = NAMES.map(|name| format!("{name}=127.0.0.1")).join(",");
        let public_url = format!("http://{}:{}", self.name, address.port());
        let data_dir = folder.path().join("data").display().to_string();
        let listen = address.to_string();
        let mut all = vec![
            ("TINTYPE_LISTEN", listen.as_str()),
            ("TINTYPE_PUBLIC_URL", &public_url),
            ("TINTYPE_DATA_DIR", &data_dir),
            ("TINTYPE_DATABASE_URL", &database.url),
            ("TINTYPE_DATABASE_CONNECTIONS", "8"),
            ("TINTYPE_ALLOW_PRIVATE_ADDRESSES", "true"),
            ("TINTYPE_RESOLVE", &resolve),
            ("TINTYPE_REGISTRATION", "open"),
            ("TINTYPE_RATE_LIMITS", "off"),
            // What a test sees does not hang on whether the web app was built before.
            ("TINTYPE_WEB_APP", "off"),
            // Nor do tests that are about something else wait for it.
            ("TINTYPE_AVIF", "off"),
        ];
        for (name, value) in self.more {
            all.retain(|(known, _)| known != name);
            all.push((name, value));
        }
        let mut config = Config::from_parts(None, all).expect("the settings of a test are good");
        (self.adjust)(&mut config);
        config
    }
}
