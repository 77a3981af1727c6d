//! A connection to one peer, there before anything is signed: who is not reached costs no signature.
//! Never sends a request twice: a signature is for one attempt.

use std::time::Duration;

use bytes::Bytes;
use http::header::{ACCEPT, HOST, USER_AGENT};
use http::{HeaderMap, HeaderValue, Method, Request, Uri};
use http_body_util::{BodyExt as _, Full};
use hyper::body::Incoming;
use url::{Position, Url};

use super::FetchError;
use super::client::{Answer, GuardedClient};
use super::connector::Sending;
use super::hosts::Turn;

/// How long the body of an answer may take. It is read for the sake of the connection only: the status has decided.
const LONGEST_BODY: Duration = Duration::from_secs(1);

/// A connection, and the turn to use it.
pub(crate) struct Line<'a> {
    client: &'a GuardedClient,
    server: String,
    sending: Sending,
    kept: bool,
    _turn: Turn,
}

impl GuardedClient {
    /// The connection to the server of this address: one that was kept, or a new one.
    pub(crate) async fn line(&self, url: &Url) -> Result<Line<'_>, FetchError> {
        let turn = self.turn(url).await?;
        let server = url.origin().ascii_serialization();
        if let Some(mut sending) = self.kept.take(&server)
            && sending.ready().await.is_ok()
        {
            return Ok(Line {
                client: self,
                server,
                sending,
                kept: true,
                _turn: turn,
            });
        }
        self.connected(url, turn).await
    }

    /// A new connection to the server of this address.
    pub(crate) async fn new_line(&self, url: &Url) -> Result<Line<'_>, FetchError> {
        let turn = self.turn(url).await?;
        self.connected(url, turn).await
    }

    async fn connected(&self, url: &Url, turn: Turn) -> Result<Line<'_>, FetchError> {
        Ok(Line {
            client: self,
            server: url.origin().ascii_serialization(),
            sending: self.connector.open(url).await?,
            kept: false,
            _turn: turn,
        })
    }
}

impl<'a> Line<'a> {
    /// Asks for nothing, until there is an answer to that; the connection is kept for what follows.
    pub(crate) async fn knock(mut self, url: &Url) -> Result<(), FetchError> {
        let mut request = Request::new(Full::new(Bytes::new()));
        *request.method_mut() = Method::HEAD;
        *request.uri_mut() = target(url)?;
        let headers = request.headers_mut();
        headers.insert(HOST, authority(url)?);
        headers.insert(USER_AGENT, self.client.user_agent.clone());
        let answer = self.sending.send_request(request).await;
        answer.map_err(|_| FetchError::Unreachable)?;
        self.client.kept.put(self.server, self.sending);
        Ok(())
    }

    /// Whether it was used before, so that the peer may have closed it in this moment.
    pub(crate) fn was_kept(&self) -> bool {
        self.kept
    }

    /// POSTs once, without following anything, until status and headers are there.
    pub(crate) async fn post(
        mut self,
        url: &Url,
        mut headers: HeaderMap,
        body: Bytes,
    ) -> Result<(Answer, Rest<'a>), FetchError> {
        headers.insert(ACCEPT, HeaderValue::from_static("*/*"));
        headers.insert(USER_AGENT, self.client.user_agent.clone());
        let mut request = Request::new(Full::new(body));
        *request.method_mut() = Method::POST;
        *request.uri_mut() = target(url)?;
        *request.headers_mut() = headers;
        let answer = self.sending.send_request(request).await;
        let (head, body) = answer.map_err(|_| FetchError::Unreachable)?.into_parts();
        let answer = Answer {
            status: head.status,
            headers: head.headers,
        };
        Ok((answer, Rest { line: self, body }))
    }
}

/// What is left of an exchange once its status is known.
pub(crate) struct Rest<'a> {
    line: Line<'a>,
    body: Incoming,
}

impl Rest<'_> {
    /// Reads the body and drops it, at most so much of it and not for long; a connection that is through with it is kept.
    pub(crate) async fn finish(self, most_bytes: usize) {
        let ended = tokio::time::timeout(LONGEST_BODY, ends(self.body, most_bytes)).await;
        if ended == Ok(true) {
            self.line.client.kept.put(self.line.server, self.line.sending);
        }
    }
}

fn authority(url: &Url) -> Result<HeaderValue, FetchError> {
    HeaderValue::from_str(&url[Position::BeforeHost..Position::AfterPort]).map_err(|_| FetchError::Refused)
}

fn target(url: &Url) -> Result<Uri, FetchError> {
    url[Position::BeforePath..Position::AfterQuery]
        .parse()
        .map_err(|_| FetchError::Refused)
}

/// Reads the answer's body and drops it; whether it ended within the bound, so that the connection can be kept.
async fn ends(mut body: Incoming, most_bytes: usize) -> bool {
    let mut read = 0;
    while read <= most_bytes {
        match body.frame().await {
            Some(Ok(frame)) => read += frame.data_ref().map_or(0, Bytes::len),
            Some(Err(_)) => return false,
            None => return true,
        }
    }
    false
}
