//! Emojis in place of a plain like: a Like with content (Misskey), EmojiReact (Pleroma and its kin, FEP-c0e0). Never takes
//! a text for one.

use serde_json::Value;

use super::received::Reaction;
use crate::vocab::{emojis, value};

/// Bytes of an emoji that is put together of many, or of a shortcode with its colons.
const LONGEST: usize = 96;

/// What a like was made with; `None` for a plain one, and for one whose words are no emoji.
pub(super) fn read(like: &Value) -> Option<Reaction> {
    let words = ["content", "_misskey_reaction"];
    let said = words
        .iter()
        .find_map(|key| value::text(like.get(*key), LONGEST + 1))?;
    let name = said.trim();
    if name.is_empty() || name.len() > LONGEST || name.chars().any(|c| c.is_whitespace() || c.is_control()) {
        return None;
    }
    let Some(word) = name.strip_prefix(':').and_then(|rest| rest.strip_suffix(':')) else {
        return Some(Reaction {
            name: name.to_owned(),
            picture: None,
        });
    };
    // Misskey may name the server after the word.
    let word = word.split('@').next().unwrap_or(word);
    let picture = emojis(like.get("tag"))
        .into_iter()
        .find(|emoji| emoji.shortcode == word)?;
    Some(Reaction {
        name: format!(":{word}:"),
        picture: Some(picture),
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn an_emoji_is_found_and_a_text_is_none() {
        let name = |like: Value| read(&like).map(|reaction| reaction.name);
        let star =
            json!([{ "type": "Emoji", "name": ":star:", "icon": { "url": "https://h.example/star.png" } }]);
        for (like, expected) in [
            (json!({ "content": "👍" }), Some("👍")),
            (json!({ "_misskey_reaction": " 👍 " }), Some("👍")),
            (json!({ "content": ":star:", "tag": star }), Some(":star:")),
            (json!({ "content": ":star@.:", "tag": star }), Some(":star:")),
            (
                json!({ "content": ":star@h.example:", "tag": star }),
                Some(":star:"),
            ),
            (json!({ "content": ":moon:", "tag": star }), None),
            (json!({ "content": ":star:" }), None),
            (json!({ "content": "what a picture" }), None),
            (json!({ "content": "x".repeat(5_000) }), None),
            (json!({ "content": 7 }), None),
            (json!({ "content": "" }), None),
            (json!({}), None),
        ] {
            assert_eq!(name(like.clone()).as_deref(), expected, "{like}");
        }
    }
}
