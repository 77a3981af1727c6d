//! A moderator takes a measure against somebody, or only tells them something, and with that is done with what was reported
//! of them. Deletes nothing.

use sqlx::PgConnection;

use super::{ModerateError, reach, taking};
use crate::actions::audit::{self, About};
use crate::actions::lock_out::{self, Ended};
use crate::actions::{mail, suspend};
use crate::app::App;
use crate::bus::Queue;
use crate::db;
use crate::domain::account::Account;
use crate::domain::audit::{Act, By};
use crate::domain::ids::AccountId;
use crate::domain::mail::Says;
use crate::domain::moderation::{Measure, Permission};

/// Most characters of what is said to somebody.
const LONGEST: usize = 5_000;

#[derive(Clone, Debug, Default)]
pub struct Decision {
    /// None: nothing is done, but something may be said.
    pub measure: Option<Measure>,
    /// The report that led to it.
    pub report: Option<i64>,
    /// What is said to them, and to other moderators.
    pub words: String,
    /// Whether they are told by mail.
    pub is_told: bool,
}

pub async fn act(app: &App, by: By, on: AccountId, decision: &Decision) -> Result<(), ModerateError> {
    if decision.words.chars().count() > LONGEST {
        return Err(ModerateError::TooLong { most: LONGEST });
    }
    let mut tx = app.db.begin().await?;
    let person = reach(app, &mut tx, by, on, Permission::ManageUsers).await?;
    let ended = match decision.measure {
        Some(measure) => take(app, &mut tx, &person, measure).await?,
        None => None,
    };
    let did = decision.measure.map_or(Act::Warn, taking);
    audit::note(app, &mut tx, by, did, About::account(&person), &decision.words).await?;
    settle_reports(app, &mut tx, by, &person, decision).await?;
    if decision.is_told {
        let says = Says::Moderated {
            measure: decision.measure,
            words: decision.words.clone(),
        };
        mail::tell(app, &mut tx, on, says).await?;
    }
    tx.commit().await?;
    if let Some(ended) = ended {
        ended.forget(app);
    }
    app.caches.forget_account(on);
    app.bus.wake(Queue::Outbox);
    app.bus.wake(Queue::Mails);
    Ok(())
}

/// Gives the tokens that end with it.
async fn take(
    app: &App,
    db: &mut PgConnection,
    person: &Account,
    measure: Measure,
) -> Result<Option<Ended>, ModerateError> {
    let now = Some(app.clock.now());
    match measure {
        Measure::Sensitive => {
            db::moderation::set_sensitized(db, person.id, now).await?;
            Ok(None)
        }
        Measure::Silence => {
            db::moderation::set_silenced(db, person.id, now).await?;
            Ok(None)
        }
        Measure::Disable if person.is_local() => {
            db::moderation::set_disabled(db, person.id, now).await?;
            Ok(Some(lock_out::for_now(db, person.id).await?))
        }
        Measure::Disable => Err(ModerateError::SignsInElsewhere),
        Measure::Suspend => Ok(Some(suspend::within(app, db, person.id).await?.1)),
    }
}

/// With a measure, all that is open of them is done with. With a word alone, what it was about: of the rest, other
/// moderators may still think otherwise.
async fn settle_reports(
    app: &App,
    db: &mut PgConnection,
    by: By,
    person: &Account,
    decision: &Decision,
) -> Result<(), ModerateError> {
    let named = match decision.report {
        Some(report) => {
            let is_theirs = db::report_desk::is_about(db, report, person.id).await?;
            Some(is_theirs.then_some(report).ok_or(ModerateError::NotFound)?)
        }
        None => None,
    };
    let done = match (decision.measure, named) {
        (None, None) => return Ok(()),
        (None, Some(report)) => vec![report],
        (Some(_), _) => db::report_desk::open_about(db, person.id).await?,
    };
    for report in done {
        if db::report_desk::resolve(db, report, by.person(), app.clock.now()).await? {
            audit::note(app, db, by, Act::ResolveReport, About::report(report, person), "").await?;
        }
    }
    Ok(())
}
