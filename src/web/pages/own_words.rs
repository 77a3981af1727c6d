//! A text of whoever runs the server: its privacy policy, its terms. Makes none of it up.

use askama::Template;

use super::{CleanHtml, Frame};

#[derive(Template, Clone, Debug)]
#[template(path = "own_words.html")]
pub struct OwnWords<'a> {
    pub frame: Frame<'a>,
    pub title: &'static str,
    /// Since when it counts, or is as it is.
    pub since: String,
    pub words: CleanHtml,
}
