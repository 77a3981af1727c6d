//! Pages of followers, followees and requests, newest first. Says nothing about who may read them.
//! Each query has a branch for each end, of which one runs: so both are read from the index.

use sqlx::PgConnection;

use super::listed::{Listed, Window};
use crate::domain::ids::{AccountId, RelationId};

/// `viewer` does not meet those who are hidden from them by a block.
pub async fn followers(
    db: &mut PgConnection,
    of: AccountId,
    viewer: AccountId,
    window: &Window,
) -> sqlx::Result<Vec<Listed>> {
    sqlx::query_as!(
        Listed,
        r#"select id as "id!: RelationId", account as "account!: AccountId" from (
               (select f.id, f.follower_id as account from follows f join accounts a on a.id = f.follower_id
                where not $5 and f.followee_id = $1 and f.accepted and f.id < $3 and f.id > $4
                  and a.suspended_at is null and a.deleted_at is null
                  and not exists (select 1 from hidden h
                                  where h.viewer_id = $2 and h.account_id = a.id and h.reasons & 3 <> 0)
                order by f.id desc limit $6)
               union all
               (select f.id, f.follower_id as account from follows f join accounts a on a.id = f.follower_id
                where $5 and f.followee_id = $1 and f.accepted and f.id < $3 and f.id > $4
                  and a.suspended_at is null and a.deleted_at is null
                  and not exists (select 1 from hidden h
                                  where h.viewer_id = $2 and h.account_id = a.id and h.reasons & 3 <> 0)
                order by f.id limit $6)) page
           order by 1 desc"#,
        of.0,
        viewer.0,
        window.below,
        window.above,
        window.from_old_end,
        window.limit,
    )
    .fetch_all(db)
    .await
}

/// `viewer` does not meet those who are hidden from them by a block.
pub async fn following(
    db: &mut PgConnection,
    of: AccountId,
    viewer: AccountId,
    window: &Window,
) -> sqlx::Result<Vec<Listed>> {
    sqlx::query_as!(
        Listed,
        r#"select id as "id!: RelationId", account as "account!: AccountId" from (
               (select f.id, f.followee_id as account from follows f join accounts a on a.id = f.followee_id
                where not $5 and f.follower_id = $1 and f.accepted and f.id < $3 and f.id > $4
                  and a.suspended_at is null and a.deleted_at is null
                  and not exists (select 1 from hidden h
                                  where h.viewer_id = $2 and h.account_id = a.id and h.reasons & 3 <> 0)
                order by f.id desc limit $6)
               union all
               (select f.id, f.followee_id as account from follows f join accounts a on a.id = f.followee_id
                where $5 and f.follower_id = $1 and f.accepted and f.id < $3 and f.id > $4
                  and a.suspended_at is null and a.deleted_at is null
                  and not exists (select 1 from hidden h
                                  where h.viewer_id = $2 and h.account_id = a.id and h.reasons & 3 <> 0)
                order by f.id limit $6)) page
           order by 1 desc"#,
        of.0,
        viewer.0,
        window.below,
        window.above,
        window.from_old_end,
        window.limit,
    )
    .fetch_all(db)
    .await
}

/// Who waits for this person's answer.
pub async fn requests(db: &mut PgConnection, of: AccountId, window: &Window) -> sqlx::Result<Vec<Listed>> {
    sqlx::query_as!(
        Listed,
        r#"select id as "id!: RelationId", account as "account!: AccountId" from (
               (select f.id, f.follower_id as account from follows f join accounts a on a.id = f.follower_id
                where not $4 and f.followee_id = $1 and not f.accepted and f.id < $2 and f.id > $3
                  and a.suspended_at is null and a.deleted_at is null
                order by f.id desc limit $5)
               union all
               (select f.id, f.follower_id as account from follows f join accounts a on a.id = f.follower_id
                where $4 and f.followee_id = $1 and not f.accepted and f.id < $2 and f.id > $3
                  and a.suspended_at is null and a.deleted_at is null
                order by f.id limit $5)) page
           order by 1 desc"#,
        of.0,
        window.below,
        window.above,
        window.from_old_end,
        window.limit,
    )
    .fetch_all(db)
    .await
}

pub async fn request_count(db: &mut PgConnection, of: AccountId) -> sqlx::Result<i64> {
    sqlx::query_scalar!(
        r#"select count(*) as "count!" from follows f join accounts a on a.id = f.follower_id
           where f.followee_id = $1 and not f.accepted and a.suspended_at is null and a.deleted_at is null"#,
        of.0
    )
    .fetch_one(db)
    .await
}

/// For each of `of`: those of its followers whom the viewer follows, at most `most`.
pub async fn familiar(
    db: &mut PgConnection,
    viewer: AccountId,
    of: &[AccountId],
    most: i64,
) -> sqlx::Result<Vec<(AccountId, AccountId)>> {
    let rows = sqlx::query!(
        r#"select t.id as "of!: AccountId", k.account as "account!: AccountId"
           from accounts t
           cross join lateral (
               select f.follower_id as account
               from follows mine
               join follows f on f.follower_id = mine.followee_id and f.followee_id = t.id and f.accepted
               where mine.follower_id = $1 and mine.accepted and mine.followee_id <> t.id
               limit $3) k
           where t.id = any ($2) and t.id <> $1 and not t.hide_relations"#,
        viewer.0,
        of as &[AccountId],
        most,
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| (row.of, row.account)).collect())
}
