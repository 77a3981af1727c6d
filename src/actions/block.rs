//! Blocking somebody: neither meets the other any more. The other is not told; only follows that end are.

use sqlx::PgConnection;
use url::Url;

use super::parties::{self, PartyError};
use super::{follow_letters, unfollow};
use crate::app::App;
use crate::bus::Queue;
use crate::db;
use crate::db::follows::Follow;
use crate::domain::account::Account;
use crate::domain::ids::{AccountId, RelationId};

/// The follows that a block ended.
#[derive(Debug, Default)]
struct Ended {
    of_blocked: Option<Follow>,
    of_blocker: Option<Follow>,
}

/// Somebody here blocks somebody. Blocking oneself, or again, changes nothing.
pub async fn local(app: &App, me: AccountId, target: AccountId) -> Result<(), PartyError> {
    let mut tx = app.db.begin().await?;
    let (me, target) = parties::both(&mut tx, me, target).await?;
    if me.id == target.id {
        return Ok(());
    }
    let ended = put(app, &mut tx, &me, &target, None).await?;
    if let Some(follow) = &ended.of_blocked {
        follow_letters::take_back(app, &mut tx, &me, &target, follow).await?;
    }
    if let Some(follow) = &ended.of_blocker {
        follow_letters::end(app, &mut tx, &me, &target, follow).await?;
    }
    tx.commit().await?;
    app.bus.wake(Queue::Outbox);
    Ok(())
}

/// A peer's person blocks somebody here. Their server has ended the follows by itself: it gets no letters.
pub async fn remote(
    app: &App,
    db: &mut PgConnection,
    actor: &Account,
    id: &Url,
    object: &Url,
) -> sqlx::Result<()> {
    if let Some(target) = parties::here(db, object).await? {
        put(app, db, actor, &target, Some(id.as_str())).await?;
    }
    Ok(())
}

/// Writes the block and what it means: both are hidden from each other and follow each other no longer.
async fn put(
    app: &App,
    db: &mut PgConnection,
    blocker: &Account,
    blocked: &Account,
    uri: Option<&str>,
) -> sqlx::Result<Ended> {
    db::pairs::lock(db, blocker.id, blocked.id).await?;
    let id = RelationId(app.ids.next());
    if !db::blocks::insert(db, id, blocker.id, blocked.id, uri, app.clock.now()).await? {
        return Ok(Ended::default());
    }
    db::hidden::settle(db, blocker.id, blocked.id).await?;
    let ended = Ended {
        of_blocked: unfollow::end(app, db, blocker, blocked).await?,
        of_blocker: unfollow::end(app, db, blocked, blocker).await?,
    };
    db::notifications::forget_from(db, blocker.id, blocked.id).await?;
    Ok(ended)
}
