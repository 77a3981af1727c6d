//! `/_app/…` and what else the app is made of: for ever where the name holds the content's hash, asked for anew where it
//! does not. Answers with no page: whoever asks for a file that is not there is told so.

use axum::extract::{OriginalUri, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};

use super::carried::{self, Carried};
use super::packing::takes;
use crate::app::App;
use crate::domain::random;
use crate::web::error::ApiError;
use crate::web::etag;
use crate::web::pages::csp;

const IMMUTABLE: &str = "/_app/immutable/";
const FOR_EVER: &str = "public, max-age=31536000, immutable";
const ASK_AGAIN: &str = "public, no-cache";

pub async fn show(
    State(app): State<App>,
    OriginalUri(uri): OriginalUri,
    asked: HeaderMap,
) -> Result<Response, ApiError> {
    super::of(&app).ok_or(ApiError::NotFound)?;
    let file = carried::find(uri.path()).ok_or(ApiError::NotFound)?;
    let (encoding, bytes) = encoded(file, &asked);
    let tag = tag(bytes);
    let mut response = etag::respond(&asked, &tag, || bytes.into_response());
    let headers = response.headers_mut();
    let keep = match file.path.starts_with(IMMUTABLE) {
        true => FOR_EVER,
        false => ASK_AGAIN,
    };
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(keep));
    headers.insert(header::VARY, HeaderValue::from_static("Accept-Encoding"));
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static(content_type(file.path)),
    );
    if let Some(encoding) = encoding {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
    // A worker is under its own file's policy, not under that of the page.
    if is_worker(file.path) {
        let policy = HeaderValue::from_static(csp::WORKER);
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    Ok(response)
}

fn is_worker(path: &str) -> bool {
    path == "/service-worker.js" || path.starts_with("/_app/immutable/workers/")
}

/// The smallest form that the browser takes.
fn encoded(file: &Carried, asked: &HeaderMap) -> (Option<&'static str>, &'static [u8]) {
    match (file.brotli, file.gzip) {
        (Some(brotli), _) if takes(asked, "br") => (Some("br"), brotli),
        (_, Some(gzip)) if takes(asked, "gzip") => (Some("gzip"), gzip),
        _ => (None, file.plain),
    }
}

fn tag(bytes: &[u8]) -> HeaderValue {
    let hash = random::sha256(bytes);
    let number = hash
        .iter()
        .take(8)
        .fold(0u64, |number, byte| (number << 8) | u64::from(*byte));
    HeaderValue::from_str(&format!("\"{number:016x}\"")).expect("digits and quotes")
}

fn content_type(path: &str) -> &'static str {
    match path.rsplit_once('.').map(|(_, extension)| extension) {
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("json") => "application/json",
        Some("webmanifest") => "application/manifest+json",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("woff2") => "font/woff2",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    static FILE: Carried = Carried {
        path: "/_app/a.js",
        plain: b"plain",
        brotli: Some(b"brotli"),
        gzip: Some(b"gzip"),
    };

    fn given(accept: &'static str) -> Option<&'static str> {
        let mut asked = HeaderMap::new();
        asked.insert(header::ACCEPT_ENCODING, HeaderValue::from_static(accept));
        encoded(&FILE, &asked).0
    }

    #[test]
    fn a_worker_has_a_policy_of_its_own_and_a_script_of_the_page_has_none() {
        assert!(is_worker("/service-worker.js"));
        assert!(is_worker("/_app/immutable/workers/worker-a1.js"));
        assert!(!is_worker("/_app/immutable/entry/start.a1.js"));
        assert!(!csp::WORKER.contains("unsafe") && csp::WORKER.starts_with("default-src 'none'"));
    }

    #[test]
    fn a_browser_gets_the_smallest_form_that_it_takes() {
        assert_eq!(given("gzip, deflate, br, zstd"), Some("br"));
        assert_eq!(given("GZIP;q=0.5"), Some("gzip"));
        assert_eq!(given("br;q=0, gzip"), Some("gzip"));
        assert_eq!(given("identity"), None);
        assert_eq!(encoded(&FILE, &HeaderMap::new()), (None, &b"plain"[..]));
    }
}
