//! HTML that has already been made safe. Cleans nothing itself: who wraps text in it vouches for it.

use std::fmt;

use askama::filters::HtmlSafe;

/// The only value that templates write unescaped: sanitised captions, bios and field values.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CleanHtml(String);

impl CleanHtml {
    /// Only for the output of the sanitiser and of our own caption writer.
    pub fn trust(sanitised: String) -> Self {
        Self(sanitised)
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Display for CleanHtml {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

impl HtmlSafe for CleanHtml {}
