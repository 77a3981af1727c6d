//! The posts at the head of an answer, as far as they can be shown before the app is there. Knows nothing of how.

use std::collections::HashSet;

use serde::Deserialize;
use serde::de::IgnoredAny;

#[derive(Debug, Deserialize)]
pub struct Post {
    #[serde(default)]
    id: String,
    #[serde(default)]
    pub account: Account,
    #[serde(default)]
    pub content: String,
    #[serde(default)]
    pub language: Option<String>,
    #[serde(default)]
    pub replies_count: u64,
    #[serde(default)]
    pub media_attachments: Vec<Picture>,
    sensitive: bool,
    #[serde(default)]
    spoiler_text: String,
    #[serde(default)]
    reblog: Option<Box<Post>>,
    #[serde(default)]
    filtered: Option<Vec<IgnoredAny>>,
    #[serde(default)]
    emojis: Vec<IgnoredAny>,
    #[serde(default)]
    poll: Option<IgnoredAny>,
    #[serde(default)]
    quote: Option<IgnoredAny>,
}

#[derive(Debug, Default, Deserialize)]
pub struct Account {
    pub acct: String,
    pub username: String,
    pub display_name: String,
    pub avatar: String,
    #[serde(default)]
    pub emojis: Vec<IgnoredAny>,
}

#[derive(Debug, Deserialize)]
pub struct Picture {
    #[serde(rename = "type", default)]
    pub kind: String,
    #[serde(default)]
    pub url: Option<String>,
    #[serde(default)]
    pub preview_url: Option<String>,
    #[serde(default)]
    pub description: Option<String>,
    #[serde(default)]
    pub meta: Option<Meta>,
    #[serde(default)]
    pub camera: Option<IgnoredAny>,
    #[serde(default)]
    variants: Vec<Variant>,
}

#[derive(Debug, Default, Deserialize)]
pub struct Meta {
    #[serde(default)]
    pub original: Option<Size>,
    #[serde(default)]
    pub focus: Option<Focus>,
}

/// Of a sound it says how long it is, and no width.
#[derive(Debug, Clone, Copy, Default, Deserialize)]
#[serde(default)]
pub struct Size {
    pub width: u32,
    pub height: u32,
}

#[derive(Debug, Clone, Copy, Default, Deserialize)]
#[serde(default)]
pub struct Focus {
    pub x: f32,
    pub y: f32,
}

#[derive(Debug, Deserialize)]
struct Variant {
    url: String,
    #[serde(rename = "type")]
    content_type: String,
    width: u32,
}

/// A post of a list, and whether somebody passed it on.
#[derive(Debug)]
pub struct Listed {
    pub post: Post,
    pub is_repost: bool,
}

/// None where the answer is no list of posts. Each post once, as the app shows it.
pub fn read(answer: &str) -> Vec<Listed> {
    let posts: Vec<Post> = serde_json::from_str(answer).unwrap_or_default();
    let mut seen = HashSet::new();
    let mut all: Vec<Listed> = posts.into_iter().map(listed).collect();
    all.retain(|one| seen.insert(one.post.id.clone()));
    all
}

fn listed(mut post: Post) -> Listed {
    let filtered = post.filtered.take();
    let Some(mut inside) = post.reblog.take() else {
        post.filtered = filtered;
        return Listed {
            post,
            is_repost: false,
        };
    };
    inside.filtered = inside.filtered.or(filtered);
    Listed {
        post: *inside,
        is_repost: true,
    }
}

impl Post {
    /// Something lies over its pictures, or it is not to be seen at all.
    pub fn is_covered(&self) -> bool {
        let is_filtered = self.filtered.as_ref().is_some_and(|met| !met.is_empty());
        self.sensitive || !self.spoiler_text.is_empty() || is_filtered
    }

    /// Pictures with a caption: nothing else to draw, and nothing to look up.
    pub fn is_plain(&self) -> bool {
        let pictures = !self.media_attachments.is_empty();
        let small_pictures = !self.emojis.is_empty() || !self.account.emojis.is_empty();
        pictures && !small_pictures && self.poll.is_none() && self.quote.is_none()
    }

    /// The caption as HTML; empty where there is none.
    pub fn words(&self) -> &str {
        match self.content.as_str() {
            "<p>" | "<p></p>" => "",
            words => words,
        }
    }
}

impl Picture {
    /// `srcset` of the renditions of one type, from small to large.
    pub fn source_set(&self, content_type: &str) -> String {
        let mut fitting: Vec<&Variant> = self.variants.iter().collect();
        fitting.retain(|variant| variant.content_type == content_type);
        fitting.sort_by_key(|variant| variant.width);
        let set: Vec<String> = fitting
            .iter()
            .map(|variant| format!("{} {}w", variant.url, variant.width))
            .collect();
        set.join(", ")
    }
}
