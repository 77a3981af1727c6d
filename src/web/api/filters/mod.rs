//! `/api/v2/filters` and `/api/v1/filters`: what the viewer does not want to meet. Nobody else's are there.

mod asked;
mod keywords;
mod old;
mod statuses;
mod whole;

use axum::Router;
use sqlx::PgConnection;

use crate::actions::filters::FilterError;
use crate::app::App;
use crate::db;
use crate::domain::filter::Filter;
use crate::domain::ids::{AccountId, FilterId};
use crate::web::error::{ApiError, ApiResult};

pub fn routes() -> Router<App> {
    Router::new()
        .merge(whole::routes())
        .merge(keywords::routes())
        .merge(statuses::routes())
        .merge(old::routes())
}

/// A filter, if it is this person's.
async fn own(db: &mut PgConnection, owner: AccountId, id: FilterId) -> ApiResult<Filter> {
    let mut all = db::filters::of(db, owner).await?.into_iter();
    all.find(|filter| filter.id == id).ok_or(ApiError::NotFound)
}

impl From<FilterError> for ApiError {
    fn from(error: FilterError) -> Self {
        match error {
            FilterError::NotFound => Self::NotFound,
            FilterError::Database(error) => error.into(),
            fault => Self::invalid(fault.to_string()),
        }
    }
}
