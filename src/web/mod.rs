//! What the server says over HTTP. Holds no rules: those are in the actions.

pub mod pages;
