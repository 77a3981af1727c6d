//! The front page of the server, for visitors. Shows only what everybody may see.

use askama::Template;

use super::{Count, Frame, Tile};

#[derive(Template, Clone, Debug)]
#[template(path = "front.html")]
pub struct Front<'a> {
    pub frame: Frame<'a>,
    /// Recent public photos from people here, newest first.
    pub photos: Vec<Tile>,
    pub people: Count,
    pub posts: Count,
}
