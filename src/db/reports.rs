//! What is reported about people. Decides nothing about them.

use sqlx::PgConnection;

use crate::domain::clock::Time;
use crate::domain::ids::{AccountId, PostId, RuleId};
use crate::domain::report::Category;

#[derive(Debug)]
pub struct NewReport<'a> {
    pub id: i64,
    pub reporter: AccountId,
    pub account: AccountId,
    pub posts: &'a [PostId],
    pub category: Category,
    pub rules: &'a [RuleId],
    pub reason: &'a str,
    pub forwarded: bool,
    pub now: Time,
}

/// Of the posts, those that are the account's.
pub async fn insert(db: &mut PgConnection, new: &NewReport<'_>) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into reports (id, reporter_id, account_id, post_ids, category, reason, forwarded, created_at, rule_ids)
         values ($1, $2, $3, array(select id from posts where id = any ($4) and author_id = $3 order by id), $5, $6, $7, $8, $9)",
        new.id,
        new.reporter.0,
        new.account.0,
        new.posts as &[PostId],
        new.category as Category,
        new.reason,
        new.forwarded,
        new.now,
        new.rules as &[RuleId],
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Where the posts of a report are on their author's server, the oldest first; not what is from here.
pub async fn addresses(db: &mut PgConnection, report: i64, most: i64) -> sqlx::Result<Vec<String>> {
    sqlx::query_scalar!(
        r#"select p.uri as "uri!" from reports r cross join unnest(r.post_ids) n (id) join posts p on p.id = n.id
           where r.id = $1 and p.uri is not null and p.repost_of is null order by p.id limit $2"#,
        report,
        most,
    )
    .fetch_all(db)
    .await
}

/// A report as it is shown.
#[derive(Clone, Debug)]
pub struct Report {
    pub id: i64,
    pub account: AccountId,
    pub posts: Vec<PostId>,
    pub category: Category,
    pub rules: Vec<RuleId>,
    pub reason: String,
    pub forwarded: bool,
    pub created_at: Time,
    /// Since when a moderator is done with it.
    pub action_taken_at: Option<Time>,
}

pub async fn by_ids(db: &mut PgConnection, ids: &[i64]) -> sqlx::Result<Vec<Report>> {
    sqlx::query_as!(
        Report,
        r#"select id, account_id as "account: AccountId", post_ids as "posts: Vec<PostId>",
               category as "category: Category", rule_ids as "rules: Vec<RuleId>", reason, forwarded, created_at, action_taken_at
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
             where f.host_id = (select host_id from accounts where id = $1) and r.action_taken_at is null
             limit $2) o"#,
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
    /// Who reports, or mostly whose server.
    pub reporter: Option<String>,
    /// Their handle, here without a host.
    pub account: String,
    pub posts: i64,
    pub category: Category,
    pub reason: String,
    pub created_at: Time,
}

/// A page of reports below `before`, newest first.
pub async fn list(db: &mut PgConnection, before: i64, most: i64) -> sqlx::Result<Vec<Listed>> {
    sqlx::query_as!(
        Listed,
        r#"select r.id, f.uri as "reporter?", concat_ws('@', a.username, h.authority) as "account!",
               cardinality(r.post_ids)::bigint as "posts!", r.category as "category: Category", r.reason, r.created_at
           from reports r join accounts a on a.id = r.account_id left join hosts h on h.id = a.host_id
           left join accounts f on f.id = r.reporter_id
           where r.id < $1 order by r.id desc limit $2"#,
        before,
        most,
    )
    .fetch_all(db)
    .await
}
