//! Choosing what trends: from what was posted and liked of late, fading with time. Bounded, however busy the server is.

use chrono::TimeDelta;

use crate::app::App;
use crate::db;
use crate::db::trends::Bounds;
use crate::domain::ids::Ids;

/// What is older trends no more.
const RECENT: TimeDelta = TimeDelta::days(3);
/// Of a day with more posts than that, its end is looked at.
const LOOKED_AT: i64 = 20_000;
const KEPT: i64 = 100;
const HALF_LIFE_HOURS: f64 = 12.0;

/// Chooses anew, unless another process is at it.
pub async fn renew(app: &App) -> sqlx::Result<()> {
    let now = app.clock.now();
    let bounds = Bounds {
        from: Ids::floor_of(now - RECENT),
        to: Ids::floor_of(now + TimeDelta::milliseconds(1)),
        looked_at: LOOKED_AT,
        kept: KEPT,
        half_life: HALF_LIFE_HOURS,
    };
    let mut tx = app.db.begin().await?;
    if !db::trends::lock(&mut tx).await? {
        return Ok(());
    }
    db::trends::renew_tags(&mut tx, &bounds).await?;
    db::trends::renew_posts(&mut tx, &bounds).await?;
    db::trends::renew_popular(&mut tx, KEPT).await?;
    tx.commit().await
}
