//! One stream as an event stream (server-sent events), for clients that can do no more than HTTP. A client that comes back
//! and names the last notification it saw gets those that it missed.

use std::collections::{HashSet, VecDeque};
use std::convert::Infallible;

use axum::body::Body;
use axum::extract::{OriginalUri, Path, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use futures::stream;
use tokio::time::{Instant, Interval, interval_at};

use super::callers::Caller;
use super::wanted::{Wanted, is_there};
use super::{frame, notified};
use crate::app::App;
use crate::domain::ids::NotificationId;
use crate::streams::{Frame, Seat, Topic, Wire};
use crate::web::error::{ApiError, ApiResult};
use crate::web::params::Params;

pub async fn open(
    State(app): State<App>,
    caller: Caller,
    Path(stream): Path<String>,
    OriginalUri(uri): OriginalUri,
    headers: HeaderMap,
) -> ApiResult<Response> {
    let params = Params::from_query(uri.query())?;
    answer(&app, &caller, stream, &params, &headers).await
}

/// `/public/local` is `public:local`.
pub async fn open_part(
    State(app): State<App>,
    caller: Caller,
    Path((stream, part)): Path<(String, String)>,
    OriginalUri(uri): OriginalUri,
    headers: HeaderMap,
) -> ApiResult<Response> {
    let params = Params::from_query(uri.query())?;
    answer(&app, &caller, format!("{stream}:{part}"), &params, &headers).await
}

async fn answer(
    app: &App,
    caller: &Caller,
    stream: String,
    params: &Params,
    headers: &HeaderMap,
) -> ApiResult<Response> {
    let wanted = Wanted {
        stream,
        tag: params.text("tag"),
        list: params.text("list"),
        only_media: params.flag("only_media").unwrap_or(false),
    };
    // A path that is none is not there.
    let topic = wanted.topic(&caller.viewer).map_err(|error| match error {
        ApiError::BadRequest(ref sentence) if sentence.starts_with("Unknown") => ApiError::NotFound,
        other => other,
    })?;
    is_there(app, &caller.viewer, &topic).await?;
    let seat = caller.join(app, Wire::EventSource).await?;
    seat.subscribe(topic.clone());
    let again = missed(app, caller, &topic, headers).await?;
    let seen = again.iter().filter_map(|frame| frame.notification).collect();
    let period = app.streams.heartbeat();
    let source = Source {
        seat,
        again,
        seen,
        beat: interval_at(Instant::now() + period, period),
    };
    let events = stream::unfold(source, async |mut source| {
        let bytes = source.next().await?;
        Some((Ok::<_, Infallible>(bytes), source))
    });
    // First something, so that proxies let the answer's head through.
    let hello = stream::iter([Ok(Bytes::from_static(b":)\n\n"))]);
    let body = Body::from_stream(futures::StreamExt::chain(hello, events));
    Ok((
        [
            (
                header::CONTENT_TYPE,
                HeaderValue::from_static("text/event-stream"),
            ),
            (
                header::CACHE_CONTROL,
                HeaderValue::from_static("private, no-store"),
            ),
            (
                header::HeaderName::from_static("x-accel-buffering"),
                HeaderValue::from_static("no"),
            ),
        ],
        body,
    )
        .into_response())
}

/// Asked for after the place was taken: what came in between is in both, and told once.
async fn missed(
    app: &App,
    caller: &Caller,
    topic: &Topic,
    headers: &HeaderMap,
) -> ApiResult<VecDeque<Frame>> {
    let last = headers.get("last-event-id").and_then(|id| id.to_str().ok());
    let last = last.and_then(|id| id.parse::<NotificationId>().ok());
    let own = matches!(topic, Topic::User(_) | Topic::Notifications(_));
    match last {
        Some(last) if own && caller.viewer.may("read:notifications").is_ok() => {
            let missed = notified::missed(app, topic, caller.viewer.id, last).await?;
            Ok(missed.into())
        }
        _ => Ok(VecDeque::new()),
    }
}

struct Source {
    seat: Seat,
    again: VecDeque<Frame>,
    /// Notifications that were told again already.
    seen: HashSet<NotificationId>,
    beat: Interval,
}

impl Source {
    /// None: the stream ends.
    async fn next(&mut self) -> Option<Bytes> {
        if let Some(frame) = self.again.pop_front() {
            return Some(frame.bytes);
        }
        loop {
            tokio::select! {
                biased;
                frame = self.seat.next() => {
                    let frame = frame?;
                    if frame.notification.is_none_or(|id| !self.seen.remove(&id)) {
                        return Some(frame.bytes);
                    }
                }
                _ = self.beat.tick() => return Some(Bytes::from_static(frame::THUMP.as_bytes())),
            }
        }
    }
}
