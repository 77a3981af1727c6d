//! `/api/v1/admin`: what moderators do by their apps. Each route says which scope and which permission it needs.

mod account_deeds;
mod accounts;
mod domain_blocks;
pub mod moderator;

use axum::Router;

use crate::app::App;

pub fn routes() -> Router<App> {
    Router::new()
        .merge(account_deeds::routes())
        .merge(accounts::routes())
        .merge(domain_blocks::routes())
}
