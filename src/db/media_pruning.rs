//! Copies of other servers' pictures, and which of them are let go of first. Removes no file: it notes them for the sweep.

use sqlx::PgConnection;

use crate::domain::clock::Time;
use crate::domain::ids::{AccountId, MediaId, PostId};

/// Which copies may go.
#[derive(Clone, Copy, Debug)]
pub struct Which {
    /// That nobody looked at since.
    pub seen_by: Time,
    /// Not those of profiles, which are named in a way in which they could not be fetched again.
    pub spare_profiles: bool,
}

/// A copy whose turn it is.
#[derive(Clone, Copy, Debug)]
pub struct Candidate {
    pub id: MediaId,
    pub bytes: i64,
    /// Somebody here liked, saved or passed on what it is of, or it may not go at all.
    pub kept: bool,
}

/// Remembers that somebody looked at these pictures. Only those of other servers are ever let go of for want of it.
pub async fn seen(db: &mut PgConnection, keys: &[String], now: Time) -> sqlx::Result<()> {
    sqlx::query!(
        "update media set seen_at = $2
         where key = any ($1) and remote_url is not null and seen_at < $2::timestamptz - interval '6 hours'",
        keys,
        now
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Has the copies of somebody's pictures let go of first, as ones that nobody ever looked at.
pub async fn abandon(db: &mut PgConnection, account: AccountId) -> sqlx::Result<()> {
    sqlx::query!(
        "update media set seen_at = 'epoch'
         where owner_id = $1 and remote_url is not null and state = 1 and purpose <> 3",
        account.0
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Has the pictures of somebody's profile fetched again that were let go of: where a bucket or CDN serves them, nobody who
/// looks at them would ask this server for them.
pub async fn want_profile(db: &mut PgConnection, account: AccountId, now: Time) -> sqlx::Result<()> {
    sqlx::query!(
        "update media m set queue = 1, tries = 0, next_try_at = $2
         from accounts a
         where a.id = $1 and m.id in (a.avatar_id, a.header_id)
           and m.remote_url is not null and m.state = 0 and m.queue = 0",
        account.0,
        now
    )
    .execute(db)
    .await?;
    Ok(())
}

/// One transaction at a time lets go of copies for want of room: two would both make the same room.
pub async fn lock(db: &mut PgConnection) -> sqlx::Result<bool> {
    sqlx::query_scalar!(r#"select pg_try_advisory_xact_lock(7203) as "locked!""#)
        .fetch_one(db)
        .await
}

/// The copies that nobody looked at for longest; locked until the transaction ends.
pub async fn next(db: &mut PgConnection, which: Which, most: i64) -> sqlx::Result<Vec<Candidate>> {
    sqlx::query_as!(
        Candidate,
        r#"select m.id as "id: MediaId", coalesce(m.stored_bytes, 0) as "bytes!",
               (($2 and m.purpose in (1, 2)) or exists (
                   select 1 from viewer_state v where v.post_id = m.post_id and v.flags & 7 <> 0))
               and not exists (select 1 from accounts a where a.id = m.owner_id and a.suspended_at is not null) as "kept!"
           from media m
           where m.remote_url is not null and m.state = 1 and m.queue = 0 and m.seen_at < $1
           order by m.seen_at limit $3 for update of m skip locked"#,
        which.seen_by,
        which.spare_profiles,
        most,
    )
    .fetch_all(db)
    .await
}

/// These stay: their turn comes again when all others had theirs.
pub async fn keep(db: &mut PgConnection, ids: &[MediaId], now: Time) -> sqlx::Result<()> {
    sqlx::query!(
        "update media set seen_at = $2 where id = any ($1)",
        ids as &[MediaId],
        now
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Lets go of the files of remote pictures. They get new keys, under which they are fetched when somebody looks; but for
/// emojis, which texts name by their keys: they are fetched under the same, once the files are gone.
/// Gives the posts that show them.
pub async fn put_away(
    db: &mut PgConnection,
    ids: &[MediaId],
    fresh: &[String],
    now: Time,
) -> sqlx::Result<Vec<PostId>> {
    let posts = sqlx::query_scalar!(
        r#"with old as (
               select id, key from media where id = any ($1)),
           files as (
               -- pages that were rendered a moment ago still name them
               insert into discarded_files (key, original, due_at)
               select key, false, $3::timestamptz + interval '1 hour' from old on conflict do nothing),
           profiles as (
               -- whatever shows these people shows other addresses from now on
               update accounts set version = version + 1 where avatar_id = any ($1) or header_id = any ($1))
           update media m set key = case m.purpose when 3 then m.key else n.key end, state = 0, queue = 0, tries = 0,
               stored_bytes = 0
           from unnest($1::bigint[], $2::text[]) n (id, key)
           where m.id = n.id
           returning m.post_id as "post_id: PostId""#,
        ids as &[MediaId],
        fresh,
        now,
    )
    .fetch_all(db)
    .await?;
    Ok(posts.into_iter().flatten().collect())
}

/// Copies that would go, and what they take.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Forecast {
    pub pictures: i64,
    pub bytes: i64,
}

/// What would go for its age.
pub async fn too_old(db: &mut PgConnection, which: Which) -> sqlx::Result<Forecast> {
    sqlx::query_as!(
        Forecast,
        r#"select count(*) as "pictures!", coalesce(sum(stored_bytes), 0)::bigint as "bytes!"
           from media m
           where remote_url is not null and state = 1 and queue = 0 and seen_at < $1
             and (not ($2 and purpose in (1, 2))
                  and not exists (select 1 from viewer_state v where v.post_id = m.post_id and v.flags & 7 <> 0)
                  or exists (select 1 from accounts a where a.id = m.owner_id and a.suspended_at is not null))"#,
        which.seen_by,
        which.spare_profiles,
    )
    .fetch_one(db)
    .await
}

/// What would go to make so many bytes of room, of those that were looked at since `after`.
pub async fn too_many(db: &mut PgConnection, which: Which, after: Time, room: i64) -> sqlx::Result<Forecast> {
    sqlx::query_as!(
        Forecast,
        r#"select count(*) as "pictures!", coalesce(sum(bytes), 0)::bigint as "bytes!"
           from (select coalesce(stored_bytes, 0) as bytes,
                     sum(stored_bytes) over (order by seen_at, id) - coalesce(stored_bytes, 0) as before
                 from media m
                 where remote_url is not null and state = 1 and queue = 0 and seen_at >= $3 and seen_at < $1
                   and not ($2 and purpose in (1, 2))
                   and not exists (select 1 from viewer_state v where v.post_id = m.post_id and v.flags & 7 <> 0)) u
           where coalesce(before, 0) < $4::bigint"#,
        which.seen_by,
        which.spare_profiles,
        after,
        room,
    )
    .fetch_one(db)
    .await
}
