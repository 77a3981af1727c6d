//! Addresses that apps have people sent back to. Compared letter by letter, never by what they mean.

use url::Url;

/// The app has no address: the code is shown, to be copied.
pub const OUT_OF_BAND: &str = "urn:ietf:wg:oauth:2.0:oob";

/// The most characters of one address.
pub const LONGEST: usize = 2_000;

/// Schemes that run, read or show something instead of handing over to an app.
const REFUSED: &[&str] = &[
    "about",
    "blob",
    "chrome",
    "data",
    "file",
    "filesystem",
    "ftp",
    "intent",
    "javascript",
    "mailto",
    "resource",
    "tel",
    "urn",
    "vbscript",
    "view-source",
    "ws",
    "wss",
];

/// Whether an app may register this address.
pub fn may_be_registered(address: &str) -> bool {
    if address == OUT_OF_BAND {
        return true;
    }
    // What is not plain ASCII could not go into a `Location` header as it was registered.
    if address.len() > LONGEST || !address.bytes().all(|byte| byte.is_ascii_graphic()) {
        return false;
    }
    let Ok(url) = Url::parse(address) else {
        return false;
    };
    let is_web = matches!(url.scheme(), "http" | "https");
    // The parser mends `https:host` and `https:\\host`; other readers of the same text may not.
    let is_plain = !is_web
        || (url.host_str().is_some()
            && url.username().is_empty()
            && url.password().is_none()
            && address
                .split_once("://")
                .is_some_and(|(_, rest)| !rest.starts_with(['/', '\\']))
            && !address.contains('\\'));
    url.fragment().is_none() && !REFUSED.contains(&url.scheme()) && is_plain
}

/// The address with parameters added to those that it has.
pub fn with(address: &str, parameters: &[(&str, &str)]) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    query.extend_pairs(parameters);
    let joint = if address.contains('?') { '&' } else { '?' };
    format!("{address}{joint}{}", query.finish())
}

/// What a person can check about where they are sent: the host of a web address, the scheme of an app's own.
pub fn shown(address: &str) -> Option<String> {
    let url = Url::parse(address).ok().filter(|_| address != OUT_OF_BAND)?;
    match url.scheme() {
        "http" | "https" => crate::domain::urls::authority_of(&url),
        scheme => Some(format!("{scheme}:")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_that_could_run_something_are_refused() {
        for good in [
            OUT_OF_BAND,
            "https://app.example/back?a=b",
            "http://localhost:1234/",
            "http://127.0.0.1/cb",
            "tusky://oauth",
            "com.example.app:/oauth",
        ] {
            assert!(may_be_registered(good), "{good}");
        }
        for bad in [
            "javascript:alert(1)",
            "JavaScript:alert(1)",
            "data:text/html,x",
            "vbscript:x",
            "file:///etc/passwd",
            "/back",
            "",
            "https://app.example/#part",
            "https://user:secret@app.example/",
            "https:app.example",
            "https:///app.example",
            "https://app.example\\@evil.example/",
            "https://app.example/\r\nSet-Cookie: a=b",
            "urn:something:else",
        ] {
            assert!(!may_be_registered(bad), "{bad}");
        }
    }

    #[test]
    fn parameters_join_those_that_are_there() {
        assert_eq!(with("app://x", &[("code", "a b")]), "app://x?code=a+b");
        assert_eq!(
            with("https://x/?y=1", &[("state", "&")]),
            "https://x/?y=1&state=%26"
        );
    }
}
