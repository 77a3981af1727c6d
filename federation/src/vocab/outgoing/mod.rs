//! Documents that we send and serve. Never uses a word that its `@context` does not define:
//! peers that expand JSON-LD would not see it.

pub mod activity;
mod actor;
mod collection;
mod context;
mod note;
mod poll;
pub mod quote;

use std::collections::BTreeSet;

use activitypub_federation::protocol::context::WithContext;
use activitypub_federation::protocol::tombstone::Tombstone;
use bytes::Bytes;
use chrono::{DateTime, SecondsFormat, Utc};
use serde::Serialize;
use serde_json::{Map, Value, json};
use url::Url;

pub use actor::{ActorDocument, Endpoints, Picture};
pub use collection::{PageItem, collection, page, whole};
use context::Term;
pub use note::{AttachmentDocument, HashtagLink, NoteDocument, VideoDocument};
pub use poll::{OptionDocument, PollDocument, vote};
pub use quote::QuoteDocument;

/// A document, ready to be sent, served or put into an activity.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    body: Map<String, Value>,
    terms: BTreeSet<Term>,
}

impl Document {
    /// The document with its context, as bytes: made once, sent to many.
    pub fn to_bytes(&self) -> Bytes {
        let whole = WithContext::new(&self.body, context::of(&self.terms));
        Bytes::from(serde_json::to_vec(&whole).expect("maps of text keys can always be written"))
    }

    /// The document's own address.
    pub fn id(&self) -> &str {
        self.body.get("id").and_then(Value::as_str).unwrap_or_default()
    }

    fn new(body: Value, terms: impl IntoIterator<Item = Term>) -> Self {
        let Value::Object(mut body) = body else {
            unreachable!("documents are made of objects here")
        };
        // What is not set is not said, except where null itself means something (`summary`, `inReplyTo`: left out too).
        body.retain(|_, value| !value.is_null());
        Self {
            body,
            terms: terms.into_iter().collect(),
        }
    }

    /// The document inside another: its context is the other's.
    fn inside(&self) -> Value {
        Value::Object(self.body.clone())
    }

    fn get(&self, key: &str) -> Value {
        self.body.get(key).cloned().unwrap_or(Value::Null)
    }
}

/// What is served, with 410, where something was.
pub fn tombstone(id: &Url) -> Document {
    Document::new(plain(Tombstone::new(id.clone())), [])
}

fn plain(value: impl Serialize) -> Value {
    serde_json::to_value(value).expect("names and addresses can always be written")
}

/// With milliseconds, as Misskey and PeerTube send them too: every peer reads them (Mastodon, Pixelfed and GoToSocial take
/// any RFC 3339), and whole seconds would make one of two edits within a second.
fn time(time: DateTime<Utc>) -> Value {
    json!(time.to_rfc3339_opts(SecondsFormat::Millis, true))
}
