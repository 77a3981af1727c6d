//! A WebSocket with as many streams as the client likes: it subscribes and unsubscribes as it goes. One task and small
//! buffers for each, for most of them only wait.

use std::time::Duration;

use axum::extract::rejection::QueryRejection;
use axum::extract::ws::rejection::WebSocketUpgradeRejection;
use axum::extract::ws::{CloseFrame, Message, Utf8Bytes, WebSocket, WebSocketUpgrade, close_code};
use axum::extract::{Query, State};
use axum::response::Response;
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::time::{Instant, interval_at, timeout};

use super::callers::Caller;
use super::wanted::{Wanted, is_there};
use crate::app::App;
use crate::streams::{Cut, Seat, Wire};
use crate::web::error::{ApiError, ApiResult};

/// What a client may say at once: a subscription is a hundred bytes.
const LARGEST_MESSAGE: usize = 8 << 10;
const READ_BUFFER: usize = 1 << 10;
/// How long one write may take before the peer counts as gone.
const WRITE: Duration = Duration::from_secs(20);
/// How long a good-bye may take.
const GOOD_BYE: Duration = Duration::from_secs(1);
/// Pings without an answer after which the peer counts as gone.
const UNANSWERED: u32 = 3;

/// What a client says: in the query at the beginning, or as a message.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Command {
    #[serde(rename = "type")]
    kind: String,
    stream: Option<String>,
    tag: Option<String>,
    list: Option<Value>,
    only_media: Option<Value>,
}

impl Command {
    fn wanted(self) -> Wanted {
        // Some clients send ids as numbers, and queries have no booleans.
        let list = self.list.map(|list| match list {
            Value::String(text) => text,
            other => other.to_string(),
        });
        let only_media = self
            .only_media
            .is_some_and(|flag| flag == true || flag == "true" || flag == "1");
        Wanted {
            stream: self.stream.unwrap_or_default(),
            tag: self.tag,
            list,
            only_media,
        }
    }
}

pub async fn open(
    State(app): State<App>,
    caller: Caller,
    query: Result<Query<Command>, QueryRejection>,
    upgrade: Result<WebSocketUpgrade, WebSocketUpgradeRejection>,
) -> ApiResult<Response> {
    let upgrade = upgrade.map_err(|_| ApiError::BadRequest("This is for WebSockets".into()))?;
    let Query(first) = query.map_err(|_| ApiError::BadRequest("The query is malformed".into()))?;
    let seat = caller.join(&app, Wire::Socket).await?;
    // Before the answer: from there on the client may rely on it.
    let first = match first.stream.is_some() {
        true => subscribe(&app, &seat, &caller, &first.wanted()).await,
        false => Ok(()),
    };
    let mut upgrade = upgrade
        .read_buffer_size(READ_BUFFER)
        .max_message_size(LARGEST_MESSAGE)
        .max_frame_size(LARGEST_MESSAGE);
    if let Some(protocol) = caller.protocol.clone() {
        upgrade.set_selected_protocol(protocol);
    }
    Ok(upgrade.on_upgrade(async move |socket| {
        let pings = app.streams.heartbeat() * 2;
        let connection = Connection {
            app,
            socket,
            seat,
            caller,
        };
        connection.run(pings, first).await;
    }))
}

struct Connection {
    app: App,
    socket: WebSocket,
    seat: Seat,
    caller: Caller,
}

/// The peer is gone.
struct Gone;

impl Connection {
    async fn run(mut self, pings: Duration, first: ApiResult<()>) {
        let mut end = self.seat.end();
        let why = tokio::select! {
            why = end.comes() => why,
            Gone = self.talk(pings, first) => return,
        };
        let (code, reason) = match why {
            Cut::Slow => (close_code::AGAIN, "too slow"),
            Cut::Revoked => (close_code::POLICY, "the access token is invalid"),
            Cut::Stopping => (close_code::RESTART, "the server stops"),
        };
        let close = CloseFrame {
            code,
            reason: Utf8Bytes::from_static(reason),
        };
        // Who does not read may not read this either.
        drop(timeout(GOOD_BYE, self.socket.send(Message::Close(Some(close)))).await);
    }

    /// Until the peer is gone.
    async fn talk(&mut self, pings: Duration, first: ApiResult<()>) -> Gone {
        if let Err(gone) = self.answer(first).await {
            return gone;
        }
        let mut ping = interval_at(Instant::now() + pings, pings);
        let mut unanswered = 0;
        loop {
            let done = tokio::select! {
                frame = self.seat.next() => match frame.map(|frame| Utf8Bytes::try_from(frame.bytes)) {
                    Some(Ok(text)) => self.send(Message::Text(text)).await,
                    Some(Err(_)) => Ok(()),
                    // It is being cut off, which `run` sees.
                    None => std::future::pending().await,
                },
                message = self.socket.recv() => {
                    unanswered = 0;
                    match message {
                        Some(Ok(Message::Text(text))) => self.obey(&text).await,
                        Some(Ok(Message::Close(_)) | Err(_)) | None => return Gone,
                        Some(Ok(_)) => Ok(()),
                    }
                }
                _ = ping.tick() => {
                    unanswered += 1;
                    match unanswered > UNANSWERED {
                        true => Err(Gone),
                        false => self.send(Message::Ping(bytes::Bytes::new())).await,
                    }
                }
            };
            if let Err(gone) = done {
                return gone;
            }
        }
    }

    async fn send(&mut self, message: Message) -> Result<(), Gone> {
        match timeout(WRITE, self.socket.send(message)).await {
            Ok(Ok(())) => Ok(()),
            _ => Err(Gone),
        }
    }

    async fn obey(&mut self, text: &str) -> Result<(), Gone> {
        let done = match serde_json::from_str::<Command>(text) {
            Ok(command) => self.done(command).await,
            Err(_) => Err(ApiError::BadRequest("This is not a command".into())),
        };
        self.answer(done).await
    }

    async fn done(&mut self, command: Command) -> ApiResult<()> {
        match command.kind.as_str() {
            "subscribe" => subscribe(&self.app, &self.seat, &self.caller, &command.wanted()).await,
            "unsubscribe" => {
                let topic = command.wanted().topic(&self.caller.viewer)?;
                self.seat.unsubscribe(&topic);
                Ok(())
            }
            _ => Err(ApiError::BadRequest("Unknown command type".into())),
        }
    }

    /// Says what went wrong, and nothing of what went well.
    async fn answer(&mut self, done: ApiResult<()>) -> Result<(), Gone> {
        let Err(error) = done else { return Ok(()) };
        let said = json!({ "error": error.to_string(), "status": error.status().as_u16() });
        self.send(Message::text(said.to_string())).await
    }
}

async fn subscribe(app: &App, seat: &Seat, caller: &Caller, wanted: &Wanted) -> ApiResult<()> {
    let topic = wanted.topic(&caller.viewer)?;
    is_there(app, &caller.viewer, &topic).await?;
    match seat.subscribe(topic) {
        true => Ok(()),
        false => Err(ApiError::BadRequest(
            "There are too many streams on this connection".into(),
        )),
    }
}
