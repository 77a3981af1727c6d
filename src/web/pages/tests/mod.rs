//! What every page must keep, in every state. Needs no database and no network.

mod doors;
mod escape;
mod gallery;
mod parts;
mod policy;
mod rules;
mod samples;
mod settings;
mod states;
