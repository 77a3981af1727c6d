//! Talking with other servers: two of our own, and one that follows a script.

mod audience;
mod authority;
mod between_two;
mod both_doors;
mod both_doors_of_posts;
mod delivery;
mod delivery_trouble;
mod door;
mod guarded;
mod plain_posts;
mod repeated;
pub mod scene;
mod scripts;
mod stories;
mod two_servers;
mod two_worlds;
