//! The door for HTTP: routes, parameters, answers. Holds no rules.

pub mod activitypub;
pub mod address;
pub mod api;
pub mod auth;
pub mod caches;
pub mod cookies;
pub mod csrf;
pub mod error;
pub mod oauth;
pub mod page;
pub mod pages;
pub mod params;
pub mod viewer;
