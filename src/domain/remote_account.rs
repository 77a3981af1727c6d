//! Somebody elsewhere, read from their server and made safe to keep. Never holds text that has not been cleaned.

use super::account::{Field, Kind};
use super::clock::Time;
use super::emoji::RemoteEmoji;

/// What is written when an actor of another server is met, or met again.
#[derive(Clone, Debug)]
pub struct RemoteAccount {
    /// The server in its handle; the actor's own, unless WebFinger says and confirms another.
    pub authority: String,
    pub username: String,
    /// Whether WebFinger led from the name back to the URI. If not, a name that is stored already stays.
    pub confirmed: bool,
    pub kind: Kind,
    pub uri: String,
    pub url: String,
    pub inbox: String,
    pub shared_inbox: Option<String>,
    pub outbox: String,
    pub followers_url: String,
    pub following_url: String,
    pub featured_url: String,
    pub display_name: String,
    pub note_html: String,
    pub fields: Vec<Field>,
    pub emojis: Vec<RemoteEmoji>,
    pub avatar_url: Option<String>,
    pub header_url: Option<String>,
    pub locked: bool,
    pub discoverable: bool,
    pub indexable: bool,
    pub also_known_as: Vec<String>,
    pub moved_to: Option<String>,
    pub public_key_id: String,
    pub public_key_pem: String,
    /// Since when it is there, as it says; never after now.
    pub created_at: Time,
}
