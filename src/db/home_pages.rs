//! On what a home page depends beside what is on it. Chooses nothing and shows nothing.

use sqlx::PgConnection;

use crate::domain::audience::Audience;
use crate::domain::ids::{AccountId, PostId};

/// Whose posts come into this feed: not the owner's own, and at most `most`.
pub async fn followees(db: &mut PgConnection, owner: AccountId, most: i64) -> sqlx::Result<Vec<AccountId>> {
    sqlx::query_scalar!(
        r#"select coalesce(array_agg(f.followee_id), '{}') as "followees!: Vec<AccountId>"
           from (select followee_id from follows where follower_id = $1 and accepted and in_home limit $2) f"#,
        owner.0,
        most,
    )
    .fetch_one(db)
    .await
}

/// A post that its reader did not get to see, as far as others are concerned with that.
#[derive(Debug)]
pub struct LeftOut {
    pub author_id: AccountId,
    pub repost_of: Option<PostId>,
    pub repost_author_id: Option<AccountId>,
    pub audience: Audience,
}

/// Those of `ids` that there are.
pub async fn left_out(db: &mut PgConnection, ids: &[PostId]) -> sqlx::Result<Vec<LeftOut>> {
    sqlx::query_as!(
        LeftOut,
        r#"select author_id as "author_id: AccountId", repost_of as "repost_of: PostId",
               repost_author_id as "repost_author_id: AccountId", audience as "audience: Audience"
           from posts where id = any ($1)"#,
        ids as &[PostId],
    )
    .fetch_all(db)
    .await
}
