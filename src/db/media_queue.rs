//! Pictures that wait to be made ready: taking them, and what came of it. Knows no storage and no network.

use sqlx::PgConnection;

use crate::domain::clock::Time;
use crate::domain::ids::{MediaId, PostId};

/// A picture that a worker has until its lease ends.
#[derive(Clone, Debug)]
pub struct Taken {
    pub id: MediaId,
    /// Names the files that are to be made.
    pub key: String,
    pub original_key: Option<String>,
    pub remote_url: Option<String>,
    /// Of its address, with the port.
    pub remote_host: Option<String>,
    pub focus_x: f32,
    pub focus_y: f32,
    /// This one included.
    pub tries: i16,
}

/// Which pictures are meant, and until when they may be due.
#[derive(Clone, Copy, Debug)]
pub struct Due {
    pub remote: bool,
    pub until: Time,
}

/// The moment at which a picture is due that somebody is looking for: before all that wait in turn.
pub fn at_once() -> Time {
    Time::UNIX_EPOCH
}

/// Takes up to `most` pictures until `lease_ends`; then whoever looks may take them again. Of people here those come first
/// who have the fewest in hand, so that whoever sends twenty does not keep all others waiting; then the longest due.
pub async fn take(db: &mut PgConnection, due: Due, lease_ends: Time, most: i64) -> sqlx::Result<Vec<Taken>> {
    sqlx::query_as!(
        Taken,
        r#"update media m set queue = 2, next_try_at = $3, tries = tries + 1
           from (select q.id from media q
                 join (select w.id, w.next_try_at,
                           row_number() over (partition by case when $1 then 0 else w.owner_id end
                                              order by w.next_try_at)
                               + (select count(*) from media b
                                  where not $1 and b.owner_id = w.owner_id and b.queue = 2
                                    and b.remote_url is null and b.next_try_at > $2) as turn
                       from (select id, owner_id, next_try_at from media
                             where queue > 0 and (remote_url is not null) = $1 and next_try_at <= $2
                             order by next_try_at limit 200) w) f on f.id = q.id
                 -- again: another worker may have taken it since
                 where q.queue > 0 and q.next_try_at <= $2
                 order by f.turn, f.next_try_at limit $4
                 for update of q skip locked) due
           where m.id = due.id
           returning m.id as "id: MediaId", coalesce(m.next_key, m.key) as "key!", m.original_key, m.remote_url,
               m.remote_host, m.focus_x, m.focus_y, m.tries"#,
        due.remote,
        due.until,
        lease_ends,
        most,
    )
    .fetch_all(db)
    .await
}

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
pub async fn await_host(db: &mut PgConnection, id: MediaId, until: Time) -> sqlx::Result<()> {
    sqlx::query!(
        "update media set queue = 1, next_try_at = $2, tries = 1 where id = $1 and queue = 2",
        id.0,
        until
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
        "update media set queue = 0, tries = 0 where id = $1 and queue = 2",
        id.0
    )
    .execute(db)
    .await?;
    Ok(())
}

/// What a picture turned out to be.
#[derive(Debug)]
pub struct Ready<'a> {
    pub width: i32,
    pub height: i32,
    pub blurhash: &'a str,
    /// 0xRRGGBB.
    pub colour: i32,
    /// Of the source.
    pub content_type: &'a str,
    pub bytes: i64,
}

/// What a change of a picture's row means to others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settled {
    pub post_id: Option<PostId>,
    /// What is shown of it is no longer what was shown before.
    pub looks_new: bool,
}

/// The files of `key` are stored: they are shown from now on. `None`: the row went, or wants another key by now.
pub async fn ready(
    db: &mut PgConnection,
    id: MediaId,
    key: &str,
    ready: &Ready<'_>,
    now: Time,
) -> sqlx::Result<Option<Settled>> {
    sqlx::query_as!(
        Settled,
        r#"with old as (
               select id, key, post_id, width, height, blurhash, state, remote_url from media
               where id = $1 and coalesce(next_key, key) = $2 for update),
           replaced as (
               -- pages that were rendered a moment ago still name them
               insert into discarded_files (key, original, due_at)
               select key, false, $9::timestamptz + interval '1 hour' from old where key <> $2
               on conflict do nothing)
           update media m set key = $2, next_key = null, state = 1, queue = 0, tries = 0, failure = null,
               width = $3, height = $4, blurhash = $5, colour = $6, content_type = $7, bytes = $8, seen_at = $9
           from old where m.id = old.id
           returning old.post_id as "post_id: PostId",
               (old.key, old.width, old.height, old.blurhash) is distinct from ($2, $3::integer, $4::integer, $5)
                   or old.state <> 1 and old.remote_url is null as "looks_new!""#,
        id.0,
        key,
        ready.width,
        ready.height,
        ready.blurhash,
        ready.colour,
        ready.content_type,
        ready.bytes,
        now,
    )
    .fetch_optional(db)
    .await
}

/// Gives a picture up, with a sentence for people. One that is shown stays as it is, without its new focal point.
pub async fn refuse(
    db: &mut PgConnection,
    id: MediaId,
    key: &str,
    failure: &str,
    now: Time,
) -> sqlx::Result<Option<Settled>> {
    sqlx::query_as!(
        Settled,
        r#"with old as (
               select id, key, next_key, state from media
               where id = $1 and coalesce(next_key, key) = $2 for update),
           started as (
               insert into discarded_files (key, original, due_at)
               select $2, false, $4 from old where next_key is not null or state = 0
               on conflict do nothing)
           update media m set queue = 0, next_key = null, state = case when old.state = 1 then 1 else 2 end,
               failure = case when old.state = 1 then m.failure else $3 end
           from old where m.id = old.id
           returning m.post_id as "post_id: PostId", old.state <> 1 as "looks_new!""#,
        id.0,
        key,
        failure,
        now,
    )
    .fetch_optional(db)
    .await
}

/// Puts a picture back into the queue, for later.
pub async fn again(db: &mut PgConnection, id: MediaId, key: &str, at: Time) -> sqlx::Result<()> {
    sqlx::query!(
        "update media set queue = 1, next_try_at = $3 where id = $1 and coalesce(next_key, key) = $2 and queue = 2",
        id.0,
        key,
        at
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Has a picture made under another key: under this one there are other bytes already, which never change.
pub async fn rekey(
    db: &mut PgConnection,
    id: MediaId,
    key: &str,
    fresh: &str,
    now: Time,
) -> sqlx::Result<Option<Settled>> {
    sqlx::query_as!(
        Settled,
        r#"with old as (
               select id, state from media where id = $1 and coalesce(next_key, key) = $2 for update),
           other as (
               insert into discarded_files (key, original, due_at)
               select $2, false, $4::timestamptz + interval '5 minutes' from old on conflict do nothing)
           update media m set queue = 1, next_try_at = $4,
               key = case when old.state = 0 then $3 else m.key end,
               next_key = case when old.state = 0 then null else $3 end
           from old where m.id = old.id
           returning m.post_id as "post_id: PostId", old.state = 0 as "looks_new!""#,
        id.0,
        key,
        fresh,
        now,
    )
    .fetch_optional(db)
    .await
}

/// How far a picture is.
#[derive(Clone, Debug)]
pub struct Progress {
    /// 0 waiting, 1 ready, 2 failed.
    pub state: i16,
    pub failure: Option<String>,
}

pub async fn progress(db: &mut PgConnection, id: MediaId) -> sqlx::Result<Option<Progress>> {
    sqlx::query_as!(Progress, "select state, failure from media where id = $1", id.0)
        .fetch_optional(db)
        .await
}

/// A picture whose files somebody asks for.
#[derive(Clone, Debug)]
pub struct Wanted {
    pub id: MediaId,
    /// Of its address, with the port.
    pub host: Option<String>,
    /// Somebody has it, or it is next: waiting for it makes sense.
    pub coming: bool,
}

/// The remote picture of `key`, if its files are not here yet. Moves it to the front of the queue, unless it was tried
/// in vain: then its own time counts.
pub async fn want(db: &mut PgConnection, key: &str, now: Time) -> sqlx::Result<Option<Wanted>> {
    sqlx::query_as!(
        Wanted,
        r#"with known as (
               select id, remote_host, queue, queue = 0 or queue = 1 and (tries = 0 or next_try_at <= $2) as free from media
               where key = $1 and state = 0 and remote_url is not null),
           hurried as (
               update media m set queue = 1, next_try_at = $3 from known where m.id = known.id and known.free
                 -- a worker may have taken it in the meantime
                 and m.queue = known.queue and (m.queue = 0 or m.next_try_at > $3))
           select id as "id: MediaId", remote_host as host, free or queue = 2 as "coming!" from known"#,
        key,
        now,
        at_once(),
    )
    .fetch_optional(db)
    .await
}
