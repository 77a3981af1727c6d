//! Browser sessions, by the hash of their cookie. Whose session may not be used now is left out.

use chrono::NaiveDate;
use sqlx::PgConnection;

use crate::domain::clock::Time;
use crate::domain::ids::{AccountId, SessionId};

#[derive(Debug)]
pub struct NewSession<'a> {
    pub id: SessionId,
    pub hash: &'a [u8],
    pub account: AccountId,
    pub user_agent: &'a str,
    pub now: Time,
}

pub async fn insert(db: &mut PgConnection, new: &NewSession<'_>) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into sessions (id, hash, account_id, user_agent, created_at, last_used_on) values ($1, $2, $3, $4, $5, $6)",
        new.id.0,
        new.hash,
        new.account.0,
        new.user_agent,
        new.now,
        new.now.date_naive(),
    )
    .execute(db)
    .await?;
    Ok(())
}

#[derive(Clone, Debug)]
pub struct Session {
    pub id: SessionId,
    pub account_id: AccountId,
    pub role: i16,
    pub last_used_on: NaiveDate,
}

/// The session of this hash, used on or after that day, of somebody who may act.
pub async fn valid(
    db: &mut PgConnection,
    hash: &[u8],
    used_since: NaiveDate,
) -> sqlx::Result<Option<Session>> {
    sqlx::query_as!(
        Session,
        r#"select s.id as "id: SessionId", s.account_id as "account_id: AccountId", u.role, s.last_used_on
           from sessions s
           join users u on u.account_id = s.account_id
           join accounts a on a.id = s.account_id
           where s.hash = $1 and s.last_used_on >= $2 and u.confirmed_at is not null and u.approved_at is not null
             and u.disabled_at is null and a.suspended_at is null and a.deleted_at is null"#,
        hash,
        used_since,
    )
    .fetch_optional(db)
    .await
}

pub async fn used(db: &mut PgConnection, id: SessionId, today: NaiveDate) -> sqlx::Result<()> {
    sqlx::query!("update sessions set last_used_on = $2 where id = $1", id.0, today)
        .execute(db)
        .await?;
    Ok(())
}

pub async fn delete(db: &mut PgConnection, hash: &[u8]) -> sqlx::Result<()> {
    sqlx::query!("delete from sessions where hash = $1", hash)
        .execute(db)
        .await?;
    Ok(())
}

/// Ends all sessions of somebody, but for this one.
pub async fn delete_of(
    db: &mut PgConnection,
    account: AccountId,
    but: Option<SessionId>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "delete from sessions where account_id = $1 and id is distinct from $2",
        account.0,
        but.map(|but| but.0),
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Ends one session of somebody; whether there was one.
pub async fn end(db: &mut PgConnection, account: AccountId, id: SessionId) -> sqlx::Result<bool> {
    let gone = sqlx::query!(
        "delete from sessions where account_id = $1 and id = $2",
        account.0,
        id.0
    )
    .execute(db)
    .await?;
    Ok(gone.rows_affected() > 0)
}

/// A session as its owner sees it.
#[derive(Clone, Debug)]
pub struct Listed {
    pub id: SessionId,
    pub user_agent: String,
    pub created_at: Time,
    pub last_used_on: NaiveDate,
}

/// Somebody's sessions that were used on or after that day, the newest first.
pub async fn of(
    db: &mut PgConnection,
    account: AccountId,
    used_since: NaiveDate,
    most: i64,
) -> sqlx::Result<Vec<Listed>> {
    sqlx::query_as!(
        Listed,
        r#"select id as "id: SessionId", user_agent, created_at, last_used_on from sessions
           where account_id = $1 and last_used_on >= $2 order by id desc limit $3"#,
        account.0,
        used_since,
        most,
    )
    .fetch_all(db)
    .await
}

/// Forgets sessions that nobody used since that day.
pub async fn sweep(db: &mut PgConnection, before: NaiveDate) -> sqlx::Result<u64> {
    let gone = sqlx::query!("delete from sessions where last_used_on < $1", before)
        .execute(db)
        .await?;
    Ok(gone.rows_affected())
}
