//! What the `tintype` program does when it is called. Holds no rules of its own.

pub mod doctor;
