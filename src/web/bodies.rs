//! What nobody read of a request's body: read to its end before the answer goes out, where it is little. Left on the wire it
//! would close the connection, and fail the client's next request. Keeps nothing of it.

use std::convert::Infallible;
use std::mem;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use axum::Router;
use axum::body::{self, Body, Bytes};
use axum::http::{HeaderValue, Request, header};
use axum::response::Response;
use futures::future::Either;
use hyper::body::{Body as _, Frame, Incoming, SizeHint};
use tower::ServiceExt as _;

/// Of a longer rest the connection is closed: reading it would cost more than a new one.
const MOST: usize = 16 << 10;
/// For what does not say how long it is nobody waits longer: most often no more than its end is left.
const A_MOMENT: Duration = Duration::from_millis(50);

/// Has the router answer. Most requests have no body, and pay a look.
pub fn answer(
    router: Router,
    request: Request<Incoming>,
    within: Duration,
) -> impl Future<Output = Result<Response, Infallible>> {
    match request.body().is_end_stream() {
        true => Either::Left(router.oneshot(request.map(Body::new))),
        // In a box, for it is as large as all that is below it.
        false => Either::Right(Box::pin(answer_with_body(router, request, within))),
    }
}

async fn answer_with_body(
    router: Router,
    request: Request<Incoming>,
    within: Duration,
) -> Result<Response, Infallible> {
    let rest = Rest::default();
    let request = request.map(|body| {
        Body::new(Read {
            body: Some(body),
            rest: rest.clone(),
        })
    });
    let mut response = router.oneshot(request).await?;
    let state = mem::take(&mut *rest.state());
    let is_over = match state {
        State::Ended => true,
        State::Left(body) => read_out(body, within).await,
        State::Held => false,
    };
    if !is_over {
        let close = HeaderValue::from_static("close");
        response.headers_mut().insert(header::CONNECTION, close);
    }
    Ok(response)
}

/// Whether what is left came to its end.
async fn read_out(body: Incoming, within: Duration) -> bool {
    let hint = body.size_hint();
    if hint.lower() > MOST as u64 {
        return false;
    }
    let within = hint.exact().map_or(A_MOMENT, |_| within);
    let read = body::to_bytes(Body::new(body), MOST);
    matches!(tokio::time::timeout(within, read).await, Ok(Ok(_)))
}

/// What becomes of a body.
#[derive(Clone, Debug, Default)]
struct Rest(Arc<Mutex<State>>);

#[derive(Debug, Default)]
enum State {
    /// Whoever answers may still read on.
    #[default]
    Held,
    Left(Incoming),
    Ended,
}

impl Rest {
    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A body that is given back where it is not read to its end.
struct Read {
    /// None at its end.
    body: Option<Incoming>,
    rest: Rest,
}

impl Drop for Read {
    fn drop(&mut self) {
        *self.rest.state() = match self.body.take().filter(|body| !body.is_end_stream()) {
            Some(body) => State::Left(body),
            None => State::Ended,
        };
    }
}

impl hyper::body::Body for Read {
    type Data = Bytes;
    type Error = hyper::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, hyper::Error>>> {
        let Some(body) = &mut self.body else {
            return Poll::Ready(None);
        };
        let frame = ready!(Pin::new(body).poll_frame(context));
        if frame.is_none() {
            self.body = None;
        }
        Poll::Ready(frame)
    }

    fn is_end_stream(&self) -> bool {
        self.body.as_ref().is_none_or(Incoming::is_end_stream)
    }

    fn size_hint(&self) -> SizeHint {
        self.body
            .as_ref()
            .map_or_else(|| SizeHint::with_exact(0), Incoming::size_hint)
    }
}
