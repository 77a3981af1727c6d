//! Pictures of servers whose pictures are not kept here. Removes no file itself: it notes them for the sweep.

use sqlx::PgConnection;

use crate::domain::clock::Time;
use crate::domain::ids::{MediaId, PostId};

/// Pictures of people of a domain that are shown, or may be, though none is to be kept; locked until the transaction ends.
pub async fn shown(db: &mut PgConnection, domain: &str, most: i64) -> sqlx::Result<Vec<MediaId>> {
    sqlx::query_scalar!(
        r#"select m.id as "id: MediaId"
           from hosts h join accounts a on a.host_id = h.id join media m on m.owner_id = a.id
           where is_within(h.authority, $1) and m.remote_url is not null and m.state <> 2
             and exists (select 1 from domain_policies d where d.reject_media and is_within(h.authority, d.domain))
           limit $2 for update of m skip locked"#,
        domain,
        most,
    )
    .fetch_all(db)
    .await
}

/// Lets go of their files, and says why. They get new keys, under which they may be fetched later. Gives the posts that
/// showed them.
pub async fn reject(
    db: &mut PgConnection,
    ids: &[MediaId],
    fresh: &[String],
    failure: &str,
    now: Time,
) -> sqlx::Result<Vec<PostId>> {
    let posts = sqlx::query_scalar!(
        r#"with old as (
               select id, key from media where id = any ($1)),
           files as (
               insert into discarded_files (key, original, due_at)
               select key, false, $4::timestamptz from old on conflict do nothing)
           update media m set key = n.key, next_key = null, state = 2, queue = 0, tries = 0, failure = $3,
               stored_bytes = 0
           from unnest($1::bigint[], $2::text[]) n (id, key)
           where m.id = n.id
           returning m.post_id as "post_id: PostId""#,
        ids as &[MediaId],
        fresh,
        failure,
        now,
    )
    .fetch_all(db)
    .await?;
    Ok(posts.into_iter().flatten().collect())
}

/// Those that were rejected for this reason, and are no longer: each is fetched when somebody looks at it. How many, and the
/// posts that show them.
pub async fn restore(
    db: &mut PgConnection,
    domain: &str,
    failure: &str,
    most: i64,
) -> sqlx::Result<Vec<Option<PostId>>> {
    sqlx::query_scalar!(
        r#"update media set state = 0, queue = 0, tries = 0, failure = null
           where id = any (array(
               select m.id from hosts h join accounts a on a.host_id = h.id join media m on m.owner_id = a.id
               where is_within(h.authority, $1) and m.state = 2 and m.failure = $2
                 and not exists (
                     select 1 from domain_policies d where d.reject_media and is_within(h.authority, d.domain))
               limit $3))
           returning post_id as "post_id: PostId""#,
        domain,
        failure,
        most,
    )
    .fetch_all(db)
    .await
}
