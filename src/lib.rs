//! Tintype: a federated photo and video network. This file names the layers; each uses only those above it.

pub mod actions;
pub mod app;
pub mod bus;
pub mod caches;
pub mod cli;
pub mod config;
pub mod db;
pub mod domain;
pub mod feeds;
pub mod folders;
pub mod jobs;
pub mod mail;
pub mod media;
pub mod migrations;
pub mod notices;
pub mod parking;
pub mod passwords;
pub mod peers;
pub mod postgres;
pub mod sealed;
pub mod signing_keys;
pub mod streams;
pub mod translate;
pub mod uploads;
pub mod web;
