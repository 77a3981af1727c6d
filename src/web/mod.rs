//! The door for HTTP: routes, parameters, answers. Holds no rules.

pub mod api;
pub mod byte_range;
pub mod caches;
pub mod error;
pub mod files;
pub mod page;
pub mod pages;
pub mod params;
pub mod viewed;
pub mod viewer;
