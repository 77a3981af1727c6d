//! Letters about blocks, where the server is run so that the blocked are told. Never changes a row of one.

use sqlx::PgConnection;

use super::letters::{self, Activity};
use crate::app::App;
use crate::domain::account::Account;
use crate::domain::ids::RelationId;
use crate::domain::work::Recipients;
use crate::translate::activity;

/// The address of a Block that somebody here sends.
pub fn address(blocker: &Account, id: RelationId) -> String {
    format!("{}#blocks/{id}", blocker.uri)
}

/// Tells the server of somebody who is blocked. `uri`: the Block's address.
pub async fn tell(
    app: &App,
    db: &mut PgConnection,
    blocker: &Account,
    blocked: &Account,
    uri: &str,
) -> sqlx::Result<()> {
    let body = activity::block(blocker, uri, &blocked.uri);
    send(app, db, (blocker, blocked), body).await
}

/// Tells it that this is over.
pub async fn take_back(
    app: &App,
    db: &mut PgConnection,
    blocker: &Account,
    blocked: &Account,
    uri: &str,
) -> sqlx::Result<()> {
    let body = activity::undo_block(blocker, uri, &blocked.uri);
    send(app, db, (blocker, blocked), body).await
}

/// Kept even for a host that seems dead: it must not think for ever what is no longer so.
async fn send(
    app: &App,
    db: &mut PgConnection,
    (from, to): (&Account, &Account),
    body: String,
) -> sqlx::Result<()> {
    let activity = Activity {
        body,
        post: None,
        lasting: true,
    };
    letters::send(app, db, from.id, &activity, Recipients::one(to.id)).await
}
