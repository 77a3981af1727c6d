//! The door for HTTP: routes, parameters, answers. Holds no rules.

pub mod activitypub;
pub mod api;
pub mod caches;
pub mod error;
pub mod page;
pub mod pages;
pub mod params;
pub mod viewer;
