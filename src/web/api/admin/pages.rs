//! Pages of the lists that moderators keep, as long as Mastodon's. Queries nothing.

use axum::response::Response;
use serde::Serialize;

use crate::web::page::{Pager, Range};
use crate::web::params::Params;

const USUAL: i64 = 100;
const MOST: i64 = 200;

pub fn range(params: &Params) -> Range {
    Range::read(params, USUAL, MOST)
}

/// The answer with what was found for `range` and one more, whose entities need nothing else.
pub fn answer<T, E>(pager: &Pager<'_>, range: &Range, found: Vec<T>, id: impl Fn(&T) -> i64) -> Response
where
    E: From<T> + Serialize,
{
    let page = range.cut(found);
    let ids: Vec<i64> = page.found.iter().map(id).collect();
    let entities: Vec<E> = page.found.into_iter().map(E::from).collect();
    pager.respond(&entities, &ids, page.older)
}
