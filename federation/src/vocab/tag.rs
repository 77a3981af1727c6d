//! Mentions, hashtags and emoji of a post or a profile. Never lets a name through that could be a path.

use serde_json::Value;
use url::Url;

use super::value;
use crate::origin::parse_web_address;

/// Most entries that are looked at, and most of each kind that are taken: many hashtags do not hide who is named behind them.
const MOST_ENTRIES: usize = 2_000;
const MOST_MENTIONS: usize = 500;
const MOST_HASHTAGS: usize = 256;
const MOST_EMOJIS: usize = 256;
const LONGEST_NAME: usize = 512;

/// Somebody named in a post.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// The actor's id.
    pub href: Url,
    /// The name as it is written, `@user@host` as a rule.
    pub name: Option<String>,
}

/// A picture that stands for a word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Emoji {
    /// Its own address, where it has one.
    pub id: Option<Url>,
    /// The word without colons: letters, digits, `_`, `-`, `+`.
    pub shortcode: String,
    /// The picture.
    pub icon_url: Url,
}

/// Everything in `tag` that is understood.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Tags {
    pub(super) mentions: Vec<Mention>,
    pub(super) hashtags: Vec<String>,
    pub(super) emojis: Vec<Emoji>,
}

impl Tags {
    pub(super) fn read(tags: Option<&Value>) -> Self {
        let mut found = Self::default();
        for tag in value::each(tags, MOST_ENTRIES) {
            match value::kinds(tag).next() {
                Some("Mention") => found.mentions.extend(mention(tag)),
                Some("Hashtag") => found.hashtags.extend(hashtag(tag)),
                Some("Emoji") => found.emojis.extend(emoji(tag)),
                _ => {}
            }
        }
        found.mentions.truncate(MOST_MENTIONS);
        found.hashtags.truncate(MOST_HASHTAGS);
        found.emojis.truncate(MOST_EMOJIS);
        found
    }
}

/// The emojis alone.
pub(crate) fn emojis(tags: Option<&Value>) -> Vec<Emoji> {
    Tags::read(tags).emojis
}

fn mention(tag: &Value) -> Option<Mention> {
    let href = tag
        .get("href")
        .and_then(Value::as_str)
        .and_then(parse_web_address)?;
    Some(Mention {
        href,
        name: value::text(tag.get("name"), LONGEST_NAME),
    })
}

/// The word without `#`, as it was written.
fn hashtag(tag: &Value) -> Option<String> {
    let name = value::text(tag.get("name"), LONGEST_NAME)?;
    let word = name.trim_start_matches(['#', '＃']).trim();
    let fits = !word.is_empty() && word.chars().count() <= 100 && !word.chars().any(char::is_whitespace);
    fits.then(|| word.to_owned())
}

fn emoji(tag: &Value) -> Option<Emoji> {
    let name = tag.get("name").and_then(Value::as_str)?;
    let shortcode = name.strip_prefix(':').unwrap_or(name);
    let shortcode = shortcode.strip_suffix(':').unwrap_or(shortcode);
    let letter = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'+');
    if shortcode.is_empty() || shortcode.len() > 64 || !shortcode.bytes().all(letter) {
        return None;
    }
    Some(Emoji {
        id: value::id(tag.get("id")),
        shortcode: shortcode.to_owned(),
        icon_url: value::link(tag.get("icon"))?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_single_tag_a_null_and_unknown_kinds_are_understood() {
        let one = Tags::read(Some(&json!({ "type": "Hashtag", "name": "sea" })));
        assert_eq!(one.hashtags, ["sea"]);
        assert_eq!(Tags::read(Some(&json!(null))), Tags::default());
        let tags = Tags::read(Some(&json!([
            { "type": "Mention", "href": "https://h.example/users/ben", "name": null },
            { "type": "Hashtag", "name": "#Sky" },
            { "type": "Hashtag", "name": "#" },
            { "type": "Emoji", "name": ":cat:", "icon": { "type": "Image", "url": "https://h.example/cat.png" } },
            { "type": "Emoji", "name": ":../../etc:", "icon": { "url": "https://h.example/cat.png" } },
            { "type": "Emoji", "name": ":dog:", "icon": { "url": "javascript:alert(1)" } },
            { "type": "Link", "href": "https://h.example/" },
            7,
        ])));
        assert_eq!(tags.mentions.len(), 1);
        assert_eq!(tags.hashtags, ["Sky"]);
        assert_eq!(tags.emojis.len(), 1);
        assert_eq!(tags.emojis[0].shortcode, "cat");
    }

    #[test]
    fn whoever_is_named_behind_many_hashtags_is_found_and_of_each_kind_there_is_a_most() {
        let hashtag = json!({ "type": "Hashtag", "name": "#sea" });
        let mention = json!({ "type": "Mention", "href": "https://h.example/users/ben" });
        let mut list = vec![hashtag; 300];
        list.push(mention.clone());
        let found = Tags::read(Some(&json!(list)));
        assert_eq!((found.hashtags.len(), found.mentions.len()), (256, 1));
        list = vec![mention; 10_000];
        assert_eq!(Tags::read(Some(&json!(list))).mentions.len(), 500);
    }
}
