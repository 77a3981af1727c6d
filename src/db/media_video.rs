//! Videos on their way: what is known of one, and after which step it is. Knows no storage, and makes nothing.

use sqlx::PgConnection;
use sqlx::types::Json;

use super::media_queue::{Priority, Settled};
use crate::domain::clock::Time;
use crate::domain::ids::{MediaId, PostId};
use crate::domain::video::Video;

/// Says that a worker still has it, and how far it is. False: the row went, or another has it by now.
pub async fn beat(
    db: &mut PgConnection,
    id: MediaId,
    key: &str,
    progress: i16,
    lease_ends: Time,
) -> sqlx::Result<bool> {
    let had = sqlx::query!(
        "update media set progress = $3, next_try_at = $4 where id = $1 and coalesce(next_key, key) = $2 and queue = 2",
        id.0,
        key,
        progress,
        lease_ends,
    )
    .execute(db)
    .await?;
    Ok(had.rows_affected() > 0)
}

/// A video's stills, and its upload.
#[derive(Debug)]
pub struct Stills<'a> {
    /// Of the upload, upright.
    pub width: i32,
    pub height: i32,
    pub blurhash: &'a str,
    /// 0xRRGGBB.
    pub colour: i32,
    /// Of their files.
    pub bytes: i64,
    pub video: &'a Json<Video>,
}

/// They are stored under the key. Gives the post that it is of; `None`: the row went, or wants another key by now.
pub async fn has_stills(
    db: &mut PgConnection,
    id: MediaId,
    key: &str,
    stills: &Stills<'_>,
) -> sqlx::Result<Option<Option<PostId>>> {
    sqlx::query_scalar!(
        r#"update media set step = 1, width = $3, height = $4, blurhash = $5, colour = $6, renditions = 1,
             -- what others are shown meanwhile stays as it is
             video = case when state = 1 then video else $7 end,
             stored_bytes = case when state = 1 then stored_bytes else bytes + $8 end
         where id = $1 and coalesce(next_key, key) = $2 and queue = 2
         returning post_id as "post_id: PostId""#,
        id.0,
        key,
        stills.width,
        stills.height,
        stills.blurhash,
        stills.colour,
        stills.video as _,
        stills.bytes,
    )
    .fetch_optional(db)
    .await
}

/// The file that is played, stored under the key.
#[derive(Debug)]
pub struct Playable<'a> {
    pub video: &'a Json<Video>,
    /// Of all files under the key.
    pub stored_bytes: i64,
    /// There is more to make.
    pub has_streams_to_come: bool,
}

/// It is shown from now on; what is streamed is for later. `None`: the row went, or wants another key by now.
pub async fn is_playable(
    db: &mut PgConnection,
    id: MediaId,
    key: &str,
    playable: &Playable<'_>,
    now: Time,
) -> sqlx::Result<Option<Settled>> {
    sqlx::query_as!(
        Settled,
        r#"with old as (
               select id, key, state, original_key from media
               where id = $1 and coalesce(next_key, key) = $2 and queue = 2 for update),
           replaced as (
               -- pages that were rendered a moment ago still name them
               insert into discarded_files (key, original, due_at)
               select key, false, $6::timestamptz + interval '1 hour' from old where key <> $2
               on conflict do nothing)
           update media m set key = $2, next_key = null, state = 1, step = 2, progress = 100, tries = 0, failure = null,
               next_try_at = $6, seen_at = $6, queue = case when $5 then 1 else 0 end,
               priority = case when $5 then $7 else 0 end, video = $3,
               stored_bytes = $4 + case when m.original_key is null then 0 else m.bytes end
           from old where m.id = old.id
           returning m.post_id as "post_id: PostId", true as "looks_new!""#,
        id.0,
        key,
        playable.video as _,
        playable.stored_bytes,
        playable.has_streams_to_come,
        now,
        Priority::Streams as i16,
    )
    .fetch_optional(db)
    .await
}

/// What is streamed is stored, and is named from now on. `None`: the row went, or gets other files by now.
pub async fn has_streams(
    db: &mut PgConnection,
    id: MediaId,
    key: &str,
    video: &Json<Video>,
    bytes: i64,
) -> sqlx::Result<Option<Settled>> {
    sqlx::query_as!(
        Settled,
        r#"update media set queue = 0, tries = 0, failure = null, step = 3, priority = 0, video = $3,
               stored_bytes = stored_bytes + $4
           where id = $1 and key = $2 and next_key is null and queue = 2
           returning post_id as "post_id: PostId", true as "looks_new!""#,
        id.0,
        key,
        video as _,
        bytes,
    )
    .fetch_optional(db)
    .await
}
