//! What a peer can say. Never grows a variant for what nobody acts on: the rest is `Unknown`.

use chrono::{DateTime, Utc};
use url::Url;

use crate::vocab::{Actor, Emoji, Note};

/// An activity. The actor is the envelope's.
#[derive(Debug, Clone, PartialEq)]
pub enum Received {
    /// Asks to follow `object`.
    Follow {
        /// Whom.
        object: Url,
    },
    /// Grants a follow.
    Accept {
        /// Which.
        follow: FollowRef,
    },
    /// Refuses a follow, or ends one.
    Reject {
        /// Which.
        follow: FollowRef,
    },
    /// Asks for leave to quote a post.
    QuoteRequest {
        /// Which.
        object: Url,
        /// By which post, on the actor's server.
        instrument: Url,
        /// That post, when it came along and is the actor's.
        note: Option<Box<Note>>,
    },
    /// Gives leave to quote.
    QuoteAccept {
        /// What was asked.
        request: QuoteRef,
        /// Where the stamp is, on the actor's server.
        stamp: Url,
    },
    /// Gives none.
    QuoteReject {
        /// What was asked.
        request: QuoteRef,
    },
    /// Takes something back.
    Undo(Undone),
    /// A new post of the actor's own.
    Create(Box<Note>),
    /// A new post that is to be fetched from its own server.
    CreateById(Url),
    /// A changed post or actor.
    Update(Updated),
    /// Something of the actor's server is deleted. Whether it was the actor's own, only who knows it can tell.
    Delete {
        /// What.
        object: Url,
        /// Whether the actor deletes itself.
        is_actor: bool,
    },
    /// Likes a post.
    Like {
        /// Which.
        object: Url,
        /// With what, where it is more than a plain like.
        reaction: Option<Box<Reaction>>,
    },
    /// Shares a post; always to be looked up or fetched by its address.
    Announce {
        /// Which.
        object: Url,
        /// When, as the actor says.
        published: Option<DateTime<Utc>>,
        /// To whom.
        to: Vec<Url>,
        /// Who else.
        cc: Vec<Url>,
    },
    /// Passes on what somebody did, as groups do for those who follow them.
    PassOn {
        /// What.
        what: PassedOn,
        /// To whom.
        to: Vec<Url>,
        /// Who else.
        cc: Vec<Url>,
    },
    /// Blocks somebody.
    Block {
        /// Whom.
        object: Url,
    },
    /// Reports people and posts.
    Flag {
        /// What, at most 100.
        objects: Vec<Url>,
        /// Why, in plain text.
        content: String,
    },
    /// Moves itself to another address; both documents are to be fetched and compared.
    Move {
        /// Where to.
        target: Url,
    },
    /// Adds to a collection, as a rule pins a post.
    Add {
        /// What.
        object: Url,
        /// To which collection; to be compared with the actor's stored one.
        target: Url,
    },
    /// Removes from a collection.
    Remove {
        /// What.
        object: Url,
        /// From which collection.
        target: Url,
    },
    /// Something that is acknowledged and ignored.
    Unknown {
        /// Its type.
        kind: String,
    },
}

/// A follow that is spoken of: by address, by its two ends, or both. At least one of `id` and `follower` is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FollowRef {
    /// The address of the Follow.
    pub id: Option<Url>,
    /// Who asked.
    pub follower: Option<Url>,
}

/// A request to quote that is spoken of: by its address, by the post that quotes, or both. At least one is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuoteRef {
    /// The address of the QuoteRequest.
    pub id: Option<Url>,
    /// The post that quotes.
    pub instrument: Option<Url>,
}

/// What a group passes on. What is true of it, only the thing's own server can say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PassedOn {
    /// A new post.
    Created(Url),
    /// A post that is another now.
    Changed(Url),
    /// A post that is deleted, or that the group does not show any more.
    Deleted(Url),
}

/// An emoji in place of a plain like.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reaction {
    /// The character, or `:shortcode:`.
    pub name: String,
    /// The picture of a shortcode.
    pub picture: Option<Emoji>,
}

/// What is taken back. The inner activity's actor is the envelope's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Undone {
    /// A follow.
    Follow {
        /// The Follow's address.
        id: Option<Url>,
        /// Whom.
        object: Url,
    },
    /// A like or a reaction.
    Like {
        /// The Like's address.
        id: Option<Url>,
        /// Which post.
        object: Url,
        /// What it was made with, where that is said.
        reaction: Option<Box<Reaction>>,
    },
    /// A share.
    Announce {
        /// The Announce's address.
        id: Option<Url>,
        /// Which post.
        object: Url,
    },
    /// A block.
    Block {
        /// The Block's address.
        id: Option<Url>,
        /// Whom.
        object: Url,
    },
    /// Something known only by its address.
    Unknown {
        /// The address.
        id: Url,
    },
}

impl Undone {
    /// The address of the activity that is taken back, where it is told.
    pub fn id(&self) -> Option<&Url> {
        match self {
            Self::Follow { id, .. }
            | Self::Like { id, .. }
            | Self::Announce { id, .. }
            | Self::Block { id, .. } => id.as_ref(),
            Self::Unknown { id } => Some(id),
        }
    }
}

/// What has changed.
#[derive(Debug, Clone, PartialEq)]
pub enum Updated {
    /// A post of the actor's own.
    Note(Box<Note>),
    /// The actor itself.
    Actor(Box<Actor>),
    /// Something of the actor's server that is named only, or of another kind: to be fetched, if it is known here.
    ById(Url),
}
