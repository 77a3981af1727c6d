//! `POST /api/v1/reports`, and Pixelfed's `POST /api/v1.1/report`: telling the moderators of somebody. Shows nobody a report
//! but their own.

use axum::extract::State;
use axum::routing::post;
use axum::{Json, Router};
use serde_json::{Value, json};
use sqlx::PgConnection;

use super::entities::{people, report};
use crate::actions::report::{self as reporting, Complaint, ReportError};
use crate::app::App;
use crate::db;
use crate::domain::ids::{AccountId, PostId, RuleId};
use crate::domain::report::Category;
use crate::web::error::{ApiError, ApiResult};
use crate::web::params::Params;
use crate::web::viewer::Viewer;

pub fn routes() -> Router<App> {
    Router::new()
        .route("/api/v1/reports", post(create))
        .route("/api/v1.1/report", post(create_as_pixelfed))
}

async fn create(State(app): State<App>, viewer: Viewer, params: Params) -> ApiResult<Json<Value>> {
    viewer.may("write:reports")?;
    let category = match params.text("category").filter(|text| !text.is_empty()) {
        Some(text) => {
            Category::parse(&text).ok_or_else(|| ApiError::invalid("Category is not included in the list"))?
        }
        None => Category::default(),
    };
    let complaint = Complaint {
        account: params.id("account_id")?.ok_or(ApiError::NotFound)?,
        posts: params.ids("status_ids"),
        category,
        rules: rules_named(&params)?,
        comment: params.text("comment").unwrap_or_default().trim().to_owned(),
        forward: params.flag("forward").unwrap_or(false),
    };
    let id = reporting::local(&app, viewer.id, &complaint).await?;
    let mut db = app.db.acquire().await?;
    Ok(Json(entity(&app, &mut db, id).await?))
}

/// Not ids are not of rules either.
fn rules_named(params: &Params) -> ApiResult<Vec<RuleId>> {
    let named = params.texts("rule_ids");
    let ids: Result<Vec<RuleId>, _> = named.iter().map(|id| id.parse()).collect();
    ids.map_err(|_| ReportError::NoSuchRule.into())
}

async fn entity(app: &App, db: &mut PgConnection, id: i64) -> ApiResult<Value> {
    let found = db::reports::by_ids(db, &[id]).await?;
    let found = found.first().ok_or(ApiError::NotFound)?;
    let target = people::many(app, db, &[found.account]).await?;
    let target = target.first().ok_or(ApiError::NotFound)?;
    Ok(json!(report::entity(found, target)))
}

/// What its app lets people choose from, and what that is here. The word itself goes with the comment.
const KINDS: &[(&str, Category)] = &[
    ("spam", Category::Spam),
    ("scam", Category::Spam),
    ("copyright", Category::Legal),
    ("terrorism", Category::Legal),
    ("sensitive", Category::Other),
    ("abusive", Category::Other),
    ("underage", Category::Other),
    ("violence", Category::Other),
    ("impersonation", Category::Other),
];

/// Its app signs people out at 401 and 403, whatever they are for: what is wrong is 404 or 422.
async fn create_as_pixelfed(
    State(app): State<App>,
    viewer: Viewer,
    params: Params,
) -> ApiResult<Json<Value>> {
    viewer.may("write:reports")?;
    let named = params.required("report_type")?;
    let (word, category) = KINDS
        .iter()
        .find(|(word, _)| *word == named)
        .ok_or_else(|| ApiError::invalid("Report type is not included in the list"))?;
    let (account, posts) = subject(&app, viewer.id, &params).await?;
    let message = params.text("message").unwrap_or_default();
    let complaint = Complaint {
        account,
        posts,
        category: *category,
        rules: Vec::new(),
        comment: [*word, message.trim()].join(" ").trim().to_owned(),
        forward: false,
    };
    reporting::local(&app, viewer.id, &complaint).await?;
    Ok(Json(json!({ "msg": "Successfully sent report", "code": 200 })))
}

/// Whom it is about, and which post of theirs.
async fn subject(app: &App, viewer: AccountId, params: &Params) -> ApiResult<(AccountId, Vec<PostId>)> {
    match params.required("object_type")?.as_str() {
        "user" => Ok((params.id("object_id")?.ok_or(ApiError::NotFound)?, Vec::new())),
        "post" => {
            let post = params.id("object_id")?.ok_or(ApiError::NotFound)?;
            let mut db = app.db.acquire().await?;
            let found = db::posts::addressed(&mut db, viewer, &[post]).await?;
            let (post, author) = *found.first().ok_or(ApiError::NotFound)?;
            Ok((author, vec![post]))
        }
        _ => Err(ApiError::invalid("Object type is not included in the list")),
    }
}

impl From<ReportError> for ApiError {
    fn from(error: ReportError) -> Self {
        match error {
            ReportError::NotFound => Self::NotFound,
            ReportError::Database(error) => error.into(),
            refusal => Self::Invalid(refusal.to_string()),
        }
    }
}
