//! Answers that a client may have already: `ETag` and `If-None-Match` (RFC 9110, sections 8.8.3 and 13.1.2). Works out no
//! tag itself.

use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

/// Whether the client has what has this tag. Compared weakly: what stands between us may have changed the encoding.
pub fn is_had(headers: &HeaderMap, tag: &HeaderValue) -> bool {
    let Ok(tag) = tag.to_str() else { return false };
    let values = headers.get_all(header::IF_NONE_MATCH).iter();
    values
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .map(str::trim)
        .any(|had| had == "*" || opaque(had) == opaque(tag))
}

fn opaque(tag: &str) -> &str {
    tag.strip_prefix("W/").unwrap_or(tag)
}

/// The answer with its tag, or 304 without a body. It is asked for anew each time, since only we know whether it still
/// holds, and it is one person's.
pub fn respond(asked: &HeaderMap, tag: &HeaderValue, whole: impl FnOnce() -> Response) -> Response {
    let mut response = match is_had(asked, tag) {
        true => StatusCode::NOT_MODIFIED.into_response(),
        false => whole(),
    };
    let headers = response.headers_mut();
    headers.insert(header::ETAG, tag.clone());
    headers.insert(
        header::CACHE_CONTROL,
        HeaderValue::from_static("private, no-cache"),
    );
    headers.insert(header::VARY, HeaderValue::from_static("Authorization, Cookie"));
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    fn had(values: &[&'static str]) -> bool {
        let mut headers = HeaderMap::new();
        for value in values {
            headers.append(header::IF_NONE_MATCH, HeaderValue::from_static(value));
        }
        is_had(&headers, &HeaderValue::from_static("\"ab12\""))
    }

    #[test]
    fn a_tag_is_found_in_every_spelling() {
        for values in [
            &["\"ab12\""][..],
            &["W/\"ab12\""],
            &["\"x\", W/\"ab12\""],
            &["\"x\" ,\"ab12\",\"y\""],
            &["\"x\"", "\"ab12\""],
            &["*"],
        ] {
            assert!(had(values), "{values:?}");
        }
        for values in [
            &[][..],
            &[""],
            &["ab12"],
            &["\"ab1\""],
            &["w/\"ab12\""],
            &["\"x\", \"y\""],
        ] {
            assert!(!had(values), "{values:?}");
        }
    }
}
