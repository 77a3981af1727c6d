//! How far somebody has read. Knows no timelines.

use sqlx::PgConnection;

use crate::domain::clock::Time;
use crate::domain::ids::AccountId;

#[derive(Clone, Debug)]
pub struct Marker {
    /// `home` or `notifications`.
    pub timeline: String,
    pub last_read_id: i64,
    pub version: i32,
    pub updated_at: Time,
}

pub async fn of(
    db: &mut PgConnection,
    account: AccountId,
    timelines: &[String],
) -> sqlx::Result<Vec<Marker>> {
    sqlx::query_as!(
        Marker,
        "select timeline, last_read_id, version, updated_at from markers
         where account_id = $1 and timeline = any ($2)",
        account.0,
        timelines,
    )
    .fetch_all(db)
    .await
}

/// Moves a marker that is still at `version` (0: not there yet); none when somebody else moved it meanwhile.
pub async fn put(
    db: &mut PgConnection,
    account: AccountId,
    timeline: &str,
    last_read_id: i64,
    version: i32,
    now: Time,
) -> sqlx::Result<Option<Marker>> {
    sqlx::query_as!(
        Marker,
        "insert into markers (account_id, timeline, last_read_id, updated_at) values ($1, $2, $3, $5)
         on conflict (account_id, timeline) do update
             set last_read_id = excluded.last_read_id, version = markers.version + 1, updated_at = excluded.updated_at
             where markers.version = $4
         returning timeline, last_read_id, version, updated_at",
        account.0,
        timeline,
        last_read_id,
        version,
        now,
    )
    .fetch_optional(db)
    .await
}
