//! Reading what somebody elsewhere posted before anybody here followed them, once somebody does or looks at their page, and how
//! much and with whom it is in all. Bounded: the newest few posts, on two pages at the most; never a post of another server, nor
//! one that is not for everybody. Nobody is told.

use chrono::TimeDelta;
use sqlx::PgConnection;
use tintype_federation::origin::same_origin;
use tintype_federation::vocab::{Collection, Listed, Note, Outbox};
use url::Url;

use super::know_account::{self, Behalf, KnowError};
use super::publish::{self, Arrived, How};
use super::quote::Leads;
use super::{know_post, policies, signed_fetch};
use crate::app::App;
use crate::bus::Queue;
use crate::db;
use crate::db::featured::{Before, Totals};
use crate::domain::account::Account;
use crate::domain::ids::AccountId;
use crate::domain::post::RemotePost;
use crate::peers::Looking;
use crate::translate;

const MOST_POSTS: usize = 20;
const MOST_PAGES: usize = 2;
/// What was read is not read again sooner, whoever follows: from then on it comes by itself.
const AGAIN_AFTER: TimeDelta = TimeDelta::days(7);
/// The same where nobody does.
const LOOKED_AT_AFTER: TimeDelta = TimeDelta::hours(1);

/// For those who follow.
pub async fn read(app: &App, account: AccountId) -> Result<(), KnowError> {
    let since = app.clock.now() - AGAIN_AFTER;
    let mut db = app.db.acquire().await?;
    let before = db::featured::to_fill_in(&mut db, account, since).await?;
    drop(db);
    match before {
        Some(before) => fill_in(app, account, &before).await.map(|_| ()),
        None => Ok(()),
    }
}

/// For somebody who looks at a page: begins to read, unless that was done lately; gives how far it has come. None where there
/// is nothing to be read.
pub async fn in_background(
    app: &App,
    db: &mut PgConnection,
    account: &Account,
) -> sqlx::Result<Option<Looking>> {
    if account.is_local() || !account.is_active() {
        return Ok(None);
    }
    if let Some(known) = app.peers.looked_at.get(&account.id) {
        return Ok(known);
    }
    let after = match account.local_followers {
        0 => LOOKED_AT_AFTER,
        _ => AGAIN_AFTER,
    };
    let before = db::featured::to_fill_in(db, account.id, app.clock.now() - after).await?;
    let looking = before.as_ref().map(|_| Looking::default());
    app.peers.looked_at.insert(account.id, looking.clone());
    if let (Some(before), Some(looking)) = (before, &looking) {
        let (app, id, look) = (app.clone(), account.id, looking.begin());
        tokio::spawn(async move {
            match fill_in(&app, id, &before).await {
                Ok(new) => look.note(new),
                Err(error) => {
                    tracing::debug!(account = id.0, %error, "what was posted before is not to be had")
                }
            }
        });
    }
    Ok(looking)
}

/// Gives how many posts were new here.
async fn fill_in(app: &App, account: AccountId, before: &Before) -> Result<u32, KnowError> {
    let mut db = app.db.acquire().await?;
    let owner = db::accounts::by_id(&mut db, account).await?;
    drop(db);
    let owner = owner
        .filter(|owner| !owner.is_local() && owner.is_active())
        .ok_or(KnowError::Unknown)?;
    let (actor, at) = Url::parse(&owner.uri)
        .ok()
        .zip(Url::parse(&before.outbox).ok())
        .ok_or(KnowError::Unknown)?;
    if !same_origin(&actor, &at) || policies::is_address_suspended(app, &at).await? {
        return Err(KnowError::Unacceptable);
    }
    let outbox = page(app, &at).await?;
    let said = Totals {
        posts: outbox.total_items.map(bounded),
        followers: total(app, &actor, &owner.followers_url).await,
        following: total(app, &actor, &before.following).await,
    };
    let (mut whole, mut new) = (Vec::new(), 0);
    for listed in listed(app, &actor, &at, outbox).await? {
        match listed {
            Listed::Whole(note) => whole.extend(post_of(app, &owner, &actor, &note)),
            Listed::At(address) => new += u32::from(fetch(app, &actor, &address).await?),
        }
    }
    Ok(new + store(app, &owner, whole, said).await?)
}

/// How many are in a collection; that is not worth a failure.
async fn total(app: &App, actor: &Url, address: &str) -> Option<i32> {
    let address = Url::parse(address).ok().filter(|at| same_origin(at, actor))?;
    let _fetch = app.peers.fetches.begin(Behalf::Work, &address).ok()?;
    let fetched = signed_fetch::object(app, &address).await.ok()?;
    let collection = Collection::read(&fetched.json).ok()?;
    collection.total_items.map(bounded)
}

fn bounded(total: u64) -> i32 {
    i32::try_from(total).unwrap_or(i32::MAX)
}

/// The newest posts, those of the next page too where one has few.
async fn listed(app: &App, actor: &Url, at: &Url, mut outbox: Outbox) -> Result<Vec<Listed>, KnowError> {
    let mut found = Vec::new();
    let mut seen = vec![at.clone()];
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

/// Whether it was to be had.
async fn fetch(app: &App, actor: &Url, address: &Url) -> Result<bool, KnowError> {
    if !same_origin(address, actor) {
        return Ok(false);
    }
    match know_post::to_fill_in(app, address.as_str()).await {
        Err(trouble @ (KnowError::Busy | KnowError::Internal)) => Err(trouble),
        Err(error) => {
            tracing::debug!(address = address.as_str(), %error, "a post of before is left out");
            Ok(false)
        }
        Ok(_) => Ok(true),
    }
}

/// Gives how many were new here.
async fn store(app: &App, owner: &Account, posts: Vec<RemotePost>, said: Totals) -> Result<u32, KnowError> {
    let arrived = posts.into_iter().map(|post| Arrived {
        author: owner,
        post,
        how: How::FilledIn,
        leads: Leads::Nowhere,
    });
    let arrived: Vec<Arrived<'_>> = arrived.collect();
    let mut tx = app.db.begin().await?;
    let new = publish::remote(app, &mut tx, &arrived).await?;
    db::featured::filled_in(&mut tx, owner.id, said, app.clock.now()).await?;
    tx.commit().await?;
    app.bus.wake(Queue::Outbox);
    app.bus.wake(Queue::Media);
    Ok(u32::try_from(new.len()).unwrap_or(u32::MAX))
}
