//! A client that listens. Waits for the next event and for nothing else: what must not come is shown by what comes next.

use std::time::Duration;

use futures::{SinkExt as _, StreamExt as _};
use reqwest::Method;
use serde_json::Value;
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
use tokio_tungstenite::tungstenite::handshake::client::{Request, Response};
use tokio_tungstenite::tungstenite::{Error, Message};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

use crate::support::http::Client;

/// Longer than anything takes on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

pub async fn soon<T>(what: &str, waiting: impl Future<Output = T>) -> T {
    match timeout(PATIENCE, waiting).await {
        Ok(done) => done,
        Err(_) => panic!("waited in vain for this: {what}"),
    }
}

/// An event with its payload read.
#[derive(Clone, Debug, PartialEq)]
pub struct Heard {
    pub stream: Vec<String>,
    pub event: String,
    /// JSON, or text where it is none.
    pub payload: Value,
}

impl Heard {
    fn read(frame: &Value) -> Self {
        let stream = frame["stream"].as_array().expect("a frame names its stream");
        let stream = stream
            .iter()
            .map(|one| one.as_str().expect("in words").to_owned());
        Self {
            stream: stream.collect(),
            event: frame["event"]
                .as_str()
                .expect("a frame names its event")
                .to_owned(),
            payload: match &frame["payload"] {
                Value::Null => Value::Null,
                Value::String(text) => parse(text),
                other => panic!("a payload is a string: {other}"),
            },
        }
    }

    /// Stream, event and id of what it is about, which is what most tests ask.
    #[track_caller]
    pub fn is(&self, stream: &[&str], event: &str, about: &Value) {
        assert_eq!(
            (self.stream.as_slice(), self.event.as_str()),
            (&owned(stream)[..], event)
        );
        let id = match event {
            "delete" => &self.payload,
            _ => &self.payload["id"],
        };
        assert_eq!(id, &about["id"], "{self:?}");
    }
}

fn owned(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

/// Ids stay texts.
fn parse(text: &str) -> Value {
    match serde_json::from_str(text) {
        Ok(Value::Number(_)) | Err(_) => Value::String(text.to_owned()),
        Ok(json) => json,
    }
}

pub struct Socket(WebSocketStream<MaybeTlsStream<TcpStream>>);

/// A request for the multiplexed stream, without a token.
pub fn request(client: &Client, query: &str) -> Request {
    let base = client.base.replacen("http", "ws", 1);
    format!("{base}/api/v1/streaming{query}")
        .into_client_request()
        .expect("an address")
}

impl Socket {
    /// By the token in the query, listening to this.
    pub async fn open(client: &Client, stream: &str) -> Self {
        let token = client.token.as_deref().unwrap_or_default();
        let request = request(client, &format!("?access_token={token}&stream={stream}"));
        Self::ask(request).await.expect("it is let in").0
    }

    pub async fn ask(request: Request) -> Result<(Self, Response), Error> {
        let (socket, response) = soon("an answer", connect_async(request)).await?;
        Ok((Self(socket), response))
    }

    /// Status of the refusal.
    pub async fn refused(request: Request) -> u16 {
        match Self::ask(request).await {
            Err(Error::Http(response)) => response.status().as_u16(),
            Err(other) => panic!("{other}"),
            Ok(_) => panic!("it was let in"),
        }
    }

    /// Says something and waits until it was heard.
    pub async fn says(&mut self, command: &Value) {
        let text = Message::text(command.to_string());
        self.0.send(text).await.expect("it is connected");
        self.0
            .send(Message::Ping("heard".into()))
            .await
            .expect("it is connected");
        loop {
            match self.message("a pong").await {
                Message::Pong(_) => return,
                Message::Ping(_) => {}
                other => panic!("instead of a pong came {other}"),
            }
        }
    }

    /// The same, where the answer is a refusal.
    pub async fn is_refused(&mut self, command: &Value) -> Value {
        let text = Message::text(command.to_string());
        self.0.send(text).await.expect("it is connected");
        self.error().await
    }

    pub async fn error(&mut self) -> Value {
        let said = self.text("an error").await;
        assert!(said["error"].is_string() && said["status"].is_number(), "{said}");
        said
    }

    /// Bounded as a whole: pings come for ever.
    pub async fn hears(&mut self) -> Heard {
        Heard::read(&soon("an event", self.text("an event")).await)
    }

    async fn text(&mut self, what: &str) -> Value {
        loop {
            match self.message(what).await {
                Message::Text(text) => return serde_json::from_str(&text).expect("JSON"),
                Message::Ping(_) | Message::Pong(_) => {}
                other => panic!("instead of {what} came {other}"),
            }
        }
    }

    /// Waits for a ping of the server's.
    pub async fn is_pinged(&mut self) {
        while !matches!(self.message("a ping").await, Message::Ping(_)) {}
    }

    async fn message(&mut self, what: &str) -> Message {
        let message = soon(what, self.0.next()).await;
        message
            .unwrap_or_else(|| panic!("instead of {what} came the end"))
            .expect("a message")
    }

    /// Reads on until the server ends it; gives the code.
    pub async fn ends(&mut self) -> Option<u16> {
        loop {
            match soon("the end", self.0.next()).await {
                Some(Ok(Message::Close(close))) => return close.map(|close| close.code.into()),
                Some(Ok(_)) => {}
                Some(Err(_)) | None => return None,
            }
        }
    }
}

pub struct EventSource {
    response: reqwest::Response,
    read: String,
}

impl EventSource {
    pub async fn open(client: &Client, path: &str) -> Self {
        Self::after(client, path, None).await
    }

    /// Comes back and says what it saw last.
    pub async fn after(client: &Client, path: &str, last: Option<&str>) -> Self {
        let mut request = client.request(Method::GET, &format!("/api/v1/streaming/{path}"));
        if let Some(last) = last {
            request = request.header("last-event-id", last);
        }
        let response = soon("an answer", request.send()).await.expect("an answer");
        assert_eq!(response.status(), 200, "{path}");
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        Self {
            response,
            read: String::new(),
        }
    }

    /// The next block of lines. None: the end.
    pub async fn block(&mut self) -> Option<String> {
        loop {
            if let Some((block, rest)) = self.read.split_once("\n\n") {
                let (block, rest) = (block.to_owned(), rest.to_owned());
                self.read = rest;
                return Some(block);
            }
            let chunk = soon("an event", self.response.chunk()).await.ok().flatten()?;
            self.read.push_str(std::str::from_utf8(&chunk).expect("text"));
        }
    }

    /// The next event: name, id, data.
    pub async fn hears(&mut self) -> (String, Option<String>, Value) {
        loop {
            let block = self.block().await.expect("the stream goes on");
            let field = |name: &str| {
                let mut lines = block.lines();
                lines.find_map(|line| line.strip_prefix(name)).map(str::to_owned)
            };
            if let Some(event) = field("event: ") {
                let data = field("data: ").expect("an event has data");
                return (event, field("id: "), parse(&data));
            }
        }
    }
}
