//! Names of people: `user@host` or `user@host:port`. Never keeps a name that could not be looked up.

use std::fmt;

use url::Url;

const LONGEST_USER: usize = 256;

/// A name on the network. The host is lower case and in its ASCII form, the user as it was written.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Handle {
    user: String,
    authority: String,
}

impl Handle {
    /// Reads `user@host`, with or without `@` or `acct:` in front; the host may carry a port.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let text = text.strip_prefix("acct:").unwrap_or(text);
        let (user, host) = text.strip_prefix('@').unwrap_or(text).rsplit_once('@')?;
        Self::new(user, host)
    }

    /// A name of its two parts.
    pub fn new(user: &str, host: &str) -> Option<Self> {
        let letter = |letter: char| letter.is_alphanumeric() || matches!(letter, '_' | '.' | '-');
        // The server actor's name is its host (FEP-d556), with a port in tests.
        let own_name = user.eq_ignore_ascii_case(host);
        if user.is_empty() || user.len() > LONGEST_USER || !(own_name || user.chars().all(letter)) {
            return None;
        }
        if host.is_empty() || host.len() > 260 || host.contains(['/', '?', '#', '@', '\\']) {
            return None;
        }
        let url = crate::origin::parse_web_address(&format!("https://{host}/"))?;
        Some(Self {
            user: user.to_owned(),
            authority: crate::origin::origin(&url)?,
        })
    }

    /// The part before the host.
    pub fn user(&self) -> &str {
        &self.user
    }

    /// The host, with its port where it has one.
    pub fn authority(&self) -> &str {
        &self.authority
    }

    /// Whether two spellings are one name: case means nothing.
    pub fn same_as(&self, other: &Self) -> bool {
        self.authority == other.authority && self.user.to_lowercase() == other.user.to_lowercase()
    }

    /// Where to ask for it.
    pub(super) fn webfinger_url(&self, scheme: &str) -> Option<Url> {
        let mut url = Url::parse(&format!("{scheme}://{}/.well-known/webfinger", self.authority)).ok()?;
        url.query_pairs_mut()
            .append_pair("resource", &format!("acct:{self}"));
        Some(url)
    }
}

impl fmt::Display for Handle {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}@{}", self.user, self.authority)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_read_in_its_usual_spellings() {
        for text in [
            "ana@There.Example",
            "@ana@there.example",
            "acct:ana@there.example",
            " ana@there.example:443 ",
        ] {
            assert_eq!(
                Handle::parse(text).unwrap().to_string(),
                "ana@there.example",
                "{text}"
            );
        }
        assert_eq!(
            Handle::parse("@ana@localhost:3001").unwrap().authority(),
            "localhost:3001"
        );
        assert!(Handle::parse("localhost:3001@localhost:3001").is_some());
    }

    #[test]
    fn a_name_that_hides_a_path_or_another_host_is_refused() {
        for text in [
            "ana",
            "@",
            "ana@",
            "@there.example",
            "a na@there.example",
            "ana@there.example/x",
            "a/b@there.example",
            "ana@there.example.",
            "ana@evil.example\\@there.example",
            "ana@there.example:99999",
            "a@b@there.example",
            "ana@there.example?x=",
            "a\r\nb@there.example",
        ] {
            assert!(Handle::parse(text).is_none(), "{text}");
        }
    }
}
