//! Posts as peers write them. Never takes a post for that of an author on another server.

use chrono::{DateTime, Utc};
use serde_json::Value;
use url::Url;

use super::audience::recipients;
use super::tag::Tags;
use super::{Attachment, Audience, CanQuote, Emoji, MediaKind, Mention, Poll, Replies, VocabError, value};
use crate::origin::same_origin;

const LONGEST_CONTENT: usize = 128 * 1024;
const LONGEST_SUMMARY: usize = 10 * 1024;
const LONGEST_NAME: usize = 2048;
const LONGEST_LANGUAGE: usize = 35;
const MOST_LINKS: usize = 4;

/// What a post is. All but `Note`, and a `Question` with something to choose, are shown as their name with a link.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NoteKind {
    /// A post as Mastodon, Pixelfed and we write it.
    Note,
    /// A long text.
    Article,
    /// A link with a discussion (Lemmy).
    Page,
    /// A picture by itself.
    Image,
    /// A video by itself (PeerTube).
    Video,
    /// A sound by itself.
    Audio,
    /// An event (Mobilizon).
    Event,
    /// A poll.
    Question,
}

/// A place by its name, as Pixelfed has it. Where exactly it is, is not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// What it is called.
    pub name: String,
    /// In which country it is, where that is said.
    pub country: Option<String>,
}

/// A post.
#[derive(Debug, Clone, PartialEq)]
pub struct Note {
    /// Its address.
    pub id: Url,
    /// What it is.
    pub kind: NoteKind,
    /// Its author, of the same origin.
    pub attributed_to: Url,
    /// Its title, or the choice when it is a vote.
    pub name: Option<String>,
    /// What it says, in HTML that has not been cleaned.
    pub content_html: Option<String>,
    /// The content's language, where it is said.
    pub language: Option<String>,
    /// The warning in front of it.
    pub summary: Option<String>,
    /// Whether its pictures are hidden at first.
    pub sensitive: bool,
    /// What it answers.
    pub in_reply_to: Option<Url>,
    /// What it quotes.
    pub quote: Option<Url>,
    /// Where the stamp is by which it may quote that, as it says.
    pub quote_stamp: Option<Url>,
    /// Who may quote it.
    pub can_quote: CanQuote,
    /// When it was published, as it says.
    pub published: Option<DateTime<Utc>>,
    /// When it was last changed, as it says.
    pub updated: Option<DateTime<Utc>>,
    /// Its page for people; may be on another host, and so is only a link.
    pub url: Option<Url>,
    /// To whom it is addressed; everybody in one spelling.
    pub to: Vec<Url>,
    /// Who else gets it.
    pub cc: Vec<Url>,
    /// Whom it names.
    pub mentions: Vec<Mention>,
    /// Its hashtags without `#`.
    pub hashtags: Vec<String>,
    /// Its emoji.
    pub emojis: Vec<Emoji>,
    /// Its files, in order; of a post that is more than a `Note`, where there is no picture among them, the ones that
    /// stand for it.
    pub attachments: Vec<Attachment>,
    /// Pages that it points to beside its text, as posts of Lemmy do.
    pub links: Vec<Url>,
    /// What it asks, when it is a `Question`.
    pub poll: Option<Poll>,
    /// Where it was made, by name.
    pub place: Option<Place>,
    /// Whether it takes comments; `None` when it does not say.
    pub comments_enabled: Option<bool>,
    /// Where its answers are.
    pub replies: Option<Replies>,
    /// How often it is liked, as its server says.
    pub like_total: Option<u64>,
    /// How often it is shared, as its server says.
    pub share_total: Option<u64>,
}

impl NoteKind {
    fn read(value: &Value) -> Option<Self> {
        value::kinds(value).find_map(|name| match name {
            // What Lemmy, Mbin and Pleroma call a letter to one person; whom it is for makes it one.
            "Note" | "ChatMessage" => Some(Self::Note),
            "Article" => Some(Self::Article),
            "Page" => Some(Self::Page),
            "Image" => Some(Self::Image),
            "Video" => Some(Self::Video),
            "Audio" => Some(Self::Audio),
            "Event" => Some(Self::Event),
            "Question" => Some(Self::Question),
            _ => None,
        })
    }

    /// Whether it is another kind of thing than a post or a poll, and is shown as its name with a link.
    pub fn is_titled(self) -> bool {
        !matches!(self, Self::Note | Self::Question)
    }
}

impl Note {
    /// Whether a document is meant to be a post.
    pub(crate) fn is_one(value: &Value) -> bool {
        NoteKind::read(value).is_some()
    }

    /// Reads a post. `id` and author are of one origin; of several authors the first counts.
    pub fn read(value: &Value) -> Result<Self, VocabError> {
        let kind = NoteKind::read(value).ok_or(VocabError::WrongKind)?;
        let id = value::id(value.get("id")).ok_or(VocabError::Missing("id"))?;
        let author = value::id(value.get("attributedTo")).or_else(|| value::id(value.get("actor")));
        let attributed_to = author.ok_or(VocabError::Missing("attributedTo"))?;
        if !same_origin(&id, &attributed_to) {
            return Err(VocabError::WrongOrigin("attributedTo"));
        }
        let tags = Tags::read(value.get("tag"));
        let (content_html, language) = content(value);
        Ok(Self {
            id,
            kind,
            attributed_to,
            name: value::text(value.get("name"), LONGEST_NAME),
            content_html,
            language,
            summary: value::text(value.get("summary"), LONGEST_SUMMARY),
            sensitive: value::flag(value.get("sensitive")).unwrap_or(false),
            in_reply_to: value::id(value.get("inReplyTo")),
            quote: quote(value),
            quote_stamp: value::id(value.get("quoteAuthorization")),
            can_quote: CanQuote::read(value.get("interactionPolicy")),
            published: value::time(value.get("published")),
            updated: value::time(value.get("updated")),
            url: value::link(value.get("url")),
            to: recipients(value.get("to")),
            cc: recipients(value.get("cc")),
            mentions: tags.mentions,
            hashtags: tags.hashtags,
            emojis: tags.emojis,
            attachments: attachments(value, kind),
            links: links(value),
            poll: Some(value)
                .filter(|_| kind == NoteKind::Question)
                .and_then(Poll::read),
            place: place(value.get("location")),
            comments_enabled: value::flag(value.get("commentsEnabled")),
            replies: Replies::read(value.get("replies")),
            like_total: total(value.get("likes")),
            share_total: total(value.get("shares")),
        })
    }

    /// Who may see it; `followers` is the author's followers collection.
    pub fn audience(&self, followers: Option<&Url>) -> Audience {
        Audience::of(&self.to, &self.cc, followers)
    }
}

fn content(value: &Value) -> (Option<String>, Option<String>) {
    let map = value.get("contentMap").and_then(Value::as_object);
    let plain = value::text(value.get("content"), LONGEST_CONTENT);
    // The language is the one under which the map holds the same text; a map of one entry speaks for itself.
    let entry = map.and_then(|map| {
        let same = map
            .iter()
            .find(|(_, text)| text.as_str().is_some() && text.as_str() == value["content"].as_str());
        same.or_else(|| map.iter().next().filter(|_| map.len() == 1 || plain.is_none()))
    });
    let language = entry.map(|(tag, _)| tag.clone()).filter(|tag| is_language(tag));
    (
        plain.or_else(|| value::text(entry.map(|(_, text)| text), LONGEST_CONTENT)),
        language,
    )
}

fn is_language(tag: &str) -> bool {
    let letter = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    (2..=LONGEST_LANGUAGE).contains(&tag.len()) && tag.bytes().all(letter)
}

fn place(value: Option<&Value>) -> Option<Place> {
    let location = value::each(value, 1).next()?;
    if !value::is_kind(location, "Place") {
        return None;
    }
    Some(Place {
        name: value::text(location.get("name"), LONGEST_NAME)?,
        country: value::text(location.get("country"), LONGEST_NAME),
    })
}

fn quote(value: &Value) -> Option<Url> {
    ["quote", "quoteUrl", "quoteUri", "_misskey_quote"]
        .iter()
        .find_map(|key| value::id(value.get(*key)))
}

/// The files; Lemmy and blogs put a lone picture under `image`, PeerTube and Funkwhale under `icon`.
fn attachments(value: &Value, kind: NoteKind) -> Vec<Attachment> {
    let mut found = Attachment::read_all(value.get("attachment"));
    if found.is_empty() {
        found = Attachment::read_all(value.get("image"));
    }
    let is_picture = |file: &Attachment| file.kind == MediaKind::Image;
    if kind.is_titled() && !found.iter().any(is_picture) {
        let own = Attachment::own_picture(value).filter(|_| kind == NoteKind::Image);
        let pictures = || {
            Attachment::read_all(value.get("image"))
                .into_iter()
                .find(is_picture)
        };
        let stands_for_it = own
            .or_else(pictures)
            .or_else(|| Attachment::largest(value.get("icon")));
        found.extend(stands_for_it);
    }
    found
}

fn links(value: &Value) -> Vec<Url> {
    let links = value::each(value.get("attachment"), MOST_LINKS).filter(|item| value::is_kind(item, "Link"));
    links
        .filter(|item| Attachment::read(item).is_none())
        .filter_map(|item| value::link(Some(item)))
        .collect()
}

fn total(collection: Option<&Value>) -> Option<u64> {
    value::count(collection?.get("totalItems"))
}
