//! Pictures that wait to be made ready: taking them, and what came of it. Knows no storage and no network.

use sqlx::PgConnection;
use sqlx::types::Json;

use crate::domain::camera::Camera;
use crate::domain::clock::Time;
use crate::domain::ids::{MediaId, PostId};
use crate::domain::video::{Moving, Video};

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
    /// It is shown already, and only gets better.
    pub is_shown: bool,
    pub priority: Priority,
    /// For a post; else for a profile, or an emoji.
    pub of_post: bool,
    /// The JPEGs alone are there.
    pub lacks_webp: bool,
    /// The size for large screens is there.
    pub has_larger: bool,
    /// Its author lets others have the upload, and they cannot yet.
    pub wants_sharing: bool,
    pub kind: Moving,
    /// How far the work on what moves is, as `media.step`.
    pub step: i16,
    pub video: Option<Json<Video>>,
}

/// Which pictures are meant, and until when they may be due.
#[derive(Clone, Copy, Debug)]
pub struct Due {
    pub remote: bool,
    pub priority: Priority,
    pub until: Time,
}

/// What goes first, as `media.priority`. Those after the first have a worker only while nothing else wants one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, sqlx::Type)]
#[repr(i16)]
pub enum Priority {
    /// Somebody waits for it.
    Awaited = 0,
    /// What is shown already gets better.
    Better = 1,
    /// An admin had it done anew.
    Anew = 2,
    /// Somebody waits for it, but knows that it takes a while. Has a worker of its own.
    Video = 3,
    /// What is streamed of one that is shown already. The same worker's, when no other video waits.
    Streams = 4,
    /// What is shown already gets smaller files. After all else that the workers of pictures do.
    Smaller = 5,
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
                             where queue > 0 and (remote_url is not null) = $1 and priority = $5 and next_try_at <= $2
                               -- a suspended owner's: the files that it would add to are not there
                               and not exists (select 1 from withheld_files h where h.key = media.key)
                             order by next_try_at limit 200) w) f on f.id = q.id
                 -- again: another worker may have taken it since
                 where q.queue > 0 and q.next_try_at <= $2
                 order by f.turn, f.next_try_at limit $4
                 for update of q skip locked) due
           where m.id = due.id
           returning m.id as "id: MediaId", coalesce(m.next_key, m.key) as "key!", m.original_key, m.remote_url,
               m.remote_host, m.focus_x, m.focus_y, m.tries, m.state = 1 and m.next_key is null as "is_shown!",
               m.priority as "priority: Priority",
               m.purpose = 0 as "of_post!", m.renditions = 0 as "lacks_webp!",
               m.renditions in (2, 4) as "has_larger!",
               m.shares_original and m.shared_key is null as "wants_sharing!", m.kind as "kind: Moving", m.step,
               m.video as "video: Json<Video>""#,
        due.remote,
        due.until,
        lease_ends,
        most,
        due.priority as i16,
    )
    .fetch_all(db)
    .await
}

/// What a picture turned out to be.
#[derive(Debug)]
pub struct Ready<'a> {
    pub width: i32,
    pub height: i32,
    pub blurhash: &'a str,
    /// 0xRRGGBB.
    pub colour: i32,
    pub content_type: &'a str,
    /// Of the source.
    pub bytes: i64,
    /// Of its renditions.
    pub stored_bytes: i64,
    /// Those are the JPEGs alone: the others are for later.
    pub jpegs_alone: bool,
    /// With what it was taken, of an upload.
    pub camera: Option<&'a Json<Camera>>,
    /// It is made in fewer bytes later.
    pub wants_avif: bool,
    /// A picture of longer sides than this has a larger size, too, later.
    pub larger_than: i32,
}

/// What a change of a picture's row means to others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settled {
    pub post_id: Option<PostId>,
    /// What is shown of it is no longer what was shown before.
    pub looks_new: bool,
}

/// The files of `key` are stored: they are shown from now on. What makes an upload better is for later.
/// `None`: the row went, or wants another key by now.
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
               select id, key, post_id, width, height, blurhash, state, remote_url, original_key, purpose,
                   shares_original, shared_key
               from media where id = $1 and coalesce(next_key, key) = $2 for update),
           replaced as (
               -- pages that were rendered a moment ago still name them
               insert into discarded_files (key, original, due_at)
               select key, false, $9::timestamptz + interval '1 hour' from old where key <> $2
               on conflict do nothing),
           profiles as (
               update accounts a set version = version + 1
               from old where old.key <> $2 and (a.avatar_id = old.id or a.header_id = old.id))
           update media m set key = $2, next_key = null, state = 1, tries = 0, failure = null, next_try_at = $9,
               -- a larger size, the other format, the upload itself for others
               queue = case when better or smaller then 1 else 0 end,
               priority = case when better then 1 when smaller then 5 else 0 end,
               width = $3, height = $4, blurhash = $5, colour = $6, content_type = $7, bytes = $8, seen_at = $9,
               renditions = case when $11 then 0 else 1 end,
               -- what is said by hand of a film stays, whatever is read anew
               camera = nullif(coalesce($12::jsonb, m.camera, '{}')
                   || jsonb_strip_nulls(jsonb_build_object('film', m.camera -> 'film')), '{}'),
               stored_bytes = $10 + m.shared_bytes + case when m.original_key is null then 0 else $8::bigint end
           from old cross join lateral (
               select old.original_key is not null and old.purpose = 0
                   and ($11 or greatest($3::integer, $4::integer) > $13
                        or (old.shares_original and old.shared_key is null)) as better,
                   old.original_key is not null and old.purpose = 0 and $14 as smaller) b
           where m.id = old.id
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
        ready.stored_bytes,
        ready.jpegs_alone,
        ready.camera as _,
        ready.larger_than,
        ready.wants_avif,
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
               select id, key, state from media where id = $1 and coalesce(next_key, key) = $2 for update),
           other as (
               insert into discarded_files (key, original, due_at)
               select $2, false, $4::timestamptz + interval '5 minutes' from old
               -- not of what is shown
               where state = 0 or key <> $2 on conflict do nothing)
           update media m set queue = 1, next_try_at = $4, step = 0,
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

/// Gives a remote picture that is being fetched another key, in the store of copies. Emojis keep theirs, by which texts name
/// them. Gives the post that shows it; `None`: the row has another key.
pub async fn place(
    db: &mut PgConnection,
    id: MediaId,
    key: &str,
    of_copy: &str,
    now: Time,
) -> sqlx::Result<Option<Option<PostId>>> {
    sqlx::query_scalar!(
        r#"with old as (
               select id, next_key is null as is_new, tries from media
               where id = $1 and coalesce(next_key, key) = $2 and remote_url is not null and purpose <> 3
                 and (state = 0 or next_key is not null) for update),
           started as (
               -- what a try before left behind
               insert into discarded_files (key, original, due_at)
               select $2, false, $4::timestamptz + interval '5 minutes' from old where tries > 1 on conflict do nothing),
           profiles as (
               update accounts a set version = version + 1
               from old where old.is_new and (a.avatar_id = old.id or a.header_id = old.id))
           update media m set key = case when is_new then $3 else m.key end,
               next_key = case when is_new then null else $3 end
           from old where m.id = old.id
           returning m.post_id as "post_id: PostId""#,
        id.0,
        key,
        of_copy,
        now,
    )
    .fetch_optional(db)
    .await
}
