//! What pictures of people here look like. Compares nobody's with another's.

use sqlx::PgConnection;

use crate::domain::ids::{AccountId, MediaId, PostId};

pub async fn put(db: &mut PgConnection, id: MediaId, look: &str) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into media_looks (media_id, owner_id, look)
         select id, owner_id, ('x' || $2::text)::bit(256) from media where id = $1
         on conflict (media_id) do update set look = excluded.look",
        id.0,
        look
    )
    .execute(db)
    .await?;
    Ok(())
}

/// A picture that looks like another.
#[derive(Clone, Copy, Debug)]
pub struct Alike {
    pub id: MediaId,
    /// That it is in.
    pub post_id: Option<PostId>,
}

/// Other pictures of its owner that look like this one in all but so many bits, the newest first. Only those that are in a post,
/// or wait for one.
pub async fn alike(
    db: &mut PgConnection,
    owner: AccountId,
    id: MediaId,
    most_distance: i32,
    most: i64,
) -> sqlx::Result<Vec<Alike>> {
    sqlx::query_as!(
        Alike,
        r#"select m.id as "id: MediaId", m.post_id as "post_id: PostId"
           from media_looks this
           join media_looks other on other.owner_id = this.owner_id and other.media_id <> this.media_id
           join media m on m.id = other.media_id
           where this.media_id = $2 and this.owner_id = $1 and bit_count(other.look # this.look) <= $3
             and m.purpose = 0 and (m.post_id is not null or m.attached_at is null)
           order by m.id desc limit $4"#,
        owner.0,
        id.0,
        i64::from(most_distance),
        most,
    )
    .fetch_all(db)
    .await
}
