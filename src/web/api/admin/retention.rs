//! `POST /api/v1/admin/retention`: who stayed, of those who came. Says nothing of single people.

use axum::extract::State;
use axum::routing::post;
use axum::{Json, Router};
use serde::Serialize;

use super::asked;
use super::moderator::Moderator;
use crate::actions::retention::{self, Cohort, Frequency, RetentionError};
use crate::app::App;
use crate::domain::moderation::Permission;
use crate::domain::span::midnight;
use crate::web::api::entities::time;
use crate::web::error::{ApiError, ApiResult};
use crate::web::params::Params;

pub fn routes() -> Router<App> {
    Router::new().route("/api/v1/admin/retention", post(show))
}

#[derive(Debug, Serialize)]
struct Entity {
    period: String,
    frequency: &'static str,
    data: Vec<Stretch>,
}

#[derive(Debug, Serialize)]
struct Stretch {
    date: String,
    /// Between 0 and 1.
    rate: f64,
    value: String,
}

fn entity(cohort: Cohort, frequency: Frequency) -> Entity {
    let rate = |here: i64| match cohort.people {
        0 => 0.0,
        people => here as f64 / people as f64,
    };
    Entity {
        period: time(midnight(cohort.came)),
        frequency: frequency.as_str(),
        data: cohort
            .stayed
            .iter()
            .map(|(stretch, here)| Stretch {
                date: time(midnight(*stretch)),
                rate: rate(*here),
                value: here.to_string(),
            })
            .collect(),
    }
}

impl From<RetentionError> for ApiError {
    fn from(error: RetentionError) -> Self {
        match error {
            RetentionError::TooLong { .. } => Self::invalid(error.to_string()),
            RetentionError::Database(error) => error.into(),
        }
    }
}

/// Nothing is asked without all three parameters.
async fn show(State(app): State<App>, moderator: Moderator, params: Params) -> ApiResult<Json<Vec<Entity>>> {
    moderator.may("admin:read", Permission::ViewDashboard)?;
    let Some((span, frequency)) = asked::span(&params)?.zip(params.text("frequency")) else {
        return Ok(Json(Vec::new()));
    };
    let frequency = match frequency.as_str() {
        "month" => Frequency::Month,
        _ => Frequency::Day,
    };
    let mut db = app.db.acquire().await?;
    let cohorts = retention::of(&mut db, frequency, &span).await?;
    Ok(Json(
        cohorts
            .into_iter()
            .map(|cohort| entity(cohort, frequency))
            .collect(),
    ))
}
