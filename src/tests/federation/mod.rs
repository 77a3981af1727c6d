//! Talking with other servers: two of our own, and one that follows a script.

mod authority;
mod both_doors;
mod delivery;
mod door;
mod guarded;
mod repeated;
pub mod scene;
mod stories;
mod two_worlds;
