//! An actor's document. Never holds a private key, and never leaves out what Pixelfed demands of an actor.

use activitypub_federation::protocol::public_key::PublicKey;
use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use url::Url;

use super::context::Term;
use super::note::emoji_tag;
use super::{Document, plain, time};
use crate::vocab::{ActorKind, Emoji};

/// A picture of an actor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// Where it is.
    pub url: Url,
    /// `image/jpeg` or `image/png`: Pixelfed reads no other.
    pub media_type: String,
}

/// Where an actor's things are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Endpoints {
    /// Where letters to it go.
    pub inbox: Url,
    /// What it has sent.
    pub outbox: Url,
    /// Who follows it.
    pub followers: Option<Url>,
    /// Whom it follows.
    pub following: Option<Url>,
    /// What it has pinned.
    pub featured: Option<Url>,
    /// Where one letter for many on this server goes.
    pub shared_inbox: Option<Url>,
}

/// What an actor's document says.
#[derive(Debug, Clone)]
pub struct ActorDocument {
    /// Who it is.
    pub id: Url,
    /// What it is.
    pub kind: ActorKind,
    /// The name before the host.
    pub preferred_username: String,
    /// The whole name, `user@host`.
    pub webfinger: String,
    /// The display name.
    pub name: String,
    /// The description, in clean HTML.
    pub summary_html: String,
    /// Its page for people, on the same host.
    pub url: Url,
    /// Where its things are.
    pub endpoints: Endpoints,
    /// Its public key as PEM.
    pub public_key_pem: String,
    /// The small picture.
    pub icon: Option<Picture>,
    /// The wide picture.
    pub image: Option<Picture>,
    /// Whether it chooses its followers.
    pub manually_approves_followers: bool,
    /// Whether it wants to be suggested.
    pub discoverable: bool,
    /// Whether its posts may be searched.
    pub indexable: bool,
    /// Since when it is there.
    pub published: Option<DateTime<Utc>>,
    /// Name and clean HTML value of its fields.
    pub fields: Vec<(String, String)>,
    /// Other actors that it is, too.
    pub also_known_as: Vec<Url>,
    /// The actor that has taken its place.
    pub moved_to: Option<Url>,
    /// The emoji of its name and description.
    pub emojis: Vec<Emoji>,
    /// Whether its own server has put it out of action: Mastodon then hides it, until an `Update` says otherwise.
    pub suspended: bool,
}

impl ActorDocument {
    /// The key's address: `ID#main-key`.
    pub fn key_id(&self) -> Url {
        let mut id = self.id.clone();
        id.set_fragment(Some("main-key"));
        id
    }

    fn key(&self) -> Value {
        plain(PublicKey {
            id: self.key_id().into(),
            owner: self.id.clone(),
            public_key_pem: self.public_key_pem.clone(),
        })
    }

    /// Who it is and by which key it is known, for those who may read no more. It has no inbox, so that nobody takes it for
    /// the whole; GoToSocial serves keys so.
    pub fn build_key(&self) -> Document {
        let body = json!({
            "id": self.id,
            "type": kind(self.kind),
            "preferredUsername": self.preferred_username,
            "publicKey": self.key(),
        });
        Document::new(body, [Term::Security])
    }

    /// The document.
    pub fn build(&self) -> Document {
        let places = &self.endpoints;
        let mut body = json!({
            "id": self.id,
            "type": kind(self.kind),
            "preferredUsername": self.preferred_username,
            "webfinger": self.webfinger,
            "name": self.name,
            "summary": self.summary_html,
            "url": self.url,
            "inbox": places.inbox,
            "outbox": places.outbox,
            "followers": places.followers,
            "following": places.following,
            "featured": places.featured,
            "endpoints": places.shared_inbox.as_ref().map(|url| json!({ "sharedInbox": url })),
            "publicKey": self.key(),
            "icon": self.icon.as_ref().map(picture),
            "image": self.image.as_ref().map(picture),
            "manuallyApprovesFollowers": self.manually_approves_followers,
            "discoverable": self.discoverable,
            "indexable": self.indexable,
            "published": self.published.map(time),
            "movedTo": self.moved_to,
            "suspended": self.suspended.then_some(true),
        });
        for (key, values) in self.lists() {
            if !values.is_empty() {
                body[key] = Value::Array(values);
            }
        }
        Document::new(body, self.terms())
    }

    fn lists(&self) -> [(&'static str, Vec<Value>); 3] {
        let field = |(name, value): &(String, String)| json!({ "type": "PropertyValue", "name": name, "value": value });
        [
            ("attachment", self.fields.iter().map(field).collect()),
            ("tag", self.emojis.iter().map(emoji_tag).collect()),
            (
                "alsoKnownAs",
                self.also_known_as.iter().map(|url| json!(url)).collect(),
            ),
        ]
    }

    fn terms(&self) -> Vec<Term> {
        let mut terms = vec![Term::Security, Term::Profile, Term::Webfinger];
        if !self.fields.is_empty() {
            terms.push(Term::Fields);
        }
        if !self.emojis.is_empty() {
            terms.push(Term::Emoji);
        }
        if self.moved_to.is_some() || !self.also_known_as.is_empty() {
            terms.push(Term::Moved);
        }
        terms
    }
}

fn kind(kind: ActorKind) -> &'static str {
    match kind {
        ActorKind::Person => "Person",
        ActorKind::Service => "Service",
        ActorKind::Application => "Application",
        ActorKind::Group => "Group",
        ActorKind::Organization => "Organization",
    }
}

fn picture(picture: &Picture) -> Value {
    json!({ "type": "Image", "mediaType": picture.media_type, "url": picture.url })
}
