//! Posts that wait for their time. Never publishes one.

use sqlx::PgConnection;
use sqlx::types::Json;

use super::listed::Window;
use crate::domain::clock::Time;
use crate::domain::ids::{AccountId, ScheduledId};
use crate::domain::scheduled::{Planned, Scheduled};

struct Row {
    id: ScheduledId,
    account_id: AccountId,
    due_at: Time,
    draft: Json<Planned>,
    key: Option<String>,
}

impl From<Row> for Scheduled {
    fn from(row: Row) -> Self {
        Self {
            id: row.id,
            account_id: row.account_id,
            due_at: row.due_at,
            draft: row.draft.0,
            key: row.key,
        }
    }
}

/// Keeps other requests of this person from planning something until the transaction ends, so that limits hold.
pub async fn lock(db: &mut PgConnection, account: AccountId) -> sqlx::Result<()> {
    sqlx::query!(
        "select 1 as one from users where account_id = $1 for no key update",
        account.0
    )
    .fetch_optional(db)
    .await?;
    Ok(())
}

/// How many of somebody's wait, and how many of them for the day of `at`; `but`: this one aside.
pub async fn counts(
    db: &mut PgConnection,
    account: AccountId,
    at: Time,
    but: ScheduledId,
) -> sqlx::Result<(i64, i64)> {
    let row = sqlx::query!(
        r#"select count(*) as "all!",
               count(*) filter (where (due_at at time zone 'utc')::date = ($2::timestamptz at time zone 'utc')::date) as "day!"
           from scheduled_posts where account_id = $1 and id <> $3"#,
        account.0,
        at,
        but.0,
    )
    .fetch_one(db)
    .await?;
    Ok((row.all, row.day))
}

/// The one that this key made before.
pub async fn by_key(
    db: &mut PgConnection,
    account: AccountId,
    key: &str,
) -> sqlx::Result<Option<ScheduledId>> {
    sqlx::query_scalar!(
        r#"select id as "id: ScheduledId" from scheduled_posts where account_id = $1 and key = $2"#,
        account.0,
        key,
    )
    .fetch_optional(db)
    .await
}

pub async fn insert(db: &mut PgConnection, new: &Scheduled, now: Time) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into scheduled_posts (id, account_id, due_at, draft, key, next_try_at, created_at)
         values ($1, $2, $3, $4, $5, $3, $6)",
        new.id.0,
        new.account_id.0,
        new.due_at,
        Json(&new.draft) as _,
        new.key,
        now,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Somebody's own, newest first.
pub async fn page(
    db: &mut PgConnection,
    account: AccountId,
    window: &Window,
) -> sqlx::Result<Vec<Scheduled>> {
    let direction = if window.from_old_end { 1i64 } else { -1 };
    let mut rows = sqlx::query_as!(
        Row,
        r#"select id as "id: ScheduledId", account_id as "account_id: AccountId", due_at, draft as "draft: Json<Planned>", key
           from scheduled_posts where account_id = $1 and id < $2 and id > $3
           order by id * $4::bigint limit $5"#,
        account.0,
        window.below,
        window.above,
        direction,
        window.limit,
    )
    .fetch_all(db)
    .await?;
    if window.from_old_end {
        rows.reverse();
    }
    Ok(rows.into_iter().map(Scheduled::from).collect())
}

pub async fn one(
    db: &mut PgConnection,
    account: AccountId,
    id: ScheduledId,
) -> sqlx::Result<Option<Scheduled>> {
    let row = sqlx::query_as!(
        Row,
        r#"select id as "id: ScheduledId", account_id as "account_id: AccountId", due_at, draft as "draft: Json<Planned>", key
           from scheduled_posts where account_id = $1 and id = $2"#,
        account.0,
        id.0,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(Scheduled::from))
}

/// Another time for it. False when there is none.
pub async fn set_time(
    db: &mut PgConnection,
    account: AccountId,
    id: ScheduledId,
    at: Time,
) -> sqlx::Result<bool> {
    let changed = sqlx::query!(
        "update scheduled_posts set due_at = $3, next_try_at = $3, tries = 0 where account_id = $1 and id = $2",
        account.0,
        id.0,
        at,
    )
    .execute(db)
    .await?;
    Ok(changed.rows_affected() > 0)
}

/// It waits no more, as its author wishes. False when there is none.
pub async fn remove(db: &mut PgConnection, account: AccountId, id: ScheduledId) -> sqlx::Result<bool> {
    let gone = sqlx::query!(
        "delete from scheduled_posts where account_id = $1 and id = $2",
        account.0,
        id.0
    )
    .execute(db)
    .await?;
    Ok(gone.rows_affected() > 0)
}

/// What is due, in the hand of whoever publishes it.
#[derive(Clone, Debug)]
pub struct Lent {
    pub scheduled: Scheduled,
    /// How often, this time included.
    pub tries: i16,
    /// Until then no other process tries it.
    pub until: Time,
    /// Whether its author is neither suspended nor deleted.
    pub is_active: bool,
}

/// It waits no more: it is published in this transaction. False when somebody else was first, or its author moved it
/// meanwhile.
pub async fn take_lent(db: &mut PgConnection, lent: &Lent) -> sqlx::Result<bool> {
    let gone = sqlx::query!(
        "delete from scheduled_posts where id = $1 and next_try_at = $2",
        lent.scheduled.id.0,
        lent.until,
    )
    .execute(db)
    .await?;
    Ok(gone.rows_affected() > 0)
}

/// Takes what is due in hand until `until`.
pub async fn lend(db: &mut PgConnection, now: Time, until: Time, most: i64) -> sqlx::Result<Vec<Lent>> {
    let rows = sqlx::query!(
        r#"update scheduled_posts s set next_try_at = $2, tries = tries + 1
           from accounts a
           where a.id = s.account_id and s.id = any (array(
               select id from scheduled_posts where next_try_at <= $1
               order by next_try_at limit $3 for update skip locked))
           returning s.id as "id: ScheduledId", s.account_id as "account_id: AccountId", s.due_at,
               s.draft as "draft: Json<Planned>", s.key, s.tries, s.next_try_at as "until!",
               a.suspended_at is null and a.deleted_at is null as "is_active!""#,
        now,
        until,
        most,
    )
    .fetch_all(db)
    .await?;
    let mut lent: Vec<Lent> = rows
        .into_iter()
        .map(|row| Lent {
            scheduled: Scheduled {
                id: row.id,
                account_id: row.account_id,
                due_at: row.due_at,
                draft: row.draft.0,
                key: row.key,
            },
            tries: row.tries,
            until: row.until,
            is_active: row.is_active,
        })
        .collect();
    lent.sort_by_key(|lent| (lent.scheduled.due_at, lent.scheduled.id));
    Ok(lent)
}

/// It cannot be published as it is: it stays with its author and is not tried again.
pub async fn give_up(db: &mut PgConnection, id: ScheduledId) -> sqlx::Result<()> {
    sqlx::query!(
        "update scheduled_posts set next_try_at = null where id = $1",
        id.0
    )
    .execute(db)
    .await?;
    Ok(())
}
