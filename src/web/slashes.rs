//! Addresses of the API that end in a slash, as some programs write them (Mastodon.py: `/api/v1/conversations/`). They mean the
//! same without it, to everything that looks at a request. Touches no other address.

use axum::http::Uri;
use axum::http::uri::PathAndQuery;

/// The address that is meant.
pub fn meant(uri: &mut Uri) {
    let path = uri.path();
    if !path.starts_with("/api/") || !path.ends_with('/') {
        return;
    }
    let plain = path.trim_end_matches('/');
    let plain = match uri.query() {
        Some(query) => format!("{plain}?{query}"),
        None => plain.to_owned(),
    };
    let mut parts = std::mem::take(uri).into_parts();
    let plain = PathAndQuery::try_from(plain).expect("a part of an address that was read is one");
    parts.path_and_query = Some(plain);
    *uri = Uri::from_parts(parts).expect("only its path is shorter");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_slashes_at_the_end_of_the_api_go() {
        for (asked, wanted) in [
            ("/api/v1/reports/", "/api/v1/reports"),
            (
                "/api/v1/conversations//?limit=2&a=/",
                "/api/v1/conversations?limit=2&a=/",
            ),
            ("/api/v1/conversations?a=/", "/api/v1/conversations?a=/"),
            ("/api/", "/api"),
            ("/api//", "/api"),
            ("/@ana/", "/@ana/"),
            ("/oauth/authorize/", "/oauth/authorize/"),
            (
                "http://one.test/api/v2/instance/",
                "http://one.test/api/v2/instance",
            ),
            ("*", "*"),
        ] {
            let mut uri: Uri = asked.parse().unwrap();
            meant(&mut uri);
            assert_eq!(uri.to_string(), wanted);
        }
    }
}
