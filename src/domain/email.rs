//! E-mail addresses, by their shape. Whether anybody reads mail there is not asked.

use std::fmt;

use super::{names, random};

/// The most bytes that mail servers pass on (RFC 5321, section 4.5.3.1).
const LONGEST: usize = 254;
const LONGEST_NAME: usize = 64;

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EmailError {
    #[error("can't be blank")]
    Blank,
    #[error("is invalid")]
    Invalid,
    #[error("is too long (maximum is 254 characters)")]
    TooLong,
}

/// An address to which a mail can be written without quoting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Email(String);

impl Email {
    pub fn parse(text: &str) -> Result<Self, EmailError> {
        let text = text.trim();
        if text.is_empty() {
            return Err(EmailError::Blank);
        }
        if text.len() > LONGEST {
            return Err(EmailError::TooLong);
        }
        let (name, host) = text.split_once('@').ok_or(EmailError::Invalid)?;
        if !is_name(name) || !is_host(host) {
            return Err(EmailError::Invalid);
        }
        Ok(Self(text.to_owned()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    fn parts(&self) -> (&str, &str) {
        self.0.split_once('@').expect("it was parsed with one")
    }

    /// Its provider's domain and those above it, each in its ASCII form: `a.b.example`, `b.example`, `example`.
    pub fn domains(&self) -> Vec<String> {
        let host = self.parts().1;
        let host = names::parse_host(host).unwrap_or_else(|| host.to_lowercase());
        let above = host.match_indices('.').map(|(at, _)| host[at + 1..].to_owned());
        std::iter::once(host.clone()).chain(above).collect()
    }

    /// The same letter box in all its spellings, as Mastodon has it: in lower case, the name without dots and without what
    /// follows a plus.
    pub fn canonical(&self) -> String {
        let address = self.0.to_lowercase();
        let (name, host) = address.split_once('@').expect("it was parsed with one");
        let name = name.replace('.', "");
        let name = name.split_once('+').map_or(name.as_str(), |(name, _)| name);
        format!("{name}@{host}")
    }

    /// SHA-256 of the canonical form, in hex.
    pub fn canonical_hash(&self) -> String {
        let digest = random::hash(&self.canonical());
        digest.iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

impl fmt::Display for Email {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str(&self.0)
    }
}

fn is_name(name: &str) -> bool {
    let plain = |c: char| !c.is_whitespace() && !c.is_control() && !"<>()[],;:\\\"@".contains(c);
    !name.is_empty() && name.len() <= LONGEST_NAME && name.chars().all(plain)
}

fn is_host(host: &str) -> bool {
    let is_label = |label: &str| {
        !label.is_empty()
            && label.len() <= 63
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(|c| c.is_alphanumeric() || c == '-')
    };
    host.split('.').all(is_label)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_taken_by_their_shape() {
        for good in [
            "ana@example.org",
            " a+b.c@mail.example ",
            "ö@exämple.org",
            "root@localhost",
        ] {
            assert!(Email::parse(good).is_ok(), "{good}");
        }
        let long = format!("a@{}.org", "b.".repeat(130));
        for bad in [
            "ana",
            "ana@",
            "@b.c",
            "a b@c.d",
            "a@b..c",
            "a@b@c",
            "a@-b.c",
            "<a>@b.c",
            "a\r\nb@c.d",
            &long,
        ] {
            assert!(Email::parse(bad).is_err(), "{bad}");
        }
        assert_eq!(Email::parse("  "), Err(EmailError::Blank));
    }

    #[test]
    fn an_address_is_one_letter_box_in_all_its_spellings() {
        let canonical = |text: &str| Email::parse(text).unwrap().canonical();
        for same in [
            "ana.berg@Mail.Example",
            "A.n.a.Berg@mail.example",
            "anaberg+shop+2@mail.example",
        ] {
            assert_eq!(canonical(same), "anaberg@mail.example", "{same}");
        }
        // Of all other software's: so that hashes can be handed on.
        assert_eq!(
            Email::parse("test@example.com").unwrap().canonical_hash(),
            "973dfe463ec85785f5f95af5ba3906eedb2d931c24e69824a89ea65dba4e813b"
        );
    }

    #[test]
    fn a_provider_is_known_by_its_domain_and_those_above_it() {
        let domains = Email::parse("a@x.Bücher.example").unwrap().domains();
        assert_eq!(
            domains,
            ["x.xn--bcher-kva.example", "xn--bcher-kva.example", "example"]
        );
        assert_eq!(Email::parse("root@localhost").unwrap().domains(), ["localhost"]);
    }
}
