//! Accepts connections and hands their requests to the router. Never lets anybody hold more of them than their share, or
//! one on which nothing is asked, or read.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::pin::pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::extract::ConnectInfo;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio::time::sleep;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::config::{Config, Network};
use crate::domain::network::neighbourhood;
use crate::web::router::LONGEST_REQUEST;
use crate::web::unread::Unread;
use crate::web::{bodies, slashes};

const SILENCE: Duration = Duration::from_secs(30);
/// How long accepting rests when the machine has no file descriptor left.
const REST: Duration = Duration::from_millis(200);

/// Who may have how many connections.
#[derive(Clone, Debug)]
pub struct Bounds {
    /// In all; more wait in the kernel.
    pub all: usize,
    /// From one address (IPv6: one network of 64 bits); more are closed at once.
    pub of_one: usize,
    /// Proxies, behind which many people are.
    pub trusted: Vec<Network>,
    /// How long the head of a request may take to come, how long a connection may say nothing between two, and how long
    /// it may take nothing of an answer.
    pub silence: Duration,
    /// How long what nobody wants of a request's body may take to come.
    pub body: Duration,
}

impl Bounds {
    pub fn of(config: &Config) -> Self {
        Self {
            all: config.connections as usize,
            of_one: config.connections_per_address as usize,
            trusted: config.trusted_proxies.clone(),
            silence: SILENCE,
            body: LONGEST_REQUEST,
        }
    }

    /// Whether an address has no bound of its own: a proxy, or this machine, which is one more often than not.
    fn is_free(&self, address: IpAddr) -> bool {
        address.is_loopback() || self.trusted.iter().any(|network| network.contains(address))
    }
}

/// How many connections each address has.
#[derive(Clone, Debug, Default)]
struct Held(Arc<Mutex<HashMap<IpAddr, usize>>>);

/// One connection of an address, counted until it is dropped.
struct Share {
    held: Held,
    address: IpAddr,
}

impl Held {
    /// None when the address has its share already.
    fn one_more(&self, address: IpAddr, most: usize) -> Option<Share> {
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let count = counts.entry(address).or_default();
        if *count >= most {
            return None;
        }
        *count += 1;
        Some(Share {
            held: self.clone(),
            address,
        })
    }
}

impl Drop for Share {
    fn drop(&mut self) {
        let mut counts = self.held.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Entry::Occupied(mut count) = counts.entry(self.address) {
            *count.get_mut() -= 1;
            if *count.get() == 0 {
                count.remove();
            }
        }
    }
}

/// Answers until `stop`, then until what was asked before is answered. Ends by an error only if it cannot accept at all.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    bounds: Bounds,
    stop: CancellationToken,
) -> io::Result<()> {
    let answering = TaskTracker::new();
    let held = Held::default();
    let within = Within {
        silence: bounds.silence,
        body: bounds.body,
    };
    let room = Arc::new(Semaphore::new(bounds.all));
    loop {
        let place = tokio::select! {
            () = stop.cancelled() => break,
            place = room.clone().acquire_owned() => place.map_err(io::Error::other)?,
        };
        let accepted = tokio::select! {
            () = stop.cancelled() => break,
            accepted = listener.accept() => accepted,
        };
        let (stream, peer) = match accepted {
            Ok(accepted) => accepted,
            Err(error) if is_the_peers(&error) => continue,
            Err(error) => {
                tracing::error!(%error, "connections cannot be accepted");
                metrics::counter!("tintype_connections_refused_total", "reason" => "machine").increment(1);
                sleep(REST).await;
                continue;
            }
        };
        let address = neighbourhood(peer.ip());
        let share = match bounds.is_free(peer.ip().to_canonical()) {
            true => None,
            false => match held.one_more(address, bounds.of_one) {
                Some(share) => Some(share),
                None => {
                    metrics::counter!("tintype_connections_refused_total", "reason" => "share").increment(1);
                    continue;
                }
            },
        };
        let answer = answer(stream, peer, router.clone(), within, stop.clone());
        answering.spawn(async move {
            answer.await;
            drop((share, place));
        });
    }
    answering.close();
    answering.wait().await;
    Ok(())
}

/// How long one who asks may take.
#[derive(Clone, Copy, Debug)]
struct Within {
    silence: Duration,
    body: Duration,
}

async fn answer(
    stream: TcpStream,
    peer: SocketAddr,
    router: Router,
    within: Within,
    stop: CancellationToken,
) {
    // An answer goes out in two writes; the second must not wait until the first is acknowledged.
    stream.set_nodelay(true).ok();
    let service = hyper::service::service_fn(move |mut request: http::Request<Incoming>| {
        request.extensions_mut().insert(ConnectInfo(peer));
        slashes::meant(request.uri_mut());
        bodies::answer(router.clone(), request, within.body)
    });
    // HTTP/2 is between a proxy and its visitors: to tell the two apart here, a connection's first words would have to be
    // waited for without end.
    let mut connection = pin!(
        http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(within.silence)
            .serve_connection(TokioIo::new(Unread::new(stream, within.silence)), service)
            .with_upgrades()
    );
    let ended = tokio::select! {
        ended = connection.as_mut() => ended,
        () = stop.cancelled() => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    };
    if let Err(error) = ended {
        tracing::debug!(%error, "a connection ended");
    }
}

/// What only says that this one connection did not come about.
fn is_the_peers(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    matches!(
        error.kind(),
        ConnectionAborted | ConnectionRefused | ConnectionReset
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_comes_back_when_its_connection_ends() {
        let held = Held::default();
        let (here, there) = ([192, 0, 2, 1].into(), [192, 0, 2, 2].into());
        let first = held.one_more(here, 2);
        let second = held.one_more(here, 2);
        assert!(first.is_some() && second.is_some());
        assert!(held.one_more(here, 2).is_none());
        assert!(held.one_more(there, 2).is_some());
        drop(second);
        assert!(held.one_more(here, 2).is_some());
        drop(first);
        assert!(held.0.lock().unwrap().is_empty());
    }

    #[test]
    fn proxies_and_this_machine_have_no_share() {
        let bounds = Bounds {
            all: 1,
            of_one: 1,
            trusted: vec!["10.0.0.0/8".parse().unwrap()],
            silence: SILENCE,
            body: LONGEST_REQUEST,
        };
        for (address, free) in [
            ("10.1.2.3", true),
            ("127.0.0.1", true),
            ("::1", true),
            ("192.0.2.1", false),
        ] {
            assert_eq!(bounds.is_free(address.parse().unwrap()), free, "{address}");
        }
    }
}
