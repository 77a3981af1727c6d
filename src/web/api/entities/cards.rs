//! How posts stand for a viewer: from what this process knows, checked against the database, else from the database.
//! Never shows a post of which SQL did not say that it may be seen.

use std::sync::Arc;

use sqlx::PgConnection;

use super::filters;
use crate::app::App;
use crate::caches::Question;
use crate::db;
use crate::db::glances::Glance;
use crate::db::posts::Card;
use crate::domain::filter::Filters;
use crate::domain::ids::{AccountId, PostId};

/// Fewer posts than this are looked up at once: the question whether they are known would cost as much.
const WORTH_A_GLANCE: usize = 3;

/// A glance at posts, and where the memory stood before it was asked for.
#[derive(Debug)]
pub struct Glanced {
    pub question: Question,
    pub glance: Glance,
}

/// What a viewer meets.
#[derive(Debug)]
pub struct Met {
    /// In no order.
    pub cards: Vec<Card>,
    /// What they do not want to meet.
    pub filters: Arc<Filters>,
}

/// The cards of those of `ids` that the viewer may see, and their filters. `db`: a connection whose statements each see what
/// is committed (no transaction with one snapshot for all).
pub async fn of(
    app: &App,
    db: &mut PgConnection,
    viewer: AccountId,
    ids: &[PostId],
    glanced: Option<Glanced>,
) -> sqlx::Result<Met> {
    let known = &app.caches.cards;
    let Glanced { question, glance } = match glanced {
        Some(glanced) => glanced,
        None if ids.len() < WORTH_A_GLANCE => {
            return Ok(Met {
                cards: db::posts::cards(db, viewer, ids).await?,
                filters: filters::now(app, db, viewer).await?,
            });
        }
        None => {
            let question = known.ask();
            let glance = db::glances::glance(db, viewer, ids, question.horizon).await?;
            Glanced { question, glance }
        }
    };
    let filters = filters::of(app, db, viewer, glance.filters).await?;
    let mut read = known.read(question, &glance, ids);
    if !read.unknown.is_empty() {
        let question = known.ask();
        let cards = db::posts::cards(db, viewer, &read.unknown).await?;
        if glance.settled {
            known.learn(question, &cards);
        }
        read.cards.extend(cards);
    }
    Ok(Met {
        cards: read.cards,
        filters,
    })
}
