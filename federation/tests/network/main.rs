//! The guarded client, deliveries and WebFinger against scripted servers. Never leaves loopback.

mod delivering;
mod identity;
mod limits;
mod lines;
mod peer;
