//! Files of suspended people here, which nobody may see: which are to be brought away, and which back. Knows no storage, and
//! leaves copies of other servers' pictures alone.

use sqlx::PgConnection;

use crate::domain::clock::Time;
use crate::domain::ids::AccountId;

/// Whoever moves such files, one process at a time.
const MOVING: i64 = 7298;

/// Notes that all public files of this account are to be brought to where they belong.
pub async fn note(db: &mut PgConnection, account: AccountId, now: Time) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into withheld_files (key, account_id, due_at)
         select f.key, m.owner_id, $2
         from media m cross join lateral (values (m.key), (m.next_key), (m.shared_key)) f (key)
         where m.owner_id = $1 and m.remote_url is null and f.key is not null
         on conflict (key) do update set due_at = excluded.due_at",
        account.0,
        now,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Notes the same of files that were named in the very moment in which their owner was suspended, if that was since then.
pub async fn note_missed(db: &mut PgConnection, since: Time, now: Time) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into withheld_files (key, account_id, due_at)
         select f.key, m.owner_id, $2
         from accounts a join media m on m.owner_id = a.id
         cross join lateral (values (m.key), (m.next_key), (m.shared_key)) f (key)
         where a.suspended_at > $1 and m.remote_url is null and f.key is not null
         on conflict do nothing",
        since,
        now,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Has what is withheld of this account brought back, now that it is no longer suspended.
pub async fn give_back(db: &mut PgConnection, account: AccountId, now: Time) -> sqlx::Result<()> {
    sqlx::query!(
        "update withheld_files set due_at = $2 where account_id = $1",
        account.0,
        now
    )
    .execute(db)
    .await?;
    Ok(())
}

pub async fn is_any_due(db: &mut PgConnection, now: Time) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"select exists (select 1 from withheld_files where due_at <= $1) as "any!""#,
        now
    )
    .fetch_one(db)
    .await
}

/// Whether this connection is the one that may move files, until it says otherwise or is closed.
pub async fn lock(db: &mut PgConnection) -> sqlx::Result<bool> {
    sqlx::query_scalar!(r#"select pg_try_advisory_lock($1) as "locked!""#, MOVING)
        .fetch_one(db)
        .await
}

pub async fn unlock(db: &mut PgConnection) -> sqlx::Result<()> {
    sqlx::query_scalar!(r#"select pg_advisory_unlock($1) as "unlocked!""#, MOVING)
        .fetch_one(db)
        .await?;
    Ok(())
}

/// Files that are to be moved, and where they belong.
#[derive(Clone, Debug)]
pub struct Due {
    pub key: String,
    /// Its owner is suspended.
    pub is_withheld: bool,
}

/// Some that are due; `retry_at` is when they are due again, should moving them fail.
pub async fn take(db: &mut PgConnection, now: Time, retry_at: Time, most: i64) -> sqlx::Result<Vec<Due>> {
    sqlx::query_as!(
        Due,
        r#"update withheld_files w set due_at = $2
           from accounts a
           where a.id = w.account_id and w.key = any (array(
               select key from withheld_files where due_at <= $1 order by due_at limit $3 for update skip locked))
           returning w.key, a.suspended_at is not null as "is_withheld!""#,
        now,
        retry_at,
        most,
    )
    .fetch_all(db)
    .await
}

/// They are where they belong, but for those that were noted anew since they were taken. Gives those of which it is true.
pub async fn settle(
    db: &mut PgConnection,
    away: &[String],
    back: &[String],
    retry_at: Time,
) -> sqlx::Result<Vec<String>> {
    sqlx::query_scalar!(
        r#"with away as (
               update withheld_files w set due_at = null
               from accounts a
               where w.key = any ($1) and w.due_at = $3 and a.id = w.account_id and a.suspended_at is not null
               returning w.key),
           back as (
               delete from withheld_files where key = any ($2) and due_at = $3 returning key)
           select key as "key!" from away union all select key from back"#,
        away,
        back,
        retry_at,
    )
    .fetch_all(db)
    .await
}
