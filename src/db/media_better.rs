//! What makes a picture better that is shown already: a larger size, the other format, and the upload itself for others.

use sqlx::PgConnection;

use super::media_queue::Settled;
use crate::domain::clock::Time;
use crate::domain::ids::{AccountId, MediaId, PostId};
use crate::domain::picture::Sharing;

/// Notes what others may have of these pictures of their owner. An upload that they may is prepared later; one that they no
/// longer may is removed.
pub async fn share(
    db: &mut PgConnection,
    owner: AccountId,
    ids: &[MediaId],
    sharing: Sharing,
    now: Time,
) -> sqlx::Result<()> {
    sqlx::query!(
        "with old as (
             select id, shared_key, $3 and state = 1 and shared_key is null and original_key is not null
                 and content_type in ('image/jpeg', 'image/png', 'image/webp') as wanted
             from media where id = any ($2) and owner_id = $1 and purpose = 0 for update),
         gone as (
             insert into discarded_files (key, original, due_at)
             select shared_key, false, $5::timestamptz from old where not $3 and shared_key is not null
             on conflict do nothing)
         update media m set shares_original = coalesce($3, shares_original), shows_camera = coalesce($4, shows_camera),
             shared_key = case when not $3 then null else m.shared_key end,
             stored_bytes = m.stored_bytes - case when not $3 then m.shared_bytes else 0 end,
             shared_bytes = case when not $3 then 0 else m.shared_bytes end,
             queue = case when wanted and queue = 0 then 1 else queue end,
             -- before what nobody waits for
             priority = case when wanted and (queue = 0 or queue = 1 and priority = 5) then 1 else priority end,
             tries = case when wanted and queue = 0 then 0 else tries end,
             next_try_at = case when wanted and queue = 0 then $5 else next_try_at end
         from old where m.id = old.id",
        owner.0,
        ids as &[MediaId],
        sharing.original,
        sharing.camera,
        now,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// What a worker added to a picture.
#[derive(Debug)]
pub struct Better<'a> {
    pub has_larger: bool,
    /// The upload for others, and what it takes.
    pub shared: Option<(&'a str, i64)>,
    /// Of the other files.
    pub bytes: i64,
    /// Whether it was known that others may have the upload.
    pub knew_of_sharing: bool,
    /// It is made in fewer bytes later.
    pub wants_avif: bool,
}

/// What came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bettered {
    pub post_id: Option<PostId>,
    /// Others still may have the upload, if one was made for them.
    pub is_shared: bool,
}

/// The files are stored, and are named from now on. `None`: the row went, or gets other files by now.
pub async fn done(
    db: &mut PgConnection,
    id: MediaId,
    key: &str,
    better: &Better<'_>,
    now: Time,
) -> sqlx::Result<Option<Bettered>> {
    sqlx::query_as!(
        Bettered,
        r#"update media set tries = 0, failure = null,
               -- its author may have said so only meanwhile
               queue = case when shares_original and shared_key is null and not $7 or $9 and renditions < 3 then 1 else 0 end,
               priority = case when shares_original and shared_key is null and not $7 then 1
                               when $9 and renditions < 3 then 5 else 0 end,
               next_try_at = $8,
               renditions = case when $3 then 2 else 1 end + case when renditions > 2 then 2 else 0 end,
               shared_key = case when shares_original then coalesce($4, shared_key) end,
               shared_bytes = case when shares_original and $4 is not null then $5 else shared_bytes end,
               stored_bytes = stored_bytes + $6 + case when shares_original and $4 is not null then $5 else 0 end
           where id = $1 and key = $2 and next_key is null and queue = 2
           returning post_id as "post_id: PostId", shared_key is not null as "is_shared!""#,
        id.0,
        key,
        better.has_larger,
        better.shared.map(|(key, _)| key),
        better.shared.map_or(0, |(_, bytes)| bytes),
        better.bytes,
        better.knew_of_sharing,
        now,
        better.wants_avif,
    )
    .fetch_optional(db)
    .await
}

/// Whether AVIF was made, its files are stored. `None`: the row went, or gets other files by now.
pub async fn has_avif(
    db: &mut PgConnection,
    id: MediaId,
    key: &str,
    made: bool,
    bytes: i64,
    now: Time,
) -> sqlx::Result<Option<Settled>> {
    sqlx::query_as!(
        Settled,
        r#"update media set tries = 0, failure = null, next_try_at = $5,
               -- its author may have said only meanwhile that others may have the upload
               queue = case when shares_original and shared_key is null then 1 else 0 end,
               priority = case when shares_original and shared_key is null then 1 else 0 end,
               renditions = case when $3 and renditions in (1, 2) then renditions + 2 else renditions end,
               stored_bytes = stored_bytes + $4
           where id = $1 and key = $2 and next_key is null and queue = 2
           returning post_id as "post_id: PostId", true as "looks_new!""#,
        id.0,
        key,
        made,
        bytes,
        now,
    )
    .fetch_optional(db)
    .await
}
