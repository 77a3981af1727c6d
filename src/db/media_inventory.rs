//! What rows say of the store, for whoever compares the two. Decides nothing about what is missing or too much.

use sqlx::PgConnection;

use super::media_usage::Placed;
use crate::domain::clock::Time;
use crate::domain::ids::{MediaId, PostId};

/// Those of these keys of renditions that something names: a picture, an emoji, or a note that they are to be removed.
pub async fn named(db: &mut PgConnection, keys: &[String]) -> sqlx::Result<Vec<String>> {
    sqlx::query_scalar!(
        r#"select k.key as "key!" from unnest($1::text[]) k (key)
           where exists (select 1 from media m where m.key = k.key)
              or exists (select 1 from media m where m.next_key = k.key)
              or exists (select 1 from media m where m.shared_key = k.key)
              or exists (select 1 from custom_emojis e where e.key = k.key)
              or exists (select 1 from discarded_files d where d.key = k.key)"#,
        keys,
    )
    .fetch_all(db)
    .await
}

/// The same of keys of originals.
pub async fn named_originals(db: &mut PgConnection, keys: &[String]) -> sqlx::Result<Vec<String>> {
    sqlx::query_scalar!(
        r#"select k.key as "key!" from unnest($1::text[]) k (key)
           where exists (select 1 from media m where m.original_key = k.key)
              or exists (select 1 from discarded_files d where d.key = k.key)"#,
        keys,
    )
    .fetch_all(db)
    .await
}

/// Notes files to be removed that nothing names, nor has begun to name.
pub async fn discard(db: &mut PgConnection, keys: &[String], original: bool, due: Time) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into discarded_files (key, original, due_at)
         select k.key, $2, $3 from unnest($1::text[]) k (key)
         where not exists (select 1 from media m where m.key = k.key)
           and not exists (select 1 from media m where m.next_key = k.key)
           and not exists (select 1 from media m where m.shared_key = k.key)
           and not exists (select 1 from media m where m.original_key = k.key)
           and not exists (select 1 from custom_emojis e where e.key = k.key)
         on conflict do nothing",
        keys,
        original,
        due,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Pictures all of whose files should be there, by id: not those that are withheld, or were until now.
pub async fn stored(db: &mut PgConnection, after: MediaId, most: i64) -> sqlx::Result<Vec<Placed>> {
    sqlx::query_as!(
        Placed,
        r#"select id as "id: MediaId", key, original_key, shared_key, remote_url is not null as "elsewhere!",
               kind in (1, 2) as "moves!", stored_bytes
           from media where state = 1 and renditions > 0 and id > $1
             and not exists (select 1 from withheld_files h where h.key = media.key)
           order by id limit $2"#,
        after.0,
        most,
    )
    .fetch_all(db)
    .await
}

/// Has copies fetched again, when somebody looks, that are not where their rows say. Gives the posts that show them.
pub async fn lost_copies(
    db: &mut PgConnection,
    ids: &[MediaId],
    keys: &[String],
    fresh: &[String],
) -> sqlx::Result<Vec<PostId>> {
    let posts = sqlx::query_scalar!(
        r#"with profiles as (
               update accounts set version = version + 1 where avatar_id = any ($1) or header_id = any ($1))
           update media m set key = case m.purpose when 3 then m.key else n.fresh end, state = 0, queue = 0, tries = 0,
               stored_bytes = 0
           from unnest($1::bigint[], $2::text[], $3::text[]) n (id, key, fresh)
           where m.id = n.id and m.key = n.key and m.state = 1 and m.queue = 0
           returning m.post_id as "post_id: PostId""#,
        ids as &[MediaId],
        keys,
        fresh,
    )
    .fetch_all(db)
    .await?;
    Ok(posts.into_iter().flatten().collect())
}
