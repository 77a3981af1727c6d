//! `/api/v1/admin`: what moderators do by their apps. Each route says which scope and which permission it needs.

mod account_deeds;
mod accounts;
mod asked;
mod canonical_email_blocks;
mod dimensions;
mod domain_allows;
mod domain_blocks;
mod email_domain_blocks;
mod ip_blocks;
mod known_pictures;
mod measures;
pub mod moderator;
mod pages;
mod quotas;
mod reports;
mod retention;
mod rules;
mod tags;
mod trends;

use axum::Router;

use crate::app::App;

pub fn routes() -> Router<App> {
    Router::new()
        .merge(canonical_email_blocks::routes())
        .merge(dimensions::routes())
        .merge(domain_allows::routes())
        .merge(email_domain_blocks::routes())
        .merge(ip_blocks::routes())
        .merge(known_pictures::routes())
        .merge(measures::routes())
        .merge(quotas::routes())
        .merge(retention::routes())
        .merge(rules::routes())
        .merge(tags::routes())
        .merge(trends::routes())
        .merge(account_deeds::routes())
        .merge(accounts::routes())
        .merge(domain_blocks::routes())
        .merge(reports::routes())
}
