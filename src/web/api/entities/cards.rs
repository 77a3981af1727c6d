//! How posts stand for a viewer: from what this process knows, checked against the database, else from the database.
//! Never shows a post of which SQL did not say that it may be seen.

use sqlx::PgConnection;

use crate::app::App;
use crate::db;
use crate::db::posts::Card;
use crate::domain::ids::{AccountId, PostId};

/// Fewer posts than this are looked up at once: the question whether they are known would cost as much.
const WORTH_A_GLANCE: usize = 3;

/// The cards of those of `ids` that the viewer may see, in no order. `db`: a connection whose statements each see what
/// is committed (no transaction with one snapshot for all).
pub async fn of(
    app: &App,
    db: &mut PgConnection,
    viewer: AccountId,
    ids: &[PostId],
) -> sqlx::Result<Vec<Card>> {
    if ids.len() < WORTH_A_GLANCE {
        return db::posts::cards(db, viewer, ids).await;
    }
    let known = &app.caches.cards;
    let asked = known.ask();
    let glance = db::glances::glance(db, viewer, ids, asked.horizon).await?;
    let mut read = known.read(asked, &glance, ids);
    if !read.unknown.is_empty() {
        let asked = known.ask();
        let cards = db::posts::cards(db, viewer, &read.unknown).await?;
        if glance.settled {
            known.learn(asked, &cards);
        }
        read.cards.extend(cards);
    }
    Ok(read.cards)
}
