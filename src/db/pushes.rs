//! Messages that wait for push services: who gets one, taking them, and what came of it. Knows no network.

use sqlx::PgConnection;

use crate::domain::clock::Time;
use crate::domain::ids::{AccountId, NotificationId, TokenId};

/// Most messages that wait for one app: what comes beyond is seen when it is opened.
const MOST_OF_ONE: i64 = 100;

/// A message for each app that wants to hear of one of these notifications. `kinds` and `names` belong together: how each
/// kind is spelled in `alerts`. Gives how many.
pub async fn enqueue(
    db: &mut PgConnection,
    notifications: &[NotificationId],
    kinds: &[i16],
    names: &[String],
    now: Time,
) -> sqlx::Result<u64> {
    let added = sqlx::query!(
        "insert into pushes (token_id, notification_id, next_try_at, created_at)
         select s.token_id, n.id, $4, $4
         from notifications n
         join push_subscriptions s on s.account_id = n.account_id
         join users u on u.account_id = s.account_id and u.disabled_at is null
         join unnest($2::smallint[], $3::text[]) k (kind, name) on k.kind = n.kind and k.name = any (s.alerts)
         where n.id = any ($1)
           and case s.policy
               when 'all' then true
               when 'followed' then exists (
                   select 1 from follows f
                   where f.follower_id = n.account_id and f.followee_id = n.from_id and f.accepted)
               when 'follower' then exists (
                   select 1 from follows f
                   where f.follower_id = n.from_id and f.followee_id = n.account_id and f.accepted)
               else false end
           and (select count(*) from (select 1 from pushes p where p.token_id = s.token_id limit $5) w) < $5
         order by n.id
         on conflict on constraint pushes_once do nothing",
        notifications as &[NotificationId],
        kinds,
        names,
        now,
        MOST_OF_ONE,
    )
    .execute(db)
    .await?;
    Ok(added.rows_affected())
}

/// A message that a worker has until its lease ends.
pub struct Taken {
    pub id: i64,
    pub token: TokenId,
    pub account: AccountId,
    pub notification: NotificationId,
    pub endpoint: String,
    pub authority: String,
    pub public_key: Vec<u8>,
    pub auth: Vec<u8>,
    pub standard: bool,
    pub sealed: Vec<u8>,
    /// Of whom it is for, as two letters.
    pub locale: String,
    /// This one included.
    pub tries: i16,
    pub created_at: Time,
}

/// Takes up to `most` messages, the longest due first, at most `of_one` for each service, until `lease_ends`; then whoever
/// looks may take them again.
pub async fn take(
    db: &mut PgConnection,
    now: Time,
    lease_ends: Time,
    most: i64,
    of_one: i64,
) -> sqlx::Result<Vec<Taken>> {
    sqlx::query_as!(
        Taken,
        r#"with due as materialized (
               select p.id, p.token_id, p.next_try_at from pushes p
               where p.next_try_at <= $1 order by p.next_try_at limit $3::bigint * 8
               for update skip locked),
           fair as (
               select d.id, row_number() over (partition by s.authority order by d.next_try_at, d.id) as place
               from due d join push_subscriptions s on s.token_id = d.token_id)
           update pushes p set next_try_at = $2, tries = p.tries + 1
           from push_subscriptions s join users u on u.account_id = s.account_id
           where s.token_id = p.token_id
             and p.id = any (array(select id from fair where place <= $4 order by place, id limit $3::bigint))
           returning p.id, p.token_id as "token: TokenId", s.account_id as "account: AccountId",
               p.notification_id as "notification: NotificationId", s.endpoint, s.authority,
               s.p256dh as public_key, s.auth, s.standard, s.sealed, u.locale, p.tries, p.created_at"#,
        now,
        lease_ends,
        most,
        of_one,
    )
    .fetch_all(db)
    .await
}

/// It was taken, or never will be.
pub async fn done(db: &mut PgConnection, id: i64) -> sqlx::Result<()> {
    sqlx::query!("delete from pushes where id = $1", id)
        .execute(db)
        .await?;
    Ok(())
}

/// Puts a message off, and all others that are due for the same service before that: it is left alone until then.
pub async fn put_off(db: &mut PgConnection, id: i64, authority: &str, until: Time) -> sqlx::Result<()> {
    sqlx::query!(
        "update pushes p set next_try_at = $3
         from push_subscriptions s
         where s.token_id = p.token_id
           and (p.id = $1 or (s.authority = $2 and p.next_try_at < $3 and p.tries = 0))",
        id,
        authority,
        until,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Forgets what is too old to be news. Gives how many.
pub async fn sweep(db: &mut PgConnection, before: Time) -> sqlx::Result<u64> {
    let gone = sqlx::query!("delete from pushes where created_at < $1", before)
        .execute(db)
        .await?;
    Ok(gone.rows_affected())
}
