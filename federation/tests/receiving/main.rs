//! Letters and documents as other software writes them, and as an attacker would. Never needs a network.

mod any_document;
mod authority;
mod followers;
mod letter;
mod shapes;
mod software;
