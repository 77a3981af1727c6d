//! Who speaks for an address: its host with its port.
//! Never compares hosts alone, since two servers may share one name on two ports.

use url::Url;

/// The authority of a URL with its port, whatever the scheme: `host:443` for plain https addresses.
/// `None` for what is not an http(s) URL with a host.
///
/// A default port is dropped from the text, so that `https://h/` and `http://h/` are one origin (`h`),
/// and `http://h:8080/` is another (`h:8080`).
pub fn origin(url: &Url) -> Option<String> {
    if !matches!(url.scheme(), "http" | "https") {
        return None;
    }
    let host = url.host_str()?;
    Some(match url.port() {
        Some(port) => format!("{host}:{port}"),
        None => host.to_owned(),
    })
}

/// Whether two URLs belong to the same server. Never true for what has no origin.
pub fn same_origin(one: &Url, other: &Url) -> bool {
    origin(one).is_some_and(|first| origin(other).is_some_and(|second| first == second))
}

/// A URL that may name something on the wire: http(s), a host without a trailing dot, no user or password.
pub fn is_web_address(url: &Url) -> bool {
    matches!(url.scheme(), "http" | "https")
        && url.username().is_empty()
        && url.password().is_none()
        && url
            .host_str()
            .is_some_and(|host| !host.is_empty() && !host.ends_with('.'))
}

/// Parses an http(s) address of at most 2,048 characters, without control characters, backslashes or user information.
pub fn parse_web_address(text: &str) -> Option<Url> {
    // The parser of `url` drops tabs and line ends and turns backslashes round; a peer that sends them lies.
    let odd = |letter: char| letter.is_control() || letter == '\\' || letter == ' ';
    if text.len() > 2048 || text.contains(odd) {
        return None;
    }
    Url::parse(text).ok().filter(is_web_address)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(text: &str) -> Url {
        Url::parse(text).unwrap()
    }

    #[test]
    fn ports_separate_origins_and_schemes_do_not() {
        assert!(same_origin(
            &url("https://h.example/a"),
            &url("http://h.example/b")
        ));
        assert!(same_origin(
            &url("https://h.example:443/a"),
            &url("https://h.example/b")
        ));
        assert!(!same_origin(
            &url("http://localhost:3001/a"),
            &url("http://localhost:3002/a")
        ));
        assert!(!same_origin(&url("data:text/plain,x"), &url("data:text/plain,x")));
    }

    #[test]
    fn disguised_hosts_are_not_addresses() {
        for text in [
            "https://good.example@evil.example/",
            "https://good.example./users/a",
            "https://good.example\\@evil.example/",
            "https://good.example/\r\nX: y",
            "javascript:alert(1)",
            "file:///etc/passwd",
            "data:application/activity+json,{}",
            "gopher://h.example/",
        ] {
            assert!(parse_web_address(text).is_none(), "{text}");
        }
    }

    #[test]
    fn case_and_width_of_a_host_make_no_second_origin() {
        let plain = url("https://good.example/");
        for text in ["https://GOOD.example/", "https://ＧＯＯＤ.example/"] {
            assert!(same_origin(&parse_web_address(text).unwrap(), &plain), "{text}");
        }
    }
}
