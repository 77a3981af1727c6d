//! Keeping talks: posts for named people, made here or elsewhere, are noted for those who are in them, and these are told.
//! Shows nobody a post; that is decided when it is read.

use sqlx::PgConnection;

use crate::db;
use crate::db::conversations::Kept;
use crate::domain::ids::{AccountId, PostId};
use crate::domain::live::Event;
use crate::domain::work::Work;

/// New posts, of which some may be for named people.
pub async fn keep(db: &mut PgConnection, posts: &[PostId]) -> sqlx::Result<()> {
    let kept = db::conversations::keep(db, posts, None).await?;
    tell(db, kept).await
}

/// A post that names more people than before.
pub async fn join(db: &mut PgConnection, post: PostId, people: &[AccountId]) -> sqlx::Result<()> {
    let kept = db::conversations::keep(db, &[post], Some(people)).await?;
    tell(db, kept).await
}

async fn tell(db: &mut PgConnection, kept: Vec<Kept>) -> sqlx::Result<()> {
    if kept.is_empty() {
        return Ok(());
    }
    let events = kept.into_iter().map(|one| Event::Conversed {
        conversation: one.id,
        to: one.account,
    });
    let events = events.collect();
    db::outbox::add(db, &Work::Tell { events }).await
}
