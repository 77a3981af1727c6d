//! Relays: asking for what is public elsewhere, and giving what is public here. Never believes a relay about a post: what it
//! passes on is a hint that something is there, which is read at its own server, and never the relay's own repost.

use sqlx::PgConnection;
use tintype_federation::origin::{origin, parse_web_address, same_origin};
use tintype_federation::vocab::{PUBLIC, public};
use url::Url;

use super::know_account::{self, Behalf, KnowError};
use super::letters::{self, Activity};
use super::{follow_letters, on_post, policies};
use crate::app::App;
use crate::bus::Queue;
use crate::db;
use crate::db::relays::{NewRelay, Relay};
use crate::domain::account::{Account, Kind};
use crate::domain::audience::Audience;
use crate::domain::ids::{AccountId, PostId, RelationId};
use crate::domain::relay::{RelayState, RelayWay, RelayWays};
use crate::domain::work::{Inbox, Recipients};
use crate::translate::activity;

#[derive(Debug, thiserror::Error)]
pub enum RelayError {
    #[error(
        "that is no address of a relay: give the address of its inbox, or of its actor, \
         such as https://relay.example/inbox"
    )]
    NoAddress,
    #[error("that is this server itself")]
    Ourselves,
    #[error("this server does not speak with that domain")]
    Suspended,
    #[error("nobody answers for that address: {0}")]
    Unknown(KnowError),
    #[error("that relay is on the list already")]
    AlreadyThere,
    #[error("there is no such relay on the list")]
    NotThere,
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

/// Where a relay is asked, and for what.
struct Asked {
    inbox: Url,
    object: Url,
    account: Option<AccountId>,
}

/// Subscribes: an inbox is asked for everybody's posts, as Mastodon does; an actor is followed, as LitePub's servers do.
pub async fn add(app: &App, address: &str) -> Result<(), RelayError> {
    let asked = find(app, address).await?;
    let authority = origin(&asked.inbox).ok_or(RelayError::NoAddress)?;
    let mut tx = app.db.begin().await?;
    let server = ourselves(app, &mut tx).await?;
    let follow_uri = follow_letters::address(&server, RelationId(app.ids.next()));
    let host = db::hosts::meet(&mut tx, &authority, app.clock.now()).await?;
    let new = NewRelay {
        host,
        inbox: asked.inbox.as_str(),
        object: asked.object.as_str(),
        account: asked.account,
        follow_uri: &follow_uri,
        now: app.clock.now(),
    };
    if !db::relays::insert(&mut tx, &new).await? {
        return Err(RelayError::AlreadyThere);
    }
    let body = activity::follow(&server, &follow_uri, asked.object.as_str());
    let to = Inbox {
        host,
        url: asked.inbox.to_string(),
    };
    tell(app, &mut tx, &server, body, to).await?;
    tx.commit().await?;
    app.peers.relays.invalidate_all();
    app.bus.wake(Queue::Outbox);
    Ok(())
}

/// Ends a subscription: nothing goes there any more, and what comes from there is a stranger's.
pub async fn remove(app: &App, address: &str) -> Result<(), RelayError> {
    let mut tx = app.db.begin().await?;
    let relay = db::relays::by_address(&mut tx, address.trim()).await?;
    let relay = relay.ok_or(RelayError::NotThere)?;
    let server = ourselves(app, &mut tx).await?;
    let body = activity::undo_follow(&server, &relay.follow_uri, &relay.object);
    let to = Inbox {
        host: relay.host_id,
        url: relay.inbox.clone(),
    };
    tell(app, &mut tx, &server, body, to).await?;
    db::relays::delete(&mut tx, relay.id).await?;
    tx.commit().await?;
    app.peers.relays.invalidate_all();
    app.bus.wake(Queue::Outbox);
    Ok(())
}

async fn find(app: &App, address: &str) -> Result<Asked, RelayError> {
    let url = parse_web_address(address.trim()).ok_or(RelayError::NoAddress)?;
    if app.urls.is_ours(&url) {
        return Err(RelayError::Ourselves);
    }
    if policies::is_address_suspended(app, &url).await? {
        return Err(RelayError::Suspended);
    }
    if url.path().ends_with("/inbox") {
        return Ok(Asked {
            inbox: url,
            object: public(),
            account: None,
        });
    }
    let found = know_account::by_uri(app, Behalf::Work, url.as_str()).await;
    let id = found.map_err(RelayError::Unknown)?;
    let mut db = app.db.acquire().await?;
    let account = db::accounts::by_id(&mut db, id).await?;
    let account = account.ok_or(RelayError::Unknown(KnowError::Unknown))?;
    Ok(Asked {
        inbox: parse_web_address(&account.inbox).ok_or(RelayError::NoAddress)?,
        object: parse_web_address(&account.uri).ok_or(RelayError::NoAddress)?,
        account: Some(id),
    })
}

async fn ourselves(app: &App, db: &mut PgConnection) -> sqlx::Result<Account> {
    let id = db::accounts::id_by_uri(db, &app.urls.instance_actor()).await?;
    let id = id.ok_or(sqlx::Error::RowNotFound)?;
    db::accounts::by_id(db, id).await?.ok_or(sqlx::Error::RowNotFound)
}

async fn tell(
    app: &App,
    db: &mut PgConnection,
    server: &Account,
    body: String,
    to: Inbox,
) -> sqlx::Result<()> {
    let activity = Activity {
        body,
        post: None,
        lasting: true,
    };
    letters::send(app, db, server.id, &activity, Recipients::inbox(to)).await
}

/// To which relays something of this audience goes; known for a few seconds.
pub async fn of(app: &App, audience: Audience) -> sqlx::Result<RelayWays> {
    if audience != Audience::Public {
        return Ok(RelayWays::default());
    }
    if let Some(known) = app.peers.relays.get(&()) {
        return Ok(known);
    }
    let mut db = app.db.acquire().await?;
    let ways = db::relays::ways(&mut db).await?;
    app.peers.relays.insert((), ways);
    Ok(ways)
}

/// The way to those that are given posts themselves, for what is of this audience.
pub fn given(audience: Audience) -> Option<RelayWay> {
    (audience == Audience::Public).then_some(RelayWay::Everybody)
}

/// Tells those that are followed themselves of a new post: in LitePub's way a server announces what its people post.
pub async fn announce(app: &App, db: &mut PgConnection, post: PostId, uri: &str) -> sqlx::Result<()> {
    let server = ourselves(app, db).await?;
    let activity = Activity {
        body: activity::announce_as_server(&server, post, uri, app.clock.now()),
        post: Some(post),
        lasting: false,
    };
    letters::send(
        app,
        db,
        server.id,
        &activity,
        Recipients::relays(RelayWay::Itself),
    )
    .await
}

/// Somebody answers the Follow of this address; whether it was one for a relay. Only the relay's own server can, and where
/// its actor was asked only that.
pub async fn answered(
    app: &App,
    db: &mut PgConnection,
    actor: &Account,
    follow: Option<&Url>,
    state: RelayState,
) -> sqlx::Result<bool> {
    let ours = format!("{}#", app.urls.instance_actor());
    let Some(follow) = follow.filter(|follow| follow.as_str().starts_with(&ours)) else {
        return Ok(false);
    };
    let Some(relay) = db::relays::by_follow(db, follow.as_str()).await? else {
        return Ok(false);
    };
    if may_answer(&relay, actor) {
        db::relays::answered(db, relay.id, actor.id, state, app.clock.now()).await?;
        app.peers.relays.invalidate_all();
    }
    Ok(true)
}

fn may_answer(relay: &Relay, actor: &Account) -> bool {
    let addresses = parse_web_address(&relay.inbox).zip(parse_web_address(&actor.uri));
    let is_there = addresses.is_some_and(|(inbox, actor)| same_origin(&inbox, &actor));
    is_there && (relay.object == PUBLIC || relay.account_id == Some(actor.id))
}

/// Whether this is the actor of a relay that we asked: it may follow the server itself, as LitePub's do in return.
pub async fn is_asked(db: &mut PgConnection, actor: &Account) -> sqlx::Result<bool> {
    let relay = db::relays::of_account(db, actor.id).await?;
    Ok(relay.is_some_and(|relay| relay.state != RelayState::Refused))
}

/// Whether what this actor announces is passed on by a relay that accepted us.
pub async fn passes_on(db: &mut PgConnection, actor: &Account) -> sqlx::Result<bool> {
    // People announce all the time, and are none.
    if actor.kind == Kind::Person as i16 {
        return Ok(false);
    }
    let relay = db::relays::of_account(db, actor.id).await?;
    Ok(relay.is_some_and(|relay| relay.state == RelayState::Accepted))
}

/// What a relay passes on, if it has to be fetched: another server's, and not here yet.
pub async fn wanted(app: &App, db: &mut PgConnection, object: &Url) -> sqlx::Result<Option<Url>> {
    if app.urls.is_ours(object) || on_post::find(app, db, object.as_str()).await?.is_some() {
        return Ok(None);
    }
    Ok(Some(object.clone()))
}
