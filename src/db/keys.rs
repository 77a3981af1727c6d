//! Sealed signing keys. Never selected together with anything else, never opened here.

use sqlx::PgConnection;

use crate::domain::ids::AccountId;

pub async fn insert(db: &mut PgConnection, account: AccountId, sealed: &[u8]) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into account_keys (account_id, sealed) values ($1, $2)",
        account.0,
        sealed
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Removes the keys of deleted accounts once no letter of theirs is still to be written or sent. One that was set aside
/// is given up.
pub async fn forget_ended(db: &mut PgConnection) -> sqlx::Result<u64> {
    let gone = sqlx::query!(
        "delete from account_keys k using accounts a
         where a.id = k.account_id and a.deleted_at is not null
           and not exists (
               select 1 from outgoing o
               where o.sender_id = a.id
                 and (exists (select 1 from letters l where l.outgoing_id = o.id)
                      or not exists (select 1 from letters_aside s where s.outgoing_id = o.id)))",
    )
    .execute(db)
    .await?;
    Ok(gone.rows_affected())
}

pub async fn sealed(db: &mut PgConnection, account: AccountId) -> sqlx::Result<Option<Vec<u8>>> {
    sqlx::query_scalar!("select sealed from account_keys where account_id = $1", account.0)
        .fetch_optional(db)
        .await
}
