//! Reading what somebody elsewhere has at the top of their profile, once somebody here follows them. Bounded: one
//! collection, at the most one page of it, and the first few posts; never a post of another server.

use tintype_federation::origin::same_origin;
use tintype_federation::vocab::Collection;
use url::Url;

use super::know_account::{Behalf, KnowError};
use super::pin::MOST_PINS_ELSEWHERE;
use super::{know_post, policies, signed_fetch};
use crate::app::App;
use crate::db;
use crate::domain::ids::{AccountId, PostId};

/// Reads the collection, gets the posts in it that are not here, and pins what is theirs.
pub async fn read(app: &App, account: AccountId) -> Result<(), KnowError> {
    let mut db = app.db.acquire().await?;
    let owner = db::accounts::by_id(&mut db, account).await?;
    drop(db);
    let owner = owner
        .filter(|owner| !owner.is_local() && owner.is_active())
        .ok_or(KnowError::Unknown)?;
    let (actor, at) = Url::parse(&owner.uri)
        .ok()
        .zip(Url::parse(&owner.featured_url).ok())
        .ok_or(KnowError::Unknown)?;
    if !same_origin(&actor, &at) || policies::is_address_suspended(app, &at).await? {
        return Err(KnowError::Unacceptable);
    }
    let mut posts = Vec::new();
    for item in items(app, &at)
        .await?
        .iter()
        .filter(|item| same_origin(item, &actor))
    {
        match know_post::by_uri(app, Behalf::Work, item.as_str()).await {
            Ok(post) if posts.contains(&post) => {}
            Ok(post) => posts.push(post),
            Err(trouble @ (KnowError::Busy | KnowError::Internal)) => return Err(trouble),
            Err(error) => tracing::debug!(item = item.as_str(), %error, "a pinned post is left out"),
        }
    }
    pin(app, account, &posts).await
}

/// The addresses in the collection, those of its first page where it has none itself.
async fn items(app: &App, at: &Url) -> Result<Vec<Url>, KnowError> {
    let mut collection = fetch(app, at).await?;
    if let Some(first) = collection.first.take()
        && collection.items.is_empty()
        && same_origin(&first, at)
    {
        collection = fetch(app, &first).await?;
    }
    let most = usize::try_from(MOST_PINS_ELSEWHERE).unwrap_or_default();
    collection.items.truncate(most);
    Ok(collection.items)
}

async fn fetch(app: &App, at: &Url) -> Result<Collection, KnowError> {
    let _fetch = app.peers.fetches.begin(Behalf::Work, at)?;
    let fetched = signed_fetch::object(app, at).await?;
    Collection::read(&fetched.json).map_err(|_| KnowError::Unacceptable)
}

/// The first of a collection is shown first, which is the one with the newest id.
async fn pin(app: &App, account: AccountId, posts: &[PostId]) -> Result<(), KnowError> {
    let ids: Vec<i64> = posts.iter().map(|_| app.ids.next()).collect();
    let ids: Vec<i64> = ids.into_iter().rev().collect();
    let mut db = app.db.acquire().await?;
    Ok(db::featured::replace(&mut db, account, posts, &ids).await?)
}
