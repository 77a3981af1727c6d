//! `/api/v1/polls`: polls by themselves, and voting. A poll is called by its post's id. Never shows one of a post that the
//! viewer may not see.

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};

use super::accounts::Of;
use super::entities::poll::{self, Look};
use crate::actions::read_again;
use crate::actions::vote::{self, VoteError};
use crate::app::App;
use crate::db;
use crate::domain::ids::{AccountId, PostId};
use crate::web::error::{ApiError, ApiResult};
use crate::web::params::Params;
use crate::web::viewer::{Anyone, Viewer};

pub fn routes() -> Router<App> {
    Router::new()
        .route("/api/v1/polls/{id}", get(show))
        .route("/api/v1/polls/{id}/votes", post(vote))
}

/// As it is known now; its server is asked for newer numbers meanwhile.
async fn show(State(app): State<App>, viewer: Anyone, Of(id): Of<PostId>) -> ApiResult<Response> {
    viewer.may("read:statuses")?;
    let answer = entity(&app, viewer.id(), id).await?;
    read_again::poll_in_background(&app, id);
    Ok(answer)
}

async fn vote(
    State(app): State<App>,
    viewer: Viewer,
    Of(id): Of<PostId>,
    params: Params,
) -> ApiResult<Response> {
    viewer.may("write:statuses")?;
    let choices = params.texts("choices");
    let choices: Result<Vec<i16>, _> = choices.iter().map(|choice| choice.trim().parse()).collect();
    let choices = choices.map_err(|_| VoteError::NoSuchOption)?;
    let post = vote::local(&app, viewer.id, id, &choices).await?;
    entity(&app, viewer.id, post).await
}

async fn entity(app: &App, viewer: AccountId, id: PostId) -> ApiResult<Response> {
    let mut db = app.db.acquire().await?;
    if db::posts::visible(&mut db, viewer, &[id]).await?.is_empty() {
        return Err(ApiError::NotFound);
    }
    let post = db::posts::by_id(&mut db, id).await?.ok_or(ApiError::NotFound)?;
    let emojis = poll::emojis(&app.urls, &post).unwrap_or_default();
    let poll = post.poll.ok_or(ApiError::NotFound)?;
    let chosen = db::polls::choices(&mut db, &[(viewer, id)]).await?.pop();
    let look = Look {
        viewer,
        now: app.clock.now(),
        chosen: chosen.as_ref().map_or(&[], |(_, choices)| choices),
    };
    Ok(Json(poll::entity(id, post.author_id, (&*poll, &emojis[..]), &look)).into_response())
}

impl From<VoteError> for ApiError {
    fn from(error: VoteError) -> Self {
        match error {
            VoteError::NotFound => Self::NotFound,
            VoteError::Database(error) => error.into(),
            refusal => Self::Unprocessable(refusal.to_string()),
        }
    }
}
