//! Numbers for those who look after the server: how much there was of something on each day, in all, and in the time before.
//! Bounded in time, so that no question looks through everything.

use std::collections::HashMap;

use chrono::NaiveDate;
use sqlx::PgConnection;

use crate::db::instance_measures;
use crate::db::measures::{self, OnDay, TagUse};
use crate::domain::ids::TagId;
use crate::domain::span::Span;

/// Posts with a tag that are looked at.
pub const MOST_TAGGED: i64 = 50_000;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Measure {
    ActiveUsers,
    NewUsers,
    Interactions,
    OpenedReports,
    ResolvedReports,
    Tag(OfTag, TagId),
    Instance(OfInstance, String),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OfTag {
    Accounts,
    Uses,
    Servers,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OfInstance {
    Accounts,
    MediaAttachments,
    Reports,
    Statuses,
    Follows,
    Followers,
}

/// What came of it.
#[derive(Clone, Debug)]
pub struct Measured {
    /// Each day of the span.
    pub days: Vec<(NaiveDate, i64)>,
    pub total: i64,
    /// The same of the time before; none for other servers, of which the total is of all time.
    pub previous: Option<i64>,
}

pub async fn take(db: &mut PgConnection, what: &Measure, span: &Span) -> sqlx::Result<Measured> {
    match what {
        Measure::ActiveUsers => active_users(db, span).await,
        Measure::NewUsers => {
            let before = measures::new_users(db, &span.before()).await?;
            Ok(added(span, measures::new_users(db, span).await?, &before))
        }
        Measure::Interactions => {
            let before = measures::interactions(db, &span.before()).await?;
            Ok(added(span, measures::interactions(db, span).await?, &before))
        }
        Measure::OpenedReports => {
            let before = measures::opened_reports(db, &span.before()).await?;
            Ok(added(span, measures::opened_reports(db, span).await?, &before))
        }
        Measure::ResolvedReports => {
            let before = measures::resolved_reports(db, &span.before()).await?;
            Ok(added(span, measures::resolved_reports(db, span).await?, &before))
        }
        Measure::Tag(what, tag) => of_tag(db, *what, *tag, span).await,
        Measure::Instance(what, domain) => of_instance(db, *what, domain, span).await,
    }
}

async fn active_users(db: &mut PgConnection, span: &Span) -> sqlx::Result<Measured> {
    Ok(Measured {
        days: filled(span, measures::active_users(db, span).await?),
        total: measures::active_users_in_all(db, span).await?,
        previous: Some(measures::active_users_in_all(db, &span.before()).await?),
    })
}

async fn of_tag(db: &mut PgConnection, what: OfTag, tag: TagId, span: &Span) -> sqlx::Result<Measured> {
    let value = |used: &TagUse| match what {
        OfTag::Accounts => used.accounts,
        OfTag::Uses => used.posts,
        OfTag::Servers => used.servers,
    };
    let in_all = |found: &[TagUse]| found.iter().find(|used| used.day.is_none()).map_or(0, value);
    let before = measures::tag_uses(db, tag, &span.before(), MOST_TAGGED).await?;
    let found = measures::tag_uses(db, tag, span, MOST_TAGGED).await?;
    let days = found.iter().filter_map(|used| {
        let value = value(used);
        used.day.map(|day| OnDay { day, value })
    });
    Ok(Measured {
        days: filled(span, days.collect()),
        total: in_all(&found),
        previous: Some(in_all(&before)),
    })
}

async fn of_instance(
    db: &mut PgConnection,
    what: OfInstance,
    domain: &str,
    span: &Span,
) -> sqlx::Result<Measured> {
    use instance_measures as of;
    let hosts = of::hosts(db, domain).await?;
    let (days, total) = match what {
        OfInstance::Accounts => (
            of::accounts(db, &hosts, span).await?,
            of::accounts_in_all(db, &hosts).await?,
        ),
        OfInstance::MediaAttachments => (
            of::media(db, &hosts, span).await?,
            of::media_in_all(db, &hosts).await?,
        ),
        OfInstance::Reports => (
            of::reports(db, &hosts, span).await?,
            of::reports_in_all(db, &hosts).await?,
        ),
        OfInstance::Statuses => (
            of::posts(db, &hosts, span).await?,
            of::posts_in_all(db, &hosts).await?,
        ),
        OfInstance::Follows => (
            of::follows(db, &hosts, span).await?,
            of::follows_in_all(db, &hosts).await?,
        ),
        OfInstance::Followers => (
            of::followers(db, &hosts, span).await?,
            of::followers_in_all(db, &hosts).await?,
        ),
    };
    Ok(Measured {
        days: filled(span, days),
        total,
        previous: None,
    })
}

/// Of what can be added up.
fn added(span: &Span, found: Vec<OnDay>, before: &[OnDay]) -> Measured {
    Measured {
        total: found.iter().map(|one| one.value).sum(),
        previous: Some(before.iter().map(|one| one.value).sum()),
        days: filled(span, found),
    }
}

/// Also the days on which there was nothing.
fn filled(span: &Span, found: Vec<OnDay>) -> Vec<(NaiveDate, i64)> {
    let found: HashMap<NaiveDate, i64> = found.into_iter().map(|one| (one.day, one.value)).collect();
    span.days()
        .map(|day| (day, found.get(&day).copied().unwrap_or(0)))
        .collect()
}
