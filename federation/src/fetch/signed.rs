//! A GET in our name, in the way that its server understands. Asks once in each way, and remembers nothing: what was
//! understood is told with the answer.

use http::{HeaderMap, StatusCode};
use reqwest::Response;

use super::client::{Get, GuardedClient};
use super::{FetchError, Signer};
use crate::signature::{self, Scheme, SignatureError};

impl GuardedClient {
    /// Sends a request, signed where there is somebody to sign it. An answer that says nothing of the signature ends it.
    pub(super) async fn send_signed(&self, get: &mut Get<'_>) -> Result<Response, FetchError> {
        let Some(signer) = get.signer else {
            return self.send(get, HeaderMap::new()).await;
        };
        let (first, other) = (get.scheme, get.scheme.other());
        let response = self.attempt(get, sign(signer, get, first)).await?;
        if !may_be_the_signature(response.status()) {
            return Ok(response);
        }
        let has_query = get.url.query().is_some() && response.status() == StatusCode::UNAUTHORIZED;
        if has_query && first == Scheme::Cavage {
            // Older GoToSocial and Mastodon leave the query out of what was signed.
            let headers = signature::sign_get_without_query(&signer.key_id, &signer.key, &get.url, get.now);
            let response = self.attempt(get, headers).await?;
            if !may_be_the_signature(response.status()) {
                return Ok(response);
            }
        }
        let response = self.attempt(get, sign(signer, get, other)).await?;
        // Whoever understands neither way is begun anew with, in the way of nearly all.
        get.scheme = match may_be_the_signature(response.status()) {
            true => Scheme::Cavage,
            false => other,
        };
        Ok(response)
    }

    async fn attempt(
        &self,
        get: &Get<'_>,
        headers: Result<HeaderMap, SignatureError>,
    ) -> Result<Response, FetchError> {
        self.send(get, headers.map_err(|_| FetchError::Refused)?).await
    }
}

fn sign(signer: &Signer, get: &Get<'_>, scheme: Scheme) -> Result<HeaderMap, SignatureError> {
    signature::sign_get(&signer.key_id, &signer.key, &get.url, get.now, scheme)
}

/// Software that cannot read a signature says one or the other.
fn may_be_the_signature(status: StatusCode) -> bool {
    matches!(status, StatusCode::BAD_REQUEST | StatusCode::UNAUTHORIZED)
}
