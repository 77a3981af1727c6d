//! Getting posts of other servers that nobody sent us. Never believes anybody but a post's own server about it.

use sqlx::PgConnection;
use tintype_federation::origin::parse_web_address;
use tintype_federation::vocab::{Note, Replies};
use url::Url;

use super::know_account::{self, Behalf, KnowError};
use super::publish::{self, Arrived, How};
use super::quote::Leads;
use super::{on_post, policies, signed_fetch};
use crate::app::App;
use crate::bus::Queue;
use crate::db;
use crate::domain::account::Account;
use crate::domain::ids::PostId;
use crate::domain::post::RemotePost;
use crate::translate;

/// How many parents above a post are fetched: a thread can be made endless.
const MOST_PARENTS: usize = 8;

/// The post of this address, ours or another server's; fetched when it is new, with its parents in the background.
/// Who may see it is for the caller to ask.
pub async fn by_uri(app: &App, behalf: Behalf, uri: &str) -> Result<PostId, KnowError> {
    let (id, parent) = one(app, behalf, (How::AskedFor, Leads::On), uri).await?;
    if let Some(parent) = parent {
        climb_in_background(app, parent);
    }
    Ok(id)
}

/// The post of this address, to be shown inside of one that quotes it. It leads no further, neither up nor into what it quotes.
pub async fn to_be_shown_inside(app: &App, uri: &str) -> Result<PostId, KnowError> {
    let (id, _) = one(app, Behalf::Work, (How::AskedFor, Leads::Nowhere), uri).await?;
    Ok(id)
}

/// The same for a post that is only to fill in what is missing: nobody is told of it, and its parents are left alone.
pub async fn to_fill_in(app: &App, uri: &str) -> Result<PostId, KnowError> {
    let (id, _) = one(app, Behalf::Work, (How::FilledIn, Leads::Nowhere), uri).await?;
    Ok(id)
}

/// Fetches what a post answers, and what that answers, until we know one or it has gone on long enough.
pub fn climb_in_background(app: &App, parent: String) {
    let app = app.clone();
    tokio::spawn(async move {
        let mut next = Some(parent);
        for _ in 0..MOST_PARENTS {
            let Some(uri) = next.take() else { return };
            match one(&app, Behalf::Work, (How::AskedFor, Leads::On), &uri).await {
                Ok((_, parent)) => next = parent,
                Err(error) => {
                    tracing::debug!(%error, "a parent could not be fetched");
                    return;
                }
            }
        }
    });
}

/// A post, and the address of its parent when the post is new here.
async fn one(
    app: &App,
    behalf: Behalf,
    (how, leads): (How, Leads),
    uri: &str,
) -> Result<(PostId, Option<String>), KnowError> {
    let url = parse_web_address(uri).ok_or(KnowError::Unknown)?;
    let mut db = app.db.acquire().await?;
    if let Some(id) = on_post::find(app, &mut db, url.as_str()).await? {
        let is_there = db::posts::by_id(&mut db, id).await?.is_some();
        return if is_there {
            Ok((id, None))
        } else {
            Err(KnowError::Unknown)
        };
    }
    drop(db);
    if app.urls.is_ours(&url) {
        return Err(KnowError::Unknown);
    }
    let mut parent = None;
    let found = async {
        let _fetch = app.peers.fetches.begin(behalf, &url)?;
        let found = fetch(app, behalf, &url).await;
        Ok(match found {
            Ok(found) => {
                let in_reply_to = found.post.in_reply_to.clone();
                let stored = take_in(app, found, how, leads).await;
                parent = in_reply_to.filter(|_| stored.is_ok());
                stored
            }
            Err(error) => Err(error),
        })
    };
    let answer: Result<_, std::sync::Arc<KnowError>> =
        app.peers.found_posts.try_get_with(url.to_string(), found).await;
    let id = answer.unwrap_or_else(|busy| Err(*busy))?;
    Ok((id, parent))
}

/// Stores a post that was fetched.
pub async fn take_in(app: &App, found: Found, how: How, leads: Leads) -> Result<PostId, KnowError> {
    let uri = found.post.uri.clone();
    let arrived = Arrived {
        author: &found.author,
        post: found.post,
        how,
        leads,
    };
    let mut tx = app.db.begin().await?;
    publish::remote(app, &mut tx, &[arrived]).await?;
    let id = stored(&mut tx, &uri).await?;
    tx.commit().await?;
    app.bus.wake(Queue::Outbox);
    app.bus.wake(Queue::Media);
    app.bus.wake(Queue::Quotes);
    Ok(id)
}

/// It may have been stored by somebody else meanwhile, or refused because it was deleted.
async fn stored(db: &mut PgConnection, uri: &str) -> Result<PostId, KnowError> {
    db::posts::id_by_uri(db, uri).await?.ok_or(KnowError::Gone)
}

/// A post as its own server has it.
#[derive(Debug)]
pub struct Found {
    pub author: Account,
    pub post: RemotePost,
    pub replies: Option<Replies>,
}

/// Reads a post from its own server, and gets to know its author.
pub async fn fetch(app: &App, behalf: Behalf, url: &Url) -> Result<Found, KnowError> {
    if policies::is_address_suspended(app, url).await? {
        return Err(KnowError::Suspended);
    }
    let now = app.clock.now();
    let fetched = signed_fetch::object(app, url).await?;
    if app.urls.is_ours(&fetched.url) {
        return Err(KnowError::Unacceptable);
    }
    // Reading checks that id and author are of one origin; a redirect may have led to another server.
    let note = Note::read(&fetched.json).map_err(|_| KnowError::Unacceptable)?;
    let author = know_account::by_uri(app, behalf, note.attributed_to.as_str()).await?;
    let mut db = app.db.acquire().await?;
    let author = db::accounts::by_id(&mut db, author)
        .await?
        .ok_or(KnowError::Unknown)?;
    if author.is_local() || !author.is_active() {
        return Err(KnowError::Unacceptable);
    }
    let post = translate::note::remote(&note, &author.followers_url, now).ok_or(KnowError::Unacceptable)?;
    Ok(Found {
        author,
        post,
        replies: note.replies,
    })
}
