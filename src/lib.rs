//! Tintype, a federated photo and video network.

pub mod cli;
pub mod config;
pub mod postgres;
