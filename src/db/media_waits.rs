//! Pictures that were taken and wait again: for their turn, for their server, for better times. Gives none up.

use sqlx::PgConnection;

use crate::domain::clock::Time;
use crate::domain::ids::MediaId;

/// Gives back, until then, what a worker has not finished or not begun: it counts as not tried.
pub async fn hand_back(db: &mut PgConnection, ids: &[MediaId], until: Time) -> sqlx::Result<()> {
    sqlx::query!(
        "update media set queue = 1, next_try_at = $2, tries = greatest(tries - 1, 0)
         where id = any ($1) and queue = 2",
        ids as &[MediaId],
        until
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Puts pictures off whose server is left alone until then. They count as tried, so that nobody who looks at them hurries
/// them, but only once: it is not their fault.
pub async fn await_host(
    db: &mut PgConnection,
    id: MediaId,
    until: Time,
    sentence: Option<&str>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update media set queue = 1, next_try_at = $2, tries = 1, failure = coalesce($3, failure)
         where id = $1 and queue = 2",
        id.0,
        until,
        sentence,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Puts off what waits for a server that is left alone until then. Gives how many.
pub async fn put_off(db: &mut PgConnection, host: &str, until: Time, most: i64) -> sqlx::Result<u64> {
    let put_off = sqlx::query!(
        "update media set next_try_at = $2, tries = greatest(tries, 1)
         where id = any (array(
             select id from media where queue = 1 and remote_host = $1 and next_try_at < $2
             limit $3 for update skip locked))",
        host,
        until,
        most,
    )
    .execute(db)
    .await?;
    Ok(put_off.rows_affected())
}

/// Lets a picture rest, since its server has not answered for long: it is asked for again when somebody looks at it.
pub async fn rest(db: &mut PgConnection, id: MediaId) -> sqlx::Result<()> {
    sqlx::query!(
        "update media set queue = 0, tries = 0, priority = 0, next_key = case when state = 1 then null else next_key end
         where id = $1 and queue = 2",
        id.0
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Puts a picture back into the queue, for later, and says why.
pub async fn again(
    db: &mut PgConnection,
    id: MediaId,
    key: &str,
    at: Time,
    sentence: &str,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update media set queue = 1, next_try_at = $3, failure = $4
         where id = $1 and coalesce(next_key, key) = $2 and queue = 2",
        id.0,
        key,
        at,
        sentence,
    )
    .execute(db)
    .await?;
    Ok(())
}
