//! The client behind every request. Never uses a system proxy, and never lets the HTTP library follow redirects.

use std::collections::HashMap;
use std::error::Error;
use std::net::IpAddr;
use std::num::NonZero;
use std::sync::Arc;
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use chrono::{DateTime, Utc};
use http::header::{ACCEPT, CONTENT_TYPE, HOST, LOCATION};
use http::{HeaderMap, HeaderValue, StatusCode};
use reqwest::{Client, Response, redirect};
use tokio::sync::{Semaphore, SemaphorePermit};
use url::Url;

use super::connector::Connector;
use super::hosts::{Hosts, Turn};
use super::kept::Kept;
use super::pace::Pace;
use super::{FetchError, GuardSettings, Signer};
use crate::delivery::retry_after;
use crate::guard::{AddressRefused, Guard, GuardedResolver};
use crate::origin::same_origin;
use crate::signature::Scheme;

const MOST_REDIRECTS: usize = 3;
pub(super) const CONNECT_DEADLINE: Duration = Duration::from_secs(5);

/// One HTTP client for everything that leaves the server. Cheap to clone.
#[derive(Debug, Clone)]
pub struct GuardedClient {
    guard: Arc<Guard>,
    /// For public addresses, and for private ones when all are allowed.
    general: Client,
    /// One per port of the list of private addresses: the resolver inside knows its port.
    by_port: Arc<HashMap<u16, Client>>,
    hosts: Hosts,
    /// For letters: connected before they are signed.
    pub(super) connector: Connector,
    pub(super) kept: Kept,
    pub(super) user_agent: HeaderValue,
    /// One signature for each core: a burst of letters does not stand before who reads.
    signing: Arc<Semaphore>,
}

/// Why there is no client.
#[derive(Debug, thiserror::Error)]
pub enum ClientError {
    /// The HTTP library could not be set up.
    #[error(transparent)]
    Http(#[from] reqwest::Error),
    /// The TLS library could not be set up.
    #[error(transparent)]
    Tls(#[from] rustls::Error),
    /// The user agent is not a header value.
    #[error("the user agent is not a header value")]
    UserAgent(#[from] http::header::InvalidHeaderValue),
}

/// What to GET, and within which bounds.
pub(super) struct Get<'a> {
    pub(super) url: Url,
    pub(super) accept: &'static str,
    pub(super) most_bytes: usize,
    pub(super) signer: Option<&'a Signer>,
    /// How it is signed at first, and what was understood afterwards.
    pub(super) scheme: Scheme,
    pub(super) now: DateTime<Utc>,
}

/// A whole answer of status 200 to 299.
#[derive(Debug)]
pub(super) struct Fetched {
    pub(super) url: Url,
    /// How the server of that address understood it.
    pub(super) scheme: Scheme,
    pub(super) content_type: String,
    pub(super) body: Bytes,
}

/// Status and headers of the answer to a letter.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
}

impl GuardedClient {
    /// Builds the client.
    pub fn new(settings: GuardSettings) -> Result<Self, ClientError> {
        let guard = Arc::new(Guard::new(settings.private, &settings.own_authority));
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
                    Arc::clone(&guard),
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
        let cores = std::thread::available_parallelism().map_or(1, NonZero::get);
        Ok(Self {
            general,
            by_port: Arc::new(by_port),
            hosts: Hosts::default(),
            connector: Connector::new(Arc::clone(&guard), names)?,
            kept: Kept::default(),
            user_agent: HeaderValue::from_str(&settings.user_agent)?,
            signing: Arc::new(Semaphore::new(cores)),
            guard,
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

    /// A turn at the server of this address, which the guard has judged.
    pub(super) async fn turn(&self, url: &Url) -> Result<Turn, FetchError> {
        self.guard.check_url(url).map_err(|_| FetchError::Refused)?;
        let origin = crate::origin::origin(url).ok_or(FetchError::Refused)?;
        Ok(self.hosts.turn(&origin).await)
    }

    /// Leave to sign.
    pub(crate) async fn core(&self) -> Option<SemaphorePermit<'_>> {
        // It is never closed; without leave a signature would only come too early, not be wrong.
        self.signing.acquire().await.ok()
    }

    async fn get_following(&self, mut get: Get<'_>) -> Result<Fetched, FetchError> {
        let pace = Pace::begin();
        for _ in 0..=MOST_REDIRECTS {
            get.url.set_fragment(None);
            let _turn = self.turn(&get.url).await?;
            let response = pace.keep(0, self.send_signed(&mut get)).await?;
            match response.status() {
                status if status.is_success() => return read_whole(response, get, pace).await,
                status if is_redirect(status) => {
                    let next = next_url(&get.url, &response)?;
                    if !same_origin(&next, &get.url) {
                        // How another server understands us is not known here.
                        get.scheme = Scheme::Cavage;
                    }
                    get.url = next;
                }
                StatusCode::NOT_FOUND => return Err(FetchError::NotFound),
                StatusCode::GONE => return Err(FetchError::Gone),
                status => return Err(refusal(status, response.headers(), get.now)),
            }
        }
        Err(FetchError::Refused)
    }

    pub(super) async fn send(&self, get: &Get<'_>, mut headers: HeaderMap) -> Result<Response, FetchError> {
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

fn refusal(status: StatusCode, headers: &HeaderMap, now: DateTime<Utc>) -> FetchError {
    let wait = match status {
        StatusCode::TOO_MANY_REQUESTS => retry_after(headers, now),
        _ => None,
    };
    wait.map_or(FetchError::Status(status.as_u16()), FetchError::AskedToWait)
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

async fn read_whole(mut response: Response, get: Get<'_>, pace: Pace) -> Result<Fetched, FetchError> {
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
    loop {
        let next = async { response.chunk().await.map_err(|error| classify(&error)) };
        let Some(chunk) = pace.keep(body.len(), next).await? else {
            break;
        };
        if body.len().saturating_add(chunk.len()) > get.most_bytes {
            return Err(FetchError::TooLarge);
        }
        body.extend_from_slice(&chunk);
    }
    Ok(Fetched {
        url: get.url,
        scheme: get.scheme,
        content_type,
        body: body.freeze(),
    })
}

fn classify(error: &reqwest::Error) -> FetchError {
    let otherwise = if error.is_timeout() {
        FetchError::TimedOut
    } else {
        FetchError::Unreachable
    };
    refused_or(error, otherwise)
}

/// Whether the guard is the cause of an error.
pub(super) fn refused_or(error: &(dyn Error + 'static), otherwise: FetchError) -> FetchError {
    let mut cause = Some(error);
    while let Some(inner) = cause {
        if inner.is::<AddressRefused>() {
            return FetchError::Refused;
        }
        cause = inner.source();
    }
    otherwise
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
