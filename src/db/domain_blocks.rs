//! Whole servers that somebody does not want to see. An instance's own policies are `policies`.

use sqlx::PgConnection;

use super::listed::Window;
use crate::domain::ids::{AccountId, RelationId};

/// `domain`: an authority as in `hosts`. Whether there was none before.
pub async fn insert(
    db: &mut PgConnection,
    id: RelationId,
    account: AccountId,
    domain: &str,
) -> sqlx::Result<bool> {
    let made = sqlx::query!(
        "insert into account_domain_blocks (account_id, domain, id) values ($1, $2, $3) on conflict do nothing",
        account.0,
        domain,
        id.0,
    )
    .execute(db)
    .await?;
    Ok(made.rows_affected() > 0)
}

pub async fn delete(db: &mut PgConnection, account: AccountId, domain: &str) -> sqlx::Result<()> {
    sqlx::query!(
        "delete from account_domain_blocks where account_id = $1 and domain = $2",
        account.0,
        domain
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Follows between somebody and the people of one server.
#[derive(Clone, Copy, Debug)]
pub struct Neighbours {
    pub followers: i64,
    pub following: i64,
}

pub async fn neighbours(db: &mut PgConnection, account: AccountId, domain: &str) -> sqlx::Result<Neighbours> {
    sqlx::query_as!(
        Neighbours,
        r#"select
             (select count(*) from follows f join accounts a on a.id = f.follower_id join hosts h on h.id = a.host_id
              where f.followee_id = $1 and f.accepted and h.authority = $2) as "followers!",
             (select count(*) from follows f join accounts a on a.id = f.followee_id join hosts h on h.id = a.host_id
              where f.follower_id = $1 and f.accepted and h.authority = $2) as "following!""#,
        account.0,
        domain,
    )
    .fetch_one(db)
    .await
}

pub async fn exists(db: &mut PgConnection, account: AccountId, domain: &str) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"select exists (select 1 from account_domain_blocks where account_id = $1 and domain = $2) as "exists!""#,
        account.0,
        domain
    )
    .fetch_one(db)
    .await
}

/// A line of the list, with the id by which it is paged.
#[derive(Clone, Debug)]
pub struct Blocked {
    pub id: RelationId,
    pub domain: String,
}

/// A page, newest first.
pub async fn page(db: &mut PgConnection, account: AccountId, window: &Window) -> sqlx::Result<Vec<Blocked>> {
    sqlx::query_as!(
        Blocked,
        // People have few of these: both ends are sorted from the whole.
        r#"select id as "id!: RelationId", domain as "domain!" from (
               select id, domain from account_domain_blocks
               where account_id = $1 and id < $2 and id > $3
               order by case when $4 then id else -id end limit $5) page
           order by id desc"#,
        account.0,
        window.below,
        window.above,
        window.from_old_end,
        window.limit,
    )
    .fetch_all(db)
    .await
}
