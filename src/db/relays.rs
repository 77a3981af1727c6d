//! Relays that this server asked for what is public elsewhere. Decides nothing about who is one.

use sqlx::PgConnection;

use crate::domain::clock::Time;
use crate::domain::ids::{AccountId, HostId};
use crate::domain::relay::{RelayState, RelayWays};

#[derive(Clone, Debug)]
pub struct Relay {
    pub id: i32,
    pub host_id: HostId,
    pub inbox: String,
    /// What the Follow asked for.
    pub object: String,
    pub account_id: Option<AccountId>,
    pub follow_uri: String,
    pub state: RelayState,
    pub created_at: Time,
    pub answered_at: Option<Time>,
}

macro_rules! relays {
    ($where:literal $(, $more:expr)*) => {
        sqlx::query_as!(
            Relay,
            r#"select id, host_id as "host_id: HostId", inbox, object, account_id as "account_id: AccountId", follow_uri,
                   state as "state: RelayState", created_at, answered_at
               from relays "# + $where,
            $($more,)*
        )
    };
}

#[derive(Clone, Copy, Debug)]
pub struct NewRelay<'a> {
    pub host: HostId,
    pub inbox: &'a str,
    pub object: &'a str,
    pub account: Option<AccountId>,
    pub follow_uri: &'a str,
    pub now: Time,
}

/// Whether it is new: one that refused is asked again.
pub async fn insert(db: &mut PgConnection, new: &NewRelay<'_>) -> sqlx::Result<bool> {
    let made = sqlx::query!(
        "insert into relays (host_id, inbox, object, account_id, follow_uri, created_at)
         values ($1, $2, $3, $4, $5, $6)
         on conflict (inbox) do update set object = excluded.object, account_id = excluded.account_id,
             follow_uri = excluded.follow_uri, state = 0, created_at = excluded.created_at, answered_at = null
         where relays.state = 2",
        new.host.0,
        new.inbox,
        new.object,
        new.account.map(|account| account.0),
        new.follow_uri,
        new.now,
    )
    .execute(db)
    .await?;
    Ok(made.rows_affected() > 0)
}

/// All of them, by inbox.
pub async fn all(db: &mut PgConnection) -> sqlx::Result<Vec<Relay>> {
    relays!("order by inbox").fetch_all(db).await
}

/// The relay at whose inbox, or by whose actor's address, an admin knows it.
pub async fn by_address(db: &mut PgConnection, address: &str) -> sqlx::Result<Option<Relay>> {
    relays!(
        "where inbox = $1 or account_id = (select a.id from accounts a where a.uri = $1)",
        address
    )
    .fetch_optional(db)
    .await
}

/// The relay that was asked by the Follow of this address.
pub async fn by_follow(db: &mut PgConnection, follow_uri: &str) -> sqlx::Result<Option<Relay>> {
    relays!("where follow_uri = $1", follow_uri)
        .fetch_optional(db)
        .await
}

/// The relay whose actor this is.
pub async fn of_account(db: &mut PgConnection, account: AccountId) -> sqlx::Result<Option<Relay>> {
    relays!("where account_id = $1 limit 1", account.0)
        .fetch_optional(db)
        .await
}

/// The address of the actor of an accepted relay, by its key.
pub async fn actor_by_key(db: &mut PgConnection, key_id: &str) -> sqlx::Result<Option<String>> {
    sqlx::query_scalar!(
        "select a.uri from accounts a join relays r on r.account_id = a.id and r.state = 1
         where a.public_key_id = $1 and a.host_id is not null limit 1",
        key_id
    )
    .fetch_optional(db)
    .await
}

/// In which ways there are relays that take what is public here.
pub async fn ways(db: &mut PgConnection) -> sqlx::Result<RelayWays> {
    sqlx::query_as!(
        RelayWays,
        r#"select coalesce(bool_or(for_everybody), false) as "everybody!",
               coalesce(bool_or(not for_everybody), false) as "itself!"
           from relays where state = 1"#
    )
    .fetch_one(db)
    .await
}

/// Writes down who answered, and what.
pub async fn answered(
    db: &mut PgConnection,
    relay: i32,
    by: AccountId,
    state: RelayState,
    now: Time,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update relays set account_id = $2, state = $3, answered_at = $4 where id = $1",
        relay,
        by.0,
        state as RelayState,
        now,
    )
    .execute(db)
    .await?;
    Ok(())
}

pub async fn delete(db: &mut PgConnection, relay: i32) -> sqlx::Result<()> {
    sqlx::query!("delete from relays where id = $1", relay)
        .execute(db)
        .await?;
    Ok(())
}
