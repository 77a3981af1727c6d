//! Mastodon's client API and our own. File names follow the URLs.

pub mod entities;
pub mod media;
