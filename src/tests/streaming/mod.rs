//! Live events, as clients hear them: over a WebSocket and as an event stream, from the real server.

mod doors;
pub mod events;
pub mod hearing;
mod lasting;
mod processes;
mod whose;
