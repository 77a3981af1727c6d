//! Who moved away, and where they live now. Believes no move that the new account does not confirm.

use sqlx::PgConnection;

use crate::domain::clock::Time;
use crate::domain::ids::AccountId;

/// Of these, who moved and where to: (old, new). An account may say that it moved to anybody; only where that one says
/// that it was the other before is it so (`alsoKnownAs`, as Mastodon has it).
pub async fn of(db: &mut PgConnection, ids: &[AccountId]) -> sqlx::Result<Vec<(AccountId, AccountId)>> {
    let rows = sqlx::query!(
        r#"select old.id as "old: AccountId", new.id as "new: AccountId"
           from accounts old
           join accounts new on new.uri = old.moved_to and old.uri = any (new.also_known_as)
           where old.id = any ($1) and new.id <> old.id and new.suspended_at is null and new.deleted_at is null"#,
        ids as &[AccountId],
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| (row.old, row.new)).collect())
}

/// Under which other addresses somebody here says that they are known.
pub async fn set_aliases(db: &mut PgConnection, account: AccountId, uris: &[String]) -> sqlx::Result<()> {
    sqlx::query!(
        "update accounts set also_known_as = $2, version = version + 1 where id = $1",
        account.0,
        uris
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Where somebody here says that they live now.
pub async fn set_moved(db: &mut PgConnection, account: AccountId, to: &str) -> sqlx::Result<()> {
    sqlx::query!(
        "update accounts set moved_to = $2, version = version + 1 where id = $1",
        account.0,
        to
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Whether people here were led on from this account since then.
pub async fn was_led_on(db: &mut PgConnection, account: AccountId, since: Time) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"select exists (select 1 from accounts where id = $1 and moved_at >= $2) as "was!""#,
        account.0,
        since
    )
    .fetch_one(db)
    .await
}

/// Notes that people here are led on from this account, unless they were since then. Whether they are to be.
pub async fn lead_on(
    db: &mut PgConnection,
    account: AccountId,
    since: Time,
    now: Time,
) -> sqlx::Result<bool> {
    let begun = sqlx::query!(
        "update accounts set moved_at = $3 where id = $1 and (moved_at is null or moved_at < $2)",
        account.0,
        since,
        now
    )
    .execute(db)
    .await?;
    Ok(begun.rows_affected() > 0)
}

/// Of the accounts that were this one before it moved those whom somebody still follows.
pub async fn left_behind(
    db: &mut PgConnection,
    follower: AccountId,
    new_uri: &str,
    aliases: &[String],
) -> sqlx::Result<Vec<AccountId>> {
    sqlx::query_scalar!(
        r#"select a.id as "id: AccountId" from follows f join accounts a on a.id = f.followee_id
           where f.follower_id = $1 and a.moved_to = $2 and a.uri = any ($3)"#,
        follower.0,
        new_uri,
        aliases,
    )
    .fetch_all(db)
    .await
}
