//! The program as its operator meets it: commands, settings, signals, scripts, what it says of itself.

mod account;
mod announcement;
mod demo;
mod doctor;
mod domain;
mod emoji;
mod federation;
mod fixtures;
mod known_bad;
mod media;
mod rule;
mod scripts;
mod server;
mod settings;
