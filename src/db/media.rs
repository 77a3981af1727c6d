//! Pictures: their rows, never their bytes. The table is its own queue.

use sqlx::PgConnection;
use sqlx::types::Json;

use super::media_queue::Priority;
use crate::domain::camera::{Camera, FilmChange};
use crate::domain::clock::Time;
use crate::domain::ids::{AccountId, MediaId, PostId};
use crate::domain::picture::{FocalPoint, Purpose};
use crate::domain::post::Photo;
use crate::domain::video::{Moving, Video};

/// A picture with what is needed to show it, whoever asks.
#[derive(Clone, Debug)]
pub struct Owned {
    pub photo: Photo,
    pub owner_id: AccountId,
    pub post_id: Option<PostId>,
    /// Part of a post now or before: no longer its owner's to change by itself.
    pub attached: bool,
    /// Kept for a post that is planned: no other takes it.
    pub planned: bool,
    /// Why it failed, as a sentence.
    pub failure: Option<String>,
    /// Of the way to what can be shown, in hundredths; of what moves.
    pub progress: i16,
}

pub async fn by_ids(db: &mut PgConnection, ids: &[MediaId]) -> sqlx::Result<Vec<Owned>> {
    let rows = sqlx::query!(
        r#"select id as "id: MediaId", owner_id as "owner_id: AccountId", post_id as "post_id: PostId", state, failure, key, kind,
               remote_url, content_type, description, focus_x, focus_y, width, height, blurhash,
               renditions, shared_key, shared_bytes, case when shows_camera then camera end as "camera: Json<Camera>",
               video as "video: Json<Video>", progress,
               attached_at is not null as "attached!", scheduled_id is not null as "planned!"
           from media where id = any ($1) and purpose = 0"#,
        ids as &[MediaId],
    )
    .fetch_all(db)
    .await?;
    let owned = rows.into_iter().map(|row| Owned {
        owner_id: row.owner_id,
        post_id: row.post_id,
        attached: row.attached,
        planned: row.planned,
        failure: row.failure,
        progress: row.progress,
        photo: Photo {
            id: row.id,
            state: row.state,
            kind: row.kind,
            key: row.key,
            remote_url: row.remote_url,
            content_type: row.content_type,
            description: row.description,
            focus_x: row.focus_x,
            focus_y: row.focus_y,
            width: row.width,
            height: row.height,
            blurhash: row.blurhash,
            renditions: row.renditions,
            shared_key: row.shared_key,
            shared_bytes: row.shared_bytes,
            camera: row.camera.map(|camera| camera.0),
            video: row.video.map(|video| video.0),
        },
    });
    Ok(owned.collect())
}

/// Attaches ready pictures of their owner to a post, in the order given. Gives how many it could.
pub async fn attach(
    db: &mut PgConnection,
    owner: AccountId,
    post: PostId,
    ids: &[MediaId],
    now: Time,
) -> sqlx::Result<u64> {
    let attached = sqlx::query!(
        "update media m set post_id = $2, position = n.position::smallint, attached_at = coalesce(attached_at, $4)
         from unnest($3::bigint[]) with ordinality as n (id, position)
         where m.id = n.id and m.owner_id = $1 and m.state = 1 and m.purpose = 0
           -- what was let go of is the sweep's
           and (m.post_id = $2 or (m.post_id is null and m.attached_at is null and m.scheduled_id is null))",
        owner.0,
        post.0,
        ids as &[MediaId],
        now,
    )
    .execute(db)
    .await?;
    Ok(attached.rows_affected())
}

/// Lets go of those pictures of a post that are not among `kept`; a sweep takes them away.
pub async fn detach_others(db: &mut PgConnection, post: PostId, kept: &[MediaId]) -> sqlx::Result<()> {
    sqlx::query!(
        "update media set post_id = null where post_id = $1 and id <> all ($2)",
        post.0,
        kept as &[MediaId]
    )
    .execute(db)
    .await?;
    Ok(())
}

/// An upload of somebody here, waiting for a worker. Its original is stored already.
#[derive(Debug)]
pub struct NewUpload<'a> {
    pub id: MediaId,
    pub owner_id: AccountId,
    pub purpose: Purpose,
    pub key: &'a str,
    pub original_key: &'a str,
    pub content_type: &'a str,
    pub description: &'a str,
    pub focus: FocalPoint,
    pub bytes: i64,
    /// As far as the upload says.
    pub video: Option<(Moving, Video)>,
    pub now: Time,
}

pub async fn insert_upload(db: &mut PgConnection, new: &NewUpload<'_>) -> sqlx::Result<()> {
    let moving = new.video.as_ref();
    let kind = moving.map_or(Moving::Still, |(kind, _)| *kind);
    let priority = moving.map_or(Priority::Awaited, |_| Priority::Video);
    let video = moving.map(|(_, video)| Json(video));
    sqlx::query!(
        "insert into media (id, owner_id, purpose, key, original_key, content_type, description, focus_x, focus_y, bytes,
             stored_bytes, created_at, next_try_at, kind, priority, video)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10, $11, $11, $12, $13, $14)",
        new.id.0,
        new.owner_id.0,
        new.purpose as i16,
        new.key,
        new.original_key,
        new.content_type,
        new.description,
        new.focus.x,
        new.focus.y,
        new.bytes,
        new.now,
        kind as i16,
        priority as i16,
        video as _,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// What is to change of a picture; `None` stays.
#[derive(Debug, Default)]
pub struct Retouch<'a> {
    pub description: Option<&'a str>,
    pub focus: Option<FocalPoint>,
    /// Names the files of the new focal point.
    pub next_key: &'a str,
    pub film: Option<Json<&'a FilmChange>>,
}

/// Changes a picture of its owner that is part of `post`, or of none yet, and was not refused. Another focal point is
/// work for a worker: it makes new files, out of the original. Whether there was such a picture.
pub async fn retouch(
    db: &mut PgConnection,
    id: MediaId,
    (owner, post): (AccountId, Option<PostId>),
    change: &Retouch<'_>,
    now: Time,
) -> sqlx::Result<bool> {
    let (x, y) = (
        change.focus.map(|focus| focus.x),
        change.focus.map(|focus| focus.y),
    );
    let changed = sqlx::query!(
        "with old as (
               select id, next_key,
                   -- the stills of what moves are cut once
                   original_key is not null and kind = 0
                       and (focus_x, focus_y) is distinct from (coalesce($5, focus_x), coalesce($6, focus_y)) as moved
               from media
               where id = $1 and owner_id = $2 and purpose = 0 and state <> 2 and post_id is not distinct from $3
                 and ($3 is not null or attached_at is null)
               for update),
           unused as (
               -- the files of a focal point that is passed over; a worker may be writing them
               insert into discarded_files (key, original, due_at)
               select next_key, false, $8::timestamptz + interval '5 minutes' from old
               where moved and next_key is not null on conflict do nothing)
           update media m set description = coalesce($4, description),
               focus_x = coalesce($5, focus_x), focus_y = coalesce($6, focus_y),
               -- what is said is put beside what the file says; what is left without a word goes
               camera = case when $9::jsonb is null then camera else nullif(
                   jsonb_strip_nulls(coalesce(camera, '{}') || jsonb_build_object('film',
                       nullif(jsonb_strip_nulls(coalesce(camera -> 'film', '{}') || $9::jsonb), '{}'))), '{}') end,
               next_key = case when moved then $7 else m.next_key end,
               queue = case when moved then 1 else queue end,
               priority = case when moved then 0 else priority end,
               tries = case when moved then 0 else tries end,
               next_try_at = case when moved then $8 else next_try_at end
           from old where m.id = old.id",
        id.0,
        owner.0,
        post.map(|post| post.0),
        change.description,
        x,
        y,
        change.next_key,
        now,
        change.film as _,
    )
    .execute(db)
    .await?;
    Ok(changed.rows_affected() > 0)
}

/// Removes a picture that is part of no post yet, also of none that is planned. Whether there was one.
pub async fn delete_unattached(db: &mut PgConnection, owner: AccountId, id: MediaId) -> sqlx::Result<bool> {
    let gone = sqlx::query!(
        "delete from media
         where id = $1 and owner_id = $2 and purpose = 0 and post_id is null and attached_at is null
           and scheduled_id is null",
        id.0,
        owner.0
    )
    .execute(db)
    .await?;
    Ok(gone.rows_affected() > 0)
}

/// Makes the pictures of a post that is deleted to be written anew into uploads of that moment again: their owner has until they
/// are swept as such. Before the post goes.
pub async fn keep_for_redraft(db: &mut PgConnection, post: PostId, uploaded_at: Time) -> sqlx::Result<()> {
    sqlx::query!(
        "update media set post_id = null, attached_at = null, created_at = $2 where post_id = $1",
        post.0,
        uploaded_at
    )
    .execute(db)
    .await?;
    Ok(())
}
