//! Browsers in which somebody signed in before, by the hash of what they keep of it. What that is good for, is for those who
//! ask.

use sqlx::PgConnection;

use crate::domain::clock::Time;
use crate::domain::ids::AccountId;

pub async fn is_known(db: &mut PgConnection, account: AccountId, hash: &[u8]) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"select exists (select 1 from devices where account_id = $1 and hash = $2) as "is_known!""#,
        account.0,
        hash,
    )
    .fetch_one(db)
    .await
}

/// Notes that it was used, and forgets all of the account's but the `most` that were used last.
pub async fn note(
    db: &mut PgConnection,
    account: AccountId,
    hash: &[u8],
    now: Time,
    most: i64,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into devices (account_id, hash, used_at) values ($1, $2, $3)
         on conflict (account_id, hash) do update set used_at = excluded.used_at",
        account.0,
        hash,
        now,
    )
    .execute(&mut *db)
    .await?;
    sqlx::query!(
        "delete from devices where account_id = $1 and hash in (
             select hash from devices where account_id = $1 order by used_at desc, hash offset $2)",
        account.0,
        most,
    )
    .execute(db)
    .await?;
    Ok(())
}

pub async fn delete_of(db: &mut PgConnection, account: AccountId) -> sqlx::Result<()> {
    sqlx::query!("delete from devices where account_id = $1", account.0)
        .execute(db)
        .await?;
    Ok(())
}

/// Forgets those in which nobody signed in since then.
pub async fn sweep(db: &mut PgConnection, before: Time) -> sqlx::Result<u64> {
    let gone = sqlx::query!("delete from devices where used_at < $1", before)
        .execute(db)
        .await?;
    Ok(gone.rows_affected())
}
