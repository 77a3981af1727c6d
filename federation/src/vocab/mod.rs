//! Shapes on the wire. Lenient in: one or many, text or object, missing or null are all understood, and what is too long
//! is cut. Strict out: one spelling each, the one that most peers read.
//! Never fetches anything, and never believes a document about another server's things.

mod actor;
mod attachment;
mod audience;
mod collection;
mod note;
mod outbox;
pub mod outgoing;
mod poll;
mod quote;
mod tag;
pub(crate) mod value;

pub use actor::{Actor, ActorKey, ActorKind};
pub use attachment::{Attachment, MediaKind};
pub(crate) use audience::recipients;
pub use audience::{Audience, PUBLIC, public};
pub use collection::{Collection, Replies};
pub use note::{Note, NoteKind, Place};
pub use outbox::{Listed, Outbox};
pub use poll::{Closed, Poll, PollOption};
pub use quote::{CanQuote, QuoteStamp};
pub(crate) use tag::emojis;
pub use tag::{Emoji, Mention};

/// Why a document cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum VocabError {
    /// It is not of a kind that is read here.
    #[error("not of an expected type")]
    WrongKind,
    /// Something that nothing can stand in for is absent or unreadable.
    #[error("{0} is missing or unreadable")]
    Missing(&'static str),
    /// Something belongs to another server than the document itself.
    #[error("{0} is on another server")]
    WrongOrigin(&'static str),
}
