//! What others report about people here. Decides nothing about them.

use sqlx::PgConnection;

use crate::domain::clock::Time;
use crate::domain::ids::{AccountId, PostId};

#[derive(Debug)]
pub struct NewReport<'a> {
    pub id: i64,
    pub reporter: AccountId,
    pub account: AccountId,
    pub posts: &'a [PostId],
    pub reason: &'a str,
    pub now: Time,
}

/// Of the posts, those that are the account's.
pub async fn insert(db: &mut PgConnection, new: &NewReport<'_>) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into reports (id, reporter_id, account_id, post_ids, reason, created_at)
         values ($1, $2, $3, array(select id from posts where id = any ($4) and author_id = $3 order by id), $5, $6)",
        new.id,
        new.reporter.0,
        new.account.0,
        new.posts as &[PostId],
        new.reason,
        new.now,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// A report as a moderator is told of it.
#[derive(Clone, Debug)]
pub struct Report {
    pub id: i64,
    pub account: AccountId,
    pub posts: Vec<PostId>,
    pub reason: String,
    pub created_at: Time,
}

pub async fn by_ids(db: &mut PgConnection, ids: &[i64]) -> sqlx::Result<Vec<Report>> {
    sqlx::query_as!(
        Report,
        r#"select id, account_id as "account: AccountId", post_ids as "posts: Vec<PostId>", reason, created_at
           from reports where id = any ($1)"#,
        ids,
    )
    .fetch_all(db)
    .await
}

/// How many reports are open that came from the server of this reporter, counted up to `most`.
pub async fn open_of_host_of(db: &mut PgConnection, reporter: AccountId, most: i64) -> sqlx::Result<i64> {
    sqlx::query_scalar!(
        r#"select count(*) as "count!" from (
             select 1 from reports r join accounts f on f.id = r.reporter_id
             where f.host_id = (select host_id from accounts where id = $1) limit $2) o"#,
        reporter.0,
        most,
    )
    .fetch_one(db)
    .await
}

/// A line of the operator's list.
#[derive(Clone, Debug)]
pub struct Listed {
    pub id: i64,
    /// Whose server reports.
    pub reporter: Option<String>,
    pub account: String,
    pub posts: i64,
    pub reason: String,
    pub created_at: Time,
}

/// A page of reports below `before`, newest first.
pub async fn list(db: &mut PgConnection, before: i64, most: i64) -> sqlx::Result<Vec<Listed>> {
    sqlx::query_as!(
        Listed,
        r#"select r.id, f.uri as "reporter?", a.username as account, cardinality(r.post_ids)::bigint as "posts!", r.reason,
               r.created_at
           from reports r join accounts a on a.id = r.account_id left join accounts f on f.id = r.reporter_id
           where r.id < $1 order by r.id desc limit $2"#,
        before,
        most,
    )
    .fetch_all(db)
    .await
}
