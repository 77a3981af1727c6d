//! Quoting posts: one rule for who may, and one way in which a quote is written, whichever door it comes by. Asks no server.

mod ask;
mod revoke;
mod verify;

use sqlx::PgConnection;
use tintype_federation::origin::same_origin;
use url::Url;

use super::edit;
use crate::app::App;
use crate::db;
use crate::db::quotability::Quotable;
use crate::db::quotes::NewQuote;
use crate::domain::account::Account;
use crate::domain::audience::Audience;
use crate::domain::ids::{AccountId, NotificationId, PostId};
use crate::domain::live::Event;
use crate::domain::notification::Kind;
use crate::domain::post::{NewPost, Post, RemotePost};
use crate::domain::quote::{Leave, Policy, RemoteQuote, State};
use crate::domain::urls::Local;
use crate::domain::work::Work;

pub use ask::{Asked, Request, accepted, answer, ask, rejected, rejected_by_id};
pub use revoke::{local as revoke, remote as taken_back};
pub use verify::verify;

/// Whether what a post quotes is fetched, where it is not here. What was itself fetched to be shown inside of another leads no
/// further: somebody could make an endless chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Leads {
    On,
    Nowhere,
}

/// Who may quote a post: of what is not for everybody, nobody. None: it is for the author's defaults to say.
pub fn policy(wanted: Option<Policy>, audience: Audience) -> Option<Policy> {
    match audience.is_open() {
        true => wanted,
        false => Some(Policy::NOBODY),
    }
}

/// What comes of it when `who`, who may see the post, wants to quote it.
pub fn leave(quoted: &Quotable, who: AccountId) -> Leave {
    match quoted.audience {
        Audience::Direct => Leave::Denied,
        _ if quoted.author_id == who => Leave::Automatic,
        Audience::Followers => Leave::Denied,
        Audience::Public | Audience::Unlisted => quoted.policy.leave(quoted.relation()),
    }
}

/// A new post of somebody here quotes another.
pub async fn local(app: &App, db: &mut PgConnection, new: &NewPost, quoted: &Quotable) -> sqlx::Result<()> {
    write(app, db, (new.id, new.author_id), quoted).await
}

/// A post of `author`, who lives elsewhere, says that it quotes another. Of what is not for them to see, nothing is noted.
pub async fn remote(
    app: &App,
    db: &mut PgConnection,
    (post, author): (PostId, &Account),
    said: &RemoteQuote,
    leads: Leads,
) -> sqlx::Result<()> {
    match app.urls.parse_local(&said.uri) {
        Some(_) => match of_here(app, db, author.id, said).await? {
            Some(quoted) => write(app, db, (post, author.id), &quoted).await,
            None => Ok(()),
        },
        None => of_elsewhere(app, db, (post, author), said, leads).await,
    }
}

/// The post of somebody here that is meant, if `who` may see it.
pub async fn of_here(
    app: &App,
    db: &mut PgConnection,
    who: AccountId,
    said: &RemoteQuote,
) -> sqlx::Result<Option<Quotable>> {
    match app.urls.parse_local(&said.uri) {
        Some(Local::Post { id, .. }) => {
            let found = db::quotability::quotable(db, who, id).await?;
            Ok(found.filter(Quotable::is_local))
        }
        Some(Local::Account { .. }) | None => Ok(None),
    }
}

/// Only that author's server can say whether it may.
async fn of_elsewhere(
    app: &App,
    db: &mut PgConnection,
    (post, author): (PostId, &Account),
    said: &RemoteQuote,
    leads: Leads,
) -> sqlx::Result<()> {
    let Ok(uri) = Url::parse(&said.uri) else {
        return Ok(());
    };
    if app.urls.is_ours(&uri) {
        return Ok(());
    }
    let known = db::quotes::elsewhere(db, &said.uri).await?;
    let is_own = known.is_some_and(|(_, by)| by == author.id);
    let may_be_own =
        known.is_none() && Url::parse(&author.uri).is_ok_and(|author| same_origin(&author, &uri));
    let is_checked = leads == Leads::On && !is_own && (said.stamp.is_some() || may_be_own);
    let now = app.clock.now();
    let new = NewQuote {
        post,
        quoted: known,
        uri: &said.uri,
        state: if is_own { State::Accepted } else { State::Pending },
        stamp: said.stamp.as_deref(),
        check_at: is_checked.then_some(now),
        now,
    };
    db::quotes::insert(db, &new).await?;
    Ok(())
}

/// How a new quote stands, and by which stamp: of what is here its author's word decides, of what is elsewhere their server's.
fn verdict(app: &App, post: PostId, who: AccountId, quoted: &Quotable) -> (State, Option<String>) {
    if quoted.author_id == who {
        return (State::Accepted, None);
    }
    match leave(quoted, who) {
        _ if !quoted.is_local() => (State::Pending, None),
        Leave::Automatic => (State::Accepted, Some(app.urls.stamp(&quoted.username, post))),
        Leave::Manual | Leave::Denied | Leave::Unknown => (State::Rejected, None),
    }
}

async fn write(
    app: &App,
    db: &mut PgConnection,
    (post, who): (PostId, AccountId),
    quoted: &Quotable,
) -> sqlx::Result<()> {
    let (state, stamp) = verdict(app, post, who, quoted);
    let new = NewQuote {
        post,
        quoted: Some((quoted.id, quoted.author_id)),
        uri: &uri(app, quoted),
        state,
        stamp: stamp.as_deref(),
        check_at: None,
        now: app.clock.now(),
    };
    if db::quotes::insert(db, &new).await? && state == State::Accepted {
        tell(app, db, (post, who), quoted.author_id).await?;
    }
    Ok(())
}

fn uri(app: &App, quoted: &Quotable) -> String {
    let own = || app.urls.post(&quoted.username, quoted.id);
    quoted.uri.clone().unwrap_or_else(own)
}

/// Who is quoted with their leave hears of it.
async fn tell(
    app: &App,
    db: &mut PgConnection,
    (post, who): (PostId, AccountId),
    quoted_author: AccountId,
) -> sqlx::Result<()> {
    let new = db::notifications::NewNotification {
        id: NotificationId(app.ids.next()),
        to: quoted_author,
        kind: Kind::Quoted,
        from: who,
        post: Some(post),
        now: app.clock.now(),
    };
    db::notifications::insert(db, &new).await
}

/// A post elsewhere was changed: it may have been allowed to quote by now, quote another post, or none.
pub async fn renewed(
    app: &App,
    db: &mut PgConnection,
    (before, author): (&Post, &Account),
    after: &RemotePost,
) -> sqlx::Result<()> {
    change_policy(db, before, Some(after.quote_policy)).await?;
    match (&before.quote, &after.quote) {
        (Some(known), Some(said)) if known.uri == said.uri => {
            if let Some(stamp) = &said.stamp
                && known.state != State::Accepted
                && known.stamp.as_ref() != Some(stamp)
                && app.urls.parse_local(&said.uri).is_none()
            {
                db::quotes::restamp(db, before.id, stamp, app.clock.now()).await?;
            }
            return Ok(());
        }
        (None, None) => return Ok(()),
        _ => {}
    }
    db::quotes::remove(db, before.id).await?;
    if let Some(said) = &after.quote {
        remote(app, db, (before.id, author), said, Leads::On).await?;
    }
    db::posts::touch(db, before.id).await
}

/// Whether a post that is published may be quoted by others from now on than before; without a wish, it stays.
pub async fn change_policy(db: &mut PgConnection, post: &Post, wanted: Option<Policy>) -> sqlx::Result<bool> {
    match wanted.and(policy(wanted, post.audience)) {
        Some(policy) => db::quotability::set_policy(db, post.id, policy).await,
        None => Ok(false),
    }
}

/// A quote stands otherwise than before: connected clients are told, and of a post made here the servers that have it.
async fn changed(app: &App, db: &mut PgConnection, post: PostId) -> sqlx::Result<()> {
    let event = Event::Edited { post };
    db::outbox::add(db, &Work::Tell { events: vec![event] }).await?;
    let Some(post) = db::posts::by_id(db, post)
        .await?
        .filter(|post| post.uri.is_none())
    else {
        return Ok(());
    };
    match db::accounts::by_id(db, post.author_id).await? {
        Some(author) => edit::send(app, db, &author, &post, &post).await,
        None => Ok(()),
    }
}
