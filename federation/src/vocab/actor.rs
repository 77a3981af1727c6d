//! Actors as peers describe them. Never takes a key, an inbox or a collection of another server for an actor's own.

use chrono::{DateTime, Utc};
use serde_json::Value;
use url::Url;

use super::tag::Tags;
use super::{Emoji, VocabError, value};
use crate::origin::same_origin;

const LONGEST_NAME: usize = 2048;
const LONGEST_SUMMARY: usize = 20 * 1024;
const LONGEST_FIELD: usize = 2048;
const MOST_FIELDS: usize = 50;
const MOST_ALIASES: usize = 256;
const MOST_KEYS: usize = 10;
const LONGEST_PEM: usize = 8 * 1024;

/// What an actor is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ActorKind {
    /// A person.
    Person,
    /// A bot.
    Service,
    /// A server's own actor, or a bot.
    Application,
    /// A group.
    Group,
    /// An organisation.
    Organization,
}

/// A public key in an actor's document; its `owner` is the actor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActorKey {
    /// The key's address.
    pub id: Url,
    /// The key as PEM, still to be parsed.
    pub pem: String,
}

/// An actor. Every address that is used to speak to it or to judge its posts is of the actor's own origin.
#[derive(Debug, Clone, PartialEq)]
pub struct Actor {
    /// Who it is.
    pub id: Url,
    /// What it is.
    pub kind: ActorKind,
    /// The name before the host, unconfirmed until WebFinger leads back.
    pub preferred_username: String,
    /// The display name.
    pub name: Option<String>,
    /// What it says about itself, in HTML that has not been cleaned.
    pub summary_html: Option<String>,
    /// Its page for people; may be on another host, and so is only a link.
    pub url: Option<Url>,
    /// Where letters to it go.
    pub inbox: Url,
    /// What it has sent.
    pub outbox: Option<Url>,
    /// Who follows it.
    pub followers: Option<Url>,
    /// Whom it follows.
    pub following: Option<Url>,
    /// What it has pinned.
    pub featured: Option<Url>,
    /// Where one letter for many on its server goes.
    pub shared_inbox: Option<Url>,
    /// The keys that it may sign with.
    pub public_keys: Vec<ActorKey>,
    /// The small picture.
    pub icon_url: Option<Url>,
    /// The wide picture.
    pub image_url: Option<Url>,
    /// Whether it chooses its followers.
    pub manually_approves_followers: bool,
    /// Whether it wants to be suggested; `None` when it does not say.
    pub discoverable: Option<bool>,
    /// Whether its posts may be searched; `None` when it does not say.
    pub indexable: Option<bool>,
    /// Since when it is there.
    pub published: Option<DateTime<Utc>>,
    /// Name and HTML value of its fields.
    pub fields: Vec<(String, String)>,
    /// Other actors that it says it is, too.
    pub also_known_as: Vec<Url>,
    /// The actor that it says has taken its place.
    pub moved_to: Option<Url>,
    /// The emoji of its name and summary.
    pub emojis: Vec<Emoji>,
}

impl ActorKind {
    fn read(value: &Value) -> Option<Self> {
        value::kinds(value).find_map(|name| match name {
            "Person" => Some(Self::Person),
            "Service" => Some(Self::Service),
            "Application" => Some(Self::Application),
            "Group" => Some(Self::Group),
            "Organization" => Some(Self::Organization),
            _ => None,
        })
    }
}

impl Actor {
    /// Whether a document is meant to be an actor.
    pub(crate) fn is_one(value: &Value) -> bool {
        ActorKind::read(value).is_some()
    }

    /// Reads an actor's document.
    pub fn read(value: &Value) -> Result<Self, VocabError> {
        let kind = ActorKind::read(value).ok_or(VocabError::WrongKind)?;
        let id = value::id(value.get("id")).ok_or(VocabError::Missing("id"))?;
        let inbox = value::id(value.get("inbox")).ok_or(VocabError::Missing("inbox"))?;
        // Letters sent to an inbox elsewhere would let one server aim others at a third.
        if !same_origin(&inbox, &id) {
            return Err(VocabError::WrongOrigin("inbox"));
        }
        let own = |key: &str| value::id(value.get(key)).filter(|url| same_origin(url, &id));
        let shared = value
            .get("endpoints")
            .and_then(|endpoints| value::id(endpoints.get("sharedInbox")));
        let username = value::text(value.get("preferredUsername"), 256);
        Ok(Self {
            kind,
            preferred_username: username.ok_or(VocabError::Missing("preferredUsername"))?,
            name: value::text(value.get("name"), LONGEST_NAME),
            summary_html: value::text(value.get("summary"), LONGEST_SUMMARY),
            url: value::link(value.get("url")),
            outbox: own("outbox"),
            followers: own("followers"),
            following: own("following"),
            featured: own("featured"),
            shared_inbox: shared.filter(|url| same_origin(url, &id)),
            public_keys: keys(value.get("publicKey"), &id),
            icon_url: value::link(value.get("icon")),
            image_url: value::link(value.get("image")),
            manually_approves_followers: value::flag(value.get("manuallyApprovesFollowers")).unwrap_or(false),
            discoverable: value::flag(value.get("discoverable")),
            indexable: value::flag(value.get("indexable")),
            published: value::time(value.get("published")),
            fields: fields(value.get("attachment")),
            also_known_as: value::ids(value.get("alsoKnownAs"), MOST_ALIASES),
            moved_to: value::id(value.get("movedTo")),
            emojis: Tags::read(value.get("tag")).emojis,
            inbox,
            id,
        })
    }

    /// Whether it is run by a program.
    pub fn is_bot(&self) -> bool {
        matches!(self.kind, ActorKind::Service | ActorKind::Application)
    }

    /// The key with this address.
    pub fn key(&self, key_id: &Url) -> Option<&ActorKey> {
        self.public_keys.iter().find(|key| key.id == *key_id)
    }
}

/// One or many keys; those that another actor owns or that live on another server are not this actor's.
fn keys(keys: Option<&Value>, actor: &Url) -> Vec<ActorKey> {
    value::each(keys, MOST_KEYS)
        .filter_map(|key| {
            let id = value::id(key.get("id"))?;
            let owner = value::id(key.get("owner").or_else(|| key.get("controller")));
            let pem = value::text(key.get("publicKeyPem"), LONGEST_PEM)?;
            let own = owner.is_none_or(|owner| owner == *actor) && same_origin(&id, actor);
            own.then_some(ActorKey { id, pem })
        })
        .collect()
}

fn fields(attachments: Option<&Value>) -> Vec<(String, String)> {
    value::each(attachments, MOST_FIELDS)
        .filter(|field| value::is_kind(field, "PropertyValue"))
        .filter_map(|field| {
            let name = value::text(field.get("name"), LONGEST_FIELD)?;
            Some((
                name,
                value::text(field.get("value"), LONGEST_FIELD).unwrap_or_default(),
            ))
        })
        .collect()
}
