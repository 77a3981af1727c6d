//! Who is asking, at doors that are for moderators: somebody signed in, and their role as it is now. Lets nobody in by
//! itself: each route says what it needs.

use axum::extract::{FromRef, FromRequestParts};
use axum::http::request::Parts;

use crate::app::App;
use crate::db;
use crate::domain::audit::By;
use crate::domain::ids::AccountId;
use crate::domain::moderation::Permission;
use crate::domain::role::Role;
use crate::web::error::{ApiError, ApiResult};
use crate::web::viewer::Viewer;

/// Somebody signed in, of whatever role.
#[derive(Clone, Debug)]
pub struct Moderator {
    pub id: AccountId,
    role: Role,
    viewer: Viewer,
}

impl Moderator {
    /// Refuses (403) unless the token allows `scope`, such as `admin:read:accounts`, and the role `permission`. Gives who
    /// it is, for the log of what is done.
    pub fn may(&self, scope: &str, permission: Permission) -> ApiResult<By> {
        self.viewer.may(scope)?;
        match self.role.can(permission) {
            true => Ok(By::Person(self.id)),
            false => Err(ApiError::Forbidden("This action is not allowed")),
        }
    }
}

impl<S> FromRequestParts<S> for Moderator
where
    App: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = ApiError;

    /// The role is asked for each time: what a token was given for may be taken back.
    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let viewer = Viewer::from_request_parts(parts, state).await?;
        let app = App::from_ref(state);
        let standing = db::users::standing(&mut *app.db.acquire().await?, viewer.id).await?;
        let role = standing.and_then(|standing| Role::from_stored(standing.role));
        Ok(Self {
            id: viewer.id,
            role: role.unwrap_or(Role::Member),
            viewer,
        })
    }
}
