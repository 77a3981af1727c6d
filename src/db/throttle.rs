//! Tries that failed, by hashed subject. How many are too many is decided in `actions`.

use sqlx::PgConnection;

use crate::domain::clock::Time;

/// Makes others with this subject wait until the transaction ends, so that tries at the same moment are all counted.
pub async fn lock(db: &mut PgConnection, subject: &[u8]) -> sqlx::Result<()> {
    sqlx::query!(
        "select pg_advisory_xact_lock(hashtextextended(encode($1::bytea, 'hex'), 7301))",
        subject
    )
    .execute(db)
    .await?;
    Ok(())
}

/// When the `most`-th try, counted from the newest, was made; `None` when there were fewer since then.
pub async fn nth_newest(
    db: &mut PgConnection,
    subject: &[u8],
    since: Time,
    most: i64,
) -> sqlx::Result<Option<Time>> {
    sqlx::query_scalar!(
        "select failed_at from sign_in_failures where subject = $1 and failed_at > $2
         order by failed_at desc offset $3 limit 1",
        subject,
        since,
        (most - 1).max(0),
    )
    .fetch_optional(db)
    .await
}

pub async fn add(db: &mut PgConnection, subject: &[u8], now: Time) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into sign_in_failures (subject, failed_at) values ($1, $2)",
        subject,
        now
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Takes back one try, which did not fail.
pub async fn take_back(db: &mut PgConnection, subject: &[u8], at: Time) -> sqlx::Result<()> {
    sqlx::query!(
        "delete from sign_in_failures where ctid in (
             select ctid from sign_in_failures where subject = $1 and failed_at = $2 limit 1)",
        subject,
        at,
    )
    .execute(db)
    .await?;
    Ok(())
}

pub async fn forget(db: &mut PgConnection, subject: &[u8]) -> sqlx::Result<()> {
    sqlx::query!("delete from sign_in_failures where subject = $1", subject)
        .execute(db)
        .await?;
    Ok(())
}

pub async fn sweep(db: &mut PgConnection, before: Time) -> sqlx::Result<u64> {
    let gone = sqlx::query!("delete from sign_in_failures where failed_at < $1", before)
        .execute(db)
        .await?;
    Ok(gone.rows_affected())
}
