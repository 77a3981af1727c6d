//! The verbs: one file each, with both doors. `local`: a person here does it. `remote`: a peer says it was done.
//! An action owns its rules and, at the local door, its transaction; nothing between begin and commit waits on the network.

pub mod approve;
pub mod authorize;
pub mod bookmark;
pub mod delete_post;
pub mod instance_actor;
pub mod invite;
pub mod key_pair;
pub mod know_account;
pub mod know_post;
pub mod letters;
pub mod like;
pub mod lock_out;
pub mod mute_thread;
pub mod new_local;
pub mod on_post;
pub mod pin;
pub mod policies;
pub mod publish;
pub mod register;
pub mod register_app;
pub mod repost;
pub mod set_password;
pub mod sign_in;
pub mod suspend;
pub mod throttle;
pub mod token;
pub mod vapid;
