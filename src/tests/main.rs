//! Tests of the whole server on real parts. Each stands alone: its own database, server, people and clock.

mod accounts;
mod api;
mod commands;
mod connections;
mod crash;
mod errors;
mod federation;
mod feeds;
mod filters;
mod harness;
mod kept_pages;
mod known_posts;
mod layers;
mod lists;
mod mail;
mod paging;
mod pictures;
mod polls;
mod posts;
mod push;
mod reactions;
mod recount;
mod settings;
mod streaming;
mod support;
mod visibility;
