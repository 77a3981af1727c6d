//! ActivityPub as Tintype speaks it: bytes, keys and URLs in, values out.
//! Never stores anything, and knows neither accounts nor settings.
#![deny(missing_docs)]
#![forbid(unsafe_code)]

pub mod delivery;
pub mod fetch;
pub mod guard;
pub mod inbox;
pub mod json;
pub mod key;
pub mod nodeinfo;
pub mod origin;
pub mod push;
pub mod signature;
pub mod synchronization;
pub mod vocab;
pub mod webfinger;

/// The one content type we send and serve: Pixelfed compares the whole header with it.
pub const CONTENT_TYPE: &str = activitypub_federation::FEDERATION_CONTENT_TYPE;
