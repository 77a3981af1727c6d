//! Quotes that are to be looked into: lent out, and given back. Fetches nothing.

use sqlx::PgConnection;

use crate::domain::clock::Time;
use crate::domain::ids::PostId;

/// A quote that is being looked into.
#[derive(Clone, Copy, Debug)]
pub struct Lent {
    pub post: PostId,
    /// This one included.
    pub tries: i16,
}

/// Lends out those that are due, until `until`; then whoever looks may take them again.
pub async fn lend(db: &mut PgConnection, most: i64, now: Time, until: Time) -> sqlx::Result<Vec<Lent>> {
    sqlx::query_as!(
        Lent,
        // by their keys, also while the planner remembers the table as it was when it was empty
        r#"update quotes set check_at = $3, tries = tries + 1
           where post_id = any (array(
               select post_id from quotes where check_at <= $2 order by check_at limit $1 for update skip locked))
           returning post_id as "post: PostId", tries"#,
        most,
        now,
        until,
    )
    .fetch_all(db)
    .await
}

/// Says when one that was lent until `until` is tried again; none: it is done, or given up. One that somebody else wants to be
/// looked into meanwhile stays so.
pub async fn settle(
    db: &mut PgConnection,
    post: PostId,
    until: Time,
    again: Option<Time>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update quotes set check_at = $3 where post_id = $1 and check_at = $2",
        post.0,
        until,
        again
    )
    .execute(db)
    .await?;
    Ok(())
}
