//! Blocking somebody: neither meets the other any more. The other is told only where the server is run so; else only follows
//! that end are.

use sqlx::PgConnection;
use url::Url;

use super::parties::{self, PartyError};
use super::{block_letters, follow_letters, unfollow};
use crate::app::App;
use crate::bus::Queue;
use crate::db;
use crate::db::follows::Follow;
use crate::domain::account::Account;
use crate::domain::ids::{AccountId, RelationId};

/// A block to be written.
struct Block<'a> {
    id: RelationId,
    /// Under which address the other server knows of it, if it does.
    uri: Option<&'a str>,
}

/// The follows that a new block ended.
#[derive(Debug)]
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
    let id = RelationId(app.ids.next());
    let told = app.config.tell_blocks && !target.is_local();
    let uri = told.then(|| block_letters::address(&me, id));
    let block = Block {
        id,
        uri: uri.as_deref(),
    };
    let Some(ended) = put(app, &mut tx, &me, &target, &block).await? else {
        return Ok(());
    };
    if let Some(uri) = &uri {
        block_letters::tell(app, &mut tx, &me, &target, uri).await?;
    }
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
        let block = Block {
            id: RelationId(app.ids.next()),
            uri: Some(id.as_str()),
        };
        put(app, db, actor, &target, &block).await?;
    }
    Ok(())
}

/// Writes the block and what it means: both are hidden from each other and follow each other no longer. None where it was there
/// before.
async fn put(
    app: &App,
    db: &mut PgConnection,
    blocker: &Account,
    blocked: &Account,
    block: &Block<'_>,
) -> sqlx::Result<Option<Ended>> {
    db::pairs::lock(db, blocker.id, blocked.id).await?;
    let now = app.clock.now();
    if !db::blocks::insert(db, block.id, blocker.id, blocked.id, block.uri, now).await? {
        return Ok(None);
    }
    db::hidden::settle(db, blocker.id, blocked.id).await?;
    let ended = Ended {
        of_blocked: unfollow::end(app, db, blocker, blocked).await?,
        of_blocker: unfollow::end(app, db, blocked, blocker).await?,
    };
    db::notifications::forget_from(db, blocker.id, blocked.id).await?;
    Ok(Some(ended))
}
