//! Clients that ask as fast as they are answered, each on one connection. As light as they can be, since they share the
//! cores with the server. Knows as much of HTTP/1.1 as our own answers need.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use anyhow::{Context, bail};
use bytes::Bytes;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::{Instant, sleep};

/// As many as the yardsticks have.
pub const CONNECTIONS: usize = 8;

pub struct Connection {
    stream: TcpStream,
    read: Vec<u8>,
}

#[derive(Debug)]
pub struct Answer<'a> {
    pub status: u16,
    /// Its lines but the first.
    head: &'a str,
    pub body: &'a [u8],
}

impl Answer<'_> {
    pub fn header(&self, wanted: &str) -> Option<&str> {
        header(self.head, wanted)
    }
}

fn header<'a>(head: &'a str, wanted: &str) -> Option<&'a str> {
    head.split("\r\n").find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case(wanted).then(|| value.trim())
    })
}

impl Connection {
    pub async fn open(address: SocketAddr) -> anyhow::Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Self {
            stream,
            read: Vec::with_capacity(256 * 1024),
        })
    }

    /// Sends one request and reads its answer.
    pub async fn ask(&mut self, request: &[u8]) -> anyhow::Result<Answer<'_>> {
        self.stream.write_all(request).await?;
        self.read.clear();
        let (head, status, length) = loop {
            if self.stream.read_buf(&mut self.read).await? == 0 {
                bail!("the server closed the connection");
            }
            if let Some(end) = self.read.windows(4).position(|bytes| bytes == b"\r\n\r\n") {
                let (status, length) = read_head(&self.read[..end])?;
                break (end + 4, status, length);
            }
        };
        while self.read.len() < head + length {
            if self.stream.read_buf(&mut self.read).await? == 0 {
                bail!("the server closed the connection within an answer");
            }
        }
        Ok(Answer {
            status,
            head: std::str::from_utf8(&self.read[..head])?,
            body: &self.read[head..head + length],
        })
    }
}

/// Status, and length of the body.
fn read_head(head: &[u8]) -> anyhow::Result<(u16, usize)> {
    let head = std::str::from_utf8(head)?;
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok());
    let status = status.context("no status line")?;
    if status == 304 {
        return Ok((status, 0));
    }
    let length = header(head, "content-length").and_then(|length| length.parse().ok());
    length
        .map(|length| (status, length))
        .with_context(|| format!("an answer without a length: {head}"))
}

pub fn get(path: &str, token: Option<&str>) -> Bytes {
    let bearer = token.map_or(String::new(), |token| {
        format!("authorization: Bearer {token}\r\n")
    });
    format!("GET {path} HTTP/1.1\r\nhost: localhost\r\n{bearer}\r\n").into()
}

/// The same in this kind of content.
pub fn get_as(path: &str, kind: &str) -> Bytes {
    format!("GET {path} HTTP/1.1\r\nhost: localhost\r\naccept: {kind}\r\n\r\n").into()
}

/// The same from somebody who has what has this tag.
pub fn get_unless(path: &str, token: &str, tag: &str) -> Bytes {
    format!(
        "GET {path} HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer {token}\r\nif-none-match: {tag}\r\n\r\n"
    )
    .into()
}

/// A file that somebody sends as a form does.
pub fn post_file(path: &str, token: &str, kind: &str, file: &[u8]) -> Bytes {
    const LINE: &str = "a-line-that-is-in-no-picture";
    let head = format!(
        "--{LINE}\r\ncontent-disposition: form-data; name=\"file\"; filename=\"photo\"\r\ncontent-type: {kind}\r\n\r\n"
    );
    let end = format!("\r\n--{LINE}--\r\n");
    let length = head.len() + file.len() + end.len();
    let request = format!(
        "POST {path} HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer {token}\r\n\
         content-type: multipart/form-data; boundary={LINE}\r\ncontent-length: {length}\r\n\r\n"
    );
    [request.as_bytes(), head.as_bytes(), file, end.as_bytes()]
        .concat()
        .into()
}

pub fn post_form(path: &str, token: &str, form: &str) -> Bytes {
    format!(
        "POST {path} HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer {token}\r\n\
         content-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\n\r\n{form}",
        form.len()
    )
    .into()
}

/// What the clients were answered.
#[derive(Clone, Copy, Debug)]
pub struct Outcome {
    pub done: usize,
    pub elapsed: Duration,
    pub p95: Duration,
}

impl Outcome {
    pub fn per_second(&self) -> f64 {
        self.done as f64 / self.elapsed.as_secs_f64()
    }
}

/// Asks on [`CONNECTIONS`] at once, for a while or until there is nothing more to ask. `request` is given 0, 1, 2 …;
/// an answer that is not 2xx or 304 ends the measurement, but one that says "later" is asked again.
pub async fn ask_for(
    address: SocketAddr,
    period: Duration,
    request: impl Fn(usize) -> Option<Bytes> + Send + Sync + 'static,
) -> anyhow::Result<Outcome> {
    ask_on(CONNECTIONS, address, period, request).await
}

/// The same on so many.
pub async fn ask_on(
    connections: usize,
    address: SocketAddr,
    period: Duration,
    request: impl Fn(usize) -> Option<Bytes> + Send + Sync + 'static,
) -> anyhow::Result<Outcome> {
    let (request, ticket) = (Arc::new(request), Arc::new(AtomicUsize::new(0)));
    let started = Instant::now();
    let mut clients = Vec::new();
    for _ in 0..connections {
        let (request, ticket) = (request.clone(), ticket.clone());
        clients.push(tokio::spawn(async move {
            let mut connection = Connection::open(address).await?;
            let mut times = Vec::new();
            while started.elapsed() < period {
                let Some(wanted) = request(ticket.fetch_add(1, Ordering::Relaxed)) else {
                    break;
                };
                times.push(one(&mut connection, &wanted).await?);
            }
            anyhow::Ok(times)
        }));
    }
    let mut times = Vec::new();
    for client in clients {
        times.extend(client.await??);
    }
    let elapsed = started.elapsed();
    times.sort_unstable();
    Ok(Outcome {
        done: times.len(),
        elapsed,
        p95: times.get(times.len() * 95 / 100).copied().unwrap_or_default(),
    })
}

async fn one(connection: &mut Connection, request: &[u8]) -> anyhow::Result<Duration> {
    let started = Instant::now();
    loop {
        let answer = connection.ask(request).await?;
        match answer.status {
            200..=299 | 304 => return Ok(started.elapsed()),
            429 | 503 => sleep(Duration::from_millis(20)).await,
            status => bail!("status {status}: {}", String::from_utf8_lossy(answer.body)),
        }
    }
}
