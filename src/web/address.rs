//! From which address a request comes. Believes `X-Forwarded-For` from trusted proxies only.

use std::convert::Infallible;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use axum::extract::{ConnectInfo, FromRef, FromRequestParts};
use axum::http::HeaderMap;
use axum::http::request::Parts;

use crate::app::App;
use crate::config::Network;

/// The address nearest to the client that somebody trusted has seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClientAddress(pub IpAddr);

impl<S> FromRequestParts<S> for ClientAddress
where
    App: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Infallible> {
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>();
        // Without a connection (a test's request) all come from one place.
        let peer = peer.map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |info| info.0.ip());
        let app = App::from_ref(state);
        Ok(Self(client(peer, &parts.headers, &app.config.trusted_proxies)))
    }
}

/// Walks back from the nearest proxy to the first address that is not one of ours.
fn client(peer: IpAddr, headers: &HeaderMap, trusted: &[Network]) -> IpAddr {
    let is_trusted = |address: IpAddr| trusted.iter().any(|network| network.contains(address));
    let mut nearest = peer.to_canonical();
    let values = headers.get_all("x-forwarded-for").iter();
    let forwarded: Vec<&str> = values
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .collect();
    for text in forwarded.into_iter().rev() {
        if !is_trusted(nearest) {
            break;
        }
        let text = text.trim();
        let parsed = text
            .parse()
            .or_else(|_| text.parse().map(|socket: SocketAddr| socket.ip()));
        match parsed {
            Ok(address) => nearest = IpAddr::to_canonical(&address),
            Err(_) => break,
        }
    }
    nearest
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(peer: &str, forwarded: &str) -> String {
        let mut headers = HeaderMap::new();
        headers.insert("x-forwarded-for", forwarded.parse().unwrap());
        let trusted: Vec<Network> = vec!["10.0.0.0/8".parse().unwrap()];
        client(peer.parse().unwrap(), &headers, &trusted).to_string()
    }

    #[test]
    fn only_trusted_proxies_are_believed() {
        assert_eq!(seen("192.0.2.1", "203.0.113.5"), "192.0.2.1");
        assert_eq!(seen("10.0.0.1", "203.0.113.5"), "203.0.113.5");
        assert_eq!(seen("::ffff:10.0.0.1", "203.0.113.5:4711"), "203.0.113.5");
        assert_eq!(seen("10.0.0.1", "1.2.3.4, 203.0.113.5, 10.9.9.9"), "203.0.113.5");
        assert_eq!(seen("10.0.0.1", "203.0.113.5, nonsense"), "10.0.0.1");
    }
}
