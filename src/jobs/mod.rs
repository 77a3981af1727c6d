//! The door for work that waits: each job takes ids from the database, does its part and can run twice. Holds no rules.

pub mod deliver;
pub mod dispatch;
pub mod due;
pub mod featured;
pub mod followers;
pub mod import;
pub mod mail;
pub mod media_place;
pub mod pictures;
pub mod push;
pub mod quotes;
pub mod receive;
pub mod recount;
mod rounds;
pub mod sweep_pictures;
pub mod trends;
pub mod upkeep;

use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::app::App;
use crate::db;

/// Where this is the only process on its database, what a killed one had in hand is free at once; elsewhere its leases
/// end by themselves.
pub async fn recover(app: &App) {
    if let Some(converter) = &app.converter {
        converter.clear().await;
    }
    if let Some(ffmpeg) = &app.ffmpeg {
        ffmpeg.clear().await;
    }
    if app.config.database_url.is_none()
        && let Err(error) = db::upkeep::end_leases(&app.db, app.clock.now()).await
    {
        tracing::warn!(%error, "what an earlier process had in hand is taken up later");
    }
}

/// Starts all jobs; they end when `stop` is cancelled.
pub fn start(app: &App, stop: &CancellationToken) -> TaskTracker {
    let tracker = TaskTracker::new();
    tracker.spawn(dispatch::run(app.clone(), stop.clone()));
    tracker.spawn(receive::run(app.clone(), stop.clone()));
    tracker.spawn(deliver::run(app.clone(), stop.clone()));
    tracker.spawn(pictures::run(app.clone(), stop.clone()));
    tracker.spawn(sweep_pictures::run(app.clone(), stop.clone()));
    tracker.spawn(media_place::run(app.clone(), stop.clone()));
    tracker.spawn(import::run(app.clone(), stop.clone()));
    tracker.spawn(mail::run(app.clone(), stop.clone()));
    tracker.spawn(push::run(app.clone(), stop.clone()));
    tracker.spawn(featured::run(app.clone(), stop.clone()));
    tracker.spawn(quotes::run(app.clone(), stop.clone()));
    tracker.spawn(followers::run(app.clone(), stop.clone()));
    tracker.spawn(due::run(app.clone(), stop.clone()));
    tracker.spawn(upkeep::run(app.clone(), stop.clone()));
    tracker.spawn(trends::run(app.clone(), stop.clone()));
    tracker.spawn(recount::run(app.clone(), stop.clone()));
    tracker
}
