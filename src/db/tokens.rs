//! Bearer tokens, by the hash of what clients send.

use chrono::NaiveDate;
use sqlx::PgConnection;

use crate::domain::clock::Time;
use crate::domain::ids::{AccountId, AppId, TokenId};

/// A token as it stands: whose, of which app, for what.
#[derive(Clone, Debug)]
pub struct Token {
    pub id: TokenId,
    pub app_id: AppId,
    /// None: the app speaks for itself.
    pub account_id: Option<AccountId>,
    pub scopes: String,
    /// 0 member, 1 moderator, 2 admin, 3 owner.
    pub role: i16,
    pub last_used_on: Option<NaiveDate>,
    /// When its person was here last.
    pub last_active_on: Option<NaiveDate>,
}

/// The token of this hash, unless its person may not use it now: not confirmed, not approved, disabled, suspended or
/// deleted.
pub async fn valid(db: &mut PgConnection, hash: &[u8]) -> sqlx::Result<Option<Token>> {
    sqlx::query_as!(
        Token,
        r#"select t.id as "id: TokenId", t.app_id as "app_id: AppId", t.account_id as "account_id?: AccountId", t.scopes,
               coalesce(u.role, 0::smallint) as "role!", t.last_used_on, u.last_active_on as "last_active_on?"
           from oauth_tokens t
           left join accounts a on a.id = t.account_id
           left join users u on u.account_id = t.account_id
           where t.hash = $1
             and (t.account_id is null
                  or (u.confirmed_at is not null and u.approved_at is not null and u.disabled_at is null
                      and a.suspended_at is null and a.deleted_at is null))"#,
        hash,
    )
    .fetch_optional(db)
    .await
}

/// A token of somebody who lives here, whether or not they may use it now.
#[derive(Clone, Debug)]
pub struct Newcomer {
    pub app: AppId,
    pub account: AccountId,
    pub scopes: String,
    pub confirmed: bool,
    pub approved: bool,
    pub disabled: bool,
}

/// The token of this hash, if it is a person's who is neither suspended nor gone.
pub async fn newcomer(db: &mut PgConnection, hash: &[u8]) -> sqlx::Result<Option<Newcomer>> {
    sqlx::query_as!(
        Newcomer,
        r#"select t.app_id as "app: AppId", u.account_id as "account: AccountId", t.scopes,
               u.confirmed_at is not null as "confirmed!", u.approved_at is not null as "approved!",
               u.disabled_at is not null as "disabled!"
           from oauth_tokens t
           join users u on u.account_id = t.account_id
           join accounts a on a.id = t.account_id
           where t.hash = $1 and a.suspended_at is null and a.deleted_at is null"#,
        hash,
    )
    .fetch_optional(db)
    .await
}

pub async fn insert(
    db: &mut PgConnection,
    id: TokenId,
    hash: &[u8],
    app: AppId,
    account: Option<AccountId>,
    scopes: &str,
    now: Time,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into oauth_tokens (id, hash, app_id, account_id, scopes, created_at) values ($1, $2, $3, $4, $5, $6)",
        id.0,
        hash,
        app.0,
        account.map(|account| account.0),
        scopes,
        now,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Deletes the token if it is that app's; whether there was one.
pub async fn revoke(db: &mut PgConnection, hash: &[u8], app: AppId) -> sqlx::Result<bool> {
    let gone = sqlx::query!(
        "delete from oauth_tokens where hash = $1 and app_id = $2",
        hash,
        app.0
    )
    .execute(db)
    .await?;
    Ok(gone.rows_affected() > 0)
}

/// Notes that tokens were used today.
pub async fn used(db: &mut PgConnection, ids: &[TokenId], now: Time) -> sqlx::Result<()> {
    sqlx::query!(
        "update oauth_tokens set last_used_on = $2 where id = any ($1) and last_used_on is distinct from $2",
        ids as &[TokenId],
        now.date_naive(),
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The app that a token belongs to.
pub async fn app_of(db: &mut PgConnection, hash: &[u8]) -> sqlx::Result<Option<AppId>> {
    sqlx::query_scalar!(
        r#"select app_id as "app: AppId" from oauth_tokens where hash = $1"#,
        hash
    )
    .fetch_optional(db)
    .await
}

/// The hashes of all tokens of a person.
pub async fn hashes_of(db: &mut PgConnection, account: AccountId) -> sqlx::Result<Vec<Vec<u8>>> {
    sqlx::query_scalar!("select hash from oauth_tokens where account_id = $1", account.0)
        .fetch_all(db)
        .await
}

/// Deletes one token; its hash, if there was one.
pub async fn delete(db: &mut PgConnection, id: TokenId) -> sqlx::Result<Option<Vec<u8>>> {
    sqlx::query_scalar!("delete from oauth_tokens where id = $1 returning hash", id.0)
        .fetch_optional(db)
        .await
}

/// An app that somebody allowed to act for them, with all its tokens together.
#[derive(Clone, Debug)]
pub struct Allowed {
    pub app: AppId,
    pub name: String,
    pub website: Option<String>,
    /// Of all tokens, each once.
    pub scopes: Vec<String>,
    pub since: Time,
    pub last_used_on: Option<NaiveDate>,
}

/// The apps that somebody allowed, the newest first.
pub async fn allowed_by(db: &mut PgConnection, account: AccountId, most: i64) -> sqlx::Result<Vec<Allowed>> {
    sqlx::query_as!(
        Allowed,
        r#"select p.id as "app: AppId", p.name, p.website, t.scopes as "scopes!", t.since as "since!", t.last_used_on
           from (select app_id, min(created_at) as since, max(last_used_on) as last_used_on,
                        array(select distinct s from unnest(string_to_array(string_agg(scopes, ' '), ' ')) s order by s)
                            as scopes
                 from oauth_tokens where account_id = $1 group by app_id) t
           join apps p on p.id = t.app_id
           order by t.since desc, p.id desc limit $2"#,
        account.0,
        most,
    )
    .fetch_all(db)
    .await
}

/// Deletes all tokens that one app has of a person; their hashes.
pub async fn delete_of_app(
    db: &mut PgConnection,
    account: AccountId,
    app: AppId,
) -> sqlx::Result<Vec<Vec<u8>>> {
    sqlx::query_scalar!(
        "delete from oauth_tokens where account_id = $1 and app_id = $2 returning hash",
        account.0,
        app.0,
    )
    .fetch_all(db)
    .await
}

/// Deletes all tokens of a person but this one; their hashes.
pub async fn delete_of(
    db: &mut PgConnection,
    account: AccountId,
    but: Option<TokenId>,
) -> sqlx::Result<Vec<Vec<u8>>> {
    sqlx::query_scalar!(
        "delete from oauth_tokens where account_id = $1 and id is distinct from $2 returning hash",
        account.0,
        but.map(|but| but.0),
    )
    .fetch_all(db)
    .await
}
