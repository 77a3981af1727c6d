//! Emojis of texts and of likes as the network describes them. Says nothing of where their pictures lie here.

use tintype_federation::inbox;
use tintype_federation::vocab;

use super::address;
use crate::domain::emoji::{Emoji, RemoteEmoji, RemoteReaction, is_character};
use crate::domain::urls::Urls;

/// Emojis of one text that are kept.
const MOST: usize = 30;

/// Those of this server: what somebody here writes has no others.
pub fn sent(urls: &Urls, emojis: &[Emoji]) -> Vec<vocab::Emoji> {
    let ours = emojis.iter().filter(|emoji| emoji.is_ours());
    ours.map(|emoji| vocab::Emoji {
        id: None,
        shortcode: emoji.shortcode.clone(),
        icon_url: address(&emoji.url(urls)),
    })
    .collect()
}

/// Each once, the first of its name.
pub fn received(said: &[vocab::Emoji]) -> Vec<RemoteEmoji> {
    let mut kept: Vec<RemoteEmoji> = Vec::new();
    for emoji in said {
        if kept.len() < MOST && kept.iter().all(|known| known.shortcode != emoji.shortcode) {
            kept.push(RemoteEmoji {
                shortcode: emoji.shortcode.clone(),
                url: emoji.icon_url.to_string(),
            });
        }
    }
    kept
}

/// What a like was made with. None: a plain one, as far as we can show.
pub fn reaction(said: Option<&inbox::Reaction>) -> Option<RemoteReaction> {
    let said = said.filter(|said| said.picture.is_some() || is_character(&said.name))?;
    Some(RemoteReaction {
        name: said.name.clone(),
        picture: said.picture.as_ref().map(|emoji| RemoteEmoji {
            shortcode: emoji.shortcode.clone(),
            url: emoji.icon_url.to_string(),
        }),
    })
}
