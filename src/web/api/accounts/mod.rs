//! `/api/v1/accounts`: people, and what a viewer has to do with them. Signing up is `sign_up`, statuses are elsewhere.

pub mod credentials;
mod endorsements;
mod find;
mod lists;
mod path;
mod profile_form;
mod refusals;
mod relations;
mod show;
mod statuses;

use axum::Router;

use crate::app::App;

pub use find::{PATIENCE, Sought, find};
pub use lists::{range, respond};
pub use path::{Of, id};
pub use relations::answer;

pub fn routes() -> Router<App> {
    Router::new()
        .merge(credentials::routes())
        .merge(endorsements::routes())
        .merge(find::routes())
        .merge(lists::routes())
        .merge(relations::routes())
        .merge(show::routes())
        .merge(statuses::routes())
}
