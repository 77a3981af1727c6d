//! The guarded client, deliveries and WebFinger against scripted servers. Never leaves loopback.

mod delivering;
mod fetching;
mod peer;
