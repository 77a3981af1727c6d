//! People whom somebody wants to follow, block or mute, waiting to be looked up. Knows no file and no network.

use sqlx::PgConnection;

use crate::domain::clock::Time;
use crate::domain::ids::AccountId;

/// Lines of a file, side by side.
#[derive(Debug, Default)]
pub struct Lines {
    pub handles: Vec<String>,
    pub with_more: Vec<bool>,
    pub notify: Vec<bool>,
}

/// Adds what does not wait already. Gives how many.
pub async fn add(
    db: &mut PgConnection,
    account: AccountId,
    kind: i16,
    lines: &Lines,
    now: Time,
) -> sqlx::Result<u64> {
    let added = sqlx::query!(
        "insert into imports (account_id, kind, handle, with_more, notify, next_try_at)
         select $1, $2, l.handle, l.with_more, l.notify, $6
         from unnest($3::text[], $4::boolean[], $5::boolean[]) l (handle, with_more, notify)
         on conflict on constraint imports_once do nothing",
        account.0,
        kind,
        &lines.handles,
        &lines.with_more,
        &lines.notify,
        now,
    )
    .execute(db)
    .await?;
    Ok(added.rows_affected())
}

/// How many wait of this person.
pub async fn waiting_of(db: &mut PgConnection, account: AccountId) -> sqlx::Result<i64> {
    sqlx::query_scalar!(
        r#"select count(*) as "waiting!" from imports where account_id = $1"#,
        account.0
    )
    .fetch_one(db)
    .await
}

/// All who live here and follow `old` follow `new` too, and who blocks or mutes the one does so with the other, one after
/// the other. The kinds are those of `actions::import`.
pub async fn lead_along(
    db: &mut PgConnection,
    old: AccountId,
    new_handle: &str,
    now: Time,
) -> sqlx::Result<u64> {
    let added = sqlx::query!(
        "insert into imports (account_id, kind, handle, with_more, notify, next_try_at)
         select r.account_id, r.kind, $2, r.with_more, r.notify, $3
         from (select follower_id as account_id, 1::smallint as kind, shows_reposts as with_more, notifies as notify
               from follows where followee_id = $1 and accepted
               union all
               select account_id, 2::smallint, true, false from blocks where target_id = $1
               union all
               select account_id, 3::smallint, notifications, false from mutes
               where target_id = $1 and expires_at is null) r
         join users u on u.account_id = r.account_id
         on conflict on constraint imports_once do nothing",
        old.0,
        new_handle,
        now,
    )
    .execute(db)
    .await?;
    Ok(added.rows_affected())
}

/// A line that a worker has until its lease ends.
#[derive(Debug)]
pub struct Taken {
    pub id: i64,
    pub account: AccountId,
    pub kind: i16,
    pub handle: String,
    pub with_more: bool,
    pub notify: bool,
    /// This one included.
    pub tries: i16,
}

/// Takes up to `most` lines, the longest due first, at most `of_one` of each person, until `lease_ends`. Those of somebody
/// who is suspended wait with them.
pub async fn take(
    db: &mut PgConnection,
    now: Time,
    lease_ends: Time,
    most: i64,
    of_one: i64,
) -> sqlx::Result<Vec<Taken>> {
    sqlx::query_as!(
        Taken,
        r#"with people as (
               select distinct i.account_id from imports i join accounts a on a.id = i.account_id
               where i.next_try_at <= $1 and a.suspended_at is null and a.deleted_at is null limit $3),
           due as (
               select l.id from people p
               cross join lateral (
                   select id from imports i where i.account_id = p.account_id and i.next_try_at <= $1
                   order by i.next_try_at, i.id limit $4 for update skip locked) l
               limit $3)
           update imports set next_try_at = $2, tries = tries + 1
           where id = any (array(select id from due))
           returning id, account_id as "account: AccountId", kind, handle, with_more, notify, tries"#,
        now,
        lease_ends,
        most,
        of_one,
    )
    .fetch_all(db)
    .await
}

pub async fn done(db: &mut PgConnection, id: i64) -> sqlx::Result<()> {
    sqlx::query!("delete from imports where id = $1", id)
        .execute(db)
        .await?;
    Ok(())
}

pub async fn put_off(db: &mut PgConnection, id: i64, until: Time) -> sqlx::Result<()> {
    sqlx::query!("update imports set next_try_at = $2 where id = $1", id, until)
        .execute(db)
        .await?;
    Ok(())
}
