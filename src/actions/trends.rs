//! Choosing what trends: from what was posted and liked of late, fading with time. Bounded, however busy the server is.

use chrono::TimeDelta;

use super::audit::{self, About};
use super::rule_tag::{self, Change, RuleTagError};
use crate::app::App;
use crate::db;
use crate::db::tag_rules::Ruled;
use crate::db::trends::Bounds;
use crate::domain::audit::{Act, By};
use crate::domain::ids::{AccountId, Ids, PostId, TagId};

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

/// What a moderator says of something that trends, or could.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    Approved,
    Rejected,
}

impl Verdict {
    fn act(self) -> Act {
        match self {
            Self::Approved => Act::ApproveTrend,
            Self::Rejected => Act::RejectTrend,
        }
    }
}

pub async fn decide_tag(app: &App, by: By, tag: TagId, verdict: Verdict) -> Result<Ruled, RuleTagError> {
    let change = Change {
        trendable: Some(verdict == Verdict::Approved),
        ..Change::default()
    };
    rule_tag::write(app, by, tag, change, verdict.act()).await
}

/// Whether `moderator` may see it: of others nobody can say whether they should be shown.
pub async fn decide_post(
    app: &App,
    moderator: AccountId,
    post: PostId,
    verdict: Verdict,
) -> sqlx::Result<bool> {
    let mut tx = app.db.begin().await?;
    if db::posts::visible(&mut tx, moderator, &[post]).await?.is_empty() {
        return Ok(false);
    }
    db::trends::decide_post(&mut tx, post, verdict == Verdict::Approved).await?;
    let about = About::named(&format!("post {post}"));
    audit::note(app, &mut tx, By::Person(moderator), verdict.act(), about, "").await?;
    tx.commit().await?;
    Ok(true)
}
