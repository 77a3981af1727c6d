//! Tintype, a federated photo and video network.

pub mod config;
pub mod postgres;
