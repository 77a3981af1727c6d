//! `/api/v1/markers`: how far the viewer has read, kept for all their programs.

use std::collections::BTreeMap;

use axum::extract::State;
use axum::routing::get;
use axum::{Json, Router};
use serde::Serialize;

use crate::app::App;
use crate::db;
use crate::db::markers::Marker;
use crate::web::api::entities::time;
use crate::web::error::{ApiError, ApiResult};
use crate::web::params::Params;
use crate::web::viewer::Viewer;

const TIMELINES: [&str; 2] = ["home", "notifications"];

pub fn routes() -> Router<App> {
    Router::new().route("/api/v1/markers", get(read).post(write))
}

#[derive(Debug, Serialize)]
struct Entity {
    last_read_id: String,
    version: i32,
    updated_at: String,
}

/// By timeline; one without a marker is not there.
type Markers = BTreeMap<String, Entity>;

fn entities(markers: Vec<Marker>) -> Json<Markers> {
    let named = markers.into_iter().map(|marker| {
        let entity = Entity {
            last_read_id: marker.last_read_id.to_string(),
            version: marker.version,
            updated_at: time(marker.updated_at),
        };
        (marker.timeline, entity)
    });
    Json(named.collect())
}

async fn read(State(app): State<App>, viewer: Viewer, params: Params) -> ApiResult<Json<Markers>> {
    viewer.may("read:statuses")?;
    let mut db = app.db.acquire().await?;
    let markers = db::markers::of(&mut db, viewer.id, &params.texts("timeline")).await?;
    Ok(entities(markers))
}

async fn write(State(app): State<App>, viewer: Viewer, params: Params) -> ApiResult<Json<Markers>> {
    viewer.may("write:statuses")?;
    let mut moves = Vec::new();
    for timeline in TIMELINES {
        let node = params.node(timeline);
        if !node.is_there() {
            continue;
        }
        let id = node.get("last_read_id").number().filter(|id| *id >= 0);
        moves.push((
            timeline,
            id.ok_or_else(|| ApiError::invalid("Last read is not an id"))?,
        ));
    }
    let now = app.clock.now();
    let timelines: Vec<String> = moves.iter().map(|(timeline, _)| (*timeline).to_owned()).collect();
    let mut tx = app.db.begin().await?;
    let known = db::markers::of(&mut tx, viewer.id, &timelines).await?;
    let mut moved = Vec::new();
    for (timeline, id) in moves {
        let version = known
            .iter()
            .find(|marker| marker.timeline == timeline)
            .map_or(0, |marker| marker.version);
        let marker = db::markers::put(&mut tx, viewer.id, timeline, id, version, now).await?;
        // Another program of the same person was faster.
        moved.push(marker.ok_or(ApiError::Conflict("Conflict during update, please try again"))?);
    }
    tx.commit().await?;
    Ok(entities(moved))
}
