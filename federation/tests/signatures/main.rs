//! Signed requests as friends and foes send them. Never touches a network.

mod accepted;
mod bytes;
mod message_signatures;
mod other_implementation;
mod refused;
mod request;
