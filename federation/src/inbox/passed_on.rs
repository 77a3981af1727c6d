//! What a group passes on of what others did (FEP-1b12: Lemmy, Mbin, PieFed, NodeBB). Never believes what is embedded:
//! of all of it, only the address of what it is about counts.

use serde_json::Value;

use super::received::{PassedOn, Received};
use crate::vocab::{recipients, value};

/// What an Announce says that holds the activity `passed`; `None` when that is none, but a post.
pub(super) fn read(announce: &Value, passed: &Value) -> Option<Received> {
    let kind = value::kinds(passed).next()?;
    let what: Option<fn(url::Url) -> PassedOn> = match kind {
        "Create" => Some(PassedOn::Created),
        "Update" => Some(PassedOn::Changed),
        "Delete" => Some(PassedOn::Deleted),
        // Nobody can be asked whether a vote or a block is whose it is said to be.
        "Like" | "EmojiReact" | "Dislike" | "Undo" | "Add" | "Remove" | "Block" | "Flag" | "Lock"
        | "Announce" | "Follow" | "Accept" | "Reject" | "Move" => None,
        _ => return None,
    };
    let what = what.zip(value::id(passed.get("object")));
    Some(what.map_or_else(
        || Received::Unknown {
            kind: format!("Announce of {kind}"),
        },
        |(what, object)| Received::PassOn {
            what: what(object),
            to: recipients(announce.get("to")),
            cc: recipients(announce.get("cc")),
        },
    ))
}
