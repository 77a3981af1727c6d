//! Who blocks whom. What follows from it is `hidden` and the end of follows, which the actions see to.

use sqlx::PgConnection;

use super::listed::{Listed, Window};
use crate::domain::clock::Time;
use crate::domain::ids::{AccountId, RelationId};

/// Whether there was none before.
pub async fn insert(
    db: &mut PgConnection,
    id: RelationId,
    account: AccountId,
    target: AccountId,
    uri: Option<&str>,
    now: Time,
) -> sqlx::Result<bool> {
    let made = sqlx::query!(
        "insert into blocks (account_id, target_id, id, uri, created_at) values ($1, $2, $3, $4, $5)
         on conflict do nothing",
        account.0,
        target.0,
        id.0,
        uri,
        now,
    )
    .execute(db)
    .await?;
    Ok(made.rows_affected() > 0)
}

/// A block that was there.
#[derive(Debug)]
pub struct Gone {
    /// The Block's address, where a server was told.
    pub uri: Option<String>,
}

/// None where there was none.
pub async fn delete(
    db: &mut PgConnection,
    account: AccountId,
    target: AccountId,
) -> sqlx::Result<Option<Gone>> {
    sqlx::query_as!(
        Gone,
        "delete from blocks where account_id = $1 and target_id = $2 returning uri",
        account.0,
        target.0
    )
    .fetch_optional(db)
    .await
}

/// Whom somebody blocked under that address.
pub async fn target_by_uri(
    db: &mut PgConnection,
    account: AccountId,
    uri: &str,
) -> sqlx::Result<Option<AccountId>> {
    sqlx::query_scalar!(
        r#"select target_id as "target: AccountId" from blocks where account_id = $1 and uri = $2 limit 1"#,
        account.0,
        uri
    )
    .fetch_optional(db)
    .await
}

/// Whom somebody blocks, newest first.
pub async fn page(db: &mut PgConnection, of: AccountId, window: &Window) -> sqlx::Result<Vec<Listed>> {
    sqlx::query_as!(
        Listed,
        r#"select id as "id!: RelationId", account as "account!: AccountId" from (
               (select b.id, b.target_id as account from blocks b join accounts a on a.id = b.target_id
                where not $4 and b.account_id = $1 and b.id < $2 and b.id > $3 and a.deleted_at is null
                order by b.id desc limit $5)
               union all
               (select b.id, b.target_id as account from blocks b join accounts a on a.id = b.target_id
                where $4 and b.account_id = $1 and b.id < $2 and b.id > $3 and a.deleted_at is null
                order by b.id limit $5)) page
           order by 1 desc"#,
        of.0,
        window.below,
        window.above,
        window.from_old_end,
        window.limit,
    )
    .fetch_all(db)
    .await
}
