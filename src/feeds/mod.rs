//! Home feeds: which ids are in them, in which order. Decides nothing about who may see a post: that is asked again
//! when a page is read.
//!
//! A feed is written (fan-out) for authors with few followers here, and pulled at reading for those with many. Each post
//! says which it was (`pushed`), so an author who crosses the threshold neither doubles nor loses posts. Written entries
//! reach down to the feed's floor; below it everybody is pulled. What comes by a followed tag is written in any case, since
//! its author is nobody whom the reader pulls; so tags end at the floor.

mod postgres;

pub use postgres::PostgresFeeds;

use async_trait::async_trait;
use sqlx::PgConnection;

use crate::db::glances::Glance;
use crate::domain::ids::{AccountId, PostId, TagId};
use crate::domain::window::Window;

/// What was chosen for a page.
#[derive(Debug)]
pub struct Chosen {
    pub ids: Vec<PostId>,
    /// How just these posts stand, where the engine could ask for it in the same question.
    pub glance: Option<Glance>,
    /// Whatever would come among them, or go, is noted in `card_changes`: for the owner, or for its author.
    pub is_noted: bool,
}

/// An engine that keeps feeds. Gives ids only.
#[async_trait]
pub trait FeedStore: Send + Sync {
    /// The ids of a page, newest first: written and pulled ones merged. `since`: changes of posts are wanted from that
    /// transaction on, if the engine gives a glance.
    async fn page(
        &self,
        db: &mut PgConnection,
        owner: AccountId,
        window: &Window,
        since: Option<i64>,
    ) -> sqlx::Result<Chosen>;

    /// Adds posts to the feeds of their authors' followers here, to their authors' own, and open ones to those of whoever
    /// follows a tag of theirs.
    async fn push(&self, db: &mut PgConnection, posts: &[PostId]) -> sqlx::Result<()>;

    /// Of these people those whose feed has one of these posts, with it: written there, or pulled into it.
    async fn holding(
        &self,
        db: &mut PgConnection,
        posts: &[PostId],
        owners: &[AccountId],
    ) -> sqlx::Result<Vec<(PostId, AccountId)>>;

    /// Adds what a followee posted before, after a new follow.
    async fn backfill(
        &self,
        db: &mut PgConnection,
        owner: AccountId,
        followee: AccountId,
    ) -> sqlx::Result<()>;

    /// Takes an author's posts out, after a follow ended.
    async fn forget(&self, db: &mut PgConnection, owner: AccountId, author: AccountId) -> sqlx::Result<()> {
        self.forget_all(db, owner, &[author]).await
    }

    /// The same for many authors at once.
    async fn forget_all(
        &self,
        db: &mut PgConnection,
        owner: AccountId,
        authors: &[AccountId],
    ) -> sqlx::Result<()>;

    /// Takes out what came by that tag alone, after its follow ended.
    async fn forget_tag(&self, db: &mut PgConnection, owner: AccountId, tag: TagId) -> sqlx::Result<()>;

    /// Cuts long feeds to their length, raising their floors. Gives how many entries went.
    async fn trim(&self, db: &mut PgConnection) -> sqlx::Result<u64>;

    /// Writes a feed anew for somebody who comes back.
    async fn rebuild(&self, db: &mut PgConnection, owner: AccountId) -> sqlx::Result<()>;

    /// Stops writing to the feed of somebody who is away; it is pulled as a whole until it is rebuilt.
    async fn retire(&self, db: &mut PgConnection, owner: AccountId) -> sqlx::Result<()>;
}
