//! Who here follows somebody elsewhere, as their server believes and as we do (FEP-8fcf): noted as it comes, compared later,
//! and mended. Never believes a server about anybody's followers but its own people's, nor a list that may not be whole.

use std::collections::HashSet;

use sqlx::PgConnection;
use tintype_federation::origin::{parse_web_address, same_origin};
use tintype_federation::synchronization::{FollowersDigest, Stated};
use tintype_federation::vocab::Collection;
use url::Url;

use super::know_account::{Behalf, KnowError};
use super::{accept_follow, follow_letters, parties, policies, signed_fetch, unfollow};
use crate::app::App;
use crate::bus::Queue;
use crate::db;
use crate::db::follower_statements::{Lent, NewStatement};
use crate::domain::account::Account;
use crate::domain::ids::AccountId;

/// Followers on one server that are compared one by one; with more nothing is done.
pub const MOST: usize = 10_000;
/// Pages of a list.
const MOST_PAGES: usize = 10;

/// Somebody's letter says who here follows them. Written down once for each thing that is said; wakes who compares.
pub async fn stated(app: &App, account: AccountId, stated: &Stated) -> sqlx::Result<()> {
    if app.peers.stated.get(&account) == Some(stated.digest) {
        return Ok(());
    }
    let new = NewStatement {
        account,
        collection: stated.collection.as_str(),
        url: stated.url.as_str(),
        digest: stated.digest.as_bytes(),
        now: app.clock.now(),
    };
    let mut db = app.db.acquire().await?;
    db::follower_statements::note(&mut db, &new).await?;
    app.peers.stated.insert(account, stated.digest);
    app.bus.wake(Queue::Followers);
    Ok(())
}

/// Compares what was said with what is known here, and where that is not the same, reads the list and mends both.
pub async fn compare(app: &App, said: &Lent) -> Result<(), KnowError> {
    // Before the list is asked for: who begins to follow meanwhile cannot be missing in it.
    let mut db = app.db.acquire().await?;
    let account = db::accounts::by_id(&mut db, said.account).await?;
    let known = db::followers::here(&mut db, said.account).await?;
    drop(db);
    let account = account
        .filter(|account| !account.is_local() && account.is_active())
        .ok_or(KnowError::Unknown)?;
    let ours = FollowersDigest::of(known.iter().map(|(_, uri)| uri.as_str()));
    if ours.as_bytes().as_slice() == said.digest {
        return Ok(());
    }
    let listed = list(app, &account, said).await?;
    let named: HashSet<&str> = listed.iter().map(Url::as_str).collect();
    for (follower, uri) in &known {
        if !named.contains(uri.as_str()) {
            end(app, *follower, &account).await?;
        }
    }
    let known: HashSet<&str> = known.iter().map(|(_, uri)| uri.as_str()).collect();
    for uri in &listed {
        if !known.contains(uri.as_str()) {
            answer(app, uri, &account).await?;
        }
    }
    app.bus.wake(Queue::Outbox);
    Ok(())
}

/// All whom the server of this account lists as its followers here.
async fn list(app: &App, account: &Account, said: &Lent) -> Result<Vec<Url>, KnowError> {
    let (actor, mut at) = parse_web_address(&account.uri)
        .zip(parse_web_address(&said.url))
        .filter(|(actor, at)| same_origin(actor, at))
        .ok_or(KnowError::Unacceptable)?;
    if policies::is_address_suspended(app, &at).await? {
        return Err(KnowError::Suspended);
    }
    let (mut listed, mut total): (Vec<Url>, Option<u64>) = (Vec::new(), None);
    for round in 0..MOST_PAGES {
        let fetched = {
            let _fetch = app.peers.fetches.begin(Behalf::Work, &at)?;
            signed_fetch::object(app, &at).await?
        };
        if !same_origin(&fetched.url, &actor) {
            return Err(KnowError::Unacceptable);
        }
        let page = Collection::read_up_to(&fetched.json, MOST).map_err(|_| KnowError::Unacceptable)?;
        total = total.or(page.total_items);
        listed.extend(page.items);
        // One that is cut short names fewer than there are, and who is not named would follow no longer.
        if listed.len() >= MOST {
            return Err(KnowError::Unacceptable);
        }
        let first = page.first.filter(|_| round == 0);
        match page.next.or(first).filter(|next| same_origin(next, &actor)) {
            Some(next) => at = next,
            None if is_whole(&listed, total, said) && listed.iter().all(|uri| app.urls.is_ours(uri)) => {
                return Ok(listed);
            }
            None => break,
        }
    }
    Err(KnowError::Unacceptable)
}

/// Whether a list has as many as it says, or is the one that was spoken of.
fn is_whole(listed: &[Url], total: Option<u64>, said: &Lent) -> bool {
    let count = u64::try_from(listed.len()).unwrap_or(u64::MAX);
    total.is_none_or(|total| total <= count)
        || FollowersDigest::of(listed.iter().map(Url::as_str))
            .as_bytes()
            .as_slice()
            == said.digest
}

/// Somebody here is no follower there: here neither, from now on.
async fn end(app: &App, follower: AccountId, followee: &Account) -> sqlx::Result<()> {
    let mut tx = app.db.begin().await?;
    let Some(follower) = parties::here_by_id(&mut tx, follower).await? else {
        return Ok(());
    };
    db::pairs::lock(&mut tx, follower.id, followee.id).await?;
    if let Some(follow) = unfollow::end(app, &mut tx, &follower, followee).await? {
        follow_letters::take_back(app, &mut tx, &follower, followee, &follow).await?;
    }
    tx.commit().await
}

/// Somebody is taken for a follower there and is none here: one who asked is let in, anybody else is taken back.
async fn answer(app: &App, follower: &Url, followee: &Account) -> sqlx::Result<()> {
    let mut tx = app.db.begin().await?;
    let Some(follower) = parties::here(&mut tx, follower).await? else {
        return Ok(());
    };
    db::pairs::lock(&mut tx, follower.id, followee.id).await?;
    settle(app, &mut tx, &follower, followee).await?;
    tx.commit().await
}

async fn settle(
    app: &App,
    db: &mut PgConnection,
    follower: &Account,
    followee: &Account,
) -> sqlx::Result<()> {
    match db::follows::between(db, follower.id, followee.id).await? {
        Some(_) => accept_follow::grant(app, db, follower, followee).await.map(drop),
        None => follow_letters::disown(app, db, follower, followee).await,
    }
}
