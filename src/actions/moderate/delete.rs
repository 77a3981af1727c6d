//! A moderator deletes somebody for good. Nobody is deleted by a moderator who was not suspended before.

use super::{ModerateError, reach};
use crate::actions::audit::{self, About};
use crate::actions::delete_actor;
use crate::app::App;
use crate::bus::Queue;
use crate::domain::audit::{Act, By};
use crate::domain::ids::AccountId;
use crate::domain::moderation::Permission;

pub async fn delete(app: &App, by: By, on: AccountId) -> Result<(), ModerateError> {
    let mut tx = app.db.begin().await?;
    let person = reach(app, &mut tx, by, on, Permission::DeleteUserData).await?;
    if !person.suspended && by != By::Operator {
        return Err(ModerateError::NotAllowed);
    }
    let ended = delete_actor::within(app, &mut tx, &person).await?;
    audit::note(app, &mut tx, by, Act::Delete, About::account(&person), "").await?;
    tx.commit().await?;
    ended.forget(app);
    app.bus.wake(Queue::Outbox);
    Ok(())
}
