//! What people elsewhere put at the top of their profiles and posted before: who is to be read again, and what was found.
//! Reads nobody.

use sqlx::PgConnection;

use crate::domain::clock::Time;
use crate::domain::ids::{AccountId, PostId};

/// Notes that somebody's collections are to be read, unless they have none or that is noted already.
pub async fn want(db: &mut PgConnection, account: AccountId, now: Time) -> sqlx::Result<bool> {
    let noted = sqlx::query!(
        "update accounts set featured_due_at = $2, featured_tries = 0
         where id = $1 and host_id is not null and (featured_url <> '' or outbox <> '') and featured_due_at is null",
        account.0,
        now,
    )
    .execute(db)
    .await?;
    Ok(noted.rows_affected() > 0)
}

/// Somebody whose collection is being read.
#[derive(Clone, Copy, Debug)]
pub struct Lent {
    pub account: AccountId,
    /// This one included.
    pub tries: i16,
}

/// Lends out those who are due, until `until`; then whoever looks may take them again.
pub async fn lend(db: &mut PgConnection, most: i64, now: Time, until: Time) -> sqlx::Result<Vec<Lent>> {
    sqlx::query_as!(
        Lent,
        r#"update accounts a set featured_due_at = $3, featured_tries = a.featured_tries + 1
           from (select id from accounts where featured_due_at <= $2 order by featured_due_at limit $1
                 for update skip locked) n
           where a.id = n.id
           returning a.id as "account: AccountId", a.featured_tries as tries"#,
        most,
        now,
        until,
    )
    .fetch_all(db)
    .await
}

/// Says when one that was lent until `until` is tried again; none: it is done, or given up. Nothing, if it is somebody else's
/// by now.
pub async fn settle(
    db: &mut PgConnection,
    account: AccountId,
    until: Time,
    again: Option<Time>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update accounts set featured_due_at = $3 where id = $1 and featured_due_at = $2",
        account.0,
        until,
        again
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Makes these the posts at the top of somebody's profile, with their relations' ids; only their own posts, which are
/// not reposts and not for named people alone.
pub async fn replace(
    db: &mut PgConnection,
    account: AccountId,
    posts: &[PostId],
    ids: &[i64],
) -> sqlx::Result<()> {
    sqlx::query!(
        "with gone as (delete from pins where account_id = $1 and post_id <> all ($2))
         insert into pins (account_id, post_id, id)
         select $1, p.id, n.id from unnest($2::bigint[], $3::bigint[]) n (post_id, id)
         join posts p on p.id = n.post_id and p.author_id = $1 and p.repost_of is null and p.audience < 3
         on conflict (account_id, post_id) do update set id = excluded.id",
        account.0,
        posts as &[PostId],
        ids,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Where it is to be read what somebody posted before, and how much and with whom.
#[derive(Clone, Debug)]
pub struct Before {
    pub outbox: String,
    /// Empty: nowhere.
    pub following: String,
}

/// None: nowhere, or it was read since then.
pub async fn to_fill_in(
    db: &mut PgConnection,
    account: AccountId,
    since: Time,
) -> sqlx::Result<Option<Before>> {
    sqlx::query_as!(
        Before,
        "select outbox, following_url as following from accounts
         where id = $1 and outbox <> '' and (filled_in_at is null or filled_in_at <= $2)",
        account.0,
        since,
    )
    .fetch_optional(db)
    .await
}

/// How much somebody elsewhere has, as their server says; none: it does not say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    pub posts: Option<i32>,
    pub followers: Option<i32>,
    pub following: Option<i32>,
}

/// Notes that it was read, and what was said; what is not said any more stays.
pub async fn filled_in(
    db: &mut PgConnection,
    account: AccountId,
    said: Totals,
    now: Time,
) -> sqlx::Result<()> {
    sqlx::query!(
        "with changed as (
             update account_counts set posts_said = coalesce($3, posts_said),
                 followers_said = coalesce($4, followers_said), following_said = coalesce($5, following_said)
             where account_id = $1 and (posts_said, followers_said, following_said)
                 is distinct from (coalesce($3, posts_said), coalesce($4, followers_said), coalesce($5, following_said))
             returning account_id)
         update accounts set filled_in_at = $2, version = version + (select count(*) from changed)::integer where id = $1",
        account.0,
        now,
        said.posts,
        said.followers,
        said.following,
    )
    .execute(db)
    .await?;
    Ok(())
}
