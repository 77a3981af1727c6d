//! The outermost rule of all doors: from some networks nobody comes in. Asks no database for a request, and says no more
//! than that.

use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::activitypub::negotiate;
use super::address::ClientAddress;
use super::error::ApiError;
use crate::actions::bar_network;
use crate::app::App;
use crate::domain::barred::Severity;

const SENTENCE: &str = "Access from your network is not allowed";

pub async fn keep_out(
    State(app): State<App>,
    ClientAddress(address): ClientAddress,
    request: Request,
    next: Next,
) -> Response {
    if bar_network::severity(&app, address).await != Some(Severity::NoAccess) {
        return next.run(request).await;
    }
    match negotiate::wants_page(request.headers()) {
        // Bare words: a page would have to look for who is asking.
        true => (StatusCode::FORBIDDEN, SENTENCE).into_response(),
        false => ApiError::Forbidden(SENTENCE).into_response(),
    }
}
