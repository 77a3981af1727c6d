//! Mastodon's client API and our own. File names follow the URLs.

pub mod accounts;
pub mod admin;
pub mod albums;
pub mod announcements;
pub mod app_settings;
pub mod apps;
pub mod archive;
pub mod async_refreshes;
pub mod blocks;
pub mod compose;
pub mod conversations;
pub mod custom_emojis;
pub mod discover;
pub mod emails;
pub mod entities;
pub mod favourites;
pub mod featured_tags;
pub mod feed;
pub mod filters;
pub mod follow_requests;
pub mod home;
pub mod instance;
pub mod lists;
pub mod markers;
pub mod media;
pub mod notices;
pub mod notifications;
pub mod oembed;
pub mod own;
pub mod pixelfed_extras;
pub mod places;
pub mod polls;
pub mod preferences;
pub mod profile;
pub mod push;
pub mod reports;
pub mod scheduled_statuses;
pub mod search;
pub mod sign_up;
pub mod site_config;
pub mod statuses;
pub mod suggestions;
pub mod tags;
pub mod timelines;
pub mod trends;
pub mod uploads;

use axum::Router;

use crate::app::App;

pub fn routes() -> Router<App> {
    Router::new()
        .merge(apps::routes())
        .merge(sign_up::routes())
        .merge(emails::routes())
        .merge(own::routes())
        .merge(statuses::routes())
        .merge(timelines::routes())
        .merge(tags::routes())
        .merge(trends::routes())
        .merge(discover::routes())
        .merge(compose::routes())
        .merge(app_settings::routes())
        .merge(site_config::routes())
        .merge(albums::routes())
        .merge(archive::routes())
        .merge(async_refreshes::routes())
        .merge(places::routes())
        .merge(suggestions::routes())
        .merge(featured_tags::routes())
        .merge(polls::routes())
        .merge(scheduled_statuses::routes())
        .merge(favourites::routes())
        .merge(search::routes())
        .merge(preferences::routes())
        .merge(profile::routes())
        .merge(push::routes())
        .merge(reports::routes())
        .merge(custom_emojis::routes())
        .merge(announcements::routes())
        .merge(notifications::routes())
        .merge(conversations::routes())
        .merge(markers::routes())
        .merge(lists::routes())
        .merge(filters::routes())
        .merge(instance::routes())
        .merge(notices::routes())
        .merge(oembed::routes())
        .merge(follow_requests::routes())
        .merge(blocks::routes())
        .merge(accounts::routes())
        .merge(admin::routes())
}

/// What takes as long as the sender's line needs.
pub fn uploads() -> Router<App> {
    media::routes().merge(uploads::routes())
}
