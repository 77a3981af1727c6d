//! Actors' documents. Their keys are served to anybody, signed request or not: else nobody could verify what they sent.

use std::convert::Infallible;
use std::sync::Arc;

use axum::extract::{OriginalUri, Path, State};
use axum::http::HeaderMap;
use axum::response::Response;

use super::answer::{self, Keep};
use super::negotiate;
use super::reader::Admitted;
use super::refusal::Refusal;
use crate::app::App;
use crate::caches::Paper;
use crate::db;
use crate::domain::account::Account;
use crate::translate;
use crate::web::address::ClientAddress;

/// Somebody here by name; not who is not let in yet. Gone, when they were deleted.
pub async fn person(app: &App, name: &str) -> Result<Arc<Account>, Refusal> {
    let person = app.person_named(name).await?;
    person.filter(|person| !person.waiting).ok_or(Refusal::NotFound)
}

pub async fn show(
    State(app): State<App>,
    Path(name): Path<String>,
    OriginalUri(uri): OriginalUri,
    ClientAddress(from): ClientAddress,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    if !negotiate::wants_document(&headers) {
        return answer::page(&app.urls.profile(&name));
    }
    if app.config.authorized_fetch && !headers.contains_key("signature") {
        let account = person(&app, &name).await?;
        if account.deleted {
            return Ok(answer::gone(&account.uri));
        }
        let key = translate::actor::key_document(&app.urls, &account);
        return Ok(answer::document(&key, Keep::Nobody, &headers));
    }
    let admitted = Admitted::of(&app, &uri, &headers, from).await?;
    let account = person(&app, &name).await?;
    Ok(answer_with(&app, &account, admitted.keep, &headers))
}

/// The server's own actor, for anybody: whoever signs in its name is verified by it, also by servers that ask nobody
/// unsigned.
pub async fn instance(State(app): State<App>, headers: HeaderMap) -> Result<Response, Refusal> {
    let mut db = app.db.acquire().await?;
    let uri = app.urls.instance_actor();
    let id = db::accounts::id_by_uri(&mut db, &uri)
        .await?
        .ok_or(Refusal::NotFound)?;
    drop(db);
    let account = app.person(id).await?.ok_or(Refusal::NotFound)?;
    Ok(answer_with(&app, &account, Keep::Anybody, &headers))
}

fn answer_with(app: &App, account: &Arc<Account>, keep: Keep, headers: &HeaderMap) -> Response {
    if account.deleted {
        return answer::gone(&account.uri);
    }
    let write = || Ok(translate::actor::document(&app.urls, account).to_bytes());
    let written = app.caches.papers.of(account, Paper::Actor, write);
    answer::written(
        written.unwrap_or_else(|never: Infallible| match never {}),
        keep,
        headers,
    )
}
