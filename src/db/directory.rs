//! The directory: people who wish to be found, by when they came or last posted.

use sqlx::PgConnection;

use crate::domain::ids::AccountId;

/// Which part of it.
#[derive(Clone, Copy, Debug)]
pub struct Wanted {
    pub viewer: AccountId,
    /// Only who lives here.
    pub local: bool,
    /// By when they came; else by when they last posted.
    pub newest: bool,
    pub limit: i64,
    pub offset: i64,
}

/// Of those who came last, 10,000 are looked at.
pub async fn page(db: &mut PgConnection, wanted: &Wanted) -> sqlx::Result<Vec<AccountId>> {
    sqlx::query_scalar!(
        r#"select a.id as "id!: AccountId"
           from (select id from accounts
                 where discoverable and kind <> 2 and (not $2 or host_id is null) and moved_to is null
                   and limited_at is null and suspended_at is null and deleted_at is null
                 order by id desc limit 10000) a
           join account_counts c on c.account_id = a.id
           where not exists (select 1 from hidden h where h.viewer_id = $1 and h.account_id = a.id)
           order by case when $3 then null else c.last_post_at end desc nulls last, a.id desc limit $4 offset $5"#,
        wanted.viewer.0,
        wanted.local,
        wanted.newest,
        wanted.limit,
        wanted.offset,
    )
    .fetch_all(db)
    .await
}
