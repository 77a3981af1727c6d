//! Moderators work on reports. Does nothing to whom they are about: that is `moderate`'s.

use sqlx::PgConnection;

use super::audit::{self, About};
use crate::app::App;
use crate::db;
use crate::domain::audit::{Act, By};
use crate::domain::report::Category;

#[derive(Debug, thiserror::Error)]
pub enum DeskError {
    #[error("not found")]
    NotFound,
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

/// What a moderator does with a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    /// Says what it is about.
    Sort(Category),
    /// Looks into it themselves.
    Take,
    /// Leaves it to whoever wants to look into it.
    Leave,
    /// Is done with it.
    Resolve,
    Reopen,
}

/// Does nothing where that is how it is already.
pub async fn act(app: &App, by: By, report: i64, deed: Deed) -> Result<(), DeskError> {
    let mut tx = app.db.begin().await?;
    let known = db::report_desk::by_id(&mut tx, report).await?;
    let account = known.ok_or(DeskError::NotFound)?.account;
    let account = db::accounts::by_id(&mut tx, account).await?;
    let account = account.ok_or(DeskError::NotFound)?;
    let (did, words) = match deed {
        Deed::Sort(category) => (Act::ChangeReport, category.as_str()),
        Deed::Take => (Act::AssignReport, ""),
        Deed::Leave => (Act::UnassignReport, ""),
        Deed::Resolve => (Act::ResolveReport, ""),
        Deed::Reopen => (Act::ReopenReport, ""),
    };
    if change(app, &mut tx, by, report, deed).await? {
        audit::note(app, &mut tx, by, did, About::report(report, &account), words).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// Whether it is another than before.
async fn change(app: &App, db: &mut PgConnection, by: By, report: i64, deed: Deed) -> sqlx::Result<bool> {
    let now = app.clock.now();
    match deed {
        Deed::Sort(category) => db::report_desk::sort(db, report, category, now).await,
        Deed::Take => db::report_desk::assign(db, report, by.person(), now).await,
        Deed::Leave => db::report_desk::assign(db, report, None, now).await,
        Deed::Resolve => db::report_desk::resolve(db, report, by.person(), now).await,
        Deed::Reopen => db::report_desk::reopen(db, report, now).await,
    }
}
