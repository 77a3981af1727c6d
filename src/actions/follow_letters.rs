//! Letters about follows: asked for, granted, refused, taken back. Never changes a row of one.

use sqlx::PgConnection;

use super::letters::{self, Activity};
use crate::app::App;
use crate::db::follows::Follow;
use crate::domain::account::Account;
use crate::domain::ids::RelationId;
use crate::domain::work::Recipients;
use crate::translate::activity;

/// The address of a Follow that somebody here sends.
pub fn address(follower: &Account, id: RelationId) -> String {
    format!("{}#follows/{id}", follower.uri)
}

/// The address under which a follow is spoken of.
fn address_of(follow: &Follow, follower: &Account) -> String {
    match &follow.uri {
        Some(uri) => uri.clone(),
        None => address(follower, follow.id),
    }
}

/// Answers have a new address each time: a peer that has lost the first would take the second for a repetition.
fn answer(app: &App, account: &Account, verb: &str) -> String {
    format!("{}#{verb}/{}", account.uri, app.ids.next())
}

/// Asks somebody elsewhere. `uri`: the Follow's address.
pub async fn ask(
    app: &App,
    db: &mut PgConnection,
    follower: &Account,
    followee: &Account,
    uri: &str,
) -> sqlx::Result<()> {
    let body = activity::follow(follower, uri, &followee.uri);
    send(app, db, follower, followee, passing(body)).await
}

/// Tells a follower elsewhere that they are one. `uri`: the address of their Follow.
pub async fn grant(
    app: &App,
    db: &mut PgConnection,
    followee: &Account,
    follower: &Account,
    uri: &str,
) -> sqlx::Result<()> {
    let body = activity::accept(followee, &answer(app, followee, "accepts"), uri, &follower.uri);
    send(app, db, followee, follower, passing(body)).await
}

/// Tells somebody elsewhere whose Follow has this address that they do not follow.
pub async fn refuse(
    app: &App,
    db: &mut PgConnection,
    followee: &Account,
    follower: &Account,
    uri: &str,
) -> sqlx::Result<()> {
    let body = activity::reject(followee, &answer(app, followee, "rejects"), uri, &follower.uri);
    send(app, db, followee, follower, lasting(body)).await
}

/// The same about a follow that was there, if the follower lives elsewhere.
pub async fn end(
    app: &App,
    db: &mut PgConnection,
    followee: &Account,
    follower: &Account,
    follow: &Follow,
) -> sqlx::Result<()> {
    if follower.is_local() {
        return Ok(());
    }
    refuse(app, db, followee, follower, &address_of(follow, follower)).await
}

/// Tells a followee elsewhere that somebody here follows no longer.
pub async fn take_back(
    app: &App,
    db: &mut PgConnection,
    follower: &Account,
    followee: &Account,
    follow: &Follow,
) -> sqlx::Result<()> {
    if followee.is_local() {
        return Ok(());
    }
    let body = activity::undo_follow(follower, &address_of(follow, follower), &followee.uri);
    send(app, db, follower, followee, lasting(body)).await
}

/// Tells somebody elsewhere, who takes somebody here for a follower, that they are none.
pub async fn disown(
    app: &App,
    db: &mut PgConnection,
    follower: &Account,
    followee: &Account,
) -> sqlx::Result<()> {
    let follow = address(follower, RelationId(app.ids.next()));
    let body = activity::undo_follow(follower, &follow, &followee.uri);
    send(app, db, follower, followee, lasting(body)).await
}

fn passing(body: String) -> Activity {
    Activity {
        body,
        post: None,
        lasting: false,
    }
}

/// Kept even for a host that seems dead: it must not think for ever that there is a follow.
fn lasting(body: String) -> Activity {
    Activity {
        lasting: true,
        ..passing(body)
    }
}

async fn send(
    app: &App,
    db: &mut PgConnection,
    from: &Account,
    to: &Account,
    activity: Activity,
) -> sqlx::Result<()> {
    letters::send(app, db, from.id, &activity, Recipients::one(to.id)).await
}
