//! Whether a page in a browser may put something into a bucket (the Fetch standard's CORS protocol). Puts nothing there.

use http::header::{
    ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN,
    ACCESS_CONTROL_REQUEST_HEADERS, ACCESS_CONTROL_REQUEST_METHOD, ORIGIN,
};
use http::{HeaderMap, HeaderName, HeaderValue, Method};
use object_store::client::{HttpConnector, HttpRequest, HttpRequestBody, ReqwestConnector};

use super::depot::Depot;
use super::{StoreError, staged};

const PUT: &str = "PUT";
/// Of an object that is never there.
const NAME: &str = "preflight";

impl Depot {
    /// Asks what a browser would ask before a page of that origin, such as `https://photos.example`, puts an upload there.
    pub async fn lets_browsers_put(&self, origin: &HeaderValue) -> Result<bool, StoreError> {
        let bucket = self.bucket()?;
        let mut request = HttpRequest::new(HttpRequestBody::empty());
        *request.method_mut() = Method::OPTIONS;
        *request.uri_mut() = bucket
            .address(&self.below(&format!("{}/{NAME}", staged::STAGING)))
            .await?
            .as_str()
            .parse()
            .map_err(|_| StoreError::NoBucket)?;
        let headers = request.headers_mut();
        headers.insert(ORIGIN, origin.clone());
        headers.insert(ACCESS_CONTROL_REQUEST_METHOD, HeaderValue::from_static(PUT));
        headers.insert(
            ACCESS_CONTROL_REQUEST_HEADERS,
            HeaderValue::from_static(staged::HEADERS_OF_BROWSERS),
        );
        let client = ReqwestConnector::default().connect(&bucket.options)?;
        let answer = client.execute(request).await?;
        let said = answer.headers();
        let names = staged::HEADERS_OF_BROWSERS.split(',');
        Ok(answer.status().is_success()
            && (lists(said, &ACCESS_CONTROL_ALLOW_ORIGIN, "*")
                || said.get(ACCESS_CONTROL_ALLOW_ORIGIN) == Some(origin))
            && lists(said, &ACCESS_CONTROL_ALLOW_METHODS, PUT)
            && names
                .into_iter()
                .all(|name| lists(said, &ACCESS_CONTROL_ALLOW_HEADERS, name)))
    }
}

/// Whether a list names a word, or everything.
fn lists(said: &HeaderMap, name: &HeaderName, word: &str) -> bool {
    let lines = said
        .get_all(name)
        .into_iter()
        .filter_map(|line| line.to_str().ok());
    lines
        .flat_map(|line| line.split(','))
        .map(str::trim)
        .any(|listed| listed == "*" || listed.eq_ignore_ascii_case(word))
}
