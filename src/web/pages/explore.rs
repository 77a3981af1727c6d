//! `/explore` for whoever runs no script, and its head for those who share its address.

use askama::Template;

use super::{Frame, Href, Tile};

#[derive(Template, Clone, Debug)]
#[template(path = "explore.html")]
pub struct Explore<'a> {
    pub frame: Frame<'a>,
    pub canonical: Href,
    /// Public photos by people here, newest first.
    pub photos: Vec<Tile>,
}
