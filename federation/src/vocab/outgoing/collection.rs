//! Collections that we serve. Never embeds a page: who hides the items gives no `first`.

use activitypub_federation::kinds::collection::{OrderedCollectionPageType, OrderedCollectionType};
use serde_json::json;
use url::Url;

use super::Document;

/// An ordered collection: how many there are, and where they begin. No `first` means that the items are hidden.
pub fn collection(id: &Url, total: u64, first: Option<&Url>) -> Document {
    Document::new(
        json!({
            "id": id,
            "type": OrderedCollectionType::OrderedCollection,
            "totalItems": total,
            "first": first,
        }),
        [],
    )
}

/// A whole collection at once, its items by address.
pub fn whole(id: &Url, items: &[Url]) -> Document {
    Document::new(
        json!({
            "id": id,
            "type": OrderedCollectionType::OrderedCollection,
            "totalItems": items.len(),
            "orderedItems": items,
        }),
        [],
    )
}

/// A page of one, with items by address or whole.
pub fn page(id: &Url, part_of: &Url, next: Option<&Url>, items: &[PageItem<'_>]) -> Document {
    let mut terms = Vec::new();
    let items: Vec<_> = items
        .iter()
        .map(|item| match item {
            PageItem::Address(url) => json!(url),
            PageItem::Whole(document) => {
                terms.extend(document.terms.iter().copied());
                document.inside()
            }
        })
        .collect();
    Document::new(
        json!({
            "id": id,
            "type": OrderedCollectionPageType::OrderedCollectionPage,
            "partOf": part_of,
            "next": next,
            "orderedItems": items,
        }),
        terms,
    )
}

/// An item of a page.
#[derive(Debug, Clone, Copy)]
pub enum PageItem<'a> {
    /// Its address only.
    Address(&'a Url),
    /// All of it.
    Whole(&'a Document),
}
