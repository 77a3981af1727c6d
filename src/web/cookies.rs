//! The cookies of browsers here: who is signed in, who is not yet, and that somebody was before. Never readable by scripts.

use axum::http::{HeaderMap, HeaderValue};
use axum_extra::extract::cookie::{Cookie, CookieJar, SameSite};

use crate::domain::urls::Urls;

/// Longer than a session lives unused, or a device is known, so that the server decides.
const LASTING_SECONDS: i64 = 400 * 24 * 60 * 60;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Name {
    /// Somebody who is signed in.
    Session,
    /// Any browser that was shown a form.
    Visitor,
    /// One in which somebody signed in once. Signs nobody in.
    Device,
}

impl Name {
    /// The prefix makes browsers take it from this very host and over TLS only, so that no neighbour can set it.
    fn text(self, urls: &Urls) -> &'static str {
        match (self, urls.is_https()) {
            (Self::Session, true) => "__Host-session",
            (Self::Session, false) => "session",
            (Self::Visitor, true) => "__Host-visitor",
            (Self::Visitor, false) => "visitor",
            (Self::Device, true) => "__Host-device",
            (Self::Device, false) => "device",
        }
    }
}

/// The value of a cookie, if it is of the form that we give out.
pub fn read(headers: &HeaderMap, urls: &Urls, name: Name) -> Option<String> {
    let jar = CookieJar::from_headers(headers);
    let value = jar.get(name.text(urls))?.value().to_owned();
    let is_token = value.len() == 43
        && value
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
    is_token.then_some(value)
}

/// `Set-Cookie` for a secret of ours.
pub fn set(urls: &Urls, name: Name, secret: &str) -> HeaderValue {
    let age = match name {
        Name::Session | Name::Device => Some(LASTING_SECONDS),
        Name::Visitor => None,
    };
    header(urls, name, secret, age)
}

/// `Set-Cookie` that takes it away.
pub fn remove(urls: &Urls, name: Name) -> HeaderValue {
    header(urls, name, "", Some(0))
}

fn header(urls: &Urls, name: Name, value: &str, seconds: Option<i64>) -> HeaderValue {
    let mut cookie = Cookie::build((name.text(urls), value))
        .path("/")
        .http_only(true)
        .secure(urls.is_https())
        .same_site(SameSite::Lax)
        .build()
        .to_string();
    if let Some(seconds) = seconds {
        cookie.push_str(&format!("; Max-Age={seconds}"));
    }
    HeaderValue::try_from(cookie).expect("names and values are plain ASCII")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::random;
    use url::Url;

    #[test]
    fn cookies_are_locked_to_host_and_protocol() {
        let secret = random::token();
        let urls = Urls::new(&Url::parse("https://h.example").unwrap(), None);
        let cookie = set(&urls, Name::Session, &secret);
        let cookie = cookie.to_str().unwrap();
        assert!(cookie.starts_with("__Host-session="), "{cookie}");
        for part in ["; HttpOnly", "; Secure", "; SameSite=Lax", "; Path=/"] {
            assert!(cookie.contains(part), "{cookie}");
        }
        assert!(!cookie.contains("Domain"));
        let urls = Urls::new(&Url::parse("http://localhost:3000").unwrap(), None);
        let cookie = set(&urls, Name::Visitor, &secret);
        let cookie = cookie.to_str().unwrap();
        assert!(
            cookie.starts_with("visitor=") && !cookie.contains("Secure"),
            "{cookie}"
        );
        let mut headers = HeaderMap::new();
        headers.insert("cookie", format!("a=b; visitor={secret}").parse().unwrap());
        assert_eq!(read(&headers, &urls, Name::Visitor), Some(secret));
        headers.insert("cookie", "visitor=short".parse().unwrap());
        assert_eq!(read(&headers, &urls, Name::Visitor), None);
    }
}
