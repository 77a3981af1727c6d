//! Whom somebody does not want to read for a while, or ever. Nobody is told.

use sqlx::PgConnection;

use super::listed::Window;
use crate::domain::clock::Time;
use crate::domain::ids::{AccountId, RelationId};

#[derive(Debug)]
pub struct NewMute {
    pub id: RelationId,
    pub account: AccountId,
    pub target: AccountId,
    /// Their notifications too.
    pub notifications: bool,
    pub expires_at: Option<Time>,
    pub now: Time,
}

/// Mutes, or changes how somebody is muted.
pub async fn put(db: &mut PgConnection, new: &NewMute) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into mutes (account_id, target_id, id, notifications, expires_at, created_at)
         values ($1, $2, $3, $4, $5, $6)
         on conflict (account_id, target_id)
         do update set notifications = excluded.notifications, expires_at = excluded.expires_at",
        new.account.0,
        new.target.0,
        new.id.0,
        new.notifications,
        new.expires_at,
        new.now,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Whether there was one.
pub async fn delete(db: &mut PgConnection, account: AccountId, target: AccountId) -> sqlx::Result<bool> {
    let gone = sqlx::query!(
        "delete from mutes where account_id = $1 and target_id = $2",
        account.0,
        target.0
    )
    .execute(db)
    .await?;
    Ok(gone.rows_affected() > 0)
}

/// Who mutes whom although the time is over, the longest over first.
pub async fn over(db: &mut PgConnection, now: Time, most: i64) -> sqlx::Result<Vec<(AccountId, AccountId)>> {
    let rows = sqlx::query!(
        r#"select account_id as "account: AccountId", target_id as "target: AccountId"
           from mutes where expires_at <= $1 order by expires_at limit $2"#,
        now,
        most
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| (row.account, row.target)).collect())
}

/// Ends a mute whose time is over; one that was renewed meanwhile stays.
pub async fn expire(
    db: &mut PgConnection,
    account: AccountId,
    target: AccountId,
    now: Time,
) -> sqlx::Result<bool> {
    let gone = sqlx::query!(
        "delete from mutes where account_id = $1 and target_id = $2 and expires_at <= $3",
        account.0,
        target.0,
        now,
    )
    .execute(db)
    .await?;
    Ok(gone.rows_affected() > 0)
}

/// Somebody in the list of the muted.
#[derive(Clone, Debug)]
pub struct Muted {
    pub id: RelationId,
    pub account: AccountId,
    pub expires_at: Option<Time>,
}

/// Whom somebody mutes now, newest first.
pub async fn page(
    db: &mut PgConnection,
    of: AccountId,
    window: &Window,
    now: Time,
) -> sqlx::Result<Vec<Muted>> {
    sqlx::query_as!(
        Muted,
        r#"select id as "id!: RelationId", account as "account!: AccountId", expires_at from (
               (select m.id, m.target_id as account, m.expires_at from mutes m join accounts a on a.id = m.target_id
                where not $4 and m.account_id = $1 and m.id < $2 and m.id > $3 and a.deleted_at is null
                  and (m.expires_at is null or m.expires_at > $6)
                order by m.id desc limit $5)
               union all
               (select m.id, m.target_id as account, m.expires_at from mutes m join accounts a on a.id = m.target_id
                where $4 and m.account_id = $1 and m.id < $2 and m.id > $3 and a.deleted_at is null
                  and (m.expires_at is null or m.expires_at > $6)
                order by m.id limit $5)) page
           order by 1 desc"#,
        of.0,
        window.below,
        window.above,
        window.from_old_end,
        window.limit,
        now,
    )
    .fetch_all(db)
    .await
}
