//! Pictures and files that nobody needs any more. Rows go first; a trigger notes their files, which go after them.

use sqlx::PgConnection;

use crate::domain::clock::Time;

/// Notes the place of an original before it is stored, so that it is found if its row is never written.
pub async fn note_original(db: &mut PgConnection, key: &str, due: Time) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into discarded_files (key, original, due_at) values ($1, true, $2)",
        key,
        due
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Its row is being written: the original stays. False when it was removed already.
pub async fn adopt_original(db: &mut PgConnection, key: &str) -> sqlx::Result<bool> {
    let noted = sqlx::query!("delete from discarded_files where key = $1 and original", key)
        .execute(db)
        .await?;
    Ok(noted.rows_affected() > 0)
}

/// The files of this key are named by a row from now on. False when they were removed already.
pub async fn adopt(db: &mut PgConnection, key: &str) -> sqlx::Result<bool> {
    let noted = sqlx::query!("delete from discarded_files where key = $1 and not original", key)
        .execute(db)
        .await?;
    Ok(noted.rows_affected() > 0)
}

/// Notes files that were made for a row which is gone, or has done without them. What a row still names stays.
pub async fn discard_unnamed(db: &mut PgConnection, key: &str, due: Time) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into discarded_files (key, original, due_at)
         select $1, false, $2
         where not exists (select 1 from media where key = $1) and not exists (select 1 from media where next_key = $1)
         on conflict (key) do update set due_at = excluded.due_at",
        key,
        due
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Removes pictures whose post went or let go of them, and uploads from before `posted_by` that no post took,
/// nor one that is planned.
/// Gives how many.
pub async fn delete_unneeded(db: &mut PgConnection, posted_by: Time, most: i64) -> sqlx::Result<u64> {
    let gone = sqlx::query!(
        "delete from media
         where id in (select id from media where post_id is null and attached_at is not null
                      limit $2 for update skip locked)
            or id in (select id from media
                      where post_id is null and purpose = 0 and attached_at is null and scheduled_id is null
                        and created_at < $1
                      limit $2 for update skip locked)",
        posted_by,
        most
    )
    .execute(db)
    .await?;
    Ok(gone.rows_affected())
}

/// Removes avatars and headers from before `used_by` that no profile shows. Gives how many.
pub async fn delete_former_profile_pictures(
    db: &mut PgConnection,
    used_by: Time,
    most: i64,
) -> sqlx::Result<u64> {
    let gone = sqlx::query!(
        "delete from media where id in (
             select id from media m where purpose > 0 and purpose <> 3 and created_at < $1
               and not exists (select 1 from accounts where avatar_id = m.id)
               and not exists (select 1 from accounts where header_id = m.id)
             limit $2 for update skip locked)",
        used_by,
        most
    )
    .execute(db)
    .await?;
    Ok(gone.rows_affected())
}

/// A stored thing that no row names.
#[derive(Clone, Debug)]
pub struct Discarded {
    pub key: String,
    pub original: bool,
}

/// Files that are due to be removed; `retry_at` is when they are due again, should that fail.
pub async fn take_discarded(
    db: &mut PgConnection,
    now: Time,
    retry_at: Time,
    most: i64,
) -> sqlx::Result<Vec<Discarded>> {
    sqlx::query_as!(
        Discarded,
        // by their keys, also while the planner remembers the table as it was when it was empty
        "update discarded_files set due_at = $2
         where key = any (array(
             select key from discarded_files where due_at <= $1 order by due_at limit $3 for update skip locked))
         returning key, original",
        now,
        retry_at,
        most
    )
    .fetch_all(db)
    .await
}

/// These are gone from storage. What a worker had in hand stays noted, for what it may have written since.
pub async fn forget_discarded(db: &mut PgConnection, keys: &[String], now: Time) -> sqlx::Result<()> {
    sqlx::query!(
        "with withheld as (delete from withheld_files where key = any ($1)),
              again as (update discarded_files set due_at = again_at, again_at = null
                        where key = any ($1) and again_at > $2)
         delete from discarded_files where key = any ($1) and (again_at is null or again_at <= $2)",
        keys,
        now
    )
    .execute(db)
    .await?;
    Ok(())
}
