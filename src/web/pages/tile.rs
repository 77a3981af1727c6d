//! One post in a grid. Shows no picture whose author covered it.

use super::{Href, Picture};

#[derive(Clone, Debug)]
pub struct Tile {
    /// The post's page.
    pub post: Href,
    /// The author's name, for the link's words when the picture has none.
    pub author: String,
    /// The first photo; `None` for a post of text alone.
    pub picture: Option<Picture>,
    /// Plain text that stands for a post without a photo; shown cut off.
    pub text: String,
    pub photos: usize,
    pub sensitive: bool,
}

impl Tile {
    /// What a screen reader calls the link.
    pub fn name(&self) -> String {
        let described = self.picture.as_ref().and_then(|picture| picture.alt.as_deref());
        match described {
            _ if self.sensitive => format!("Sensitive photo by {}", self.author),
            Some(alt) if !alt.trim().is_empty() => alt.to_owned(),
            _ if self.picture.is_some() => format!("Photo by {}, not described", self.author),
            _ => format!("Post by {}: {}", self.author, self.text),
        }
    }
}
