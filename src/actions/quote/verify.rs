//! Looking into a quote of somebody elsewhere: what is quoted is fetched, and the stamp from the server of whoever wrote that.
//! Believes no stamp that came along or is of another server.

use tintype_federation::origin::{parse_web_address, same_origin};
use tintype_federation::vocab::QuoteStamp;
use url::Url;

use super::changed;
use crate::actions::know_account::{Behalf, KnowError};
use crate::actions::{know_post, policies, signed_fetch};
use crate::app::App;
use crate::bus::Queue;
use crate::db;
use crate::db::quotes::Known;
use crate::domain::ids::PostId;
use crate::domain::post::Post;
use crate::domain::quote::State;

/// Settles the quote of this post, if it can be; else it stays as it is.
pub async fn verify(app: &App, post: PostId) -> Result<(), KnowError> {
    let Some(quote) = known(app, post)
        .await?
        .filter(|quote| quote.state == State::Pending)
    else {
        return Ok(());
    };
    let quoted = quoted(app, &quote).await?;
    if quoted.author_id == quote.author {
        return settle(app, &quote, State::Accepted).await;
    }
    let Some(stamp) = quote.stamp.as_deref().and_then(parse_web_address) else {
        return Ok(());
    };
    match is_good(app, &quote, &quoted, &stamp).await {
        Ok(true) => settle(app, &quote, State::Accepted).await,
        // Its server does not vouch for it.
        Ok(false) | Err(KnowError::Gone | KnowError::Unknown | KnowError::Unacceptable) => {
            settle(app, &quote, State::Rejected).await
        }
        Err(trouble) => Err(trouble),
    }
}

async fn known(app: &App, post: PostId) -> Result<Option<Known>, KnowError> {
    let mut db = app.db.acquire().await?;
    Ok(db::quotes::lock(&mut db, post).await?)
}

/// The post that is quoted, fetched when it is new here.
async fn quoted(app: &App, quote: &Known) -> Result<Post, KnowError> {
    let id = match quote.quoted {
        Some(id) => id,
        None => know_post::to_be_shown_inside(app, &quote.uri).await?,
    };
    let mut db = app.db.acquire().await?;
    let post = db::posts::by_id(&mut db, id).await?;
    // A repost says nothing itself.
    let post = post
        .filter(|post| post.repost_of.is_none())
        .ok_or(KnowError::Unacceptable)?;
    if quote.quoted.is_none() {
        db::quotes::found(&mut db, quote.post, post.id, post.author_id).await?;
    }
    Ok(post)
}

/// Whether whoever wrote what is quoted says on their own server that this post may.
async fn is_good(app: &App, quote: &Known, quoted: &Post, at: &Url) -> Result<bool, KnowError> {
    let (author, post) = {
        let mut db = app.db.acquire().await?;
        let author = db::accounts::by_id(&mut db, quoted.author_id).await?;
        (author.ok_or(KnowError::Unknown)?, quote.post_uri.clone())
    };
    let author = Url::parse(&author.uri).map_err(|_| KnowError::Unacceptable)?;
    if !same_origin(&author, at) || policies::is_address_suspended(app, at).await? {
        return Ok(false);
    }
    let stamp = fetch(app, at).await?;
    Ok(stamp.id == *at
        && stamp.attributed_to == author
        && Some(stamp.interacting_object.as_str()) == post.as_deref()
        && Some(stamp.interaction_target.as_str()) == quoted.uri.as_deref())
}

async fn fetch(app: &App, at: &Url) -> Result<QuoteStamp, KnowError> {
    let _fetch = app.peers.fetches.begin(Behalf::Work, at)?;
    let fetched = signed_fetch::object(app, at).await?;
    QuoteStamp::read(&fetched.json).map_err(|_| KnowError::Unacceptable)
}

/// Unless it was settled meanwhile, or has another stamp: the stamp may have been taken back while it was fetched.
async fn settle(app: &App, looked_into: &Known, state: State) -> Result<(), KnowError> {
    let mut tx = app.db.begin().await?;
    let now = db::quotes::lock(&mut tx, looked_into.post).await?;
    if now.is_some_and(|now| now.state == State::Pending && now.stamp == looked_into.stamp) {
        let stamp = looked_into.stamp.as_deref();
        db::quotes::settle(&mut tx, looked_into.post, state, stamp).await?;
        changed(app, &mut tx, looked_into.post).await?;
        tx.commit().await?;
        app.bus.wake(Queue::Outbox);
    }
    Ok(())
}
