//! Photos under one hashtag. Knows only what this server has seen, and says so.

use askama::Template;

use super::{Count, Frame, Href, Tile};

#[derive(Template, Clone, Debug)]
#[template(path = "tag.html")]
pub struct Tag<'a> {
    pub frame: Frame<'a>,
    /// Without the `#`.
    pub name: String,
    pub canonical: Href,
    pub posts: Count,
    pub tiles: Vec<Tile>,
    pub newer: Option<Href>,
    pub older: Option<Href>,
}
