//! A moderator lets somebody in who asked to join, or turns them down. Nobody else's standing is looked at.

use super::{ModerateError, reach};
use crate::actions::approve::{self, Rejected};
use crate::actions::audit::{self, About};
use crate::app::App;
use crate::bus::Queue;
use crate::domain::audit::{Act, By};
use crate::domain::ids::AccountId;
use crate::domain::moderation::Permission;

pub async fn approve(app: &App, by: By, on: AccountId) -> Result<(), ModerateError> {
    let mut tx = app.db.begin().await?;
    let person = reach(app, &mut tx, by, on, Permission::ManageUsers).await?;
    approve::within(app, &mut tx, on).await?;
    audit::note(app, &mut tx, by, Act::Approve, About::account(&person), "").await?;
    tx.commit().await?;
    app.bus.wake(Queue::Mails);
    Ok(())
}

pub async fn reject(app: &App, by: By, on: AccountId) -> Result<Rejected, ModerateError> {
    let mut tx = app.db.begin().await?;
    let person = reach(app, &mut tx, by, on, Permission::ManageUsers).await?;
    // Before the row goes.
    audit::note(app, &mut tx, by, Act::Reject, About::account(&person), "").await?;
    let (rejected, ended) = approve::reject_within(app, &mut tx, on).await?;
    tx.commit().await?;
    ended.forget(app);
    app.caches.forget_account(on);
    app.bus.wake(Queue::Mails);
    Ok(rejected)
}
