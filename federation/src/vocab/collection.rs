//! Collections and their pages as peers serve them. Never walks to another page: it says where that would be.

use serde_json::Value;
use url::Url;

use super::{VocabError, value};
use crate::origin::same_origin;

const MOST_ITEMS: usize = 200;

/// A collection or a page of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Collection {
    /// Its address.
    pub id: Option<Url>,
    /// How many it says there are.
    pub total_items: Option<u64>,
    /// The addresses of its items, in order; those of an embedded first page too.
    pub items: Vec<Url>,
    /// The first page, when it is not embedded. Absent: the owner hides the items.
    pub first: Option<Url>,
    /// The next page, on the same server.
    pub next: Option<Url>,
}

impl Collection {
    /// Reads a collection or a page.
    pub fn read(value: &Value) -> Result<Self, VocabError> {
        Self::read_up_to(value, MOST_ITEMS)
    }

    /// The same with at most so many items. Whoever needs all of them compares their number with `most`.
    pub fn read_up_to(value: &Value, most: usize) -> Result<Self, VocabError> {
        let is_collection = |name: &str| {
            matches!(
                name,
                "Collection" | "OrderedCollection" | "CollectionPage" | "OrderedCollectionPage"
            )
        };
        if !value::kinds(value).any(is_collection) {
            return Err(VocabError::WrongKind);
        }
        let id = value::id(value.get("id"));
        let embedded = value.get("first").filter(|first| first.get("type").is_some());
        let mut items = items(value, most);
        items.extend(embedded.map(|page| self::items(page, most)).unwrap_or_default());
        items.truncate(most);
        let own = |url: Option<Url>| url.filter(|url| id.as_ref().is_none_or(|id| same_origin(id, url)));
        let next = value.get("next").or_else(|| embedded?.get("next"));
        Ok(Self {
            total_items: value::count(value.get("totalItems")),
            items,
            first: own(value::id(value.get("first").filter(|_| embedded.is_none()))),
            next: own(value::id(next)),
            id,
        })
    }
}

fn items(page: &Value, most: usize) -> Vec<Url> {
    value::ids(items_of(page), most)
}

fn items_of(page: &Value) -> Option<&Value> {
    page.get("orderedItems").or_else(|| page.get("items"))
}

/// The items themselves, those of an embedded first page too.
pub(super) fn whole_items(collection: &Value) -> impl Iterator<Item = &Value> {
    let own = value::each(items_of(collection), MOST_ITEMS);
    let first = collection.get("first").and_then(items_of);
    own.chain(value::each(first, MOST_ITEMS)).take(MOST_ITEMS)
}

/// Where the answers to a post are, as its document has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Replies {
    /// To be fetched.
    At(Url),
    /// Some came along.
    Here(Box<Collection>),
}

impl Replies {
    pub(super) fn read(replies: Option<&Value>) -> Option<Self> {
        let replies = replies?;
        let leads_on =
            |found: &Collection| !found.items.is_empty() || found.first.is_some() || found.next.is_some();
        match Collection::read(replies).ok().filter(leads_on) {
            Some(collection) => Some(Self::Here(Box::new(collection))),
            None => value::id(Some(replies)).map(Self::At),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn items_of_an_embedded_first_page_are_read_and_foreign_pages_are_not_named() {
        let read = Collection::read(&json!({
            "id": "https://h.example/replies", "type": "Collection", "totalItems": 3,
            "first": { "type": "CollectionPage", "items": ["https://h.example/1", { "id": "https://h.example/2" }, 5],
                       "next": "https://evil.example/replies?page=2" },
        }))
        .unwrap();
        assert_eq!(read.items.len(), 2);
        assert_eq!((read.total_items, read.first, read.next), (Some(3), None, None));
        assert_eq!(
            Collection::read(&json!({ "type": "Note" })),
            Err(VocabError::WrongKind)
        );
    }
}
