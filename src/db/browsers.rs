//! The kinds of browsers that people sign in with. Whether a new one is worth a mail is decided in `actions`.

use chrono::NaiveDate;
use sqlx::PgConnection;

use crate::domain::ids::AccountId;

/// Whether this kind is new for somebody who has signed in with another one before.
pub async fn note(
    db: &mut PgConnection,
    account: AccountId,
    hash: &[u8],
    today: NaiveDate,
) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"with before as (select count(*) as all, count(*) filter (where hash = $2) as same
                           from browsers where account_id = $1),
           noted as (
               insert into browsers (account_id, hash, seen_on) values ($1, $2, $3)
               on conflict (account_id, hash) do update set seen_on = excluded.seen_on)
           select before.all > 0 and before.same = 0 as "is_new!" from before"#,
        account.0,
        hash,
        today,
    )
    .fetch_one(db)
    .await
}

/// Forgets those that nobody used since that day.
pub async fn sweep(db: &mut PgConnection, before: NaiveDate) -> sqlx::Result<u64> {
    let gone = sqlx::query!("delete from browsers where seen_on < $1", before)
        .execute(db)
        .await?;
    Ok(gone.rows_affected())
}
