//! `/api/v1/exports/….csv` and `/api/v1/import`, as GoToSocial has them: whom somebody follows, blocks and mutes, to take
//! elsewhere or bring here. Only one's own.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use crate::actions::import::{self, ImportError, Kind};
use crate::app::App;
use crate::db::exports::{self, Line};
use crate::domain::csv;
use crate::domain::ids::RelationId;
use crate::web::error::{ApiError, ApiResult};
use crate::web::params::Params;
use crate::web::viewer::Viewer;

/// Lines that are read at a time.
const PAGE: i64 = 1_000;

pub async fn export(State(app): State<App>, viewer: Viewer, Path(file): Path<String>) -> ApiResult<Response> {
    let (scope, heading) = match file.as_str() {
        "following.csv" => (
            "read:follows",
            "Account address,Show boosts,Notify on new posts,Languages\n",
        ),
        "followers.csv" => ("read:follows", "Account address\n"),
        // Mastodon's file of blocks has no heading.
        "blocks.csv" => ("read:blocks", ""),
        "mutes.csv" => ("read:mutes", "Account address,Hide notifications\n"),
        _ => return Err(ApiError::NotFound),
    };
    viewer.may(scope)?;
    let mut text = heading.to_owned();
    let mut after = RelationId::NONE;
    loop {
        let mut db = app.db.acquire().await?;
        let lines = match file.as_str() {
            "following.csv" => exports::following(&mut db, viewer.id, after, PAGE).await?,
            "followers.csv" => exports::followers(&mut db, viewer.id, after, PAGE).await?,
            "blocks.csv" => exports::blocks(&mut db, viewer.id, after, PAGE).await?,
            _ => exports::mutes(&mut db, viewer.id, after, PAGE).await?,
        };
        let Some(last) = lines.last() else { break };
        after = last.id;
        text.extend(lines.iter().map(|line| row(&app, &file, line)));
    }
    let kind = [(header::CONTENT_TYPE, "text/csv; charset=utf-8")];
    Ok((kind, text).into_response())
}

fn row(app: &App, file: &str, line: &Line) -> String {
    let authority = line.authority.as_deref().unwrap_or(app.urls.authority());
    let address = format!("{}@{authority}", line.username);
    let (more, notify) = (line.with_more.to_string(), line.notify.to_string());
    match file {
        "following.csv" => csv::row(&[&address, &more, &notify, &line.languages.join(", ")]),
        "mutes.csv" => csv::row(&[&address, &more]),
        _ => csv::row(&[&address]),
    }
}

pub async fn import(
    State(app): State<App>,
    viewer: Viewer,
    params: Params,
) -> ApiResult<(StatusCode, Json<Value>)> {
    let name = params.required("type")?;
    let kind =
        Kind::named(&name).ok_or_else(|| ApiError::invalid("Type must be following, blocks or mutes"))?;
    viewer.may(match kind {
        Kind::Following => "write:follows",
        Kind::Blocks => "write:blocks",
        Kind::Mutes => "write:mutes",
    })?;
    if params.text("mode").is_some_and(|mode| mode != "merge") {
        return Err(ApiError::invalid(
            "Mode must be merge: nothing is taken away by a file",
        ));
    }
    let text = match params.file("data") {
        Some(file) => String::from_utf8_lossy(&file.bytes).into_owned(),
        None => params.required("data")?,
    };
    import::local(&app, viewer.id, kind, &text).await?;
    Ok((StatusCode::ACCEPTED, Json(json!({}))))
}

impl From<ImportError> for ApiError {
    fn from(error: ImportError) -> Self {
        match error {
            ImportError::Database(error) => error.into(),
            said => Self::invalid(said.to_string()),
        }
    }
}
