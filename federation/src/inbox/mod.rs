//! Letters from verified senders: bytes → [`Received`], and the rules of authority that need no database.
//! Never believes an actor about anything that is not on the actor's own server.
//!
//! What is by somebody else, or is embedded where only its address counts, comes out as an address to be fetched from
//! its own server. What is `NotTheirs` is refused as a whole.

mod passed_on;
mod peek;
mod quote;
mod reaction;
mod read;
mod received;

use url::Url;

pub use peek::{Peek, peek_actor_and_id};
pub use read::read;
pub use received::{FollowRef, PassedOn, QuoteRef, Reaction, Received, Undone, Updated};

/// A letter that its sender was entitled to write, as far as can be told without a database.
#[derive(Debug, Clone, PartialEq)]
pub struct Envelope {
    /// The activity's address, of the actor's origin. Where it came without one (only activities that may be done twice
    /// without harm are taken so) it is `ACTOR#activity-` and the SHA-256 of the body: the same letter has the same one.
    pub id: Url,
    /// Who wrote it: the signer.
    pub actor: Url,
    /// What it says.
    pub received: Received,
}

/// Why a letter is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// It cannot be understood: 400.
    #[error("malformed activity: {0}")]
    Malformed(&'static str),
    /// Its sender may not say this: 401.
    #[error("the signer may not say this")]
    NotTheirs,
}
