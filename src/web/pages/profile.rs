//! A person's page: who they are and a grid of their photos. Shows no photo of a private or suspended account.

use askama::Template;

use super::{CleanHtml, Count, Frame, Href, Moment, Person, Tile};

/// One line of "name: value"; `verified` when the linked page links back.
#[derive(Clone, Debug)]
pub struct Field {
    pub name: String,
    pub value: CleanHtml,
    pub verified: Option<Moment>,
}

#[derive(Clone, Copy, Debug, Default)]
pub struct ProfileCounts {
    pub posts: Count,
    /// `None` where the person hides them.
    pub followers: Option<Count>,
    pub following: Option<Count>,
}

/// What of the person's photos this page may show.
#[derive(Clone, Debug)]
pub enum Shelf {
    Open {
        tiles: Vec<Tile>,
        newer: Option<Href>,
        older: Option<Href>,
    },
    Private,
    Suspended,
}

#[derive(Template, Clone, Debug)]
#[template(path = "profile.html")]
pub struct Profile<'a> {
    pub frame: Frame<'a>,
    pub person: Person,
    /// Absolute, for other sites and servers.
    pub canonical: Href,
    /// The actor document.
    pub activity: Href,
    pub header: Option<Href>,
    pub bio: CleanHtml,
    /// The bio as plain text, for cards.
    pub summary: String,
    pub fields: Vec<Field>,
    pub counts: ProfileCounts,
    pub shelf: Shelf,
    /// Whether search engines may list the page.
    pub indexable: bool,
    /// Where a visitor follows from a server of their own.
    pub follow: Option<Href>,
}

impl Profile<'_> {
    fn suspended(&self) -> bool {
        matches!(self.shelf, Shelf::Suspended)
    }
}
