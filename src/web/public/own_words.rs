//! `/privacy-policy` and `/terms-of-service`, where apps send people: the texts of whoever runs the server, or that there is
//! none.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;

use super::answer::Around;
use crate::app::App;
use crate::web::api::notices::{notices, unreadable};
use crate::web::auth::visitor::Visitor;
use crate::web::error::{ApiError, ApiResult};
use crate::web::pages::{CleanHtml, OwnWords};

pub async fn privacy_policy(State(app): State<App>, visitor: Visitor) -> ApiResult<Response> {
    let found = notices(&app).privacy_policy().await.map_err(unreadable)?;
    let policy = found.ok_or(ApiError::NotFound)?;
    let since = policy.changed_at.date_naive().to_string();
    show(&app, &visitor, "Privacy policy", since, policy.html).await
}

pub async fn terms(State(app): State<App>, visitor: Visitor) -> ApiResult<Response> {
    let today = app.clock.now().date_naive();
    let found = notices(&app).terms_on(today).await.map_err(unreadable)?;
    let terms = found.ok_or(ApiError::NotFound)?;
    show(
        &app,
        &visitor,
        "Terms of service",
        terms.from.to_string(),
        terms.html,
    )
    .await
}

async fn show(
    app: &App,
    visitor: &Visitor,
    title: &'static str,
    since: String,
    html: String,
) -> ApiResult<Response> {
    let around = Around::of(app, visitor.account()).await?;
    let page = OwnWords {
        frame: around.frame(),
        title,
        since,
        words: CleanHtml::trust(html),
    };
    around.send(app, StatusCode::OK, &page)
}
