//! The CustomEmoji entity: of a text, and in the list of this server's. Always a picture of our own address, never one that
//! readers would ask another server for.

use serde::Serialize;

use crate::db::emojis::Current;
use crate::domain::emoji::Emoji;
use crate::domain::urls::Urls;

#[derive(Clone, Debug, Serialize)]
pub struct Entity {
    pub shortcode: String,
    pub url: String,
    pub static_url: String,
    /// Those of other servers cannot be used here.
    pub visible_in_picker: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub category: Option<String>,
}

/// Those of a text.
pub fn all(urls: &Urls, emojis: &[Emoji]) -> Vec<Entity> {
    emojis.iter().map(|emoji| entity(urls, emoji)).collect()
}

fn entity(urls: &Urls, emoji: &Emoji) -> Entity {
    Entity {
        shortcode: emoji.shortcode.clone(),
        url: emoji.url(urls),
        static_url: emoji.still_url(urls),
        visible_in_picker: emoji.is_ours(),
        category: None,
    }
}

/// One that can be used here.
pub fn current(urls: &Urls, current: Current) -> Entity {
    let emoji = Emoji {
        shortcode: current.shortcode,
        key: current.key,
        file: Some(current.file),
    };
    Entity {
        visible_in_picker: current.listed,
        category: current.category,
        ..entity(urls, &emoji)
    }
}
