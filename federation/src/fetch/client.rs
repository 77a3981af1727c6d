//! The client behind every request. Never uses a system proxy, and never lets the HTTP library follow redirects.

use std::collections::HashMap;
use std::error::Error;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use chrono::{DateTime, Utc};
use http::header::{ACCEPT, CONTENT_TYPE, HOST, LOCATION};
use http::{HeaderMap, HeaderValue, StatusCode};
use reqwest::{Client, Response, redirect};
use url::Url;

use super::hosts::Hosts;
use super::{FetchError, GuardSettings, Signer};
use crate::guard::{AddressRefused, Guard, GuardedResolver};
use crate::signature;

const MOST_REDIRECTS: usize = 3;
const CONNECT_DEADLINE: Duration = Duration::from_secs(5);

/// One HTTP client for everything that leaves the server. Cheap to clone.
#[derive(Debug, Clone)]
pub struct GuardedClient {
    guard: Guard,
    /// For public addresses, and for private ones when all are allowed.
    general: Client,
    /// One per port of the list of private addresses: the resolver inside knows its port.
    by_port: Arc<HashMap<u16, Client>>,
    hosts: Hosts,
}

/// What to GET, and within which bounds.
pub(super) struct Get<'a> {
    pub(super) url: Url,
    pub(super) accept: &'static str,
    pub(super) most_bytes: usize,
    pub(super) signer: Option<&'a Signer>,
    pub(super) now: DateTime<Utc>,
}

/// A whole answer of status 200 to 299.
#[derive(Debug)]
pub(super) struct Fetched {
    pub(super) url: Url,
    pub(super) content_type: String,
    pub(super) body: Bytes,
}

/// Status and headers of the answer to a POST; its body is read for politeness and dropped.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
}

impl GuardedClient {
    /// Builds the client. Fails only when the TLS library does, or the user agent is not a header value.
    pub fn new(settings: GuardSettings) -> Result<Self, reqwest::Error> {
        let guard = Guard::new(settings.private, &settings.own_authority);
        let names: HashMap<String, IpAddr> = settings
            .resolve
            .into_iter()
            .map(|(name, address)| (name.to_ascii_lowercase(), address))
            .collect();
        let names = Arc::new(names);
        let client = |port: u16| {
            Client::builder()
                .user_agent(settings.user_agent.as_str())
                .dns_resolver(Arc::new(GuardedResolver::new(
                    guard.clone(),
                    Arc::clone(&names),
                    port,
                )))
                .redirect(redirect::Policy::none())
                .referer(false)
                .no_proxy()
                .connect_timeout(CONNECT_DEADLINE)
                .pool_idle_timeout(Duration::from_secs(30))
                .build()
        };
        let mut by_port = HashMap::new();
        for port in guard.listed_ports() {
            by_port.insert(port, client(port)?);
        }
        // No list has port 0, so the general client reaches no listed address.
        let general = client(0)?;
        Ok(Self {
            guard,
            general,
            by_port: Arc::new(by_port),
            hosts: Hosts::default(),
        })
    }

    /// Whether plain http may be tried after https.
    pub fn allows_plain_http(&self) -> bool {
        self.guard.allows_plain_http()
    }

    /// GETs within a total deadline that counts from now, waiting for a turn and redirects included.
    pub(super) async fn get(&self, get: Get<'_>, deadline: Duration) -> Result<Fetched, FetchError> {
        tokio::time::timeout(deadline, self.get_following(get))
            .await
            .unwrap_or(Err(FetchError::TimedOut))
    }

    /// POSTs once, without following anything, and reads at most `most_bytes` of the answer.
    pub(crate) async fn post(
        &self,
        url: &Url,
        mut headers: HeaderMap,
        body: Bytes,
        most_bytes: usize,
        deadline: Duration,
    ) -> Result<Answer, FetchError> {
        let exchange = async {
            self.guard.check_url(url).map_err(|_| FetchError::Refused)?;
            let _turn = self
                .hosts
                .turn(&crate::origin::origin(url).ok_or(FetchError::Refused)?)
                .await;
            headers.remove(HOST);
            let request = self.client_for(url).post(url.clone()).headers(headers).body(body);
            let mut response = request.send().await.map_err(|error| classify(&error))?;
            let mut read = 0;
            while read < most_bytes {
                match response.chunk().await {
                    Ok(Some(chunk)) => read += chunk.len(),
                    Ok(None) | Err(_) => break,
                }
            }
            Ok(Answer {
                status: response.status(),
                headers: response.headers().clone(),
            })
        };
        tokio::time::timeout(deadline, exchange)
            .await
            .unwrap_or(Err(FetchError::TimedOut))
    }

    async fn get_following(&self, mut get: Get<'_>) -> Result<Fetched, FetchError> {
        for _ in 0..=MOST_REDIRECTS {
            get.url.set_fragment(None);
            self.guard.check_url(&get.url).map_err(|_| FetchError::Refused)?;
            let _turn = self
                .hosts
                .turn(&crate::origin::origin(&get.url).ok_or(FetchError::Refused)?)
                .await;
            let response = self.send_signed(&get).await?;
            match response.status() {
                status if status.is_success() => return read_whole(response, get).await,
                status if is_redirect(status) => get.url = next_url(&get.url, &response)?,
                StatusCode::NOT_FOUND => return Err(FetchError::NotFound),
                StatusCode::GONE => return Err(FetchError::Gone),
                status => return Err(FetchError::Status(status.as_u16())),
            }
        }
        Err(FetchError::Refused)
    }

    async fn send_signed(&self, get: &Get<'_>) -> Result<Response, FetchError> {
        let Some(signer) = get.signer else {
            return self.send(get, HeaderMap::new()).await;
        };
        let headers = signature::sign_get(&signer.key_id, &signer.key, "GET", &get.url, get.now)
            .map_err(|_| FetchError::Refused)?;
        let response = self.send(get, headers).await?;
        if response.status() != StatusCode::UNAUTHORIZED || get.url.query().is_none() {
            return Ok(response);
        }
        let headers = signature::sign_get_without_query(&signer.key_id, &signer.key, &get.url, get.now)
            .map_err(|_| FetchError::Refused)?;
        self.send(get, headers).await
    }

    async fn send(&self, get: &Get<'_>, mut headers: HeaderMap) -> Result<Response, FetchError> {
        headers.insert(ACCEPT, HeaderValue::from_static(get.accept));
        // The library writes the same one, as `:authority` where HTTP/2 is spoken.
        headers.remove(HOST);
        let request = self.client_for(&get.url).get(get.url.clone()).headers(headers);
        request.send().await.map_err(|error| classify(&error))
    }

    fn client_for(&self, url: &Url) -> &Client {
        url.port_or_known_default()
            .and_then(|port| self.by_port.get(&port))
            .unwrap_or(&self.general)
    }
}

fn is_redirect(status: StatusCode) -> bool {
    matches!(status.as_u16(), 301 | 302 | 303 | 307 | 308)
}

fn next_url(from: &Url, response: &Response) -> Result<Url, FetchError> {
    let location = response
        .headers()
        .get(LOCATION)
        .and_then(|value| value.to_str().ok());
    let next = location
        .and_then(|text| from.join(text).ok())
        .ok_or(FetchError::Refused)?;
    if is_downgrade(from, &next) {
        Err(FetchError::Refused)
    } else {
        Ok(next)
    }
}

/// What was asked for in secret is not continued in the open.
fn is_downgrade(from: &Url, next: &Url) -> bool {
    from.scheme() == "https" && next.scheme() != "https"
}

async fn read_whole(mut response: Response, get: Get<'_>) -> Result<Fetched, FetchError> {
    let announced = response.content_length().unwrap_or(0);
    if usize::try_from(announced).map_or(true, |length| length > get.most_bytes) {
        return Err(FetchError::TooLarge);
    }
    let content_type = response
        .headers()
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok());
    let content_type = content_type.unwrap_or_default().to_owned();
    // Counted after decompression, so a small answer cannot unfold without end.
    let mut body = BytesMut::new();
    while let Some(chunk) = response.chunk().await.map_err(|error| classify(&error))? {
        if body.len().saturating_add(chunk.len()) > get.most_bytes {
            return Err(FetchError::TooLarge);
        }
        body.extend_from_slice(&chunk);
    }
    Ok(Fetched {
        url: get.url,
        content_type,
        body: body.freeze(),
    })
}

fn classify(error: &reqwest::Error) -> FetchError {
    let mut cause: Option<&(dyn Error + 'static)> = Some(error);
    while let Some(inner) = cause {
        if inner.is::<AddressRefused>() {
            return FetchError::Refused;
        }
        cause = inner.source();
    }
    if error.is_timeout() {
        FetchError::TimedOut
    } else {
        FetchError::Unreachable
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_redirect_never_leaves_https() {
        let url = |text: &str| Url::parse(text).unwrap();
        assert!(is_downgrade(
            &url("https://h.example/a"),
            &url("http://h.example/a")
        ));
        assert!(!is_downgrade(
            &url("https://h.example/a"),
            &url("https://h.example/b")
        ));
        assert!(!is_downgrade(
            &url("http://h.example/a"),
            &url("https://h.example/a")
        ));
    }
}
