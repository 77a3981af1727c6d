//! Addresses of mail with which nobody signs up, by their hashes. Never sees an address.

use sqlx::PgConnection;

use crate::domain::clock::Time;
use crate::domain::ids::EmailBlockId;
use crate::domain::window::Window;

#[derive(Clone, Debug)]
pub struct Block {
    pub id: EmailBlockId,
    /// In hex.
    pub hash: String,
}

/// Fails on `email_blocks_hash_key` when it is there.
pub async fn insert(db: &mut PgConnection, block: &Block, now: Time) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into email_blocks (id, hash, created_at) values ($1, $2, $3)",
        block.id.0,
        block.hash,
        now,
    )
    .execute(db)
    .await?;
    Ok(())
}

pub async fn by_id(db: &mut PgConnection, id: EmailBlockId) -> sqlx::Result<Option<Block>> {
    sqlx::query_as!(
        Block,
        r#"select id as "id: EmailBlockId", hash from email_blocks where id = $1"#,
        id.0,
    )
    .fetch_optional(db)
    .await
}

pub async fn by_hash(db: &mut PgConnection, hash: &str) -> sqlx::Result<Option<Block>> {
    sqlx::query_as!(
        Block,
        r#"select id as "id: EmailBlockId", hash from email_blocks where hash = $1"#,
        hash,
    )
    .fetch_optional(db)
    .await
}

/// The hash that is blocked no more.
pub async fn delete(db: &mut PgConnection, id: EmailBlockId) -> sqlx::Result<Option<String>> {
    sqlx::query_scalar!("delete from email_blocks where id = $1 returning hash", id.0)
        .fetch_optional(db)
        .await
}

/// A page, newest first.
pub async fn page(db: &mut PgConnection, window: &Window) -> sqlx::Result<Vec<Block>> {
    sqlx::query_as!(
        Block,
        r#"select id as "id!: EmailBlockId", hash as "hash!" from (
               select id, hash from email_blocks where id < $1 and id > $2
               order by case when $3 then id else -id end limit $4) page
           order by id desc"#,
        window.below,
        window.above,
        window.from_old_end,
        window.limit,
    )
    .fetch_all(db)
    .await
}
