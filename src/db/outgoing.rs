//! Activities to send, one copy each. Who gets them is written down as work beside it.

use sqlx::PgConnection;

use crate::domain::clock::Time;
use crate::domain::ids::{AccountId, PostId};

#[derive(Debug)]
pub struct NewOutgoing<'a> {
    pub sender: AccountId,
    pub post: Option<PostId>,
    /// Delete or Undo: kept even for a host that seems dead.
    pub lasting: bool,
    pub body: &'a str,
    pub now: Time,
}

/// Takes back what somebody sent and what has not left yet, letters and all; not deletions and the like.
pub async fn withdraw(db: &mut PgConnection, sender: AccountId) -> sqlx::Result<()> {
    sqlx::query!(
        "delete from outgoing where sender_id = $1 and not lasting",
        sender.0
    )
    .execute(db)
    .await?;
    Ok(())
}

pub async fn insert(db: &mut PgConnection, new: &NewOutgoing<'_>) -> sqlx::Result<i64> {
    sqlx::query_scalar!(
        "insert into outgoing (sender_id, post_id, lasting, body, created_at) values ($1, $2, $3, $4, $5) returning id",
        new.sender.0,
        new.post.map(|post| post.0),
        new.lasting,
        new.body,
        new.now,
    )
    .fetch_one(db)
    .await
}

/// An activity as its letters carry it.
#[derive(Debug)]
pub struct Carried {
    pub id: i64,
    pub sender_id: AccountId,
    pub key_id: String,
    pub body: String,
    pub lasting: bool,
    /// Of what is for followers only: their collection, and its owner.
    pub followers_url: Option<String>,
    pub sender_uri: String,
}

pub async fn carried(db: &mut PgConnection, ids: &[i64]) -> sqlx::Result<Vec<Carried>> {
    sqlx::query_as!(
        Carried,
        r#"select o.id, o.sender_id as "sender_id: AccountId", a.public_key_id as key_id, o.body, o.lasting,
               a.uri as sender_uri,
               (select a.followers_url from posts p where p.id = o.post_id and p.audience = 2) as followers_url
           from outgoing o join accounts a on a.id = o.sender_id
           where o.id = any ($1)"#,
        ids,
    )
    .fetch_all(db)
    .await
}
