//! Servers that only receive: one that takes every letter at once, one that takes connections and never answers. On a
//! thread of their own; counts letters, reads none.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex};
use std::time::Instant;

use anyhow::Context;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

#[derive(Default)]
struct Arrived {
    /// When the first letter to each address came.
    first: HashMap<IpAddr, Instant>,
    letters: u64,
}

type Arrivals = Arc<Mutex<Arrived>>;

pub struct Sink {
    /// Of the server that takes letters, on every loopback address.
    pub takes: u16,
    /// Of the one that never answers.
    pub silent: u16,
    arrivals: Arrivals,
}

impl Sink {
    pub fn open() -> anyhow::Result<Self> {
        let (takes, silent) = (listener()?, listener()?);
        let arrivals = Arrivals::default();
        let sink = Self {
            takes: takes.local_addr()?.port(),
            silent: silent.local_addr()?.port(),
            arrivals: arrivals.clone(),
        };
        std::thread::Builder::new()
            .name("sink".into())
            .spawn(move || receive(takes, silent, &arrivals))
            .context("no thread for the sink")?;
        Ok(sink)
    }

    /// How many different addresses got a letter, and when the last of them did.
    pub fn arrived(&self) -> (usize, Option<Instant>) {
        let arrivals = self.arrivals.lock().expect("nobody panics with it in hand");
        (arrivals.first.len(), arrivals.first.values().copied().max())
    }

    /// How many letters came in all.
    pub fn letters(&self) -> u64 {
        self.arrivals
            .lock()
            .expect("nobody panics with it in hand")
            .letters
    }

    pub fn forget(&self) {
        *self.arrivals.lock().expect("nobody panics with it in hand") = Arrived::default();
    }
}

fn listener() -> anyhow::Result<std::net::TcpListener> {
    let listener = std::net::TcpListener::bind(SocketAddr::from((Ipv4Addr::UNSPECIFIED, 0)))?;
    listener.set_nonblocking(true)?;
    Ok(listener)
}

fn receive(takes: std::net::TcpListener, silent: std::net::TcpListener, arrivals: &Arrivals) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let ended = runtime.and_then(|runtime| runtime.block_on(accept(takes, silent, arrivals)));
    if let Err(error) = ended {
        eprintln!("the sink ended: {error}");
    }
}

async fn accept(
    takes: std::net::TcpListener,
    silent: std::net::TcpListener,
    arrivals: &Arrivals,
) -> std::io::Result<()> {
    tokio::spawn(hold(TcpListener::from_std(silent)?));
    let takes = TcpListener::from_std(takes)?;
    loop {
        let (stream, _) = takes.accept().await?;
        tokio::spawn(take(stream, arrivals.clone()));
    }
}

async fn hold(listener: TcpListener) {
    let mut held = Vec::new();
    while let Ok((stream, _)) = listener.accept().await {
        held.push(stream);
    }
}

async fn take(mut stream: TcpStream, arrivals: Arrivals) -> std::io::Result<()> {
    let address = stream.local_addr()?.ip();
    let mut read = Vec::new();
    while stream.read_buf(&mut read).await? > 0 {
        while let Some(length) = whole(&read) {
            let is_letter = read.starts_with(b"POST");
            read.drain(..length);
            if is_letter {
                let mut arrivals = arrivals.lock().expect("nobody panics with it in hand");
                arrivals.first.entry(address).or_insert_with(Instant::now);
                arrivals.letters += 1;
            }
            stream
                .write_all(b"HTTP/1.1 202 Accepted\r\ncontent-length: 0\r\n\r\n")
                .await?;
        }
    }
    Ok(())
}

/// The length of the first request, when all of it is there.
fn whole(read: &[u8]) -> Option<usize> {
    let head = read.windows(4).position(|bytes| bytes == b"\r\n\r\n")? + 4;
    let text = std::str::from_utf8(&read[..head]).ok()?;
    let length = text.split("\r\n").find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("content-length")
            .then(|| value.trim().parse::<usize>().ok())?
    });
    let whole = head + length.unwrap_or(0);
    (read.len() >= whole).then_some(whole)
}
