//! What makes a post's document a `Question`, and votes in one. Never says who voted for what.

use activitypub_federation::kinds::activity::CreateType;
use activitypub_federation::kinds::object::NoteType;
use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use url::Url;

use super::activity::Deed;
use super::{Document, time};

/// The poll of a post.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PollDocument {
    /// What can be chosen, in order.
    pub options: Vec<OptionDocument>,
    /// Whether more than one can be chosen.
    pub multiple: bool,
    /// When it ends.
    pub end: Option<DateTime<Utc>>,
    /// Whether it is over; then it was so at `end`.
    pub is_closed: bool,
    /// How many people voted.
    pub voters: Option<u64>,
}

/// One of the things to choose from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OptionDocument {
    /// What it says.
    pub name: String,
    /// How often it was chosen, unless that is a secret yet.
    pub votes: Option<u64>,
}

impl PollDocument {
    /// Turns a post's document into a question.
    pub(super) fn put_into(&self, body: &mut Value) {
        let options: Vec<Value> = self.options.iter().map(option).collect();
        body["type"] = json!("Question");
        body[if self.multiple { "anyOf" } else { "oneOf" }] = options.into();
        body["endTime"] = json!(self.end.map(time));
        body["closed"] = json!(self.end.filter(|_| self.is_closed).map(time));
        body["votersCount"] = json!(self.voters);
    }
}

fn option(option: &OptionDocument) -> Value {
    let mut replies = json!({ "type": "Collection" });
    if let Some(votes) = option.votes {
        replies["totalItems"] = json!(votes);
    }
    json!({ "type": NoteType::Note, "name": option.name, "replies": replies })
}

/// The actor chooses the option `name` of `poll`, whose author alone is told. A vote is a post that has a name and says
/// nothing; `note` is its address.
pub fn vote(deed: Deed<'_>, note: &Url, poll: &Url, name: &str, author: &Url) -> Document {
    let choice = json!({
        "id": note, "type": NoteType::Note, "attributedTo": deed.actor, "name": name, "inReplyTo": poll, "to": [author],
    });
    let body = json!({
        "id": deed.id, "type": CreateType::Create, "actor": deed.actor, "object": choice, "to": [author],
    });
    Document::new(body, [])
}
