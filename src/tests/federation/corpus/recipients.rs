//! Puts somebody here, or a post of theirs, in the place of whom a document is for or about: elsewhere it would concern
//! nobody. Changes nothing of what it says.

use serde_json::{Value, json};

use super::documents::{id_of, post, rewritten, type_of};
use crate::support::actor::PUBLIC;

/// Whose server it is sent to.
pub struct Us {
    pub authority: String,
    pub person: String,
    pub post: String,
}

/// The people here in documents of GoToSocial, whose tests take this for their own server.
const THEIR_OWN: &str = "http://localhost:8080/users/";

pub fn give(document: &mut Value, us: &Us) {
    match type_of(document) {
        "Undo" if document["object"].is_object() => give(&mut document["object"], us),
        "Follow" | "Block" => put(document, "/object", &us.person),
        "Accept" | "Reject" => put(document, "/object/actor", &us.person),
        "Like" | "Dislike" | "EmojiReact" => put(document, "/object", &us.post),
        "Flag" => accuse(document, us),
        _ => address(document, us),
    }
}

fn put(document: &mut Value, place: &str, who: &str) {
    if let Some(found) = document.pointer_mut(place) {
        *found = json!(who);
    }
}

/// Of several the first is a person; alone it is a post, unless its address says whose it is.
fn accuse(document: &mut Value, us: &Us) {
    document["object"] = match &document["object"] {
        Value::Array(_) => json!([us.person, us.post]),
        one => match id_of(one) {
            Some(id) if id.contains("Account") => json!(us.person),
            _ => json!(us.post),
        },
    };
}

/// A letter to nobody but one is to somebody here; so is what names, or answers, somebody on a server that its author does not
/// live on and that its collectors took for their own.
fn address(document: &mut Value, us: &Us) {
    let Some(post) = post(document) else { return };
    let named = [&post["to"], &post["cc"]].map(|list| match list {
        Value::Array(many) => many.iter().filter_map(Value::as_str).collect(),
        one => Vec::from_iter(one.as_str()),
    });
    let named: Vec<&str> = named.concat();
    let is_for_many = |to: &&str| **to == *PUBLIC || to.contains("ollowers");
    let author = id_of(&post["attributedTo"]).unwrap_or_default();
    let whom = if !named.iter().any(is_for_many) {
        named.first().map(|&whom| whom.to_owned())
    } else if author.starts_with(THEIR_OWN) {
        None
    } else {
        let theirs = |to: &&&str| to.starts_with(THEIR_OWN);
        named.iter().find(theirs).map(|&whom| whom.to_owned())
    };
    let Some(whom) = whom else { return };
    let of_theirs = format!("{whom}/");
    *document = rewritten(document, &mut |text| match text {
        same if same == whom => us.person.clone(),
        answered if answered.starts_with(&of_theirs) => us.post.clone(),
        other => other.to_owned(),
    });
}
