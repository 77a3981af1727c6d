//! From bytes to [`Received`]. Never lets the order of fields or an unknown type decide: `type` chooses, then fields are read.

use aws_lc_rs::digest::{SHA256, digest};
use serde_json::Value;
use url::Url;

use super::{Envelope, FollowRef, Received, Refusal, Undone, Updated, passed_on, quote, reaction};
use crate::json;
use crate::origin::same_origin;
use crate::vocab::value::{self, id, is_kind, text};
use crate::vocab::{Actor, Note, PUBLIC, VocabError, recipients};

const MOST_REPORTED: usize = 100;
const LONGEST_REPORT: usize = 5_000;
const LONGEST_KIND: usize = 100;

/// Reads a letter that `signer` (the actor who owns the key) has signed.
pub fn read(body: &[u8], signer: &Url) -> Result<Envelope, Refusal> {
    let activity = json::parse(body).map_err(|_| Refusal::Malformed("not acceptable JSON"))?;
    let actor = id(activity.get("actor")).ok_or(Refusal::Malformed("no actor"))?;
    // The same person, not only the same server. A forwarded letter is refetched from its origin by who wants it.
    if actor != *signer {
        return Err(Refusal::NotTheirs);
    }
    let kind = text(value::each(activity.get("type"), 1).next(), LONGEST_KIND)
        .ok_or(Refusal::Malformed("no type"))?;
    let id = own_id(&activity, &kind, &actor, body)?;
    let received = received(&kind, &activity, &actor)?;
    Ok(Envelope { id, actor, received })
}

fn own_id(activity: &Value, kind: &str, actor: &Url, body: &[u8]) -> Result<Url, Refusal> {
    match activity.get("id") {
        None | Some(Value::Null) => {
            let harmless = matches!(
                kind,
                "Accept" | "Reject" | "Undo" | "Delete" | "Block" | "Like" | "Add" | "Remove"
            );
            if !harmless {
                return Err(Refusal::Malformed("no id"));
            }
            let hash: String = digest(&SHA256, body)
                .as_ref()
                .iter()
                .map(|byte| format!("{byte:02x}"))
                .collect();
            let mut id = actor.clone();
            id.set_fragment(Some(&format!("activity-{hash}")));
            Ok(id)
        }
        given => {
            let id = id(given).ok_or(Refusal::Malformed("id is not a web address"))?;
            if same_origin(&id, actor) {
                Ok(id)
            } else {
                Err(Refusal::NotTheirs)
            }
        }
    }
}

fn received(kind: &str, activity: &Value, actor: &Url) -> Result<Received, Refusal> {
    let object = || id(activity.get("object")).ok_or(Refusal::Malformed("no object"));
    Ok(match kind {
        "Follow" => Received::Follow { object: object()? },
        "Accept" | "Reject" => match quote::answered(kind, activity, actor)? {
            Some(answer) => answer,
            None => answered(kind, follow_ref(activity, actor)?),
        },
        "QuoteRequest" => quote::request(activity, actor, object()?)?,
        "Undo" => Received::Undo(undone(activity, actor)?),
        "Create" => create(activity, actor)?,
        "Update" => Received::Update(updated(activity, actor)?),
        "Delete" => deleted(object()?, actor)?,
        "Like" | "EmojiReact" => Received::Like {
            object: object()?,
            reaction: reaction::read(activity).map(Box::new),
        },
        "Announce" => announced(object()?, activity),
        "Block" => Received::Block { object: object()? },
        "Flag" => flag(activity)?,
        "Move" => moved(object()?, activity, actor)?,
        "Add" | "Remove" => pinned(kind, activity),
        _ => unknown(kind),
    })
}

fn announced(object: Url, activity: &Value) -> Received {
    embedded(activity)
        .and_then(|passed| passed_on::read(activity, passed))
        .unwrap_or_else(|| Received::Announce {
            object,
            published: value::time(activity.get("published")),
            to: recipients(activity.get("to")),
            cc: recipients(activity.get("cc")),
        })
}

fn answered(kind: &str, follow: Option<FollowRef>) -> Received {
    match follow {
        Some(follow) if kind == "Accept" => Received::Accept { follow },
        Some(follow) => Received::Reject { follow },
        None => unknown(kind),
    }
}

/// What has no address of its own, such as a featured hashtag or a story behind a bearer address, is not a pinned post.
fn pinned(kind: &str, activity: &Value) -> Received {
    match (id(activity.get("object")), id(activity.get("target"))) {
        (Some(object), Some(target)) if kind == "Add" => Received::Add { object, target },
        (Some(object), Some(target)) => Received::Remove { object, target },
        _ => unknown(kind),
    }
}

fn unknown(kind: &str) -> Received {
    Received::Unknown {
        kind: kind.to_owned(),
    }
}

/// The one object of an activity, when it is embedded.
pub(super) fn embedded(activity: &Value) -> Option<&Value> {
    value::each(activity.get("object"), 1)
        .next()
        .filter(|object| object.is_object())
}

/// The follow that an Accept or Reject is about; `None` when it is about something else (an invitation).
fn follow_ref(activity: &Value, actor: &Url) -> Result<Option<FollowRef>, Refusal> {
    let Some(follow) = embedded(activity) else {
        let id = id(activity.get("object")).ok_or(Refusal::Malformed("no object"))?;
        return Ok(Some(FollowRef {
            id: Some(id),
            follower: None,
        }));
    };
    if value::kinds(follow).next().is_some() && !is_kind(follow, "Follow") {
        return Ok(None);
    }
    // Only the one who was asked may answer; a relay is asked for everybody, and whose it is knows who asked.
    let is_other = |asked: &Url| asked != actor && asked.as_str() != PUBLIC;
    if id(follow.get("object")).as_ref().is_some_and(is_other) {
        return Err(Refusal::NotTheirs);
    }
    let found = FollowRef {
        id: id(follow.get("id")),
        follower: id(follow.get("actor")),
    };
    if found.id.is_none() && found.follower.is_none() {
        return Err(Refusal::Malformed("a follow without name"));
    }
    Ok(Some(found))
}

fn undone(activity: &Value, actor: &Url) -> Result<Undone, Refusal> {
    let own_id = id(activity.get("object"));
    if own_id.as_ref().is_some_and(|id| !same_origin(id, actor)) {
        return Err(Refusal::NotTheirs);
    }
    let by_id = |own_id: Option<Url>| {
        own_id
            .map(|id| Undone::Unknown { id })
            .ok_or(Refusal::Malformed("no object"))
    };
    let Some(inner) = embedded(activity) else {
        return by_id(own_id);
    };
    if id(inner.get("actor")).is_some_and(|author| author != *actor) {
        return Err(Refusal::NotTheirs);
    }
    let Some(object) = id(inner.get("object")) else {
        return by_id(own_id);
    };
    match value::kinds(inner).next() {
        Some("Follow") => Ok(Undone::Follow { id: own_id, object }),
        Some("Like" | "EmojiReact") => Ok(Undone::Like {
            id: own_id,
            object,
            reaction: reaction::read(inner).map(Box::new),
        }),
        Some("Announce") => Ok(Undone::Announce { id: own_id, object }),
        Some("Block") => Ok(Undone::Block { id: own_id, object }),
        _ => by_id(own_id),
    }
}

fn create(activity: &Value, actor: &Url) -> Result<Received, Refusal> {
    let address = id(activity.get("object")).ok_or(Refusal::Malformed("no object"))?;
    let Some(object) = embedded(activity) else {
        return Ok(Received::CreateById(address));
    };
    if !same_origin(&address, actor) {
        return Ok(Received::CreateById(address));
    }
    match own_note(object, actor)? {
        Some(note) => Ok(Received::Create(Box::new(note))),
        None => Ok(unknown("Create")),
    }
}

fn updated(activity: &Value, actor: &Url) -> Result<Updated, Refusal> {
    let address = id(activity.get("object")).ok_or(Refusal::Malformed("no object"))?;
    if !same_origin(&address, actor) {
        return Err(Refusal::NotTheirs);
    }
    let Some(object) = embedded(activity) else {
        return Ok(Updated::ById(address));
    };
    if Actor::is_one(object) {
        if address != *actor {
            return Err(Refusal::NotTheirs);
        }
        return Actor::read(object)
            .map(|actor| Updated::Actor(Box::new(actor)))
            .map_err(refusal);
    }
    let note = own_note(object, actor)?;
    Ok(note.map_or(Updated::ById(address), |note| Updated::Note(Box::new(note))))
}

/// An embedded post, if it is one; its author must be the actor.
pub(super) fn own_note(object: &Value, actor: &Url) -> Result<Option<Note>, Refusal> {
    if !Note::is_one(object) {
        return Ok(None);
    }
    let author = id(object.get("attributedTo")).or_else(|| id(object.get("actor")));
    match author {
        Some(author) if author == *actor => {}
        Some(_) => return Err(Refusal::NotTheirs),
        None => return Err(Refusal::Malformed("a post without author")),
    }
    Note::read(object).map(Some).map_err(refusal)
}

fn deleted(object: Url, actor: &Url) -> Result<Received, Refusal> {
    if !same_origin(&object, actor) {
        return Err(Refusal::NotTheirs);
    }
    let is_actor = object == *actor;
    Ok(Received::Delete { object, is_actor })
}

fn flag(activity: &Value) -> Result<Received, Refusal> {
    let objects = value::ids(activity.get("object"), MOST_REPORTED);
    if objects.is_empty() {
        return Err(Refusal::Malformed("no object"));
    }
    let content = text(activity.get("content"), LONGEST_REPORT)
        .or_else(|| text(activity.get("summary"), LONGEST_REPORT))
        .unwrap_or_default();
    Ok(Received::Flag { objects, content })
}

fn moved(object: Url, activity: &Value, actor: &Url) -> Result<Received, Refusal> {
    if object != *actor {
        return Err(Refusal::NotTheirs);
    }
    Ok(Received::Move {
        target: id(activity.get("target")).ok_or(Refusal::Malformed("no target"))?,
    })
}

fn refusal(error: VocabError) -> Refusal {
    match error {
        VocabError::WrongKind => Refusal::Malformed("type"),
        VocabError::Missing(field) => Refusal::Malformed(field),
        VocabError::WrongOrigin(_) => Refusal::NotTheirs,
    }
}
