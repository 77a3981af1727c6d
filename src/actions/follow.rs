//! Following somebody, or asking to. Never makes a follow of somebody elsewhere before their server says so.

use sqlx::PgConnection;
use url::Url;

use super::parties::{self, PartyError};
use super::{accept_follow, follow_letters, relays};
use crate::app::App;
use crate::bus::Queue;
use crate::db;
use crate::db::follows::{NewFollow, Wishes};
use crate::domain::account::Account;
use crate::domain::ids::{AccountId, NotificationId, RelationId};
use crate::domain::notification::Kind;

/// Most people that somebody here may follow.
pub const MOST_FOLLOWS: i64 = 7_500;

#[derive(Debug, thiserror::Error)]
pub enum FollowError {
    #[error("not found")]
    NotFound,
    /// Oneself, somebody who blocks or is blocked, who moved away, or the server's own actor.
    #[error("this action is not allowed")]
    NotAllowed,
    #[error("you cannot follow more than {most} people")]
    TooMany { most: i64 },
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

impl From<PartyError> for FollowError {
    fn from(error: PartyError) -> Self {
        match error {
            PartyError::NotFound => Self::NotFound,
            PartyError::Database(error) => Self::Database(error),
        }
    }
}

/// Follows, asks to, or changes what is wished of a follow that is there.
pub async fn local(
    app: &App,
    follower: AccountId,
    followee: AccountId,
    wishes: &Wishes,
) -> Result<(), FollowError> {
    let mut tx = app.db.begin().await?;
    let (follower, followee) = parties::both(&mut tx, follower, followee).await?;
    if followee.suspended {
        return Err(FollowError::NotFound);
    }
    if follower.id == followee.id || followee.moved_to.is_some() || followee.uri == app.urls.instance_actor()
    {
        return Err(FollowError::NotAllowed);
    }
    db::pairs::lock(&mut tx, follower.id, followee.id).await?;
    if are_apart(&mut tx, &follower, &followee).await? {
        return Err(FollowError::NotAllowed);
    }
    if db::follows::between(&mut tx, follower.id, followee.id)
        .await?
        .is_none()
    {
        if db::follows::how_many(&mut tx, follower.id).await? >= MOST_FOLLOWS {
            return Err(FollowError::TooMany { most: MOST_FOLLOWS });
        }
        let id = RelationId(app.ids.next());
        let uri = (!followee.is_local()).then(|| follow_letters::address(&follower, id));
        begin(app, &mut tx, &follower, &followee, id, uri.as_deref()).await?;
        if let Some(uri) = uri {
            follow_letters::ask(app, &mut tx, &follower, &followee, &uri).await?;
        }
    }
    db::follows::wish(&mut tx, follower.id, followee.id, wishes).await?;
    tx.commit().await?;
    app.bus.wake(Queue::Outbox);
    Ok(())
}

/// A peer's person follows somebody here. Asking again is answered again: the first answer may be lost.
pub async fn remote(
    app: &App,
    db: &mut PgConnection,
    actor: &Account,
    id: &Url,
    object: &Url,
) -> sqlx::Result<()> {
    let Some(followee) = parties::here(db, object).await? else {
        return Ok(());
    };
    if !actor.is_active() {
        return Ok(());
    }
    db::pairs::lock(db, actor.id, followee.id).await?;
    let is_server = followee.uri == app.urls.instance_actor();
    if is_server && relays::is_asked(db, actor).await? {
        // It is no follower, and nothing is sent to it for that.
        return follow_letters::grant(app, db, &followee, actor, id.as_str()).await;
    }
    if is_server || followee.moved_to.is_some() || are_apart(db, actor, &followee).await? {
        return follow_letters::refuse(app, db, &followee, actor, id.as_str()).await;
    }
    let accepted = match db::follows::between(db, actor.id, followee.id).await? {
        Some(known) => {
            db::follows::set_uri(db, known.id, id.as_str()).await?;
            known.accepted
        }
        None => {
            let relation = RelationId(app.ids.next());
            begin(app, db, actor, &followee, relation, Some(id.as_str())).await?
        }
    };
    if accepted {
        follow_letters::grant(app, db, &followee, actor, id.as_str()).await?;
    }
    Ok(())
}

/// Writes the follow or the request, and what comes of it here. Whether it is a follow at once.
async fn begin(
    app: &App,
    db: &mut PgConnection,
    follower: &Account,
    followee: &Account,
    id: RelationId,
    uri: Option<&str>,
) -> sqlx::Result<bool> {
    let accepted = followee.is_local() && !followee.locked && !follower.limited;
    let new = NewFollow {
        id,
        follower: follower.id,
        followee: followee.id,
        accepted,
        uri,
        now: app.clock.now(),
    };
    if !db::follows::insert(db, &new).await? {
        return Ok(accepted);
    }
    if accepted {
        accept_follow::granted(app, db, follower, followee).await?;
        db::follows::count_accepted(db, follower.id, followee.id).await?;
    } else {
        tell(app, db, followee.id, Kind::FollowRequest, follower.id).await?;
    }
    Ok(accepted)
}

/// Whether one of the two blocks the other, or the other's whole server.
async fn are_apart(db: &mut PgConnection, follower: &Account, followee: &Account) -> sqlx::Result<bool> {
    if db::hidden::reasons(db, follower.id, followee.id).await? & 3 != 0 {
        return Ok(true);
    }
    for (one, other) in [(follower, followee), (followee, follower)] {
        if let Some(authority) = &other.authority
            && one.is_local()
            && db::domain_blocks::exists(db, one.id, authority).await?
        {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Tells somebody here about a follow.
pub(super) async fn tell(
    app: &App,
    db: &mut PgConnection,
    to: AccountId,
    kind: Kind,
    from: AccountId,
) -> sqlx::Result<()> {
    let new = db::notifications::NewNotification {
        id: NotificationId(app.ids.next()),
        to,
        kind,
        from,
        post: None,
        now: app.clock.now(),
    };
    db::notifications::insert(db, &new).await
}
