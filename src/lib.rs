//! Tintype: a federated photo and video network. This file names the layers; each uses only those above it.

pub mod domain;

pub mod config;
pub mod db;
pub mod media;
pub mod postgres;
pub mod sealed;

pub mod bus;
pub mod feeds;
pub mod peers;
pub mod translate;

pub mod app;

pub mod actions;

pub mod jobs;
pub mod web;

pub mod cli;
