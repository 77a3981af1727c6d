//! The queue of pictures from its admin's side: what waits, what failed, and having it done again. Works on none.

use sqlx::PgConnection;

use super::media_queue::Priority;
use crate::domain::clock::Time;
use crate::domain::ids::{AccountId, MediaId, PostId};

/// Pictures that wait for the same workers.
#[derive(Clone, Debug)]
pub struct Waiting {
    pub elsewhere: bool,
    pub priority: Priority,
    /// Those that could be begun now.
    pub due: i64,
    /// Those whose time is yet to come, mostly since they failed before.
    pub later: i64,
    /// Those that a worker has.
    pub in_hand: i64,
    /// Of those that nobody has seen yet.
    pub oldest: Option<Time>,
}

pub async fn waiting(db: &mut PgConnection, now: Time) -> sqlx::Result<Vec<Waiting>> {
    sqlx::query_as!(
        Waiting,
        r#"select remote_url is not null as "elsewhere!", priority as "priority: Priority",
               count(*) filter (where queue = 1 and next_try_at <= $1) as "due!",
               count(*) filter (where queue = 1 and next_try_at > $1) as "later!",
               count(*) filter (where queue = 2) as "in_hand!",
               min(created_at) filter (where state = 0) as oldest
           from media where queue > 0 and not exists (select 1 from withheld_files h where h.key = media.key)
           group by 1, 2 order by 1, 2"#,
        now,
    )
    .fetch_all(db)
    .await
}

/// Whether more than so many uploads wait for which somebody waits.
pub async fn is_longer_than(db: &mut PgConnection, bound: i64, now: Time) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"select count(*) > $1::bigint as "longer!"
           from (select 1 as one from media
                 where queue > 0 and (remote_url is not null) = false and priority = 0 and next_try_at <= $2
                 limit $1::bigint + 1) w"#,
        bound,
        now,
    )
    .fetch_one(db)
    .await
}

/// Whether more pictures than this wait to be made in fewer bytes.
pub async fn many_wait_for_avif(db: &mut PgConnection, bound: i64) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"select count(*) > $1::bigint as "many!"
           from (select 1 as one from media
                 where queue > 0 and (remote_url is not null) = false and priority = 5 limit $1::bigint + 1) w"#,
        bound,
    )
    .fetch_one(db)
    .await
}

/// Why pictures are not there.
#[derive(Clone, Debug)]
pub struct Why {
    /// Given up; else it is tried again.
    pub failed: bool,
    pub elsewhere: bool,
    pub failure: String,
    pub pictures: i64,
}

/// The reasons of the most.
pub async fn reasons(db: &mut PgConnection, most: i64) -> sqlx::Result<Vec<Why>> {
    sqlx::query_as!(
        Why,
        r#"select failed as "failed!", elsewhere as "elsewhere!", coalesce(failure, '') as "failure!",
               count(*) as "pictures!"
           from (select true as failed, remote_url is not null as elsewhere, failure from media where state = 2
                 union all
                 select false, remote_url is not null, failure from media
                 where queue > 0 and state <> 2 and tries > 0 and failure is not null) w
           group by 1, 2, 3 order by 4 desc, 1, 2, 3 limit $1"#,
        most,
    )
    .fetch_all(db)
    .await
}

/// Pictures that were given up, but not for the reason `but`; locked until the transaction ends.
pub async fn failed(
    db: &mut PgConnection,
    after: MediaId,
    host: Option<&str>,
    but: &str,
    most: i64,
) -> sqlx::Result<Vec<MediaId>> {
    sqlx::query_scalar!(
        r#"select id as "id: MediaId" from media m
           where state = 2 and id > $1 and failure is distinct from $3 and ($2::text is null or remote_host = $2)
             and (remote_url is not null or original_key is not null)
             -- an emoji keeps its key: its former files have to be gone first
             and (purpose <> 3 or not exists (select 1 from discarded_files d where d.key = m.key))
           order by id limit $4 for update skip locked"#,
        after.0,
        host,
        but,
        most,
    )
    .fetch_all(db)
    .await
}

/// Has pictures tried again that were given up. Their former files are being removed, so they get new keys. Gives the posts
/// that show them.
pub async fn have_tried_again(
    db: &mut PgConnection,
    ids: &[MediaId],
    fresh: &[String],
    now: Time,
) -> sqlx::Result<Vec<PostId>> {
    let posts = sqlx::query_scalar!(
        r#"update media m set key = case m.purpose when 3 then m.key else n.key end, state = 0, queue = 1,
               priority = case when m.kind in (1, 2) then 3 else 2 end, step = 0, progress = 0, tries = 0, next_try_at = $3
           from unnest($1::bigint[], $2::text[]) n (id, key)
           where m.id = n.id and m.state = 2
           returning m.post_id as "post_id: PostId""#,
        ids as &[MediaId],
        fresh,
        now,
    )
    .fetch_all(db)
    .await?;
    Ok(posts.into_iter().flatten().collect())
}

/// Uploads of people here that could be made anew, by id; locked until the transaction ends.
pub async fn makable(db: &mut PgConnection, after: MediaId, most: i64) -> sqlx::Result<Vec<MediaId>> {
    sqlx::query_scalar!(
        r#"select id as "id: MediaId" from media
           where id > $1 and original_key is not null and state = 1 and queue < 2 and next_key is null
           order by id limit $2 for update skip locked"#,
        after.0,
        most,
    )
    .fetch_all(db)
    .await
}

/// Those of a post, wherever it is from.
pub async fn makable_of_post(db: &mut PgConnection, post: PostId) -> sqlx::Result<Vec<MediaId>> {
    sqlx::query_scalar!(
        r#"select id as "id: MediaId" from media
           where post_id = $1 and state = 1 and queue < 2 and next_key is null for update skip locked"#,
        post.0,
    )
    .fetch_all(db)
    .await
}

/// Those of somebody, by id.
pub async fn makable_of(
    db: &mut PgConnection,
    owner: AccountId,
    after: MediaId,
    most: i64,
) -> sqlx::Result<Vec<MediaId>> {
    sqlx::query_scalar!(
        r#"select id as "id: MediaId" from media
           where owner_id = $1 and id > $2 and purpose <> 3 and state = 1 and queue < 2 and next_key is null
           order by id limit $3 for update skip locked"#,
        owner.0,
        after.0,
        most,
    )
    .fetch_all(db)
    .await
}

/// Has pictures made anew under other keys, behind all others. Until then they are shown as they are. Gives how many.
pub async fn have_made_anew(
    db: &mut PgConnection,
    ids: &[MediaId],
    fresh: &[String],
    now: Time,
) -> sqlx::Result<u64> {
    let asked = sqlx::query!(
        "update media m set next_key = n.key, queue = 1, tries = 0, next_try_at = $3,
             priority = case when m.kind in (1, 2) then 4 else 2 end, step = 0, progress = 0
         from unnest($1::bigint[], $2::text[]) n (id, key)
         where m.id = n.id and m.state = 1 and m.queue < 2 and m.next_key is null",
        ids as &[MediaId],
        fresh,
        now,
    )
    .execute(db)
    .await?;
    Ok(asked.rows_affected())
}
