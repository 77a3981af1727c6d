//! What the timeline of a list has to show, worked out the slow way from the rows, without the SQL that is tested.

use std::collections::{HashMap, HashSet};

use sqlx::postgres::PgPool;

struct Row {
    id: i64,
    author: i64,
    inner: Option<i64>,
    audience: i16,
    comment: bool,
    repost: bool,
    answers: Option<i64>,
}

/// A list as its owner made it.
pub struct Wanted<'a> {
    pub owner: i64,
    pub members: &'a [i64],
    pub replies: &'a str,
}

async fn numbers(db: &PgPool, sql: &'static str, about: i64) -> HashSet<i64> {
    let rows = sqlx::query_scalar::<_, i64>(sql).bind(about).fetch_all(db).await;
    rows.unwrap().into_iter().collect()
}

/// Ids, newest first.
pub async fn of(db: &PgPool, wanted: &Wanted<'_>) -> Vec<i64> {
    let follows: HashMap<i64, bool> = sqlx::query_as::<_, (i64, bool)>(
        "select followee_id, shows_reposts from follows where follower_id = $1 and accepted",
    )
    .bind(wanted.owner)
    .fetch_all(db)
    .await
    .unwrap()
    .into_iter()
    .collect();
    let out_of_sight = numbers(
        db,
        "select target_id from blocks where account_id = $1
         union select account_id from blocks where target_id = $1
         union select target_id from mutes where account_id = $1",
        wanted.owner,
    )
    .await;
    let rows = sqlx::query_as::<_, (i64, i64, Option<i64>, i16, bool, bool, Option<i64>)>(
        "select id, author_id, repost_author_id, audience, comment, repost_of is not null, reply_to_author from posts",
    )
    .fetch_all(db)
    .await
    .unwrap();
    let rows = rows
        .into_iter()
        .map(|(id, author, inner, audience, comment, repost, answers)| Row {
            id,
            author,
            inner,
            audience,
            comment,
            repost,
            answers,
        });
    let belongs = |row: &Row| {
        let answered = row.answers.unwrap_or_default();
        let shows_answer = match wanted.replies {
            "none" => false,
            "list" => answered == wanted.owner || wanted.members.contains(&answered),
            _ => answered == wanted.owner || follows.contains_key(&answered),
        };
        let hidden = out_of_sight.contains(&row.author)
            || row.inner.is_some_and(|inner| out_of_sight.contains(&inner));
        // Who is followed no longer is in no list.
        let followed = follows.get(&row.author);
        let shows_reposts = followed.copied().unwrap_or_default();
        wanted.members.contains(&row.author)
            && followed.is_some()
            && row.audience < 3
            && (shows_reposts || !row.repost)
            && (!row.comment || shows_answer)
            && !hidden
    };
    let mut ids: Vec<i64> = rows.filter(belongs).map(|row| row.id).collect();
    ids.sort_unstable_by(|one, other| other.cmp(one));
    ids
}
