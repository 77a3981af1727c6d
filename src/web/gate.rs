//! The outermost rule of all doors: from some networks nobody comes in. Asks no database for a request, and says no more
//! than that.

use std::net::IpAddr;

use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};

use super::activitypub::negotiate;
use super::error::ApiError;
use crate::actions::bar_network;
use crate::app::App;
use crate::domain::barred::Severity;

const SENTENCE: &str = "Access from your network is not allowed";

/// The answer to somebody who is kept out.
pub async fn refusal(app: &App, address: IpAddr, asked: &HeaderMap) -> Option<Response> {
    if bar_network::severity(app, address).await != Some(Severity::NoAccess) {
        return None;
    }
    Some(match negotiate::wants_page(asked) {
        // Bare words: a page would have to look for who is asking.
        true => (StatusCode::FORBIDDEN, SENTENCE).into_response(),
        false => ApiError::Forbidden(SENTENCE).into_response(),
    })
}
