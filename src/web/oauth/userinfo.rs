//! `/oauth/userinfo`: who somebody is, for a site where they sign in with their account of here. Says nothing that their
//! profile does not.

use axum::Json;
use axum::extract::State;
use serde::Serialize;

use crate::app::App;
use crate::web::error::{ApiError, ApiResult};
use crate::web::viewer::Viewer;

/// In the words of OpenID Connect.
#[derive(Debug, Serialize)]
pub struct Claims {
    iss: String,
    /// By which other servers know them.
    sub: String,
    name: String,
    preferred_username: String,
    profile: String,
    picture: String,
}

pub async fn show(State(app): State<App>, viewer: Viewer) -> ApiResult<Json<Claims>> {
    viewer.may("profile")?;
    let person = app.person(viewer.id).await?.ok_or(ApiError::Unauthorized)?;
    let name = match person.display_name.is_empty() {
        true => &person.username,
        false => &person.display_name,
    };
    Ok(Json(Claims {
        // As the metadata spells it.
        iss: app.urls.at("/"),
        sub: person.uri.clone(),
        name: name.clone(),
        preferred_username: person.username.clone(),
        profile: person.url.clone(),
        picture: person.avatar(&app.urls),
    }))
}
