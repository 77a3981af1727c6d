//! `/api/pixelfed/v1/app/settings`: what Pixelfed's app keeps for its user between devices. Shown to nobody else, and obeyed
//! by nothing here.

use axum::extract::State;
use axum::routing::get;
use axum::{Json, Router};
use serde::Serialize;

use super::entities::time;
use crate::app::App;
use crate::db;
use crate::domain::app_settings::{AppSettings, Appearance, Media, Theme, Timelines};
use crate::domain::clock::Time;
use crate::domain::ids::AccountId;
use crate::web::error::{ApiError, ApiResult};
use crate::web::params::{Node, Params};
use crate::web::viewer::Viewer;

pub fn routes() -> Router<App> {
    Router::new().route("/api/pixelfed/v1/app/settings", get(show).post(change))
}

#[derive(Debug, Serialize)]
struct Entity {
    id: AccountId,
    username: String,
    updated_at: Option<String>,
    common: AppSettings,
}

async fn show(State(app): State<App>, viewer: Viewer) -> ApiResult<Json<Entity>> {
    viewer.may("read:accounts")?;
    let found = db::app_settings::of(&mut *app.db.acquire().await?, viewer.id).await?;
    let (common, at) = found.map_or((AppSettings::default(), None), |(common, at)| (common, Some(at)));
    entity(&app, viewer.id, common, at).await
}

async fn change(State(app): State<App>, viewer: Viewer, params: Params) -> ApiResult<Json<Entity>> {
    viewer.may("write:accounts")?;
    let common = read(params.node("common"))?;
    let now = app.clock.now();
    db::app_settings::set(&mut *app.db.acquire().await?, viewer.id, &common, now).await?;
    entity(&app, viewer.id, common, Some(now)).await
}

async fn entity(app: &App, id: AccountId, common: AppSettings, at: Option<Time>) -> ApiResult<Json<Entity>> {
    let person = app.person(id).await?.ok_or(ApiError::Unauthorized)?;
    Ok(Json(Entity {
        id,
        username: person.username.clone(),
        updated_at: at.map(time),
        common,
    }))
}

/// All of them, as the app sends them.
fn read(common: Node<'_>) -> ApiResult<AppSettings> {
    let flag = |part: &str, name: &str| {
        let missing = || ApiError::invalid(format!("common.{part}.{name} can't be blank"));
        common.get(part).get(name).flag().ok_or_else(missing)
    };
    let theme = common.get("appearance").get("theme").text();
    let theme = theme.as_deref().and_then(Theme::parse);
    Ok(AppSettings {
        timelines: Timelines {
            show_public: flag("timelines", "show_public")?,
            show_network: flag("timelines", "show_network")?,
            hide_likes_shares: flag("timelines", "hide_likes_shares")?,
        },
        media: Media {
            hide_public_behind_cw: flag("media", "hide_public_behind_cw")?,
            always_show_cw: flag("media", "always_show_cw")?,
            show_alt_text: flag("media", "show_alt_text")?,
        },
        appearance: Appearance {
            links_use_in_app_browser: flag("appearance", "links_use_in_app_browser")?,
            theme: theme
                .ok_or_else(|| ApiError::invalid("common.appearance.theme is not included in the list"))?,
        },
    })
}
