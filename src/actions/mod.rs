//! The verbs: one file each, with both doors. `local`: a person here does it. `remote`: a peer says it was done.
//! An action owns its rules and, at the local door, its transaction; nothing between begin and commit waits on the network.

pub mod bookmark;
pub mod delete_post;
pub mod know_account;
pub mod know_post;
pub mod letters;
pub mod like;
pub mod mute_thread;
pub mod on_post;
pub mod pin;
pub mod policies;
pub mod publish;
pub mod repost;
