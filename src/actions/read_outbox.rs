//! Reading what somebody elsewhere posted before anybody here followed them, once somebody does. Bounded: the newest few
//! posts, on two pages at the most; never a post of another server, nor one that is not for everybody. Nobody is told.

use chrono::TimeDelta;
use tintype_federation::origin::same_origin;
use tintype_federation::vocab::{Listed, Note, Outbox};
use url::Url;

use super::know_account::{self, Behalf, KnowError};
use super::publish::{self, Arrived, How};
use super::quote::Leads;
use super::{know_post, policies};
use crate::app::App;
use crate::bus::Queue;
use crate::db;
use crate::domain::account::Account;
use crate::domain::ids::AccountId;
use crate::domain::post::RemotePost;
use crate::translate;

const MOST_POSTS: usize = 20;
const MOST_PAGES: usize = 2;
/// What was read is not read again sooner, whoever follows.
const AGAIN_AFTER: TimeDelta = TimeDelta::days(7);

pub async fn read(app: &App, account: AccountId) -> Result<(), KnowError> {
    let since = app.clock.now() - AGAIN_AFTER;
    let mut db = app.db.acquire().await?;
    let Some(outbox) = db::featured::to_fill_in(&mut db, account, since).await? else {
        return Ok(());
    };
    let owner = db::accounts::by_id(&mut db, account).await?;
    drop(db);
    let owner = owner
        .filter(|owner| !owner.is_local() && owner.is_active())
        .ok_or(KnowError::Unknown)?;
    let (actor, at) = Url::parse(&owner.uri)
        .ok()
        .zip(Url::parse(&outbox).ok())
        .ok_or(KnowError::Unknown)?;
    if !same_origin(&actor, &at) || policies::is_address_suspended(app, &at).await? {
        return Err(KnowError::Unacceptable);
    }
    let mut whole = Vec::new();
    for listed in listed(app, &actor, &at).await? {
        match listed {
            Listed::Whole(note) => whole.extend(post_of(app, &owner, &actor, &note)),
            Listed::At(address) => fetch(app, &actor, &address).await?,
        }
    }
    store(app, &owner, whole).await
}

/// The newest posts, those of the next page too where one has few.
async fn listed(app: &App, actor: &Url, at: &Url) -> Result<Vec<Listed>, KnowError> {
    let mut found = Vec::new();
    let mut seen = vec![at.clone()];
    let mut outbox = page(app, at).await?;
    for _ in 0..MOST_PAGES {
        let is_empty = outbox.posts.is_empty() && found.is_empty();
        let next = if is_empty {
            outbox.first.or(outbox.next)
        } else {
            outbox.next
        };
        found.append(&mut outbox.posts);
        let Some(next) = next.filter(|next| same_origin(next, actor) && !seen.contains(next)) else {
            break;
        };
        if found.len() >= MOST_POSTS {
            break;
        }
        seen.push(next.clone());
        outbox = page(app, &next).await?;
    }
    found.append(&mut outbox.posts);
    found.truncate(MOST_POSTS);
    Ok(found)
}

async fn page(app: &App, at: &Url) -> Result<Outbox, KnowError> {
    let signer = know_account::signer(app).await?;
    let _fetch = app.peers.fetches.begin(Behalf::Work, at)?;
    let fetched = app.peers.get_object(at, Some(signer), app.clock.now()).await?;
    Outbox::read(&fetched.json).map_err(|_| KnowError::Unacceptable)
}

/// Its server vouches for it: outbox and post are of one origin. Answers stay where they were given.
fn post_of(app: &App, owner: &Account, actor: &Url, note: &Note) -> Option<RemotePost> {
    let theirs = note.attributed_to == *actor && same_origin(&note.id, actor) && !app.urls.is_ours(&note.id);
    let post = translate::note::remote(note, &owner.followers_url, app.clock.now()).filter(|_| theirs)?;
    (post.audience.is_open() && post.in_reply_to.is_none()).then_some(post)
}

async fn fetch(app: &App, actor: &Url, address: &Url) -> Result<(), KnowError> {
    if !same_origin(address, actor) {
        return Ok(());
    }
    match know_post::to_fill_in(app, address.as_str()).await {
        Err(trouble @ (KnowError::Busy | KnowError::Internal)) => Err(trouble),
        Err(error) => {
            tracing::debug!(address = address.as_str(), %error, "a post of before is left out");
            Ok(())
        }
        Ok(_) => Ok(()),
    }
}

async fn store(app: &App, owner: &Account, posts: Vec<RemotePost>) -> Result<(), KnowError> {
    let arrived = posts.into_iter().map(|post| Arrived {
        author: owner,
        post,
        how: How::FilledIn,
        leads: Leads::Nowhere,
    });
    let arrived: Vec<Arrived<'_>> = arrived.collect();
    let mut tx = app.db.begin().await?;
    publish::remote(app, &mut tx, &arrived).await?;
    db::featured::filled_in(&mut tx, owner.id, app.clock.now()).await?;
    tx.commit().await?;
    app.bus.wake(Queue::Outbox);
    app.bus.wake(Queue::Media);
    Ok(())
}
