//! People on profiles. Whom one does not follow is never there: the table sees to it.

use sqlx::PgConnection;

use super::listed::{Listed, Window};
use crate::domain::clock::Time;
use crate::domain::ids::{AccountId, RelationId};

/// Whether the follow that it needs is there; twice changes nothing.
pub async fn put(
    db: &mut PgConnection,
    id: RelationId,
    account: AccountId,
    target: AccountId,
    now: Time,
) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"with follow as (
               select follower_id, followee_id from follows
               where follower_id = $2 and followee_id = $3 and accepted for key share),
           added as (
               insert into endorsements (account_id, target_id, id, created_at)
               select follower_id, followee_id, $1, $4 from follow on conflict do nothing)
           select exists (select 1 from follow) as "follows!""#,
        id.0,
        account.0,
        target.0,
        now,
    )
    .fetch_one(db)
    .await
}

pub async fn delete(db: &mut PgConnection, account: AccountId, target: AccountId) -> sqlx::Result<()> {
    sqlx::query!(
        "delete from endorsements where account_id = $1 and target_id = $2",
        account.0,
        target.0,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Newest first; `viewer` does not meet those who are hidden from them by a block.
pub async fn page(
    db: &mut PgConnection,
    of: AccountId,
    viewer: AccountId,
    window: &Window,
) -> sqlx::Result<Vec<Listed>> {
    // Negative ids descend as positive ones ascend.
    let direction: i64 = if window.from_old_end { 1 } else { -1 };
    let mut listed = sqlx::query_as!(
        Listed,
        r#"select e.id as "id: RelationId", e.target_id as "account: AccountId"
           from endorsements e join accounts a on a.id = e.target_id
           where e.account_id = $1 and e.id < $3 and e.id > $4 and a.suspended_at is null and a.deleted_at is null
             and not exists (select 1 from hidden h
                             where h.viewer_id = $2 and h.account_id = a.id and h.reasons & 3 <> 0)
           order by e.id * $6 limit $5"#,
        of.0,
        viewer.0,
        window.below,
        window.above,
        window.limit,
        direction,
    )
    .fetch_all(db)
    .await?;
    listed.sort_unstable_by_key(|one| std::cmp::Reverse(one.id));
    Ok(listed)
}
