//! On what a home page depends beside what is on it. Chooses nothing and shows nothing.

use sqlx::PgConnection;

use crate::domain::audience::Audience;
use crate::domain::ids::{AccountId, PostId, TagId};

/// By whom and by what posts come into a feed.
#[derive(Debug)]
pub struct Followed {
    pub people: Vec<AccountId>,
    pub tags: Vec<TagId>,
}

/// What the owner follows: not themselves, and of either kind at most `most`.
pub async fn followed(db: &mut PgConnection, owner: AccountId, most: i64) -> sqlx::Result<Followed> {
    sqlx::query_as!(
        Followed,
        r#"select array(select followee_id from follows where follower_id = $1 and accepted and in_home limit $2)
                   as "people!: Vec<AccountId>",
               array(select tag_id from tag_follows where account_id = $1 limit $2) as "tags!: Vec<TagId>""#,
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
