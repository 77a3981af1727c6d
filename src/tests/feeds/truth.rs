//! What a home feed has to show, worked out the slow way from the rows, without the SQL that is tested.

use std::collections::{HashMap, HashSet};

use sqlx::postgres::PgPool;

struct Row {
    id: i64,
    author: i64,
    /// The author of what is passed on.
    inner: Option<i64>,
    audience: i16,
    comment: bool,
    repost: bool,
}

/// Ids, newest first.
pub async fn home(db: &PgPool, reader: i64) -> Vec<i64> {
    let follows: HashMap<i64, bool> = sqlx::query_as::<_, (i64, bool)>(
        "select followee_id, shows_reposts from follows where follower_id = $1 and accepted and not exists (
             select 1 from list_members m join lists l on l.id = m.list_id
             where l.exclusive and l.account_id = follower_id and m.account_id = followee_id)",
    )
    .bind(reader)
    .fetch_all(db)
    .await
    .unwrap()
    .into_iter()
    .collect();
    let out_of_sight: HashSet<i64> = sqlx::query_scalar(
        "select target_id from blocks where account_id = $1
         union select account_id from blocks where target_id = $1
         union select target_id from mutes where account_id = $1",
    )
    .bind(reader)
    .fetch_all(db)
    .await
    .unwrap()
    .into_iter()
    .collect();
    let rows = sqlx::query_as::<_, (i64, i64, Option<i64>, i16, bool, bool)>(
        "select id, author_id, repost_author_id, audience, comment, repost_of is not null from posts",
    )
    .fetch_all(db)
    .await
    .unwrap();
    let mut ids: Vec<i64> = rows
        .into_iter()
        .map(|(id, author, inner, audience, comment, repost)| Row {
            id,
            author,
            inner,
            audience,
            comment,
            repost,
        })
        .filter(|row| belongs(row, reader, &follows, &out_of_sight))
        .map(|row| row.id)
        .collect();
    ids.sort_unstable_by(|one, other| other.cmp(one));
    ids
}

fn belongs(row: &Row, reader: i64, follows: &HashMap<i64, bool>, out_of_sight: &HashSet<i64>) -> bool {
    let own = row.author == reader;
    let direct = row.audience == 3;
    let hidden =
        out_of_sight.contains(&row.author) || row.inner.is_some_and(|inner| out_of_sight.contains(&inner));
    let wanted = match follows.get(&row.author) {
        Some(shows_reposts) => *shows_reposts || !row.repost,
        None => own,
    };
    wanted && !direct && !row.comment && !hidden
}
