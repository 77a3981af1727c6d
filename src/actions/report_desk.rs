//! Moderators work on reports. Does nothing to whom they are about: that is `moderate`'s.

use sqlx::PgConnection;

use super::audit::{self, About};
use crate::app::App;
use crate::db;
use crate::db::report_desk::Report;
use crate::domain::audit::{Act, By};
use crate::domain::ids::RuleId;
use crate::domain::report::Category;

#[derive(Debug, thiserror::Error)]
pub enum DeskError {
    #[error("not found")]
    NotFound,
    #[error("Rule ids does not reference valid rules")]
    NoSuchRule,
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

/// What a moderator does with a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed<'a> {
    /// Says what it is about, and which rules are broken; none: those that were named already.
    Sort(Category, &'a [RuleId]),
    /// Looks into it themselves.
    Take,
    /// Leaves it to whoever wants to look into it.
    Leave,
    /// Is done with it.
    Resolve,
    Reopen,
}

/// Does nothing where that is how it is already.
pub async fn act(app: &App, by: By, report: i64, deed: Deed<'_>) -> Result<(), DeskError> {
    let mut tx = app.db.begin().await?;
    let known = db::report_desk::by_id(&mut tx, report).await?;
    let known = known.ok_or(DeskError::NotFound)?;
    let account = db::accounts::by_id(&mut tx, known.account).await?;
    let account = account.ok_or(DeskError::NotFound)?;
    let (did, words) = match deed {
        Deed::Sort(category, _) => (Act::ChangeReport, category.as_str()),
        Deed::Take => (Act::AssignReport, ""),
        Deed::Leave => (Act::UnassignReport, ""),
        Deed::Resolve => (Act::ResolveReport, ""),
        Deed::Reopen => (Act::ReopenReport, ""),
    };
    if change(app, &mut tx, by, &known, deed).await? {
        audit::note(app, &mut tx, by, did, About::report(report, &account), words).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// Whether it is another than before.
async fn change(
    app: &App,
    db: &mut PgConnection,
    by: By,
    known: &Report,
    deed: Deed<'_>,
) -> Result<bool, DeskError> {
    let (report, now) = (known.id, app.clock.now());
    let changed = match deed {
        Deed::Sort(category, named) => {
            let rules = rules(db, known, category, named).await?;
            db::report_desk::sort(db, report, category, &rules, now).await
        }
        Deed::Take => db::report_desk::assign(db, report, by.person(), now).await,
        Deed::Leave => db::report_desk::assign(db, report, None, now).await,
        Deed::Resolve => db::report_desk::resolve(db, report, by.person(), now).await,
        Deed::Reopen => db::report_desk::reopen(db, report, now).await,
    };
    Ok(changed?)
}

/// What is no violation breaks none. One that was taken away can be named where it was named before.
async fn rules(
    db: &mut PgConnection,
    known: &Report,
    category: Category,
    named: &[RuleId],
) -> Result<Vec<RuleId>, DeskError> {
    if category != Category::Violation {
        return Ok(Vec::new());
    }
    if named.is_empty() {
        return Ok(known.rules.clone());
    }
    let mut named = named.to_vec();
    named.sort_unstable();
    named.dedup();
    let counting = db::rules::counting(db, &named).await?;
    match named
        .iter()
        .all(|rule| counting.contains(rule) || known.rules.contains(rule))
    {
        true => Ok(named),
        false => Err(DeskError::NoSuchRule),
    }
}
