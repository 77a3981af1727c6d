//! Moderators act on people: who may act on whom, and what all their acts have in common. Each act leaves a line in the log.

mod act;
mod delete;
mod join;
mod undo;

use sqlx::PgConnection;

use super::approve::ApproveError;
use super::delete_actor::DeleteError;
use super::suspend::SuspendError;
use crate::app::App;
use crate::db;
use crate::domain::account::Account;
use crate::domain::audit::{Act, By};
use crate::domain::ids::AccountId;
use crate::domain::moderation::{Measure, Permission};
use crate::domain::role::Role;

pub use act::{Decision, act};
pub use delete::delete;
pub use join::{approve, reject};
pub use undo::undo;

#[derive(Debug, thiserror::Error)]
pub enum ModerateError {
    /// Nobody of this id, or nobody any more; or no such report.
    #[error("not found")]
    NotFound,
    /// Not by one of this role, not on one of that, or not as things stand.
    #[error("This action is not allowed")]
    NotAllowed,
    /// Whoever lives elsewhere signs in there.
    #[error("Type cannot be disable for somebody who lives elsewhere")]
    SignsInElsewhere,
    #[error("Text is too long (maximum is {most} characters)")]
    TooLong { most: usize },
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

impl From<SuspendError> for ModerateError {
    fn from(error: SuspendError) -> Self {
        match error {
            SuspendError::Owner => Self::NotAllowed,
            SuspendError::Database(error) => Self::Database(error),
        }
    }
}

impl From<DeleteError> for ModerateError {
    fn from(error: DeleteError) -> Self {
        match error {
            DeleteError::Owner => Self::NotAllowed,
            DeleteError::NotHere => Self::NotFound,
            DeleteError::Database(error) => Self::Database(error),
        }
    }
}

impl From<ApproveError> for ModerateError {
    fn from(error: ApproveError) -> Self {
        match error {
            ApproveError::NotWaiting => Self::NotAllowed,
            ApproveError::Database(error) => Self::Database(error),
        }
    }
}

/// Somebody on whom `by` may act, as the rows say it at this moment.
async fn reach(
    app: &App,
    db: &mut PgConnection,
    by: By,
    on: AccountId,
    permission: Permission,
) -> Result<Account, ModerateError> {
    let person = db::accounts::by_id(db, on).await?;
    let person = person
        .filter(|person| !person.deleted && person.uri != app.urls.instance_actor())
        .ok_or(ModerateError::NotFound)?;
    let theirs = role(db, on).await?;
    let may = match by {
        // Whoever has the machine has the server; but nobody is left to give it back to when its owner is gone.
        By::Operator => theirs != Some(Role::Owner),
        By::Person(me) => {
            let mine = role(db, me).await?.unwrap_or(Role::Member);
            mine.can(permission) && mine.overrides(theirs)
        }
    };
    may.then_some(person).ok_or(ModerateError::NotAllowed)
}

async fn role(db: &mut PgConnection, account: AccountId) -> sqlx::Result<Option<Role>> {
    let standing = db::users::standing(db, account).await?;
    Ok(standing.and_then(|standing| Role::from_stored(standing.role)))
}

fn taking(measure: Measure) -> Act {
    match measure {
        Measure::Sensitive => Act::Sensitize,
        Measure::Disable => Act::Disable,
        Measure::Silence => Act::Silence,
        Measure::Suspend => Act::Suspend,
    }
}

fn taking_back(measure: Measure) -> Act {
    match measure {
        Measure::Sensitive => Act::Unsensitize,
        Measure::Disable => Act::Enable,
        Measure::Silence => Act::Unsilence,
        Measure::Suspend => Act::Unsuspend,
    }
}
