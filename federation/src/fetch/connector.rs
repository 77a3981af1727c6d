//! Opens connections: to a guarded address, with TLS where it is asked for, for HTTP/1.1. Never sends a request.

use std::collections::HashMap;
use std::error::Error;
use std::fmt;
use std::future::Future;
use std::net::{IpAddr, SocketAddr};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::vec::IntoIter;

use bytes::Bytes;
use http::Uri;
use http_body_util::Full;
use hyper::client::conn::http1::{self, SendRequest};
use hyper_rustls::HttpsConnector;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::client::legacy::connect::dns::Name;
use rustls::ClientConfig;
use rustls::crypto::aws_lc_rs;
use rustls_platform_verifier::BuilderVerifierExt as _;
use tower_service::Service;
use url::Url;

use super::FetchError;
use super::client::{CONNECT_DEADLINE, refused_or};
use crate::guard::{Guard, GuardedResolver};

/// Status line and headers of an answer; who sends more is not worth the memory.
const LONGEST_HEAD: usize = 64 * 1024;

/// The sending half of an open connection; the other half runs by itself, and ends with this one.
pub(super) type Sending = SendRequest<Full<Bytes>>;

#[derive(Clone)]
pub(super) struct Connector {
    guard: Arc<Guard>,
    names: Arc<HashMap<String, IpAddr>>,
    tls: Arc<ClientConfig>,
}

impl fmt::Debug for Connector {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Connector")
    }
}

impl Connector {
    pub(super) fn new(guard: Arc<Guard>, names: Arc<HashMap<String, IpAddr>>) -> Result<Self, rustls::Error> {
        let provider = Arc::new(aws_lc_rs::default_provider());
        let mut tls = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()?
            .with_platform_verifier()?
            .with_no_client_auth();
        tls.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok(Self {
            guard,
            names,
            tls: Arc::new(tls),
        })
    }

    /// Connects to the server of this address.
    pub(super) async fn open(&self, url: &Url) -> Result<Sending, FetchError> {
        tokio::time::timeout(CONNECT_DEADLINE, self.connect(url))
            .await
            .unwrap_or(Err(FetchError::TimedOut))
    }

    async fn connect(&self, url: &Url) -> Result<Sending, FetchError> {
        let port = url.port_or_known_default().ok_or(FetchError::Refused)?;
        let server = url.origin().ascii_serialization();
        let server: Uri = server.parse().map_err(|_| FetchError::Refused)?;
        let resolver = GuardedResolver::new(Arc::clone(&self.guard), Arc::clone(&self.names), port);
        let mut tcp = HttpConnector::new_with_resolver(resolver);
        tcp.enforce_http(false);
        tcp.set_nodelay(true);
        // Divided among the addresses of a name, so that one that is silent does not hide the next.
        tcp.set_connect_timeout(Some(CONNECT_DEADLINE));
        let mut connector = HttpsConnector::from((tcp, Arc::clone(&self.tls)));
        let unreachable = |error: Box<dyn Error + Send + Sync>| refused_or(&*error, FetchError::Unreachable);
        let stream = connector.call(server).await.map_err(unreachable)?;
        let (sending, connection) = http1::Builder::new()
            .max_buf_size(LONGEST_HEAD)
            .handshake(stream)
            .await
            .map_err(|_| FetchError::Unreachable)?;
        // Its trouble is told to who sends.
        tokio::spawn(async move { connection.await.ok() });
        Ok(sending)
    }
}

impl Service<Name> for GuardedResolver {
    type Response = IntoIter<SocketAddr>;
    type Error = Box<dyn Error + Send + Sync>;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, Self::Error>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, name: Name) -> Self::Future {
        let resolver = self.clone();
        Box::pin(async move { resolver.look_up(name.as_str()).await.map(Vec::into_iter) })
    }
}
