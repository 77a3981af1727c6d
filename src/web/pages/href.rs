//! An address a page may link to or load from. Refuses every scheme but http and https.

use std::fmt;

use url::{Url, form_urlencoded};

/// Absolute `http(s)` address, or a path on this host. Escaping alone does not stop `javascript:`, this does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Href(String);

impl Href {
    /// `None` for other schemes, addresses with a password in them, and paths that lead to another host.
    pub fn parse(text: &str) -> Option<Self> {
        if text.starts_with('/') {
            return Self::path(text);
        }
        let url = Url::parse(text).ok()?;
        let plain = matches!(url.scheme(), "http" | "https") && url.username().is_empty();
        (plain && url.password().is_none()).then(|| Self(url.into()))
    }

    /// One of our forms, with the signed path that it is to lead on to.
    pub(super) fn carrying(form: &'static str, return_to: Option<&str>) -> Self {
        let Some(return_to) = return_to else {
            return Self(form.to_owned());
        };
        let mut query = form_urlencoded::Serializer::for_suffix(format!("{form}?"), form.len() + 1);
        Self(query.append_pair("return_to", return_to).finish())
    }

    // Browsers read `//host` and `/\host` as another host's address, and drop tabs and line ends before they look.
    fn path(text: &str) -> Option<Self> {
        let safe = !text[1..].starts_with(['/', '\\']) && !text.chars().any(char::is_control);
        safe.then(|| Self(text.to_owned()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The address for a reader: without scheme and closing slash.
    pub fn shown(&self) -> &str {
        let bare = self
            .0
            .strip_prefix("https://")
            .or_else(|| self.0.strip_prefix("http://"));
        bare.unwrap_or(&self.0).trim_end_matches('/')
    }

    /// For `srcset`, where a space or a comma would end the address.
    pub(super) fn in_srcset(&self) -> String {
        self.0.replace(',', "%2C").replace(' ', "%20")
    }
}

impl fmt::Display for Href {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}
