//! The door for HTTP: routes, parameters, answers. Holds no rules.

pub mod activitypub;
pub mod address;
pub mod api;
pub mod auth;
mod bodies;
mod byte_range;
pub mod cookies;
mod cross_origin;
pub mod csrf;
pub mod error;
pub mod etag;
mod failures;
pub mod files;
mod gate;
mod health;
pub mod listener;
pub mod oauth;
pub mod openapi;
pub mod page;
pub mod pages;
pub mod params;
mod passage;
pub mod public;
mod rate_limit;
mod request_id;
mod router;
pub mod settings;
pub mod shell;
mod slashes;
pub mod streaming;
mod unread;
pub mod viewer;

pub use router::{router, router_with};
