//! The collections that peers read: what somebody pinned, posted, and who follows whom. Public things only.

use sqlx::PgConnection;

use crate::domain::ids::{AccountId, PostId, RelationId};

/// Public posts and reposts of somebody here below `before`, newest first.
pub async fn outbox(
    db: &mut PgConnection,
    author: AccountId,
    before: PostId,
    most: i64,
) -> sqlx::Result<Vec<PostId>> {
    sqlx::query_scalar!(
        r#"select id as "id!: PostId" from visible_posts(0)
           where author_id = $1 and audience = 0 and id < $2 order by id desc limit $3"#,
        author.0,
        before.0,
        most,
    )
    .fetch_all(db)
    .await
}

/// Posts of somebody that anybody may see and that are at the top of their profile.
pub async fn featured(db: &mut PgConnection, author: AccountId, most: i64) -> sqlx::Result<Vec<PostId>> {
    sqlx::query_scalar!(
        r#"select p.id as "id!: PostId" from pins n join visible_posts(0) p on p.id = n.post_id
           where n.account_id = $1 and p.author_id = $1 order by n.id desc limit $2"#,
        author.0,
        most,
    )
    .fetch_all(db)
    .await
}

/// Answers to a post that anybody may see, oldest first: id, URI if remote, and the author's name.
pub async fn replies(db: &mut PgConnection, post: PostId, most: i64) -> sqlx::Result<Vec<Reply>> {
    sqlx::query_as!(
        Reply,
        r#"select p.id as "id!: PostId", p.uri, a.username
           from visible_posts(0) p join accounts a on a.id = p.author_id
           where p.in_reply_to = $1 order by p.id limit $2"#,
        post.0,
        most,
    )
    .fetch_all(db)
    .await
}

#[derive(Debug)]
pub struct Reply {
    pub id: PostId,
    pub uri: Option<String>,
    pub username: String,
}

/// A page of URIs of people, with the ids by which they are paged, newest first.
#[derive(Debug)]
pub struct Related {
    pub id: RelationId,
    pub uri: String,
}

pub async fn followers(
    db: &mut PgConnection,
    account: AccountId,
    before: RelationId,
    most: i64,
) -> sqlx::Result<Vec<Related>> {
    sqlx::query_as!(
        Related,
        r#"select f.id as "id: RelationId", a.uri from follows f join accounts a on a.id = f.follower_id
           where f.followee_id = $1 and f.accepted and f.id < $2 order by f.id desc limit $3"#,
        account.0,
        before.0,
        most,
    )
    .fetch_all(db)
    .await
}

pub async fn following(
    db: &mut PgConnection,
    account: AccountId,
    before: RelationId,
    most: i64,
) -> sqlx::Result<Vec<Related>> {
    sqlx::query_as!(
        Related,
        r#"select f.id as "id: RelationId", a.uri from follows f join accounts a on a.id = f.followee_id
           where f.follower_id = $1 and f.accepted and f.id < $2 order by f.id desc limit $3"#,
        account.0,
        before.0,
        most,
    )
    .fetch_all(db)
    .await
}
