//! Proofs that a form, or a path to return to, was given out by us to this very browser. Keeps nothing: the key is the browser's own cookie, which no other site can read or set.

use aws_lc_rs::hmac;
use axum::http::{HeaderMap, header};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use url::{Host, Url};

use crate::domain::urls::Urls;

/// The longest path that is worth coming back to.
const LONGEST_PATH: usize = 8_000;

/// The token of every form that is shown to the browser with this secret.
pub fn token(secret: &str) -> String {
    sign(secret, "form", "")
}

pub fn is_token(secret: &str, token: &str) -> bool {
    verifies(secret, "form", "", token)
}

/// A path on this host with a proof that we named it.
pub fn sign_path(secret: &str, path: &str) -> String {
    format!("{}~{path}", sign(secret, "path", path))
}

/// The path, if we named it to this browser, and it leads nowhere but to this host.
pub fn signed_path(secret: &str, signed: &str) -> Option<String> {
    let (proof, path) = signed.split_once('~')?;
    let is_here = path.len() <= LONGEST_PATH
        && path.starts_with('/')
        && !path[1..].starts_with(['/', '\\'])
        && path.bytes().all(|byte| byte.is_ascii_graphic());
    (is_here && verifies(secret, "path", path, proof)).then(|| path.to_owned())
}

/// Whether a form was sent from a page of ours: scheme, host and port are those of the public URL. Browsers that do not
/// say are judged by the token alone.
pub fn is_from_here(headers: &HeaderMap, urls: &Urls) -> bool {
    let Some(origin) = headers.get(header::ORIGIN) else {
        return true;
    };
    let (Ok(origin), Ok(here)) = (origin.to_str(), Url::parse(urls.base())) else {
        return false;
    };
    origin == urls.base() || Url::parse(origin).is_ok_and(|origin| is_same(&origin, &here))
}

/// One server on somebody's own machine has several names, such as localhost and 127.0.0.1; any other has one.
fn is_same(origin: &Url, here: &Url) -> bool {
    origin.scheme() == here.scheme()
        && origin.port_or_known_default() == here.port_or_known_default()
        && (origin.host() == here.host() || is_loopback(origin) && is_loopback(here))
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

/// Whether the browser itself says that one of our own pages asks. `Sec-Fetch-Site` and `Origin` cannot be set by
/// scripts; a request with neither proves nothing.
pub fn is_same_origin(headers: &HeaderMap, urls: &Urls) -> bool {
    let site = headers.get("sec-fetch-site").map(|site| site == "same-origin");
    let origin = headers
        .contains_key(header::ORIGIN)
        .then(|| is_from_here(headers, urls));
    match (site, origin) {
        (Some(site), Some(origin)) => site && origin,
        (one, other) => one.or(other).unwrap_or(false),
    }
}

fn key(secret: &str) -> hmac::Key {
    hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes())
}

fn sign(secret: &str, purpose: &str, text: &str) -> String {
    let signed = hmac::sign(&key(secret), format!("{purpose}\0{text}").as_bytes());
    URL_SAFE_NO_PAD.encode(signed)
}

fn verifies(secret: &str, purpose: &str, text: &str, proof: &str) -> bool {
    let Ok(proof) = URL_SAFE_NO_PAD.decode(proof) else {
        return false;
    };
    hmac::verify(&key(secret), format!("{purpose}\0{text}").as_bytes(), &proof).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_good_for_its_own_browser_only() {
        let token = token("ana's secret");
        assert!(is_token("ana's secret", &token));
        assert!(!is_token("ben's secret", &token));
        assert!(!is_token("ana's secret", ""));
        assert!(!token.contains("ana"));
    }

    #[test]
    fn only_paths_that_we_named_are_returned_to() {
        let signed = sign_path("s", "/oauth/authorize?a=b");
        assert_eq!(signed_path("s", &signed).as_deref(), Some("/oauth/authorize?a=b"));
        assert_eq!(signed_path("t", &signed), None);
        assert_eq!(signed_path("s", &signed.replace("a=b", "a=c")), None);
        assert_eq!(signed_path("s", "/account"), None);
        for elsewhere in [
            "//evil.example",
            "/\\evil.example",
            "https://evil.example",
            "/a\r\nb",
        ] {
            assert_eq!(signed_path("s", &sign_path("s", elsewhere)), None, "{elsewhere}");
        }
    }

    #[test]
    fn only_a_browser_that_says_so_is_on_our_own_page() {
        let urls = Urls::new(&Url::parse("https://h.example").unwrap(), None);
        let says = |pairs: &[(&'static str, &str)]| {
            let mut headers = HeaderMap::new();
            for (name, value) in pairs {
                headers.insert(*name, value.parse().unwrap());
            }
            is_same_origin(&headers, &urls)
        };
        assert!(says(&[("sec-fetch-site", "same-origin")]));
        assert!(says(&[("origin", "https://h.example")]));
        for strange in [
            &[][..],
            &[("sec-fetch-site", "same-site")],
            &[("sec-fetch-site", "none")],
            &[("sec-fetch-site", "cross-site"), ("origin", "https://h.example")],
            &[
                ("sec-fetch-site", "same-origin"),
                ("origin", "https://evil.example"),
            ],
            &[("origin", "null")],
        ] {
            assert!(!says(strange), "{strange:?}");
        }
    }

    #[test]
    fn forms_of_other_sites_are_known_by_scheme_host_and_port() {
        let from = |public: &str, origin: &str| {
            let urls = Urls::new(&Url::parse(public).unwrap(), None);
            let mut headers = HeaderMap::new();
            // What another site's page could have the browser say here proves nothing.
            let host = origin.split_once("://").map_or("", |(_, host)| host);
            headers.insert(header::HOST, host.parse().unwrap());
            headers.insert(header::ORIGIN, origin.parse().unwrap());
            is_from_here(&headers, &urls)
        };
        for origin in ["https://h.example", "https://h.example:443"] {
            assert!(from("https://h.example", origin), "{origin}");
        }
        for origin in [
            "http://h.example",
            "http://h.example:443",
            "https://h.example:8443",
            "https://evil.example",
            "https://www.h.example",
            "http://127.0.0.1:3000",
            "null",
        ] {
            assert!(!from("https://h.example", origin), "{origin}");
        }
        // Somebody tries it out at home, by whichever name.
        let home = "http://localhost:3000";
        assert!(from(home, "http://127.0.0.1:3000") && from(home, "http://[::1]:3000"));
        assert!(!from(home, "http://127.0.0.1:4000") && !from(home, "https://localhost:3000"));
        assert!(!from(home, "http://localhost.evil.example:3000"));
        let urls = Urls::new(&Url::parse(home).unwrap(), None);
        assert!(is_from_here(&HeaderMap::new(), &urls));
    }
}
