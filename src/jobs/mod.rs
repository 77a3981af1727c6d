//! The door for work that waits: each job takes ids from the database, does its part and can run twice. Holds no rules.

pub mod pictures;
pub mod sweep_pictures;
