//! The sum of blocks and mutes as readers meet it. Never written by hand: it is worked out from the rows.

use sqlx::PgConnection;

use crate::domain::ids::AccountId;

/// Works out anew what these two hide from each other. Call it after every change of a block or mute between them.
pub async fn settle(db: &mut PgConnection, one: AccountId, other: AccountId) -> sqlx::Result<()> {
    sqlx::query!(
        "with sums as materialized (
             select p.viewer_id, p.account_id,
                 ((case when exists (select 1 from blocks b
                                     where b.account_id = p.viewer_id and b.target_id = p.account_id)
                        then 1 else 0 end)
                  + (case when exists (select 1 from blocks b
                                       where b.account_id = p.account_id and b.target_id = p.viewer_id)
                          then 2 else 0 end)
                  + (case when exists (select 1 from mutes m
                                       where m.account_id = p.viewer_id and m.target_id = p.account_id)
                          then 4 else 0 end))::smallint as reasons
             from (values ($1::bigint, $2::bigint), ($2, $1)) p (viewer_id, account_id)),
         gone as (
             delete from hidden h using sums s
             where h.viewer_id = s.viewer_id and h.account_id = s.account_id and s.reasons = 0)
         insert into hidden (viewer_id, account_id, reasons)
         select viewer_id, account_id, reasons from sums where reasons <> 0
         on conflict (viewer_id, account_id) do update set reasons = excluded.reasons
             where hidden.reasons <> excluded.reasons",
        one.0,
        other.0,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Why the viewer does not meet somebody: 1 blocks them, 2 is blocked by them, 4 mutes them; 0 they do.
pub async fn reasons(db: &mut PgConnection, viewer: AccountId, account: AccountId) -> sqlx::Result<i16> {
    let found = sqlx::query_scalar!(
        "select reasons from hidden where viewer_id = $1 and account_id = $2",
        viewer.0,
        account.0,
    )
    .fetch_optional(db)
    .await?;
    Ok(found.unwrap_or_default())
}
