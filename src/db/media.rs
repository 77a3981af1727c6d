//! Pictures: their rows, never their bytes. The table is its own queue.

use sqlx::PgConnection;

use crate::domain::clock::Time;
use crate::domain::ids::{AccountId, MediaId, PostId};
use crate::domain::post::Photo;

/// A picture with what is needed to show it, whoever asks.
#[derive(Clone, Debug)]
pub struct Owned {
    pub photo: Photo,
    pub owner_id: AccountId,
    pub post_id: Option<PostId>,
    /// Why it failed, as a sentence.
    pub failure: Option<String>,
}

pub async fn by_ids(db: &mut PgConnection, ids: &[MediaId]) -> sqlx::Result<Vec<Owned>> {
    let rows = sqlx::query!(
        r#"select id as "id: MediaId", owner_id as "owner_id: AccountId", post_id as "post_id: PostId", state, failure, key, kind,
               remote_url, content_type, description, focus_x, focus_y, width, height, blurhash
           from media where id = any ($1) and purpose = 0"#,
        ids as &[MediaId],
    )
    .fetch_all(db)
    .await?;
    let owned = rows.into_iter().map(|row| Owned {
        owner_id: row.owner_id,
        post_id: row.post_id,
        failure: row.failure,
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
) -> sqlx::Result<u64> {
    let attached = sqlx::query!(
        "update media m set post_id = $2, position = n.position::smallint
         from unnest($3::bigint[]) with ordinality as n (id, position)
         where m.id = n.id and m.owner_id = $1 and m.state = 1 and m.purpose = 0
           and (m.post_id is null or m.post_id = $2)",
        owner.0,
        post.0,
        ids as &[MediaId],
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

/// A picture that another server has.
#[derive(Debug)]
pub struct NewRemote<'a> {
    pub id: MediaId,
    pub owner_id: AccountId,
    pub post_id: PostId,
    pub position: i16,
    pub key: String,
    pub remote_url: &'a str,
    pub content_type: &'a str,
    pub description: &'a str,
    pub blurhash: Option<&'a str>,
    pub width: i32,
    pub height: i32,
    pub focus_x: f32,
    pub focus_y: f32,
}

pub async fn insert_remote(db: &mut PgConnection, new: &[NewRemote<'_>], now: Time) -> sqlx::Result<()> {
    if new.is_empty() {
        return Ok(());
    }
    macro_rules! column {
        ($get:expr) => {
            &new.iter().map($get).collect::<Vec<_>>()[..]
        };
    }
    sqlx::query!(
        "insert into media (id, owner_id, post_id, position, key, remote_url, content_type, description, blurhash, width,
             height, focus_x, focus_y, created_at, next_try_at)
         select id, owner_id, post_id, position, key, remote_url, content_type, description, blurhash, width, height,
             focus_x, focus_y, $14, $14
         from unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::smallint[], $5::text[], $6::text[], $7::text[],
             $8::text[], $9::text[], $10::integer[], $11::integer[], $12::real[], $13::real[])
             as n (id, owner_id, post_id, position, key, remote_url, content_type, description, blurhash, width, height,
                   focus_x, focus_y)",
        column!(|n| n.id.0),
        column!(|n| n.owner_id.0),
        column!(|n| n.post_id.0),
        column!(|n| n.position),
        column!(|n| n.key.clone()),
        column!(|n| n.remote_url.to_owned()),
        column!(|n| n.content_type.to_owned()),
        column!(|n| n.description.to_owned()),
        column!(|n| n.blurhash.map(str::to_owned)) as &[Option<String>],
        column!(|n| n.width),
        column!(|n| n.height),
        column!(|n| n.focus_x),
        column!(|n| n.focus_y),
        now,
    )
    .execute(db)
    .await?;
    Ok(())
}
