//! Emojis that servers have of their own, and the shortcodes that stand for them in texts. Knows no pictures, only their
//! names.

use serde::{Deserialize, Serialize};

use super::urls::Urls;

/// Different emojis that one text is looked through for.
const MOST: usize = 50;
const SHORTEST: usize = 2;
const LONGEST: usize = 128;
/// Bytes of an emoji that is put together of many.
const LONGEST_CHARACTER: usize = 64;
/// The rendition that stands still and keeps what is transparent.
const STILL: &str = "320.webp";

/// An emoji of a text, as it is kept beside it: the text keeps it when its server has it no more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Emoji {
    pub shortcode: String,
    /// Names its stored files.
    pub key: String,
    /// The file as it was uploaded here. None: it is another server's, of which we show our own rendition.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
}

/// An emoji of another server, as its server describes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RemoteEmoji {
    pub shortcode: String,
    pub url: String,
}

/// What somebody elsewhere put in place of a plain like.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reaction {
    /// The character, or the shortcode between its colons.
    pub name: String,
    /// Of a shortcode, where it can be shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub picture: Option<Emoji>,
}

/// The same as its server describes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RemoteReaction {
    pub name: String,
    pub picture: Option<RemoteEmoji>,
}

impl Emoji {
    pub fn is_ours(&self) -> bool {
        self.file.is_some()
    }

    pub fn url(&self, urls: &Urls) -> String {
        match &self.file {
            Some(file) => urls.media(&self.key, file),
            None => self.still_url(urls),
        }
    }

    /// Of a picture that does not move.
    pub fn still_url(&self, urls: &Urls) -> String {
        match self.file {
            Some(_) => urls.media(&self.key, STILL),
            // Fetched when somebody looks at it, which only this program can do.
            None => urls.media_here(&self.key, STILL),
        }
    }
}

/// Whether this is a character that stands for a picture: short, with a sign, and without letters and blanks. Some signs
/// count as letters for Unicode.
pub fn is_character(text: &str) -> bool {
    let is_sign = |c: char| c >= '\u{203c}' || matches!(c, '©' | '®');
    let is_letter = |c: char| c.is_alphabetic() && !matches!(c, 'ℹ' | 'Ⓜ' | '\u{1f170}'..='\u{1f189}');
    let is_word = |c: char| is_letter(c) || c.is_whitespace() || c.is_control();
    (1..=LONGEST_CHARACTER).contains(&text.len()) && text.chars().any(is_sign) && !text.chars().any(is_word)
}

/// Whether an emoji of ours may be called so.
pub fn is_shortcode(text: &str) -> bool {
    (SHORTEST..=LONGEST).contains(&text.len())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

/// The shortcodes that occur in texts, each once, in their order.
pub fn shortcodes<'a>(texts: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for text in texts {
        for shortcode in in_text(text) {
            if found.len() < MOST && found.iter().all(|known| known != shortcode) {
                found.push(shortcode.to_owned());
            }
        }
    }
    found
}

/// What stands between two colons, apart from other words and from other colons.
fn in_text(text: &str) -> Vec<&str> {
    let parts: Vec<&str> = text.split(':').collect();
    let last = parts.len().saturating_sub(3);
    let stands_alone = |place: usize, part: &&[&str]| {
        let (before, after) = (part[0], part[2]);
        let opens = match before.chars().next_back() {
            Some(c) => !c.is_alphanumeric(),
            None => place == 0,
        };
        let closes = match after.chars().next() {
            Some(c) => !c.is_alphanumeric(),
            None => place == last,
        };
        opens && closes && is_shortcode(part[1])
    };
    let found = parts.windows(3).enumerate();
    found
        .filter(|(place, part)| stands_alone(*place, part))
        .map(|(_, part)| part[1])
        .collect()
}

/// Those of `emojis` that occur in texts.
pub fn used<'a>(emojis: &[Emoji], texts: impl IntoIterator<Item = &'a str>) -> Vec<Emoji> {
    let found = shortcodes(texts);
    let of_these = emojis.iter().filter(|emoji| found.contains(&emoji.shortcode));
    of_these.cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sign_is_an_emoji_and_a_word_is_none() {
        for sign in ["😀", "❤️", "👩🏽\u{200d}🚀", "🇧🇷", "1️⃣", "☕", "ℹ️", "🅱️"]
        {
            assert!(is_character(sign), "{sign:?}");
        }
        for word in [
            "",
            "a",
            "7",
            "ok",
            "né",
            "日本",
            "😀 😀",
            "😀\n",
            "-",
            "–",
            "§",
            &"😀".repeat(17),
        ] {
            assert!(!is_character(word), "{word:?}");
        }
    }

    #[test]
    fn shortcodes_stand_between_colons_and_apart_from_words() {
        for (text, wanted) in [
            (":cat:", &["cat"][..]),
            ("a :cat: and :Cat_2:, :cat:", &["cat", "Cat_2"]),
            ("(:cat:)\n:dog:", &["cat", "dog"]),
            (":cat: :dog:", &["cat", "dog"]),
            ("at 10:30:15", &[]),
            ("a:cat:", &[]),
            (":cat:s", &[]),
            (":cat::dog:", &[]),
            (":cat:dog:", &[]),
            ("::cat::", &[]),
            (":c:", &[]),
            (":the cat:", &[]),
            (":né:", &[]),
            ("", &[]),
            (":", &[]),
        ] {
            assert_eq!(shortcodes([text]), wanted, "{text:?}");
        }
        let many: Vec<String> = (0..80).map(|number| format!(":e{number}:")).collect();
        assert_eq!(shortcodes([many.join(" ").as_str()]).len(), MOST);
    }

    #[test]
    fn an_emoji_of_ours_is_shown_as_uploaded_and_another_as_we_made_it() {
        let urls = Urls::new(
            &url::Url::parse("https://h.example").unwrap(),
            Some(&url::Url::parse("https://cdn.example/m").unwrap()),
        );
        let ours = Emoji {
            shortcode: "cat".into(),
            key: "k".into(),
            file: Some("emoji.gif".into()),
        };
        assert_eq!(ours.url(&urls), "https://cdn.example/m/k/emoji.gif");
        assert_eq!(ours.still_url(&urls), "https://cdn.example/m/k/320.webp");
        let theirs = Emoji { file: None, ..ours };
        assert_eq!(theirs.url(&urls), "https://h.example/media/k/320.webp");
        assert_eq!(theirs.still_url(&urls), theirs.url(&urls));
    }
}
