//! What people want to happen with what strangers cause. The verdict itself is in `notification_verdict`, in SQL.

use sqlx::PgConnection;

use crate::domain::clock::Time;
use crate::domain::ids::AccountId;
use crate::domain::notification_policy::{Policy, Verdict};

/// None: they never said.
pub async fn of(db: &mut PgConnection, account: AccountId) -> sqlx::Result<Option<Policy>> {
    let row = sqlx::query!(
        "select for_not_following, for_not_followers, for_new_accounts, for_private_mentions, for_limited_accounts, for_bots
         from notification_policies where account_id = $1",
        account.0
    )
    .fetch_optional(db)
    .await?;
    let verdict = |stored| Verdict::from_stored(stored).unwrap_or_default();
    Ok(row.map(|row| Policy {
        not_following: verdict(row.for_not_following),
        not_followers: verdict(row.for_not_followers),
        new_accounts: verdict(row.for_new_accounts),
        private_mentions: verdict(row.for_private_mentions),
        limited_accounts: verdict(row.for_limited_accounts),
        bots: verdict(row.for_bots),
    }))
}

pub async fn put(db: &mut PgConnection, account: AccountId, policy: &Policy) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into notification_policies (account_id, for_not_following, for_not_followers, for_new_accounts,
             for_private_mentions, for_limited_accounts, for_bots)
         values ($1, $2, $3, $4, $5, $6, $7)
         on conflict (account_id) do update set for_not_following = excluded.for_not_following,
             for_not_followers = excluded.for_not_followers, for_new_accounts = excluded.for_new_accounts,
             for_private_mentions = excluded.for_private_mentions, for_limited_accounts = excluded.for_limited_accounts,
             for_bots = excluded.for_bots",
        account.0,
        policy.not_following as i16,
        policy.not_followers as i16,
        policy.new_accounts as i16,
        policy.private_mentions as i16,
        policy.limited_accounts as i16,
        policy.bots as i16,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Whom somebody accepts, no policy of theirs looks at again.
pub async fn permit(
    db: &mut PgConnection,
    account: AccountId,
    from: AccountId,
    now: Time,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into notification_permissions (account_id, from_id, created_at) values ($1, $2, $3) on conflict do nothing",
        account.0,
        from.0,
        now,
    )
    .execute(db)
    .await?;
    Ok(())
}
