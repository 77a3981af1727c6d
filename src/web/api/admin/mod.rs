//! `/api/v1/admin`: what moderators do by their apps. Each route says which scope and which permission it needs.

mod account_deeds;
mod accounts;
mod canonical_email_blocks;
mod domain_allows;
mod domain_blocks;
mod email_domain_blocks;
mod ip_blocks;
pub mod moderator;
mod pages;

use axum::Router;

use crate::app::App;

pub fn routes() -> Router<App> {
    Router::new()
        .merge(canonical_email_blocks::routes())
        .merge(domain_allows::routes())
        .merge(email_domain_blocks::routes())
        .merge(ip_blocks::routes())
        .merge(account_deeds::routes())
        .merge(accounts::routes())
        .merge(domain_blocks::routes())
}
