//! The embedded engine: feeds as rows of `home_feed`.

use async_trait::async_trait;
use sqlx::PgConnection;

use super::{Chosen, FeedStore};
use crate::db;
use crate::domain::ids::{AccountId, PostId, TagId};
use crate::domain::window::Window;

/// Feeds in Postgres, cut to `length` entries by a rare sweep.
#[derive(Clone, Debug)]
pub struct PostgresFeeds {
    pub length: i64,
}

/// Newest first, each once, and of too many those at the window's own end. The glance was at the others alone.
fn add(chosen: &mut Chosen, more: Vec<PostId>, window: &Window) {
    if more.is_empty() {
        return;
    }
    chosen.glance = None;
    let ids = &mut chosen.ids;
    ids.extend(more);
    ids.sort_unstable_by(|a, b| b.cmp(a));
    ids.dedup();
    let limit = usize::try_from(window.limit).unwrap_or_default();
    if window.from_old_end {
        ids.drain(..ids.len().saturating_sub(limit));
    } else {
        ids.truncate(limit);
    }
}

#[async_trait]
impl FeedStore for PostgresFeeds {
    async fn page(
        &self,
        db: &mut PgConnection,
        owner: AccountId,
        window: &Window,
        since: Option<i64>,
    ) -> sqlx::Result<Chosen> {
        let Window {
            below,
            above,
            from_old_end,
            limit,
        } = *window;
        let (page, glance) = if from_old_end {
            let page = db::feeds::oldest(db, owner, below, above, limit).await?;
            (page, None)
        } else {
            let (page, glance) = db::glances::home(db, owner, below, above, limit, since).await?;
            (page, Some(glance))
        };
        let mut chosen = Chosen {
            ids: page.ids,
            glance,
            is_noted: true,
        };
        if page.pulls {
            let above = above.max(page.floor - 1);
            let pulled = db::feeds::pulled(db, owner, below, above, from_old_end, limit).await?;
            add(&mut chosen, pulled, window);
        }
        // Written entries end at the floor. A page that comes near it, from either side, is pulled whole below it.
        let reaches_floor = if from_old_end {
            above < page.floor
        } else {
            (chosen.ids.len() as i64) < limit && page.floor > above
        };
        if reaches_floor {
            // There, a post is in the feed as soon as there is one.
            chosen.is_noted = false;
            let below = below.min(page.floor);
            let pulled = db::feeds::pull(db, owner, below, above, from_old_end, limit).await?;
            add(&mut chosen, pulled, window);
        }
        Ok(chosen)
    }

    async fn push(&self, db: &mut PgConnection, posts: &[PostId]) -> sqlx::Result<()> {
        db::feeds::push(db, posts).await?;
        db::tag_feeds::push(db, posts).await
    }

    async fn holding(
        &self,
        db: &mut PgConnection,
        posts: &[PostId],
        owners: &[AccountId],
    ) -> sqlx::Result<Vec<(PostId, AccountId)>> {
        db::feeds::holding(db, posts, owners).await
    }

    async fn backfill(
        &self,
        db: &mut PgConnection,
        owner: AccountId,
        followee: AccountId,
    ) -> sqlx::Result<()> {
        if db::feeds::backfill(db, owner, followee, self.length).await? >= self.length as u64 {
            db::feeds::trim_one(db, owner, self.length).await?;
        }
        Ok(())
    }

    async fn forget_all(
        &self,
        db: &mut PgConnection,
        owner: AccountId,
        authors: &[AccountId],
    ) -> sqlx::Result<()> {
        db::feeds::forget(db, owner, authors).await
    }

    async fn forget_tag(&self, db: &mut PgConnection, owner: AccountId, tag: TagId) -> sqlx::Result<()> {
        db::tag_feeds::forget(db, owner, tag).await
    }

    async fn trim(&self, db: &mut PgConnection) -> sqlx::Result<u64> {
        let mut gone = 0;
        for owner in db::feeds::overlong(db, self.length + self.length / 4).await? {
            gone += db::feeds::trim_one(db, owner, self.length).await?;
        }
        Ok(gone)
    }

    async fn rebuild(&self, db: &mut PgConnection, owner: AccountId) -> sqlx::Result<()> {
        db::feeds::rebuild(db, owner, self.length).await
    }

    async fn retire(&self, db: &mut PgConnection, owner: AccountId) -> sqlx::Result<()> {
        db::feeds::retire(db, owner).await
    }
}
