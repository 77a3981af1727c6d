//! The first posts of a list, in the places where the app will show them: seen while the app is still on its way. Has no
//! words but people's own, since the reader's language is the app's matter.

use askama::Template;

use super::{CleanHtml, Href};

/// A piece of a page and no page: a script stamps it out, so nobody without scripts sees it twice.
#[derive(Template, Clone, Debug)]
#[template(path = "look.html")]
pub struct Look<'a> {
    /// Of this server.
    pub site: &'a str,
    /// Lists to choose from stand above.
    pub has_tabs: bool,
    /// As in `sizes`.
    pub sizes: &'static str,
    pub posts: Vec<LookPost>,
}

#[derive(Clone, Debug)]
pub struct LookPost {
    pub is_repost: bool,
    pub author: Href,
    pub avatar: Href,
    pub name: String,
    /// With the host, of somebody elsewhere.
    pub handle: Option<String>,
    /// Of the box that the picture fills.
    pub shape: (u32, u32),
    /// As in `srcset`; may be empty.
    pub avif: String,
    pub webp: String,
    pub jpeg: String,
    pub plain: Href,
    pub alt: String,
    pub words: CleanHtml,
    pub language: Option<String>,
    pub has_camera: bool,
    pub has_comments: bool,
}
