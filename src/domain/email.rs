//! E-mail addresses, by their shape. Whether anybody reads mail there is not asked.

use std::fmt;

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
}
