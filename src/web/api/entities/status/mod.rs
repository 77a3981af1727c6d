//! The Status entity, in one place. What is the same for every reader is kept ready under (id, version), so that an edit
//! is never missed; numbers and the reader's flags are always fresh. Pieced together as text: a page is 20 of these.

mod common;
mod parts;
mod quote;
mod quoted;

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use serde_json::value::RawValue;
use sqlx::PgConnection;

use super::cards::{self, Met};
use super::filtered;
use crate::app::App;
use crate::db::posts::Card;
use crate::domain::account::Account;
use crate::domain::filter::{Contexts, Filters};
use crate::domain::ids::{AccountId, PostId};
use crate::domain::post::Post;
use crate::web::error::ApiResult;

pub use common::{page, uri};
pub use parts::Parts;

/// A rendered status and what its card said.
#[derive(Debug)]
pub struct Rendered {
    pub card: Card,
    /// Pieced together from JSON; to be looked through again only where something else embeds it.
    pub json: Vec<u8>,
    /// Where the viewer's filters leave it out.
    pub hidden_in: Contexts,
}

impl Rendered {
    pub fn into_json(self) -> Box<RawValue> {
        raw(self.json)
    }
}

fn raw(json: Vec<u8>) -> Box<RawValue> {
    let text = String::from_utf8(json).expect("all its pieces are text");
    RawValue::from_string(text).expect("all its pieces are JSON")
}

/// Statuses in the order of `ids`, without those that `viewer` may not see.
pub async fn many(
    app: &App,
    db: &mut PgConnection,
    viewer: AccountId,
    ids: &[PostId],
) -> ApiResult<Vec<Rendered>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let Met { cards, filters } = cards::of(app, db, viewer, ids, None).await?;
    let mut parts = Parts::gather(app, db, &cards).await?;
    parts
        .add_votes(db, cards.iter().map(|card| (viewer, card)))
        .await?;
    let met: Vec<_> = cards.iter().map(|card| (viewer, card)).collect();
    let theirs = HashMap::from([(viewer, filters.clone())]);
    parts.add_quotes(app, db, &met, &theirs).await?;
    let now = app.clock.now();
    let mut by_id: HashMap<PostId, Card> = cards.into_iter().map(|card| (card.id, card)).collect();
    let rendered = ids.iter().filter_map(|id| {
        let card = by_id.remove(id)?;
        let filtered = filtered::judge(app, &parts, viewer, &filters, &card, now);
        parts.render(card, viewer, filtered)
    });
    Ok(rendered.collect())
}

/// One status, if `viewer` may see it.
pub async fn one(
    app: &App,
    db: &mut PgConnection,
    viewer: AccountId,
    id: PostId,
) -> ApiResult<Option<Rendered>> {
    Ok(many(app, db, viewer, &[id]).await?.pop())
}

/// Statuses by cards of which each says what its viewer may see, one rendering for each; without those of which a part went
/// away. For telling many of one post: what is the same for all of them is gathered once.
pub async fn for_viewers(
    app: &App,
    db: &mut PgConnection,
    cards: Vec<(AccountId, Card)>,
    filters: &HashMap<AccountId, Arc<Filters>>,
) -> ApiResult<Vec<(AccountId, Rendered)>> {
    let (viewers, cards): (Vec<AccountId>, Vec<Card>) = cards.into_iter().unzip();
    let mut parts = Parts::gather(app, db, &cards).await?;
    parts.add_votes(db, viewers.iter().copied().zip(&cards)).await?;
    let met: Vec<_> = viewers.iter().copied().zip(&cards).collect();
    parts.add_quotes(app, db, &met, filters).await?;
    let now = app.clock.now();
    let rendered = viewers.into_iter().zip(cards).filter_map(|(viewer, card)| {
        let filters = filters.get(&viewer);
        let filtered = filters.and_then(|theirs| filtered::judge(app, &parts, viewer, theirs, &card, now));
        Some((viewer, parts.render(card, viewer, filtered)?))
    });
    Ok(rendered.collect())
}

/// Whether these posts are not the same for all who have nothing to do with them; gives those that are not.
pub async fn personal(app: &App, db: &mut PgConnection, cards: &[Card]) -> ApiResult<HashSet<PostId>> {
    let parts = Parts::gather(app, db, cards).await?;
    let personal = cards.iter().filter(|card| parts.is_personal(card));
    Ok(personal.map(|card| card.id).collect())
}

/// A status that was written a moment ago and quotes nothing: nobody has done anything with it, so nothing is asked of the
/// database.
pub fn fresh(app: &App, post: &Post, author: &Account) -> Box<RawValue> {
    let parts = Parts::of_one(app, post, author);
    written(&parts, &own_card(post, author, [0; 4]), author.id)
}

/// A status to whoever wrote it, without what they did with it themselves; also one that nobody may see. The numbers are those
/// of likes, reposts, replies and quotes.
pub async fn to_its_author(
    app: &App,
    db: &mut PgConnection,
    post: &Post,
    author: &Account,
    numbers: [i32; 4],
) -> ApiResult<Box<RawValue>> {
    let card = own_card(post, author, numbers);
    let mut parts = Parts::of_one(app, post, author);
    parts
        .add_quotes(app, db, &[(author.id, &card)], &HashMap::new())
        .await?;
    Ok(written(&parts, &card, author.id))
}

fn written(parts: &Parts, card: &Card, viewer: AccountId) -> Box<RawValue> {
    let mut json = Vec::new();
    parts
        .write(&mut json, card, viewer, None)
        .expect("both parts are there");
    raw(json)
}

fn own_card(post: &Post, author: &Account, [likes, reposts, replies, quotes]: [i32; 4]) -> Card {
    Card {
        id: post.id,
        version: post.version,
        author_id: author.id,
        author_version: author.version,
        audience: post.audience,
        shown_id: post.id,
        shown_version: post.version,
        shown_author_id: author.id,
        shown_author_version: author.version,
        likes,
        reposts,
        replies,
        quotes,
        flags: 0,
        reasons: 0,
    }
}
