//! Reports as moderators work on them. Writes none, and decides about none.

use sqlx::PgConnection;

use super::posts::Card;
use crate::domain::audience::Audience;
use crate::domain::clock::Time;
use crate::domain::ids::{AccountId, PostId, RuleId};
use crate::domain::report::Category;
use crate::domain::window::Window;

/// Whether there is such a report, of this account.
pub async fn is_about(db: &mut PgConnection, report: i64, account: AccountId) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"select exists (select 1 from reports where id = $1 and account_id = $2) as "there_is!""#,
        report,
        account.0,
    )
    .fetch_one(db)
    .await
}

/// Reports of an account that nobody is done with, in the order in which they came.
pub async fn open_about(db: &mut PgConnection, account: AccountId) -> sqlx::Result<Vec<i64>> {
    sqlx::query_scalar!(
        "select id from reports where account_id = $1 and action_taken_at is null order by id",
        account.0
    )
    .fetch_all(db)
    .await
}

/// Somebody is done with a report; whether nobody was before.
pub async fn resolve(
    db: &mut PgConnection,
    report: i64,
    by: Option<AccountId>,
    now: Time,
) -> sqlx::Result<bool> {
    let changed = sqlx::query!(
        "update reports set action_taken_at = $3, action_taken_by = $2, updated_at = $3
         where id = $1 and action_taken_at is null",
        report,
        by.map(|by| by.0),
        now,
    )
    .execute(db)
    .await?;
    Ok(changed.rows_affected() > 0)
}

/// Nobody is done with it any more; whether somebody was.
pub async fn reopen(db: &mut PgConnection, report: i64, now: Time) -> sqlx::Result<bool> {
    let changed = sqlx::query!(
        "update reports set action_taken_at = null, action_taken_by = null, updated_at = $2
         where id = $1 and action_taken_at is not null",
        report,
        now,
    )
    .execute(db)
    .await?;
    Ok(changed.rows_affected() > 0)
}

/// Somebody looks into a report, or nobody does; whether that is another than before.
pub async fn assign(
    db: &mut PgConnection,
    report: i64,
    to: Option<AccountId>,
    now: Time,
) -> sqlx::Result<bool> {
    let changed = sqlx::query!(
        "update reports set assigned_to = $2, updated_at = $3 where id = $1 and assigned_to is distinct from $2",
        report,
        to.map(|to| to.0),
        now,
    )
    .execute(db)
    .await?;
    Ok(changed.rows_affected() > 0)
}

/// Whether that is another than before.
pub async fn sort(
    db: &mut PgConnection,
    report: i64,
    category: Category,
    rules: &[RuleId],
    now: Time,
) -> sqlx::Result<bool> {
    let changed = sqlx::query!(
        "update reports set category = $2, rule_ids = $3, updated_at = $4
         where id = $1 and (category, rule_ids) is distinct from ($2, $3)",
        report,
        category as i16,
        rules as &[RuleId],
        now,
    )
    .execute(db)
    .await?;
    Ok(changed.rows_affected() > 0)
}

/// A report with what was done about it.
#[derive(Clone, Debug)]
pub struct Report {
    pub id: i64,
    /// None: they are gone.
    pub reporter: Option<AccountId>,
    pub account: AccountId,
    pub posts: Vec<PostId>,
    pub category: Category,
    pub rules: Vec<RuleId>,
    pub reason: String,
    pub forwarded: bool,
    pub assigned_to: Option<AccountId>,
    pub action_taken_at: Option<Time>,
    /// None also of one that was done with: by whoever runs the program on the server, or somebody who is gone.
    pub action_taken_by: Option<AccountId>,
    pub created_at: Time,
    pub updated_at: Option<Time>,
}

/// Which reports a moderator looks for; all that is said must hold.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// Those that somebody is done with, or else the others.
    pub resolved: bool,
    pub reporter: Option<AccountId>,
    pub account: Option<AccountId>,
    /// The authority of the server of whom they are about.
    pub domain: Option<String>,
}

pub async fn by_id(db: &mut PgConnection, report: i64) -> sqlx::Result<Option<Report>> {
    sqlx::query_as!(
        Report,
        r#"select r.id, r.reporter_id as "reporter: AccountId", r.account_id as "account: AccountId",
               r.post_ids as "posts: Vec<PostId>", r.category as "category: Category", r.rule_ids as "rules: Vec<RuleId>", r.reason, r.forwarded,
               r.assigned_to as "assigned_to: AccountId", r.action_taken_at,
               r.action_taken_by as "action_taken_by: AccountId", r.created_at, r.updated_at
           from reports r where r.id = $1"#,
        report,
    )
    .fetch_optional(db)
    .await
}

/// The newest first.
pub async fn page(db: &mut PgConnection, wanted: &Wanted, window: &Window) -> sqlx::Result<Vec<Report>> {
    // An index serves one direction at a time: each has its own query.
    macro_rules! read {
        ($order:literal) => {
            sqlx::query_as!(
                Report,
                r#"select r.id, r.reporter_id as "reporter: AccountId", r.account_id as "account: AccountId",
                       r.post_ids as "posts: Vec<PostId>", r.category as "category: Category", r.rule_ids as "rules: Vec<RuleId>", r.reason, r.forwarded,
                       r.assigned_to as "assigned_to: AccountId", r.action_taken_at,
                       r.action_taken_by as "action_taken_by: AccountId", r.created_at, r.updated_at
                   from reports r
                   where r.id < $1 and r.id > $2 and (r.action_taken_at is not null) = $4
                     and ($5::bigint is null or r.reporter_id = $5) and ($6::bigint is null or r.account_id = $6)
                     and ($7::text is null or exists (
                         select 1 from accounts a join hosts h on h.id = a.host_id
                         where a.id = r.account_id and h.authority = $7)) "# + $order,
                window.below,
                window.above,
                window.limit,
                wanted.resolved,
                wanted.reporter.map(|reporter| reporter.0),
                wanted.account.map(|account| account.0),
                wanted.domain,
            )
            .fetch_all(db)
            .await
        };
    }
    match window.from_old_end {
        false => read!("order by r.id desc limit $3"),
        true => {
            let mut found = read!("order by r.id limit $3")?;
            found.reverse();
            Ok(found)
        }
    }
}

/// What is reported, for a moderator to look at, whomever it was for and whatever became of its author: the one way around
/// what is said in `visible_posts`, and for these posts alone.
pub async fn cards(db: &mut PgConnection, moderator: AccountId, reports: &[i64]) -> sqlx::Result<Vec<Card>> {
    sqlx::query_as!(
        Card,
        r#"select p.id as "id: PostId", p.version, p.author_id as "author_id: AccountId", a.version as author_version,
               p.audience as "audience: Audience", coalesce(s.id, p.id) as "shown_id!: PostId",
               coalesce(s.version, p.version) as "shown_version!",
               coalesce(s.author_id, p.author_id) as "shown_author_id!: AccountId",
               coalesce(sa.version, a.version) as "shown_author_version!",
               c.likes + coalesce(d.likes, 0) as "likes!", c.reposts + coalesce(d.reposts, 0) as "reposts!",
               c.replies + coalesce(d.replies, 0) as "replies!", c.quotes + coalesce(d.quotes, 0) as "quotes!",
               coalesce(v.flags, 0::smallint) as "flags!",
               0::smallint as "reasons!"
           from posts p
           join accounts a on a.id = p.author_id
           left join (posts s join accounts sa on sa.id = s.author_id) on s.id = p.repost_of
           join post_counts c on c.post_id = coalesce(s.id, p.id)
           left join lateral (
               select sum(x.likes)::integer as likes, sum(x.reposts)::integer as reposts, sum(x.replies)::integer as replies,
                   sum(x.quotes)::integer as quotes
               from count_deltas x where x.post_id = coalesce(s.id, p.id)) d on true
           left join viewer_state v on v.account_id = $1 and v.post_id = coalesce(s.id, p.id)
           where p.id in (select unnest(r.post_ids) from reports r where r.id = any ($2))"#,
        moderator.0,
        reports,
    )
    .fetch_all(db)
    .await
}
