//! The program as its operator meets it: commands, settings, signals, what it says of itself.

mod account;
mod doctor;
mod fixtures;
mod server;
mod settings;
