//! Requests to quote, and refusals that may be about one. Holds no rules.

use sqlx::PgConnection;
use tintype_federation::inbox::FollowRef;

use super::apply::Applied;
use crate::actions::quote::{self, Asked, Request};
use crate::actions::reject_follow;
use crate::app::App;
use crate::domain::account::Account;

pub async fn request(
    app: &App,
    db: &mut PgConnection,
    actor: &Account,
    request: &Request<'_>,
) -> sqlx::Result<Applied> {
    Ok(match quote::answer(app, db, actor, request).await? {
        Asked::Done => Applied::Done,
        Asked::Needs(post) => Applied::NeedsFetch(post),
    })
}

/// What is only named may be a request to quote as well as a follow.
pub async fn reject(
    app: &App,
    db: &mut PgConnection,
    actor: &Account,
    rejected: &FollowRef,
) -> sqlx::Result<()> {
    if let (Some(id), None) = (&rejected.id, &rejected.follower)
        && quote::rejected_by_id(app, db, actor, id).await?
    {
        return Ok(());
    }
    reject_follow::remote(app, db, actor, rejected).await
}
