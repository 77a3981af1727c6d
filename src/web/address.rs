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
        Ok(Self(of(&App::from_ref(state), parts)))
    }
}

pub fn of(app: &App, parts: &Parts) -> IpAddr {
    let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>();
    // Without a connection (a test's request) all come from one place.
    let peer = peer.map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |info| info.0.ip());
    client(peer, &parts.headers, &app.config.trusted_proxies)
}

/// The same for what not everybody may see: none where nobody trusted says from where the request comes at first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CertainAddress(pub Option<IpAddr>);

impl<S> FromRequestParts<S> for CertainAddress
where
    App: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Infallible> {
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>();
        let peer = peer.map(|info| info.0.ip());
        let app = App::from_ref(state);
        let certain = |peer| certain(peer, &parts.headers, &app.config.trusted_proxies);
        Ok(Self(peer.and_then(certain)))
    }
}

/// What proxies say of whom they speak for, in one way or another.
const FORWARDED: [&str; 6] = [
    "x-forwarded-for",
    "forwarded",
    "x-forwarded-proto",
    "x-forwarded-host",
    "x-real-ip",
    "via",
];

/// A proxy on this machine that is not among the trusted ones looks like somebody on this machine, but for its headers.
fn certain(peer: IpAddr, headers: &HeaderMap, trusted: &[Network]) -> Option<IpAddr> {
    if !FORWARDED.iter().any(|name| headers.contains_key(*name)) {
        return Some(peer.to_canonical());
    }
    let is_trusted = |address: IpAddr| trusted.iter().any(|network| network.contains(address));
    let says = headers.get_all("x-forwarded-for").iter();
    let all_read = says
        .map(|value| value.to_str().ok())
        .all(|value| value.is_some_and(|value| value.split(',').all(|text| parse(text).is_some())));
    let is_said = is_trusted(peer.to_canonical()) && headers.contains_key("x-forwarded-for") && all_read;
    is_said.then(|| client(peer, headers, trusted))
}

fn parse(text: &str) -> Option<IpAddr> {
    let text = text.trim();
    let address = text
        .parse()
        .or_else(|_| text.parse().map(|socket: SocketAddr| socket.ip()));
    address.ok().map(|address: IpAddr| address.to_canonical())
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
        match parse(text) {
            Some(address) => nearest = address,
            None => break,
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

    #[test]
    fn it_is_certain_where_nobody_speaks_for_another_or_somebody_trusted_does() {
        let seen = |peer: &str, said: &[(&'static str, &str)]| {
            let mut headers = HeaderMap::new();
            for (name, value) in said {
                headers.append(*name, value.parse().unwrap());
            }
            let trusted: Vec<Network> = vec!["10.0.0.0/8".parse().unwrap()];
            certain(peer.parse().unwrap(), &headers, &trusted).map(|address| address.to_string())
        };
        let is = |address: &str| Some(address.to_owned());
        assert_eq!(seen("::ffff:127.0.0.1", &[]), is("127.0.0.1"));
        assert_eq!(seen("10.0.0.1", &[]), is("10.0.0.1"));
        for name in FORWARDED {
            assert_eq!(seen("127.0.0.1", &[(name, "127.0.0.1")]), None, "{name}");
        }
        let for_one = |address| [("x-forwarded-for", address), ("x-forwarded-proto", "https")];
        assert_eq!(seen("10.0.0.1", &for_one("203.0.113.5")), is("203.0.113.5"));
        assert_eq!(
            seen("10.0.0.1", &for_one("127.0.0.1, 203.0.113.5")),
            is("203.0.113.5")
        );
        assert_eq!(seen("10.0.0.1", &for_one("127.0.0.1")), is("127.0.0.1"));
        assert_eq!(seen("10.0.0.1", &for_one("unknown")), None);
        assert_eq!(seen("10.0.0.1", &[("x-real-ip", "127.0.0.1")]), None);
        let two = [
            ("x-forwarded-for", "127.0.0.1"),
            ("x-forwarded-for", "203.0.113.5"),
        ];
        assert_eq!(seen("10.0.0.1", &two), is("203.0.113.5"));
    }
}
