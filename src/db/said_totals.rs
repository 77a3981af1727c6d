//! How often posts of other servers are liked and passed on, as those say. Never takes away what is known here.

use sqlx::PgConnection;

use crate::domain::ids::PostId;

/// What a server says of its own post; none: nothing.
#[derive(Clone, Copy, Debug)]
pub struct Said {
    pub post: PostId,
    pub likes: Option<i32>,
    pub reposts: Option<i32>,
}

/// Makes the numbers of posts what is said, and at the least what is known.
pub async fn put(db: &mut PgConnection, said: &[Said]) -> sqlx::Result<()> {
    if said.is_empty() {
        return Ok(());
    }
    let posts: Vec<PostId> = said.iter().map(|one| one.post).collect();
    let likes: Vec<Option<i32>> = said.iter().map(|one| one.likes).collect();
    let reposts: Vec<Option<i32>> = said.iter().map(|one| one.reposts).collect();
    sqlx::query!(
        "with said as (
             select k.post_id,
                 case when s.likes is null then k.likes_elsewhere
                     else greatest(s.likes - (k.likes - k.likes_elsewhere) - coalesce(d.likes, 0), 0) end as likes,
                 case when s.reposts is null then k.reposts_elsewhere
                     else greatest(s.reposts - (k.reposts - k.reposts_elsewhere) - coalesce(d.reposts, 0), 0) end as reposts
             from unnest($1::bigint[], $2::integer[], $3::integer[]) as s (post_id, likes, reposts)
             join post_counts k on k.post_id = s.post_id
             left join lateral (
                 select sum(x.likes)::integer as likes, sum(x.reposts)::integer as reposts
                 from count_deltas x where x.post_id = k.post_id) d on true)
         update post_counts c
         set likes = c.likes - c.likes_elsewhere + s.likes, likes_elsewhere = s.likes,
             reposts = c.reposts - c.reposts_elsewhere + s.reposts, reposts_elsewhere = s.reposts
         from said s
         where c.post_id = s.post_id and (c.likes_elsewhere, c.reposts_elsewhere) is distinct from (s.likes, s.reposts)",
        &posts as &[PostId],
        &likes as &[Option<i32>],
        &reposts as &[Option<i32>],
    )
    .execute(db)
    .await?;
    Ok(())
}
