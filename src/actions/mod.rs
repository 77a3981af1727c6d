//! The verbs: one file each, with both doors. `local`: a person here does it. `remote`: a peer says it was done.
//! An action owns its rules and, at the local door, its transaction; nothing between begin and commit waits on the network.

pub mod accept_follow;
pub mod block;
pub mod block_domain;
pub mod follow;
mod follow_letters;
pub mod letters;
pub mod mute;
pub mod note_about;
pub mod parties;
pub mod reject_follow;
pub mod remove_follower;
pub mod unblock;
pub mod unfollow;
pub mod unmute;
