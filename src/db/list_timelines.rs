//! Which posts are in the timelines of lists: ids only. What belongs in one says the view `list_posts`.

use sqlx::PgConnection;

use crate::domain::ids::{AccountId, ListId, PostId};
use crate::domain::window::Window;

/// The ids of a page, newest first. Nothing is written for lists: they have from the start what their members posted before.
pub async fn page(db: &mut PgConnection, list: ListId, window: &Window) -> sqlx::Result<Vec<PostId>> {
    // A page of so many posts is by the so many members who have one nearest to its end: of the others, one is looked at.
    macro_rules! read {
        ($order:literal) => {
            sqlx::query_scalar!(
                "with near as materialized (
                     select m.account_id from list_members m
                     cross join lateral (
                         select p.id from list_posts p
                         where p.list_id = $1 and p.author_id = m.account_id and p.id < $2 and p.id > $3
                         order by p.id " + $order + " limit 1) n
                     where m.list_id = $1
                     order by n.id " + $order + " limit $4)
                 select n.id as \"id!: PostId\" from near m
                 cross join lateral (
                     select p.id from list_posts p
                     where p.list_id = $1 and p.author_id = m.account_id and p.id < $2 and p.id > $3
                     order by p.id " + $order + " limit $4) n
                 order by n.id " + $order + " limit $4",
                list.0,
                window.below,
                window.above,
                window.limit,
            )
            .fetch_all(db)
            .await?
        };
    }
    if !window.from_old_end {
        return Ok(read!("desc"));
    }
    let mut ids = read!("asc");
    ids.reverse();
    Ok(ids)
}

/// Which of `lists` have which of `posts`.
pub async fn holding(
    db: &mut PgConnection,
    posts: &[PostId],
    lists: &[ListId],
) -> sqlx::Result<Vec<(PostId, ListId)>> {
    let rows = sqlx::query!(
        r#"select id as "post!: PostId", list_id as "list!: ListId" from list_posts
           where id = any ($1) and list_id = any ($2)"#,
        posts as &[PostId],
        lists as &[ListId],
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| (row.post, row.list)).collect())
}

/// Those of `lists` in which this author is.
pub async fn of_author(
    db: &mut PgConnection,
    author: AccountId,
    lists: &[ListId],
) -> sqlx::Result<Vec<ListId>> {
    sqlx::query_scalar!(
        r#"select list_id as "id: ListId" from list_members where account_id = $1 and list_id = any ($2)"#,
        author.0,
        lists as &[ListId],
    )
    .fetch_all(db)
    .await
}
