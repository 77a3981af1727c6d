//! Mastodon's client API and our own. File names follow the URLs.

pub mod apps;
pub mod entities;
pub mod sign_up;
