//! A moderator takes a measure back. What ended with it does not come back by itself.

use sqlx::PgConnection;

use super::{ModerateError, reach, taking_back};
use crate::actions::audit::{self, About};
use crate::actions::{mail, suspend};
use crate::app::App;
use crate::bus::Queue;
use crate::db;
use crate::domain::audit::By;
use crate::domain::ids::AccountId;
use crate::domain::mail::Says;
use crate::domain::moderation::{Measure, Permission};

/// Does nothing where there is nothing to take back, and tells nobody of it.
pub async fn undo(app: &App, by: By, on: AccountId, measure: Measure) -> Result<(), ModerateError> {
    let mut tx = app.db.begin().await?;
    let person = reach(app, &mut tx, by, on, Permission::ManageUsers).await?;
    if !take_back(app, &mut tx, on, measure).await? {
        return Ok(());
    }
    audit::note(
        app,
        &mut tx,
        by,
        taking_back(measure),
        About::account(&person),
        "",
    )
    .await?;
    mail::tell(app, &mut tx, on, Says::Restored { measure }).await?;
    tx.commit().await?;
    app.caches.forget_account(on);
    app.bus.wake(Queue::Outbox);
    app.bus.wake(Queue::Mails);
    Ok(())
}

/// Whether there was anything to take back.
async fn take_back(
    app: &App,
    db: &mut PgConnection,
    on: AccountId,
    measure: Measure,
) -> Result<bool, ModerateError> {
    Ok(match measure {
        Measure::Sensitive => db::moderation::set_sensitized(db, on, None).await?,
        Measure::Disable => db::moderation::set_disabled(db, on, None).await?,
        Measure::Silence => db::moderation::set_silenced(db, on, None).await?,
        Measure::Suspend => suspend::undo_within(app, db, on).await?,
    })
}
