//! One post: its photos large, its words, and what was said below. Never shows a covered photo uncovered.

use askama::Template;

use super::{CleanHtml, Count, Frame, Href, Moment, Person, Picture};

/// Why the author covered the photos; may be empty.
#[derive(Clone, Debug)]
pub struct Cover {
    pub reason: String,
}

#[derive(Clone, Debug)]
pub struct PostAddresses {
    /// Absolute address of this page.
    pub canonical: Href,
    /// The post as an ActivityPub object.
    pub activity: Href,
    /// Where a visitor likes or answers from a server of their own.
    pub interact: Option<Href>,
    /// What other pages may show of it (oembed.com).
    pub embed: Option<Href>,
}

#[derive(Clone, Debug)]
pub struct Comment {
    pub author: Person,
    pub text: CleanHtml,
    pub language: Option<String>,
    pub page: Href,
    pub published: Moment,
    /// 0 for an answer to the post itself; deeper ones are set in, up to a point.
    pub depth: u8,
    /// Photos in the comment are linked, not shown.
    pub photos: usize,
    pub cover: Option<Cover>,
}

#[derive(Template, Clone, Debug)]
#[template(path = "post.html")]
pub struct Post<'a> {
    pub frame: Frame<'a>,
    pub addresses: PostAddresses,
    pub author: Person,
    pub pictures: Vec<Picture>,
    pub cover: Option<Cover>,
    pub caption: CleanHtml,
    /// The caption as plain text, for the title and for cards.
    pub summary: String,
    /// As the author gave it, BCP 47.
    pub language: Option<String>,
    pub published: Moment,
    pub edited: Option<Moment>,
    pub likes: Count,
    pub reposts: Count,
    pub replies: Count,
    pub comments: Vec<Comment>,
    /// There are more comments than this page shows.
    pub more_comments: bool,
    pub indexable: bool,
}

const TITLE_LENGTH: usize = 70;
const DEEPEST: u8 = 3;

impl Post<'_> {
    /// A covered post keeps its words out of titles and cards as well.
    fn card_text(&self) -> &str {
        self.cover.as_ref().map_or(&self.summary, |cover| &cover.reason)
    }

    fn title(&self) -> String {
        let words = self.card_text().split_whitespace().collect::<Vec<_>>().join(" ");
        match words.char_indices().nth(TITLE_LENGTH) {
            _ if words.is_empty() => format!("Post by {}", self.author.name),
            Some((end, _)) => format!("{}: {}…", self.author.name, &words[..end]),
            None => format!("{}: {words}", self.author.name),
        }
    }

    /// A warning is about the words as much as about the photos; without one only the photos are covered.
    fn folds_words(&self) -> bool {
        let cover = self.cover.as_ref();
        cover.is_some_and(|cover| !cover.reason.is_empty() || self.pictures.is_empty())
    }

    fn card_picture(&self) -> Option<&Picture> {
        if self.cover.is_some() {
            None
        } else {
            self.pictures.first()
        }
    }

    fn language(&self) -> &str {
        self.language.as_deref().unwrap_or_default()
    }
}

impl Comment {
    fn depth_class(&self) -> u8 {
        self.depth.min(DEEPEST)
    }
}
