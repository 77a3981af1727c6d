//! A person or post of another server: we send the visitor there. Shows no copy of it.

use askama::Template;

use super::{Frame, Href};

#[derive(Template, Clone, Debug)]
#[template(path = "elsewhere.html")]
pub struct Elsewhere<'a> {
    pub frame: Frame<'a>,
    pub name: String,
    /// `@ana@example.org`.
    pub handle: String,
    /// The page at its own server.
    pub original: Href,
}
