//! Talking with other servers: two of our own, and one that follows a script.

mod audience;
mod authority;
mod between_two;
mod both_doors;
mod both_doors_of_posts;
mod dead_hosts;
mod delivery;
mod delivery_trouble;
mod door;
mod ending;
mod featured;
mod guarded;
mod in_hand;
mod knocking;
mod named_only;
mod pictures_elsewhere;
mod policies;
mod refused_deeds;
mod repeated;
pub mod scene;
mod scripts;
mod served;
mod spelled;
mod stories;
mod suspended;
mod two_servers;
mod two_worlds;
