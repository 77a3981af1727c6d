//! The photos of a post of somebody here: put to it, and what others may have of them. Makes none ready.

use sqlx::PgConnection;

use super::draft::{Draft, PublishError};
use crate::db;
use crate::domain::clock::Time;
use crate::domain::ids::{AccountId, MediaId, PostId};
use crate::domain::picture::Sharing;

/// Attaches the photos, or says what is wrong with them.
pub async fn attach(
    db: &mut PgConnection,
    author: AccountId,
    post: PostId,
    draft: &Draft,
    now: Time,
) -> Result<(), PublishError> {
    let media = &draft.media;
    if media.is_empty() {
        return Ok(());
    }
    if db::media::attach(db, author, post, media, now).await? < media.len() as u64 {
        return Err(why_not(db, author, Some(post), media).await?);
    }
    Ok(share(db, author, draft, now).await?)
}

/// Notes what others may have of the photos, where the draft says anything about it.
pub async fn share(db: &mut PgConnection, author: AccountId, draft: &Draft, now: Time) -> sqlx::Result<()> {
    match draft.sharing == Sharing::default() {
        true => Ok(()),
        false => db::media_better::share(db, author, &draft.media, draft.sharing, now).await,
    }
}

/// What is wrong with pictures that could not be attached to a post, or kept for one.
pub async fn why_not(
    db: &mut PgConnection,
    author: AccountId,
    post: Option<PostId>,
    media: &[MediaId],
) -> sqlx::Result<PublishError> {
    let found = db::media::by_ids(db, media).await?;
    let usable = |owned: &&db::media::Owned| {
        let is_free = owned.post_id.is_none() && !owned.attached && !owned.planned;
        owned.owner_id == author && (is_free || (post.is_some() && owned.post_id == post))
    };
    let ours: Vec<_> = found.iter().filter(usable).collect();
    if ours.len() < media.len() {
        return Ok(PublishError::NoSuchPhoto);
    }
    let failed = ours.iter().any(|owned| owned.photo.state == 2);
    Ok(if failed {
        PublishError::PhotoFailed
    } else {
        PublishError::PhotosNotReady
    })
}
