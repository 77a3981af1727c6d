//! The verbs: one file each, with both doors. `local`: a person here does it. `remote`: a peer says it was done.
//! An action owns its rules and, at the local door, its transaction; nothing between begin and commit waits on the network.

pub mod develop;
pub mod letters;
pub mod retouch;
pub mod settle;
pub mod upload;
