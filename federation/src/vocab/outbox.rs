//! What an actor's outbox lists, newest first. Never takes what the actor only passes on for a post of the actor's own.

use serde_json::Value;
use url::Url;

use super::collection::whole_items;
use super::{Collection, Note, VocabError, value};

/// An outbox, or a page of one.
#[derive(Debug, Clone, PartialEq)]
pub struct Outbox {
    /// The posts in it.
    pub posts: Vec<Listed>,
    /// The first page, when it is not embedded.
    pub first: Option<Url>,
    /// The next page, on the same server.
    pub next: Option<Url>,
    /// How many there are in all, as it says.
    pub total_items: Option<u64>,
}

/// A post that is listed.
#[derive(Debug, Clone, PartialEq)]
pub enum Listed {
    /// With all that it says.
    Whole(Box<Note>),
    /// To be fetched.
    At(Url),
}

impl Outbox {
    /// Reads an outbox or a page of one; what cannot be read in it is left out.
    pub fn read(value: &Value) -> Result<Self, VocabError> {
        let collection = Collection::read(value)?;
        Ok(Self {
            posts: whole_items(value).filter_map(listed).collect(),
            first: collection.first,
            next: collection.next,
            total_items: collection.total_items,
        })
    }
}

fn listed(item: &Value) -> Option<Listed> {
    if value::is_kind(item, "Create") {
        let object = value::each(item.get("object"), 1).next()?;
        return match object.is_object() && Note::is_one(object) {
            true => whole(object),
            false => value::id(Some(object)).map(Listed::At),
        };
    }
    match item {
        Value::String(_) => value::id(Some(item)).map(Listed::At),
        _ if Note::is_one(item) => whole(item),
        _ => None,
    }
}

fn whole(note: &Value) -> Option<Listed> {
    Note::read(note).ok().map(|note| Listed::Whole(Box::new(note)))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn posts_are_found_in_the_shapes_of_peers_and_what_is_passed_on_is_none() {
        let note = json!({ "id": "https://h.example/1", "type": "Note", "attributedTo": "https://h.example/users/ana" });
        let outbox = Outbox::read(&json!({
            "id": "https://h.example/outbox", "type": "OrderedCollection", "totalItems": 6,
            "first": {
                "type": "OrderedCollectionPage", "next": "https://h.example/outbox?page=2",
                "orderedItems": [
                    { "type": "Create", "object": note }, note, { "type": "Create", "object": "https://h.example/2" },
                    "https://h.example/3", { "type": "Announce", "object": "https://else.example/4" },
                    { "type": "Create", "object": { "type": "Note", "id": "https://h.example/5" } }, 7,
                ],
            },
        }))
        .unwrap();
        let whole = outbox
            .posts
            .iter()
            .filter(|post| matches!(post, Listed::Whole(_)));
        assert_eq!((whole.count(), outbox.posts.len()), (2, 4));
        assert!(outbox.first.is_none() && outbox.next.is_some());
        // Pixelfed tells how many there are, and none of them.
        let silent =
            json!({ "id": "https://p.example/outbox", "type": "OrderedCollection", "totalItems": 9 });
        assert!(Outbox::read(&silent).unwrap().posts.is_empty());
    }
}
