//! Talking with other servers: two of our own, and one that follows a script.

mod authority;
mod delivery;
mod door;
mod guarded;
mod repeated;
mod scene;
