//! The one way out: requests to other servers, guarded in address, size, time, type and identity.
//! Never follows a redirect, connects to an address or believes an identity that has not been checked.

mod client;
mod connector;
mod hosts;
mod kept;
mod line;
mod object;
mod pace;
mod signed;

pub use object::essence;

pub(crate) use object::is_activity_type;

use std::net::IpAddr;
use std::time::Duration;

use url::Url;

pub(crate) use client::Answer;
pub use client::{ClientError, GuardedClient};
pub(crate) use line::Rest;

use crate::guard::PrivateAddresses;
use crate::key::SigningKey;
use crate::signature::Scheme;

/// How the guarded client behaves.
#[derive(Debug, Clone)]
pub struct GuardSettings {
    /// Which private addresses may be spoken to.
    pub private: PrivateAddresses,
    /// Names with fixed addresses; the port comes from the URL, and the guard judges these addresses too.
    pub resolve: Vec<(String, IpAddr)>,
    /// The `User-Agent` of every request.
    pub user_agent: String,
    /// Our own `host` or `host:port`: never spoken to.
    pub own_authority: String,
}

/// Who signs our GETs: the instance's own actor.
#[derive(Debug, Clone)]
pub struct Signer {
    /// The key's address.
    pub key_id: Url,
    /// The key.
    pub key: SigningKey,
    /// How a request is signed at first: as its server understood the last one.
    pub scheme: Scheme,
}

/// A document whose `id` is the address that it was fetched from.
#[derive(Debug, Clone)]
pub struct FetchedObject {
    /// The final address, which equals the document's `id`.
    pub url: Url,
    /// The document.
    pub json: serde_json::Value,
    /// How the server of that address understood the request; nothing to go by where it was not signed.
    pub scheme: Scheme,
}

/// A file.
#[derive(Debug, Clone)]
pub struct FetchedMedia {
    /// The whole file, decompressed.
    pub bytes: bytes::Bytes,
    /// Its type as the server gave it, without parameters, lower case; empty when it gave none.
    pub content_type: String,
}

/// Why there is no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum FetchError {
    /// The guard refuses the address, or one that it redirected to.
    #[error("the address is refused")]
    Refused,
    /// 404: it is not there, or not for us.
    #[error("not found")]
    NotFound,
    /// 410: it was there and is deleted.
    #[error("gone")]
    Gone,
    /// Another status than success.
    #[error("answered with status {0}")]
    Status(u16),
    /// 429 with `Retry-After`: so long the server asks us to wait, at most a day.
    #[error("asked to come again later")]
    AskedToWait(Duration),
    /// The body is larger than we take.
    #[error("too large")]
    TooLarge,
    /// Not answered completely in time.
    #[error("timed out")]
    TimedOut,
    /// The content type is not one that was asked for.
    #[error("of an unexpected content type")]
    WrongType,
    /// The document is not the one of this address.
    #[error("the document names another address")]
    WrongIdentity,
    /// The body is not JSON that we accept.
    #[error("not acceptable JSON")]
    NotJson,
    /// No connection, or it broke.
    #[error("unreachable")]
    Unreachable,
}

impl FetchError {
    /// Whether asking again later would give the same.
    pub fn is_lasting(self) -> bool {
        match self {
            Self::Status(status) => {
                (400..500).contains(&status) && !matches!(status, 401 | 403 | 408 | 425 | 429)
            }
            Self::TimedOut | Self::Unreachable | Self::AskedToWait(_) => false,
            Self::Refused
            | Self::NotFound
            | Self::Gone
            | Self::TooLarge
            | Self::WrongType
            | Self::WrongIdentity
            | Self::NotJson => true,
        }
    }
}
