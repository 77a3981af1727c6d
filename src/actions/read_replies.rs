//! Looking for answers under a post of another server that somebody here has opened. Bounded: so many pages and posts, once
//! in a quarter of an hour; never one of another server than the post's own, and never one twice. Nobody waits for it, and
//! nobody is told but those who ask how far it has come.

use std::collections::{HashSet, VecDeque};

use sqlx::PgConnection;
use tintype_federation::origin::same_origin;
use tintype_federation::vocab::{Collection, Replies};
use url::Url;

use super::know_account::{self, Behalf, KnowError};
use super::know_post::Found;
use super::publish::How;
use super::quote::Leads;
use super::{know_post, read_again};
use crate::app::App;
use crate::db;
use crate::db::said_totals::Said;
use crate::domain::ids::PostId;
use crate::peers::{Look, Looking};

const MOST_PAGES: usize = 5;
const MOST_POSTS: usize = 40;

/// Begins to look, unless that was done lately; gives how far that has come. None where there is nowhere to look.
pub async fn in_background(app: &App, db: &mut PgConnection, post: PostId) -> sqlx::Result<Option<Looking>> {
    if let Some(known) = app.peers.looked_under.get(&post) {
        return Ok(known);
    }
    let url = elsewhere(db, post).await?;
    let looking = url.as_ref().map(|_| Looking::default());
    app.peers.looked_under.insert(post, looking.clone());
    if let (Some(url), Some(looking)) = (url, &looking) {
        let (app, look) = (app.clone(), looking.begin());
        tokio::spawn(async move {
            if let Err(error) = read(&app, post, url, &look).await {
                tracing::debug!(post = post.0, %error, "the answers to a post are not to be had");
            }
        });
    }
    Ok(looking)
}

async fn read(app: &App, post: PostId, url: Url, look: &Look) -> Result<(), KnowError> {
    let found = {
        let _fetch = app.peers.fetches.begin(Behalf::Work, &url)?;
        know_post::fetch(app, Behalf::Work, &url).await?
    };
    // One that says nothing of a change has none: what is spelled otherwise than the last time is no edit.
    match found.post.updated {
        Some(_) => read_again::take_over(app, &found).await?,
        None => take_numbers(app, post, &found).await?,
    }
    let mut walk = Walk {
        app,
        look,
        server: url.clone(),
        seen: HashSet::from([url]),
        pages: MOST_PAGES,
        posts: MOST_POSTS,
    };
    let mut waiting: VecDeque<Replies> = found.replies.into_iter().collect();
    while let Some(replies) = waiting.pop_front() {
        for address in walk.addresses(replies).await? {
            waiting.extend(walk.take_in(&address).await?);
        }
    }
    Ok(())
}

async fn take_numbers(app: &App, post: PostId, found: &Found) -> sqlx::Result<()> {
    let said = Said {
        post,
        likes: found.post.likes_said,
        reposts: found.post.reposts_said,
    };
    let mut db = app.db.acquire().await?;
    if db::posts::author_by_uri(&mut db, &found.post.uri).await? == Some(found.author.id) {
        db::said_totals::put(&mut db, &[said]).await?;
    }
    Ok(())
}

/// The address of a post that everybody may see at another server.
async fn elsewhere(db: &mut PgConnection, post: PostId) -> sqlx::Result<Option<Url>> {
    let post = db::posts::by_id(db, post).await?;
    let uri = post
        .filter(|post| post.audience.is_open())
        .and_then(|post| post.uri);
    Ok(uri.and_then(|uri| Url::parse(&uri).ok()))
}

struct Walk<'a> {
    app: &'a App,
    look: &'a Look,
    /// Nothing of another one is asked for.
    server: Url,
    /// Pages and posts; whatever leads back to one of them leads nowhere.
    seen: HashSet<Url>,
    /// How many more there may be.
    pages: usize,
    posts: usize,
}

impl Walk<'_> {
    async fn addresses(&mut self, replies: Replies) -> Result<Vec<Url>, KnowError> {
        let mut collection = match replies {
            Replies::Here(collection) => Some(*collection),
            Replies::At(url) => self.page(&url).await?,
        };
        let mut found = Vec::new();
        while let Some(page) = collection {
            let next = if page.items.is_empty() {
                page.first.or(page.next)
            } else {
                page.next
            };
            found.extend(page.items);
            collection = match next {
                Some(next) => self.page(&next).await?,
                None => None,
            };
        }
        Ok(found)
    }

    /// None when it is not to be asked for, or is no page.
    async fn page(&mut self, url: &Url) -> Result<Option<Collection>, KnowError> {
        if self.pages == 0 || !same_origin(url, &self.server) || !self.seen.insert(url.clone()) {
            return Ok(None);
        }
        self.pages -= 1;
        let signer = know_account::signer(self.app).await?;
        let _fetch = self.app.peers.fetches.begin(Behalf::Work, url)?;
        let now = self.app.clock.now();
        let fetched = self.app.peers.get_object(url, Some(signer), now).await?;
        Ok(Collection::read(&fetched.json).ok())
    }

    /// An answer that is not here; gives where its own answers are.
    async fn take_in(&mut self, address: &Url) -> Result<Option<Replies>, KnowError> {
        if self.posts == 0 || !same_origin(address, &self.server) || !self.seen.insert(address.clone()) {
            return Ok(None);
        }
        let mut db = self.app.db.acquire().await?;
        if db::posts::id_by_uri(&mut db, address.as_str()).await?.is_some() {
            return Ok(None);
        }
        drop(db);
        self.posts -= 1;
        let _fetch = self.app.peers.fetches.begin(Behalf::Work, address)?;
        let found = match know_post::fetch(self.app, Behalf::Work, address).await {
            Ok(found) => found,
            Err(trouble @ (KnowError::Busy | KnowError::Internal)) => return Err(trouble),
            Err(error) => {
                tracing::debug!(address = address.as_str(), %error, "an answer is left out");
                return Ok(None);
            }
        };
        let replies = found.replies.clone();
        know_post::take_in(self.app, found, How::FilledIn, Leads::Nowhere).await?;
        self.look.note_one();
        Ok(replies)
    }
}
