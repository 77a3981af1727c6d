//! Actors' documents. Their keys are served to anybody, signed request or not: else nobody could verify what they sent.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;

use super::answer::{self, Keep};
use super::negotiate;
use super::refusal::Refusal;
use crate::app::App;
use crate::db;
use crate::domain::account::Account;
use crate::translate;

/// Somebody here by name; not who is not let in yet. Gone, when they were deleted.
pub async fn person(app: &App, name: &str) -> Result<Arc<Account>, Refusal> {
    let mut db = app.db.acquire().await?;
    let id = db::accounts::local_id(&mut db, name)
        .await?
        .ok_or(Refusal::NotFound)?;
    drop(db);
    let person = app.person(id).await?.filter(|person| !person.waiting);
    person.ok_or(Refusal::NotFound)
}

pub async fn show(
    State(app): State<App>,
    Path(name): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    if !negotiate::wants_document(&headers) {
        return answer::page(&app.urls.profile(&name));
    }
    let account = person(&app, &name).await?;
    Ok(answer_with(&app, &account, &headers))
}

pub async fn instance(State(app): State<App>, headers: HeaderMap) -> Result<Response, Refusal> {
    let mut db = app.db.acquire().await?;
    let uri = app.urls.instance_actor();
    let id = db::accounts::id_by_uri(&mut db, &uri)
        .await?
        .ok_or(Refusal::NotFound)?;
    drop(db);
    let account = app.person(id).await?.ok_or(Refusal::NotFound)?;
    Ok(answer_with(&app, &account, &headers))
}

fn answer_with(app: &App, account: &Account, headers: &HeaderMap) -> Response {
    if account.deleted {
        return answer::gone(&account.uri);
    }
    let document = translate::actor::document(&app.urls, account);
    answer::document(&document, Keep::Anybody, headers)
}
