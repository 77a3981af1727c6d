//! Mails that wait to be sent. Knows neither what they say nor how they are sent.

use sqlx::PgConnection;

use crate::domain::clock::Time;

/// Most mails that wait for one address, and in all: whoever waits for one asks again.
const MOST_TO_ONE: i64 = 10;
const MOST: i64 = 50_000;

#[derive(Debug)]
pub struct NewMail<'a> {
    /// The hash of the address.
    pub subject: &'a [u8],
    pub sealed: &'a [u8],
    pub keep_until: Time,
    pub now: Time,
}

/// Whether there was room for it.
pub async fn insert(db: &mut PgConnection, new: &NewMail<'_>) -> sqlx::Result<bool> {
    let added = sqlx::query!(
        "insert into mails (subject, sealed, next_try_at, keep_until, created_at)
         select $1, $2, $3, $4, $3
         where (select count(*) from (select 1 from mails where subject = $1 limit $5) o) < $5
           and (select count(*) from (select 1 from mails limit $6) a) < $6",
        new.subject,
        new.sealed,
        new.now,
        new.keep_until,
        MOST_TO_ONE,
        MOST,
    )
    .execute(db)
    .await?;
    Ok(added.rows_affected() > 0)
}

/// A mail that a worker has until its lease ends.
pub struct Taken {
    pub id: i64,
    pub sealed: Vec<u8>,
    /// This one included.
    pub tries: i16,
    pub created_at: Time,
}

/// Takes up to `most` mails, the longest due first, until `lease_ends`; then whoever looks may take them again.
pub async fn take(db: &mut PgConnection, now: Time, lease_ends: Time, most: i64) -> sqlx::Result<Vec<Taken>> {
    sqlx::query_as!(
        Taken,
        "update mails set next_try_at = $2, tries = tries + 1
         where id = any (array(
             select id from mails where next_try_at <= $1 order by next_try_at, id limit $3 for update skip locked))
         returning id, sealed, tries, created_at",
        now,
        lease_ends,
        most,
    )
    .fetch_all(db)
    .await
}

/// Says something else from now on; whether it is still there.
pub async fn rewrite(db: &mut PgConnection, id: i64, sealed: &[u8], keep_until: Time) -> sqlx::Result<bool> {
    let changed = sqlx::query!(
        "update mails set sealed = $2, keep_until = $3 where id = $1",
        id,
        sealed,
        keep_until
    )
    .execute(db)
    .await?;
    Ok(changed.rows_affected() > 0)
}

/// It was sent, or never will be.
pub async fn done(db: &mut PgConnection, id: i64) -> sqlx::Result<()> {
    sqlx::query!("delete from mails where id = $1", id)
        .execute(db)
        .await?;
    Ok(())
}

pub async fn put_off(db: &mut PgConnection, id: i64, until: Time) -> sqlx::Result<()> {
    sqlx::query!("update mails set next_try_at = $2 where id = $1", id, until)
        .execute(db)
        .await?;
    Ok(())
}

/// Nothing is sent before that.
pub async fn put_all_off(db: &mut PgConnection, until: Time) -> sqlx::Result<()> {
    sqlx::query!("update mails set next_try_at = $1 where next_try_at < $1", until)
        .execute(db)
        .await?;
    Ok(())
}

/// Forgets what is of no use any more. Gives how many.
pub async fn sweep(db: &mut PgConnection, now: Time) -> sqlx::Result<u64> {
    let gone = sqlx::query!("delete from mails where keep_until < $1", now)
        .execute(db)
        .await?;
    Ok(gone.rows_affected())
}
