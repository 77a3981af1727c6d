//! The guarded client for requests to other servers, as the settings want it. Sends none.

use anyhow::Context;
use tintype_federation::fetch::{GuardSettings, GuardedClient};
use tintype_federation::guard;

use crate::config::{Config, PrivateAddresses};
use crate::domain::urls::authority_of;

/// The guarded client as the settings want it.
pub fn client(config: &Config) -> anyhow::Result<GuardedClient> {
    GuardedClient::new(guard_settings(config)).context("the HTTP client could not be made")
}

/// The same for asking this very server, as a stranger would: it may be on this machine alone, or behind a router that
/// turns us back. The server itself never asks itself.
pub fn strangers_client(config: &Config) -> anyhow::Result<GuardedClient> {
    let settings = GuardSettings {
        private: guard::PrivateAddresses::Allowed,
        own_authority: String::new(),
        ..guard_settings(config)
    };
    GuardedClient::new(settings).context("the HTTP client could not be made")
}

fn guard_settings(config: &Config) -> GuardSettings {
    let private = match &config.allow_private_addresses {
        PrivateAddresses::Refused => guard::PrivateAddresses::Refused,
        PrivateAddresses::Allowed => guard::PrivateAddresses::Allowed,
        PrivateAddresses::Only(addresses) => guard::PrivateAddresses::Only(addresses.clone()),
    };
    GuardSettings {
        private,
        resolve: config.resolve.clone(),
        user_agent: format!("Tintype/{} (+{})", env!("CARGO_PKG_VERSION"), config.public_url),
        own_authority: authority_of(&config.public_url).unwrap_or_default(),
    }
}
