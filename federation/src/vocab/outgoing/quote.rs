//! What a post's document says of quotes, and the activities and stamps by which leave to quote is asked for, given and
//! taken back (FEP-044f). Never embeds a post in a stamp: who may see the one may not see the other.

use activitypub_federation::kinds::activity::{AcceptType, DeleteType, RejectType};
use serde_json::{Value, json};
use url::Url;

use super::activity::Deed;
use super::context::Term;
use super::{Document, plain};

/// What a post quotes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuoteDocument {
    /// The post.
    pub object: Url,
    /// The stamp by which its author allows it.
    pub stamp: Option<Url>,
}

impl QuoteDocument {
    /// In all the words that peers look for: FEP-044f's, Fedibird's, Pleroma's and Misskey's.
    pub(super) fn put_into(&self, body: &mut Value) {
        for word in ["quote", "quoteUri", "quoteUrl", "_misskey_quote"] {
            body[word] = json!(self.object);
        }
        if let Some(stamp) = &self.stamp {
            body["quoteAuthorization"] = json!(stamp);
        }
    }
}

/// A request for leave to quote. Its address, who asks, what is to be quoted and by which post.
#[derive(Debug, Clone, Copy)]
pub struct QuoteRequest<'a> {
    /// Its address and who asks.
    pub deed: Deed<'a>,
    /// What is to be quoted.
    pub object: &'a Url,
    /// The post that quotes it.
    pub instrument: &'a Url,
}

impl QuoteRequest<'_> {
    fn body(&self) -> Value {
        json!({
            "id": self.deed.id, "type": "QuoteRequest", "actor": self.deed.actor,
            "object": self.object, "instrument": self.instrument,
        })
    }
}

/// The actor asks `author` for leave; `note` is the post that quotes, as a whole.
pub fn request(deed: Deed<'_>, object: &Url, note: &Document, author: &Url) -> Document {
    let mut document = Document::new(
        json!({
            "id": deed.id, "type": "QuoteRequest", "actor": deed.actor, "object": object,
            "instrument": note.inside(), "to": [author],
        }),
        [Term::QuoteRequest],
    );
    document.terms.extend(&note.terms);
    document
}

/// The actor gives leave; `stamp` is the address of the proof.
pub fn accept(deed: Deed<'_>, asked: QuoteRequest<'_>, stamp: &Url) -> Document {
    let body = json!({
        "id": deed.id, "type": plain(AcceptType::Accept), "actor": deed.actor, "object": asked.body(),
        "result": stamp, "to": [asked.deed.actor],
    });
    Document::new(body, [Term::QuoteRequest])
}

/// The actor gives none.
pub fn reject(deed: Deed<'_>, asked: QuoteRequest<'_>) -> Document {
    let body = json!({
        "id": deed.id, "type": plain(RejectType::Reject), "actor": deed.actor, "object": asked.body(),
        "to": [asked.deed.actor],
    });
    Document::new(body, [Term::QuoteRequest])
}

/// The stamp itself, of `author`.
pub fn stamp(id: &Url, author: &Url, interacting_object: &Url, interaction_target: &Url) -> Document {
    let body = json!({
        "id": id, "type": "QuoteAuthorization", "attributedTo": author,
        "interactingObject": interacting_object, "interactionTarget": interaction_target,
    });
    Document::new(body, [Term::QuoteStamp])
}

/// The actor takes leave back: the stamp is no more.
pub fn revoke(deed: Deed<'_>, stamp: &Url, to: &[Url]) -> Document {
    let body = json!({
        "id": deed.id, "type": plain(DeleteType::Delete), "actor": deed.actor,
        "object": { "id": stamp, "type": "QuoteAuthorization" }, "to": to,
    });
    Document::new(body, [Term::QuoteStamp])
}
