//! Names of people: what may be one here, and how one elsewhere is written.

use std::fmt;

/// Most characters of a local name; other servers allow longer ones.
pub const MOST_USERNAME: usize = 30;

/// Names that would be taken for the server itself, or that are parts of its addresses.
const RESERVED: &[&str] = &[
    "about",
    "abuse",
    "account",
    "accounts",
    "actor",
    "admin",
    "administrator",
    "api",
    "assets",
    "auth",
    "autoconfig",
    "autodiscover",
    "broadcasthost",
    "contact",
    "dns",
    "everyone",
    "explore",
    "federation",
    "following",
    "followers",
    "ftp",
    "health",
    "help",
    "here",
    "home",
    "host",
    "hostmaster",
    "imap",
    "inbox",
    "info",
    "instance",
    "is",
    "isatap",
    "it",
    "localdomain",
    "localhost",
    "login",
    "logout",
    "mail",
    "mailer_daemon",
    "marketing",
    "media",
    "me",
    "metrics",
    "mis",
    "moderator",
    "mod",
    "news",
    "nobody",
    "nodeinfo",
    "noc",
    "noreply",
    "no_reply",
    "null",
    "oauth",
    "official",
    "outbox",
    "owner",
    "pop",
    "pop3",
    "postmaster",
    "privacy",
    "public",
    "ready",
    "register",
    "root",
    "rules",
    "sales",
    "search",
    "security",
    "server",
    "settings",
    "share",
    "signin",
    "signup",
    "sign_in",
    "sign_up",
    "smtp",
    "ssl",
    "ssladmin",
    "ssladministrator",
    "sslwebmaster",
    "staff",
    "static",
    "support",
    "sysadmin",
    "system",
    "tags",
    "team",
    "terms",
    "tintype",
    "undefined",
    "usenet",
    "user",
    "users",
    "uucp",
    "webmaster",
    "well_known",
    "wpad",
    "www",
];

/// Why a name cannot be had, in the API's vocabulary.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NameError {
    #[error("can't be blank")]
    Blank,
    #[error("must contain only letters, numbers and underscores")]
    Invalid,
    #[error("is too long (maximum is 30 characters)")]
    TooLong,
    #[error("is reserved")]
    Reserved,
}

/// A name that somebody may have here: a–z, 0–9 and _, lower case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Username(String);

impl Username {
    pub fn parse(text: &str) -> Result<Self, NameError> {
        let name = text.trim().to_ascii_lowercase();
        match name.len() {
            0 => return Err(NameError::Blank),
            length if length > MOST_USERNAME => return Err(NameError::TooLong),
            _ => {}
        }
        if !name
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
        {
            return Err(NameError::Invalid);
        }
        if RESERVED.contains(&name.as_str()) {
            return Err(NameError::Reserved);
        }
        Ok(Self(name))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Username {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// `name` or `name@authority`, with or without a leading @: somebody as people write them.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Handle {
    /// As written; compared without regard to case.
    pub name: String,
    /// Lower case, with a port that is not the scheme's own; none for somebody here.
    pub authority: Option<String>,
}

impl Handle {
    /// Where it is, if that is not `here`.
    pub fn elsewhere(&self, here: &str) -> Option<&str> {
        self.authority.as_deref().filter(|authority| *authority != here)
    }

    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let text = text.strip_prefix("acct:").unwrap_or(text);
        let text = text.strip_prefix('@').unwrap_or(text);
        let (name, authority) = match text.split_once('@') {
            Some((name, authority)) => (name, Some(authority)),
            None => (text, None),
        };
        if !is_remote_name(name) {
            return None;
        }
        let authority = match authority {
            Some(authority) => Some(parse_authority(authority)?),
            None => None,
        };
        Some(Self {
            name: name.to_owned(),
            authority,
        })
    }
}

/// `None` unless it is a host name or address with an optional port, as a URL would have it.
pub fn parse_authority(text: &str) -> Option<String> {
    if text.is_empty() || text.len() > 260 || text.contains(['/', '?', '#', '@', '\\', '%', ' ', '*']) {
        return None;
    }
    let url = url::Url::parse(&format!("https://{text}/")).ok()?;
    let host = url.host_str()?.trim_end_matches('.');
    Some(match url.port() {
        Some(port) => format!("{host}:{port}"),
        None => host.to_owned(),
    })
}

/// `None` unless it is a host name or address without a port: lower case, in its ASCII form.
pub fn parse_host(text: &str) -> Option<String> {
    let host = parse_authority(text)?;
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    let is_address = host.starts_with('[') && host.ends_with(']');
    (!host.is_empty() && (is_address || host.chars().all(is_name))).then_some(host)
}

/// A name as other servers may have them.
pub fn is_remote_name(name: &str) -> bool {
    !name.is_empty()
        && name.len() <= 128
        && name
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.'))
        && name.starts_with(|c: char| c.is_alphanumeric() || c == '_')
        && !name.ends_with(['.', '-'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_folded_to_lower_case() {
        assert_eq!(Username::parse(" Ana_9 ").unwrap().as_str(), "ana_9");
    }

    #[test]
    fn names_that_would_mislead_are_refused() {
        assert_eq!(Username::parse("Admin"), Err(NameError::Reserved));
        assert_eq!(Username::parse("ana-b"), Err(NameError::Invalid));
        assert_eq!(Username::parse("аna"), Err(NameError::Invalid));
        assert_eq!(Username::parse(&"a".repeat(31)), Err(NameError::TooLong));
        assert_eq!(Username::parse("  "), Err(NameError::Blank));
    }

    #[test]
    fn a_host_is_a_name_or_an_address_and_nothing_more() {
        let host = |text: &str| parse_host(text).unwrap_or_default();
        assert_eq!(host("Bücher.Example."), "xn--bcher-kva.example");
        assert_eq!(host("192.0.2.1"), "192.0.2.1");
        assert_eq!(host("[2001:DB8::1]"), "[2001:db8::1]");
        for bad in [
            "",
            ".",
            "*",
            "*.example",
            "a.example:3000",
            "a b",
            "https://a.example",
            "a@b.example",
            "a/b",
        ] {
            assert_eq!(parse_host(bad), None, "{bad}");
        }
    }

    #[test]
    fn handles_are_read_as_people_write_them() {
        let ana = Handle::parse("@ana@B.Example:8443").unwrap();
        assert_eq!(
            (ana.name.as_str(), ana.authority.as_deref()),
            ("ana", Some("b.example:8443"))
        );
        assert_eq!(
            Handle::parse("acct:ana@b.example.").unwrap().authority.as_deref(),
            Some("b.example")
        );
        assert_eq!(Handle::parse("ana").unwrap().authority, None);
        for bad in [
            "",
            "@",
            "a b",
            "ana@",
            "ana@b/c",
            "ana@b@c",
            "ana@b%2f",
            "@@ana",
            "ana@user:pw@host",
        ] {
            assert_eq!(Handle::parse(bad), None, "{bad}");
        }
    }
}
