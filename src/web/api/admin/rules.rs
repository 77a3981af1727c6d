//! `/api/tintype/v1/admin/rules`: the rules of this server, which Mastodon's apps cannot change. Shows none that was taken
//! away.

use axum::extract::State;
use axum::routing::{get, put};
use axum::{Json, Router};
use serde_json::{Value, json};

use super::moderator::Moderator;
use crate::actions::rules::{self, Change, RuleError};
use crate::app::App;
use crate::db;
use crate::domain::ids::RuleId;
use crate::domain::moderation::Permission;
use crate::domain::rule::Words;
use crate::web::api::accounts::Of;
use crate::web::api::entities::rule::{self, Entity};
use crate::web::error::{ApiError, ApiResult};
use crate::web::params::Params;

// Mastodon has no narrower scope for them.
const READ: &str = "admin:read";
const WRITE: &str = "admin:write";

pub fn routes() -> Router<App> {
    Router::new()
        .route("/api/tintype/v1/admin/rules", get(list).post(create))
        .route("/api/tintype/v1/admin/rules/{id}", put(change).delete(remove))
}

async fn list(State(app): State<App>, moderator: Moderator) -> ApiResult<Json<Vec<Entity>>> {
    moderator.may(READ, Permission::ManageRules)?;
    let rules = db::rules::all(&mut *app.db.acquire().await?).await?;
    Ok(Json(rule::many(rules)))
}

async fn create(State(app): State<App>, moderator: Moderator, params: Params) -> ApiResult<Json<Entity>> {
    let by = moderator.may(WRITE, Permission::ManageRules)?;
    let new = rules::add(&app, by, asked(&params)?).await?;
    Ok(Json(new.into()))
}

async fn change(
    State(app): State<App>,
    moderator: Moderator,
    Of(id): Of<RuleId>,
    params: Params,
) -> ApiResult<Json<Entity>> {
    let by = moderator.may(WRITE, Permission::ManageRules)?;
    let changed = rules::change(&app, by, id, asked(&params)?).await?;
    Ok(Json(changed.into()))
}

async fn remove(State(app): State<App>, moderator: Moderator, Of(id): Of<RuleId>) -> ApiResult<Json<Value>> {
    let by = moderator.may(WRITE, Permission::ManageRules)?;
    rules::remove(&app, by, id).await?;
    Ok(Json(json!({})))
}

fn asked(params: &Params) -> ApiResult<Change> {
    let place = params.text("position").filter(|text| !text.is_empty());
    let place = place.map(|text| text.trim().parse::<usize>().ok().filter(|place| *place > 0));
    let words = params.node("translations").fields().into_iter();
    let words = words.map(|(language, words)| {
        let of = |name| words.get(name).text().unwrap_or_default();
        let (text, hint) = (of("text"), of("hint"));
        (language.to_owned(), Words { text, hint })
    });
    Ok(Change {
        text: params.text("text"),
        hint: params.text("hint"),
        place: match place {
            Some(None) => return Err(ApiError::invalid("Position is not a number above zero")),
            given => given.flatten(),
        },
        translations: words.collect(),
    })
}

impl From<RuleError> for ApiError {
    fn from(error: RuleError) -> Self {
        match error {
            RuleError::NotFound => Self::NotFound,
            RuleError::Database(error) => error.into(),
            said => Self::invalid(said.to_string()),
        }
    }
}
