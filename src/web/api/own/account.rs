//! The account's own side: address, password, end. Each change asks for the password, whatever the token allows.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::actions::change_email::{self, ChangeEmailError, Changed};
use crate::actions::change_password::{self, ChangePasswordError, Passwords};
use crate::actions::delete_account::{self, DeleteAccountError};
use crate::actions::delete_actor::DeleteError;
use crate::actions::invite;
use crate::actions::lock_out::Staying;
use crate::actions::prove::ProveError;
use crate::actions::set_password::SetPasswordError;
use crate::app::App;
use crate::db;
use crate::domain::mail::Purpose;
use crate::domain::role::Role;
use crate::web::address::ClientAddress;
use crate::web::api::entities::account::Entity;
use crate::web::api::entities::people;
use crate::web::error::{ApiError, ApiResult};
use crate::web::params::Params;
use crate::web::viewer::Viewer;

pub async fn show(State(app): State<App>, viewer: Viewer) -> ApiResult<Json<Value>> {
    viewer.may("read")?;
    let mut db = app.db.acquire().await?;
    let contact = db::contacts::of(&mut db, viewer.id).await?;
    let contact = contact.ok_or(ApiError::Unauthorized)?;
    let purpose = Purpose::Confirm as i16;
    let waiting = db::mail_tokens::waiting(&mut db, viewer.id, purpose, app.clock.now()).await?;
    Ok(Json(json!({
        "email": contact.email,
        "unconfirmed_email": waiting,
        "role": Role::from_stored(viewer.grant.role).unwrap_or(Role::Member).as_str(),
        "may_invite": invite::may(&app, viewer.grant.role),
    })))
}

pub async fn change_email(
    State(app): State<App>,
    viewer: Viewer,
    ClientAddress(address): ClientAddress,
    params: Params,
) -> ApiResult<(StatusCode, Json<Value>)> {
    viewer.may("write")?;
    let email = params.required("email")?;
    let password = params.required("password")?;
    let changed = change_email::local(&app, viewer.id, &email, &password, address).await?;
    let status = match changed {
        Changed::Now => StatusCode::OK,
        // It is to be confirmed first.
        Changed::OnceConfirmed => StatusCode::ACCEPTED,
    };
    Ok((status, Json(json!({}))))
}

pub async fn change_password(
    State(app): State<App>,
    viewer: Viewer,
    ClientAddress(address): ClientAddress,
    params: Params,
) -> ApiResult<Json<Value>> {
    viewer.may("write")?;
    let (old, new) = (params.required("password")?, params.required("new_password")?);
    let typed = Passwords {
        old: &old,
        new: &new,
        from: address,
    };
    change_password::local(&app, viewer.id, &typed, staying(&viewer)).await?;
    Ok(Json(json!({})))
}

/// Who asks stays signed in.
fn staying(viewer: &Viewer) -> Staying {
    Staying {
        session: viewer.grant.session_id,
        token: viewer.grant.token_id,
    }
}

/// Pixelfed's app has people type the new one twice, and signs them out at 403.
pub async fn change_password_as_pixelfed(
    State(app): State<App>,
    viewer: Viewer,
    ClientAddress(address): ClientAddress,
    params: Params,
) -> ApiResult<Json<Entity>> {
    viewer.may("write")?;
    let typed = Passwords {
        old: &params.required("current_password")?,
        new: &params.required("new_password")?,
        from: address,
    };
    if params.required("confirm_password")? != typed.new {
        return Err(ApiError::invalid("The two new passwords are not the same"));
    }
    match change_password::local(&app, viewer.id, &typed, staying(&viewer)).await {
        Err(ChangePasswordError::Old(ProveError::Wrong)) => {
            return Err(ApiError::invalid("The password you entered is incorrect"));
        }
        changed => changed?,
    }
    let mut db = app.db.acquire().await?;
    let own = people::many(&app, &mut db, &[viewer.id]).await?.pop();
    own.map(Json).ok_or(ApiError::Unauthorized)
}

pub async fn end(
    State(app): State<App>,
    viewer: Viewer,
    ClientAddress(address): ClientAddress,
    params: Params,
) -> ApiResult<(StatusCode, Json<Value>)> {
    viewer.may("write")?;
    let password = params.required("password")?;
    delete_account::local(&app, viewer.id, &password, address).await?;
    // What they leave behind goes in batches.
    Ok((StatusCode::ACCEPTED, Json(json!({}))))
}

impl From<ChangeEmailError> for ApiError {
    fn from(error: ChangeEmailError) -> Self {
        match error {
            ChangeEmailError::Password(error) => error.into(),
            said => Self::invalid(said.to_string()),
        }
    }
}

impl From<SetPasswordError> for ApiError {
    fn from(error: SetPasswordError) -> Self {
        match error {
            SetPasswordError::Fault(fault) => Self::invalid(fault.sentence()),
            SetPasswordError::Nobody => Self::Unauthorized,
            SetPasswordError::Password(error) => error.into(),
            SetPasswordError::Database(error) => error.into(),
        }
    }
}

impl From<ChangePasswordError> for ApiError {
    fn from(error: ChangePasswordError) -> Self {
        match error {
            ChangePasswordError::Old(error) => error.into(),
            ChangePasswordError::New(error) => error.into(),
        }
    }
}

impl From<DeleteAccountError> for ApiError {
    fn from(error: DeleteAccountError) -> Self {
        match error {
            DeleteAccountError::Password(error) => error.into(),
            DeleteAccountError::Delete(DeleteError::Owner) => {
                Self::Forbidden("The owner of this server cannot be deleted")
            }
            DeleteAccountError::Delete(DeleteError::NotHere) => Self::Unauthorized,
            DeleteAccountError::Delete(DeleteError::Database(error)) => error.into(),
        }
    }
}
