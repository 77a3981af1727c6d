//! Where the apps of people want to be woken. What is sealed here is opened elsewhere.

use sqlx::PgConnection;

use crate::domain::clock::Time;
use crate::domain::ids::{AccountId, TokenId};

#[derive(Clone)]
pub struct Subscription {
    pub id: i32,
    pub endpoint: String,
    pub standard: bool,
    pub alerts: Vec<String>,
    pub policy: String,
}

pub struct NewSubscription<'a> {
    pub token: TokenId,
    pub account: AccountId,
    pub endpoint: &'a str,
    pub authority: &'a str,
    pub public_key: &'a [u8],
    pub auth: &'a [u8],
    pub standard: bool,
    pub alerts: &'a [String],
    pub policy: &'a str,
    pub sealed: &'a [u8],
    pub now: Time,
}

/// In the place of the one that the token had, whose messages go with it.
pub async fn replace(db: &mut PgConnection, new: &NewSubscription<'_>) -> sqlx::Result<Subscription> {
    remove(db, new.token).await?;
    sqlx::query_as!(
        Subscription,
        "insert into push_subscriptions
             (token_id, account_id, endpoint, authority, p256dh, auth, standard, alerts, policy, sealed, created_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
         returning id, endpoint, standard, alerts, policy",
        new.token.0,
        new.account.0,
        new.endpoint,
        new.authority,
        new.public_key,
        new.auth,
        new.standard,
        new.alerts,
        new.policy,
        new.sealed,
        new.now,
    )
    .fetch_one(db)
    .await
}

pub async fn of(db: &mut PgConnection, token: TokenId) -> sqlx::Result<Option<Subscription>> {
    sqlx::query_as!(
        Subscription,
        "select id, endpoint, standard, alerts, policy from push_subscriptions where token_id = $1",
        token.0,
    )
    .fetch_optional(db)
    .await
}

/// What is not given stays.
pub async fn change(
    db: &mut PgConnection,
    token: TokenId,
    alerts: Option<&[String]>,
    policy: Option<&str>,
) -> sqlx::Result<Option<Subscription>> {
    sqlx::query_as!(
        Subscription,
        "update push_subscriptions set alerts = coalesce($2, alerts), policy = coalesce($3, policy)
         where token_id = $1 returning id, endpoint, standard, alerts, policy",
        token.0,
        alerts,
        policy,
    )
    .fetch_optional(db)
    .await
}

pub async fn remove(db: &mut PgConnection, token: TokenId) -> sqlx::Result<()> {
    sqlx::query!("delete from push_subscriptions where token_id = $1", token.0)
        .execute(db)
        .await?;
    Ok(())
}
