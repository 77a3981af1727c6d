//! Providers of mail with whose addresses nobody signs up, and who tried. Addresses themselves are `email_blocks`'.

use chrono::NaiveDate;
use sqlx::PgConnection;

use crate::domain::clock::Time;
use crate::domain::ids::EmailDomainBlockId;
use crate::domain::window::Window;

#[derive(Clone, Debug)]
pub struct Block {
    pub id: EmailDomainBlockId,
    pub domain: String,
    pub created_at: Time,
}

/// Fails on `email_domain_blocks_domain_key` when it is there.
pub async fn insert(db: &mut PgConnection, block: &Block) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into email_domain_blocks (id, domain, created_at) values ($1, $2, $3)",
        block.id.0,
        block.domain,
        block.created_at,
    )
    .execute(db)
    .await?;
    Ok(())
}

pub async fn by_id(db: &mut PgConnection, id: EmailDomainBlockId) -> sqlx::Result<Option<Block>> {
    sqlx::query_as!(
        Block,
        r#"select id as "id: EmailDomainBlockId", domain, created_at from email_domain_blocks where id = $1"#,
        id.0,
    )
    .fetch_optional(db)
    .await
}

/// The domain that is blocked no more.
pub async fn delete(db: &mut PgConnection, id: EmailDomainBlockId) -> sqlx::Result<Option<String>> {
    sqlx::query_scalar!(
        "delete from email_domain_blocks where id = $1 returning domain",
        id.0
    )
    .fetch_optional(db)
    .await
}

/// A page, newest first.
pub async fn page(db: &mut PgConnection, window: &Window) -> sqlx::Result<Vec<Block>> {
    sqlx::query_as!(
        Block,
        r#"select id as "id!: EmailDomainBlockId", domain as "domain!", created_at as "created_at!" from (
               select * from email_domain_blocks where id < $1 and id > $2
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

/// The first block of one of these domains.
pub async fn of_any(db: &mut PgConnection, domains: &[String]) -> sqlx::Result<Option<EmailDomainBlockId>> {
    sqlx::query_scalar!(
        r#"select id as "id: EmailDomainBlockId" from email_domain_blocks where domain = any ($1) order by id limit 1"#,
        domains,
    )
    .fetch_optional(db)
    .await
}

/// Notes that somebody tried. `source`: a hash of where they were.
pub async fn tried(
    db: &mut PgConnection,
    block: EmailDomainBlockId,
    day: NaiveDate,
    source: &[u8],
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into email_domain_tries (block_id, day, source) select id, $2, $3 from email_domain_blocks where id = $1
         on conflict (block_id, day, source) do update set tries = email_domain_tries.tries + 1",
        block.0,
        day,
        source,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// How often it was tried on a day, and from how many places.
#[derive(Clone, Debug)]
pub struct Tries {
    pub block: EmailDomainBlockId,
    pub day: NaiveDate,
    pub sources: i64,
    pub tries: i64,
}

/// From that day on.
pub async fn tries(
    db: &mut PgConnection,
    blocks: &[EmailDomainBlockId],
    from: NaiveDate,
) -> sqlx::Result<Vec<Tries>> {
    sqlx::query_as!(
        Tries,
        r#"select block_id as "block: EmailDomainBlockId", day, count(*) as "sources!", sum(tries)::bigint as "tries!"
           from email_domain_tries where block_id = any ($1) and day >= $2 group by 1, 2"#,
        blocks as &[EmailDomainBlockId],
        from,
    )
    .fetch_all(db)
    .await
}

pub async fn forget_tries(db: &mut PgConnection, before: NaiveDate) -> sqlx::Result<()> {
    sqlx::query!("delete from email_domain_tries where day < $1", before)
        .execute(db)
        .await?;
    Ok(())
}
