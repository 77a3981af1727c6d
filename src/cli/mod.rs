//! Commands for whoever runs the server. They hold no rules: those are in `actions`.

pub mod account;
