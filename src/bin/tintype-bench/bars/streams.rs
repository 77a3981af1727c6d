//! Thousands of WebSocket connections, each of somebody else: what one costs that only waits, and how long it takes until
//! an event has reached all of them. The clients share the cores with the server.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use anyhow::{Context, ensure};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::Notify;
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep, timeout};

use crate::clients::{Connection, post_form};
use crate::processes;
use crate::report::{Bound, Figure, Measured, Report, number};
use crate::seed::{self, token};
use crate::world::World;

const CONNECTIONS: usize = 5_000;
/// Connections that are opened at once.
const AT_ONCE: usize = 50;
const PATIENCE: Duration = Duration::from_secs(30);

pub async fn idle(world: &mut World, runs: usize, report: &mut Report) -> anyhow::Result<()> {
    seed::listeners(&mut world.db, CONNECTIONS).await?;
    let mut each = Vec::new();
    for _ in 0..runs {
        let before = processes::memory(world.server.pid())?;
        let listeners = Listeners::connect(world).await?;
        // What connecting itself took is given back, as far as it is.
        sleep(Duration::from_secs(2)).await;
        let after = processes::memory(world.server.pid())?;
        listeners.end().await;
        let kilobytes = (after - before) * 1_000.0 / CONNECTIONS as f64;
        each.push(Measured {
            figure: kilobytes,
            made_of: format!(
                "{} MB with none, {} MB with {CONNECTIONS}",
                number(before),
                number(after)
            ),
        });
        sleep(Duration::from_secs(2)).await;
    }
    // Later runs find memory that the first one left: it is the first that counts.
    each.truncate(1);
    report.add(&Figure {
        what: "memory of an idle WebSocket, 5,000 connected",
        unit: "KB",
        bound: Bound::AtMost(40.0),
        runs: each,
    });
    Ok(())
}

pub async fn event(world: &mut World, runs: usize, report: &mut Report) -> anyhow::Result<()> {
    seed::listeners(&mut world.db, CONNECTIONS).await?;
    let listeners = Listeners::connect(world).await?;
    // The first is for what is only done once.
    listeners.hear_a_post(world).await?;
    let mut times = Vec::new();
    for _ in 0..runs.max(5) {
        times.push(listeners.hear_a_post(world).await?);
    }
    listeners.end().await;
    report.add(&Figure {
        what: "a public post has reached 5,000 people's WebSockets",
        unit: "ms",
        bound: Bound::AtMost(500.0),
        runs: times,
    });
    Ok(())
}

struct Heard {
    frames: AtomicUsize,
    bytes: AtomicUsize,
    all: Notify,
}

struct Listeners {
    tasks: JoinSet<()>,
    heard: Arc<Heard>,
}

impl Listeners {
    async fn connect(world: &World) -> anyhow::Result<Self> {
        let heard = Arc::new(Heard {
            frames: AtomicUsize::new(0),
            bytes: AtomicUsize::new(0),
            all: Notify::new(),
        });
        let mut tasks = JoinSet::new();
        let address = world.server.address;
        for first in (0..CONNECTIONS).step_by(AT_ONCE) {
            let opened = (first..first + AT_ONCE).map(|number| open(address, number));
            for stream in futures::future::try_join_all(opened).await? {
                tasks.spawn(listen(stream, heard.clone()));
            }
        }
        Ok(Self { tasks, heard })
    }

    async fn end(mut self) {
        self.tasks.shutdown().await;
    }

    /// How long it takes from the post's sending until everybody has it.
    async fn hear_a_post(&self, world: &World) -> anyhow::Result<Measured> {
        self.heard.frames.store(0, Ordering::SeqCst);
        self.heard.bytes.store(0, Ordering::SeqCst);
        let before = world.spent()?;
        let own = processes::own()?;
        let mut poster = Connection::open(world.server.address).await?;
        let request = post_form(
            "/api/v1/statuses",
            &token("listener0"),
            "status=Low+tide+at+six&visibility=public",
        );
        let started = Instant::now();
        let status = poster.ask(&request).await?.status;
        ensure!(status == 200, "a post was answered with {status}");
        let answered = started.elapsed();
        timeout(PATIENCE, self.heard.all.notified())
            .await
            .context("the post did not reach everybody")?;
        let elapsed = started.elapsed();
        let spent = world.spent()?.since(before, 1.0);
        let bytes = self.heard.bytes.load(Ordering::SeqCst) / CONNECTIONS;
        Ok(Measured {
            figure: elapsed.as_secs_f64() * 1_000.0,
            made_of: format!(
                "answered after {} ms; {bytes} bytes each; CPU {} ms server, {} ms Postgres, {} ms the clients",
                number(answered.as_secs_f64() * 1_000.0),
                number(spent.server),
                number(spent.postgres),
                number(processes::own()? - own),
            ),
        })
    }
}

async fn open(address: std::net::SocketAddr, number: usize) -> anyhow::Result<TcpStream> {
    let mut stream = TcpStream::connect(address).await?;
    let request = format!(
        "GET /api/v1/streaming?stream=public&access_token={} HTTP/1.1\r\nhost: localhost\r\n\
         connection: upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\n\
         sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
        token(&format!("listener{number}"))
    );
    stream.write_all(request.as_bytes()).await?;
    let mut head = Vec::with_capacity(1_024);
    while !head.ends_with(b"\r\n\r\n") {
        ensure!(stream.read_buf(&mut head).await? > 0, "the server hung up");
    }
    ensure!(
        head.starts_with(b"HTTP/1.1 101"),
        "not let in: {}",
        String::from_utf8_lossy(&head)
    );
    Ok(stream)
}

/// Counts events: text frames. Answers no ping; a measurement is shorter than the server's patience.
async fn listen(mut stream: TcpStream, heard: Arc<Heard>) {
    loop {
        let Ok(first) = stream.read_u8().await else { return };
        let Ok(short) = stream.read_u8().await else { return };
        let length = match short {
            126 => stream.read_u16().await.map(u64::from),
            127 => stream.read_u64().await,
            length => Ok(u64::from(length)),
        };
        let Ok(length) = length else { return };
        let mut body = (&mut stream).take(length);
        if tokio::io::copy(&mut body, &mut tokio::io::sink()).await.is_err() {
            return;
        }
        if first & 0x0f == 1 {
            heard.bytes.fetch_add(length as usize, Ordering::SeqCst);
            if heard.frames.fetch_add(1, Ordering::SeqCst) + 1 == CONNECTIONS {
                heard.all.notify_one();
            }
        }
    }
}
