//! What only people who live here have: mail address, password, role. Never gives a password hash beside anything shown.

use sqlx::PgConnection;

use crate::domain::clock::Time;
use crate::domain::ids::{AccountId, AppId};

#[derive(Debug)]
pub struct NewUser<'a> {
    pub account: AccountId,
    pub email: &'a str,
    pub password_hash: &'a str,
    /// As `domain::role::Role`.
    pub role: i16,
    pub locale: &'a str,
    pub reason: &'a str,
    pub confirmed_at: Option<Time>,
    pub approved_at: Option<Time>,
    pub joined_by_app: Option<AppId>,
    pub invited_by: Option<AccountId>,
    pub now: Time,
}

/// Fails on `users_email_key` when the address is taken, on `users_owner_key` when there is an owner.
pub async fn insert(db: &mut PgConnection, new: &NewUser<'_>) -> sqlx::Result<()> {
    sqlx::query!(
        "with made as (
             insert into users (account_id, email, password_hash, role, locale, reason, confirmed_at, approved_at,
                                joined_by_app, invited_by, created_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) returning account_id)
         insert into feeds (owner_id) select account_id from made",
        new.account.0,
        new.email,
        new.password_hash,
        new.role,
        new.locale,
        new.reason,
        new.confirmed_at,
        new.approved_at,
        new.joined_by_app.map(|app| app.0),
        new.invited_by.map(|account| account.0),
        new.now,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Whether anybody lives here.
pub async fn any(db: &mut PgConnection) -> sqlx::Result<bool> {
    sqlx::query_scalar!(r#"select exists (select 1 from users) as "any!""#)
        .fetch_one(db)
        .await
}

pub async fn email_is_taken(db: &mut PgConnection, email: &str) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"select exists (select 1 from users where email_key = lower($1)) as "taken!""#,
        email
    )
    .fetch_one(db)
    .await
}

/// Somebody who lives here, as far as it decides whether they may act.
#[derive(Clone, Debug)]
pub struct Standing {
    pub account: AccountId,
    pub role: i16,
    pub confirmed: bool,
    pub approved: bool,
    pub disabled: bool,
    pub suspended: bool,
    pub deleted: bool,
}

pub async fn standing(db: &mut PgConnection, account: AccountId) -> sqlx::Result<Option<Standing>> {
    sqlx::query_as!(
        Standing,
        r#"select u.account_id as "account: AccountId", u.role, u.confirmed_at is not null as "confirmed!",
               u.approved_at is not null as "approved!", u.disabled_at is not null as "disabled!",
               a.suspended_at is not null as "suspended!", a.deleted_at is not null as "deleted!"
           from users u join accounts a on a.id = u.account_id
           where u.account_id = $1"#,
        account.0,
    )
    .fetch_optional(db)
    .await
}

/// Whose mail address this is.
pub async fn by_email(db: &mut PgConnection, email: &str) -> sqlx::Result<Option<AccountId>> {
    sqlx::query_scalar!(
        r#"select account_id as "account: AccountId" from users where email_key = lower($1)"#,
        email
    )
    .fetch_optional(db)
    .await
}

pub async fn password_hash(db: &mut PgConnection, account: AccountId) -> sqlx::Result<Option<String>> {
    sqlx::query_scalar!("select password_hash from users where account_id = $1", account.0)
        .fetch_optional(db)
        .await
}

/// Whether there was anybody to give it to.
pub async fn set_password(db: &mut PgConnection, account: AccountId, hash: &str) -> sqlx::Result<bool> {
    let changed = sqlx::query!(
        "update users set password_hash = $2 where account_id = $1",
        account.0,
        hash
    )
    .execute(db)
    .await?;
    Ok(changed.rows_affected() > 0)
}

/// Whether they were waiting.
pub async fn approve(db: &mut PgConnection, account: AccountId, now: Time) -> sqlx::Result<bool> {
    let changed = sqlx::query!(
        "update users set approved_at = $2 where account_id = $1 and approved_at is null",
        account.0,
        now,
    )
    .execute(db)
    .await?;
    Ok(changed.rows_affected() > 0)
}

/// Holds the row of somebody who waits for approval until the transaction ends; whether there is one.
pub async fn lock_waiting(db: &mut PgConnection, account: AccountId) -> sqlx::Result<bool> {
    let found = sqlx::query_scalar!(
        "select account_id from users where account_id = $1 and approved_at is null for update",
        account.0
    )
    .fetch_optional(db)
    .await?;
    Ok(found.is_some())
}

/// Takes away what only people here have; the account stays.
pub async fn delete(db: &mut PgConnection, account: AccountId) -> sqlx::Result<()> {
    sqlx::query!(
        "with gone as (delete from users where account_id = $1 returning account_id)
         delete from feeds where owner_id in (select account_id from gone)",
        account.0
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Those who look after the people here: moderators, admins and the owner.
pub async fn moderators(db: &mut PgConnection) -> sqlx::Result<Vec<AccountId>> {
    sqlx::query_scalar!(
        r#"select account_id as "account: AccountId" from users where role >= 1 order by account_id limit 50"#
    )
    .fetch_all(db)
    .await
}

/// A line of the operator's list.
#[derive(Clone, Debug)]
pub struct Listed {
    pub username: String,
    pub email: String,
    pub role: i16,
    pub confirmed: bool,
    pub approved: bool,
    pub disabled: bool,
    pub suspended: bool,
    pub reason: String,
    pub created_at: Time,
}

/// A page of everybody who lives here, by name, after this one.
pub async fn list(db: &mut PgConnection, after: &str, most: i64) -> sqlx::Result<Vec<Listed>> {
    sqlx::query_as!(
        Listed,
        r#"select a.username, u.email, u.role, u.confirmed_at is not null as "confirmed!",
               u.approved_at is not null as "approved!", u.disabled_at is not null as "disabled!",
               a.suspended_at is not null as "suspended!", u.reason, u.created_at
           from users u join accounts a on a.id = u.account_id
           where a.host_id is null and a.name_key > $1
           order by a.name_key limit $2"#,
        after,
        most,
    )
    .fetch_all(db)
    .await
}

/// How somebody's posts are, where they say nothing else.
#[derive(Clone, Debug)]
pub struct PostingDefaults {
    pub audience: crate::domain::audience::Audience,
    pub sensitive: bool,
    pub language: Option<String>,
    pub quote_policy: crate::domain::quote::Policy,
    pub offer_originals: bool,
    pub show_camera: bool,
}

pub async fn posting_defaults(db: &mut PgConnection, account: AccountId) -> sqlx::Result<PostingDefaults> {
    sqlx::query_as!(
        PostingDefaults,
        r#"select default_audience as "audience: crate::domain::audience::Audience", default_sensitive as sensitive,
               default_language as language, default_quote_policy as "quote_policy: crate::domain::quote::Policy",
               default_offer_originals as offer_originals, default_show_camera as show_camera
           from users where account_id = $1"#,
        account.0,
    )
    .fetch_one(db)
    .await
}

/// Whether it is the first time that day.
pub async fn seen_on(
    db: &mut PgConnection,
    account: AccountId,
    day: chrono::NaiveDate,
) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"with first as (
               update users set last_active_on = $2
               where account_id = $1 and (last_active_on is null or last_active_on < $2)
               returning account_id),
           noted as (
               insert into active_days (day, account_id) select $2, account_id from first on conflict do nothing)
           select exists (select 1 from first) as "first!""#,
        account.0,
        day,
    )
    .fetch_one(db)
    .await
}
