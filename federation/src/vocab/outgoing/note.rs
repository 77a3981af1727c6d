//! A post's document: a `Note` with attachments, or a `Question`, since Mastodon and Pixelfed turn everything else away or into a link.
//! Never says a size above 5,000 pixels: Pixelfed would refuse the whole post.

use activitypub_federation::kinds::link::MentionType;
use activitypub_federation::kinds::object::NoteType;
use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};
use url::Url;

use super::context::Term;
use super::{Document, PollDocument, QuoteDocument, time};
use crate::vocab::{Emoji, Mention, Place};

const LARGEST_SIDE: u32 = 5_000;

/// A picture or video of a post.
#[derive(Debug, Clone, PartialEq)]
pub struct AttachmentDocument {
    /// Where the file is; JPEG or PNG for pictures, MP4 for videos.
    pub url: Url,
    /// Its media type.
    pub media_type: String,
    /// The description.
    pub name: Option<String>,
    /// A tiny preview.
    pub blurhash: Option<String>,
    /// Width in pixels.
    pub width: Option<u32>,
    /// Height in pixels.
    pub height: Option<u32>,
    /// The point to keep in view.
    pub focal_point: Option<(f64, f64)>,
    /// With what and how it was taken, each by its name in Exif (FEP-ee3a, schema.org's `exifData`).
    pub exif: Vec<(&'static str, String)>,
    /// What is only said of a video.
    pub video: Option<VideoDocument>,
}

/// What a document says of a video besides.
#[derive(Debug, Clone, PartialEq)]
pub struct VideoDocument {
    /// A still of it, a JPEG.
    pub still: Url,
    /// How long it is.
    pub duration: TimeDelta,
}

/// A hashtag and the page that shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HashtagLink {
    /// The word without `#`.
    pub name: String,
    /// The page.
    pub href: Url,
}

/// What a post's document says.
#[derive(Debug, Clone)]
pub struct NoteDocument {
    /// Its address.
    pub id: Url,
    /// Its author.
    pub attributed_to: Url,
    /// Its page for people.
    pub url: Url,
    /// What it says, in clean HTML.
    pub content_html: String,
    /// The language of the content.
    pub language: Option<String>,
    /// The warning in front of it.
    pub summary: Option<String>,
    /// Whether its pictures are hidden at first.
    pub sensitive: bool,
    /// What it answers.
    pub in_reply_to: Option<Url>,
    /// What it quotes.
    pub quote: Option<QuoteDocument>,
    /// Whose quotes of it are let through: actors and collections of them. Nobody's: the author's own.
    pub can_quote: Vec<Url>,
    /// When it was published.
    pub published: DateTime<Utc>,
    /// When it was last changed.
    pub updated: Option<DateTime<Utc>>,
    /// To whom it is addressed.
    pub to: Vec<Url>,
    /// Who else gets it.
    pub cc: Vec<Url>,
    /// Whom it names; they stand in `to` or `cc` too.
    pub mentions: Vec<Mention>,
    /// Its hashtags.
    pub hashtags: Vec<HashtagLink>,
    /// Its emoji.
    pub emojis: Vec<Emoji>,
    /// Its files; the first four are all that Mastodon keeps.
    pub attachments: Vec<AttachmentDocument>,
    /// What it asks.
    pub poll: Option<PollDocument>,
    /// Where it was made.
    pub place: Option<Place>,
    /// Whether it takes comments.
    pub comments_enabled: bool,
    /// Where the collections of its answers, likes and shares are, for those that are served.
    pub replies: Option<Url>,
    /// The likes and how many.
    pub likes: Option<(Url, u64)>,
    /// The shares and how many.
    pub shares: Option<(Url, u64)>,
}

impl NoteDocument {
    /// The document.
    pub fn build(&self) -> Document {
        let total = |(id, total): &(Url, u64)| json!({ "id": id, "type": "Collection", "totalItems": total });
        let mut body = json!({
            "id": self.id,
            "type": NoteType::Note,
            "attributedTo": self.attributed_to,
            "url": self.url,
            "content": self.content_html,
            "contentMap": self.language.as_ref().map(|language| json!({ language: self.content_html })),
            "summary": self.summary,
            "sensitive": self.sensitive,
            "inReplyTo": self.in_reply_to,
            "published": time(self.published),
            "updated": self.updated.map(time),
            "to": self.to,
            "cc": self.cc,
            "tag": self.tags(),
            "attachment": self.attachments.iter().map(attachment).collect::<Vec<_>>(),
            "commentsEnabled": self.comments_enabled,
            "replies": self.replies,
            "likes": self.likes.as_ref().map(total),
            "shares": self.shares.as_ref().map(total),
        });
        if let Some(poll) = &self.poll {
            poll.put_into(&mut body);
        }
        if let Some(place) = &self.place {
            body["location"] = json!({ "type": "Place", "name": place.name });
            if let Some(country) = &place.country {
                body["location"]["country"] = json!(country);
            }
        }
        if let Some(quote) = &self.quote {
            quote.put_into(&mut body);
        }
        // An empty list would be the same as none, which says nothing.
        let quoters = match self.can_quote.as_slice() {
            [] => std::slice::from_ref(&self.attributed_to),
            named => named,
        };
        body["interactionPolicy"] = json!({ "canQuote": { "automaticApproval": quoters } });
        if !self.comments_enabled {
            body["interactionPolicy"]["canReply"] = json!({ "automaticApproval": [self.attributed_to] });
        }
        Document::new(body, self.terms())
    }

    fn tags(&self) -> Vec<Value> {
        let mention = |mention: &Mention| json!({ "type": MentionType::Mention, "href": mention.href, "name": mention.name });
        let hashtag = |tag: &HashtagLink| json!({ "type": "Hashtag", "href": tag.href, "name": format!("#{}", tag.name) });
        let mentions = self.mentions.iter().map(mention);
        mentions
            .chain(self.hashtags.iter().map(hashtag))
            .chain(self.emojis.iter().map(emoji_tag))
            .collect()
    }

    fn terms(&self) -> Vec<Term> {
        let any = |test: fn(&AttachmentDocument) -> bool| self.attachments.iter().any(test);
        let used = [
            (true, Term::Sensitive),
            (true, Term::Comments),
            (true, Term::QuotePolicy),
            (self.quote.is_some(), Term::Quote),
            (self.poll.is_some(), Term::Poll),
            (self.place.is_some(), Term::Place),
            (!self.comments_enabled, Term::InteractionPolicy),
            (!self.hashtags.is_empty(), Term::Hashtag),
            (!self.emojis.is_empty(), Term::Emoji),
            (any(|file| file.blurhash.is_some()), Term::Blurhash),
            (any(|file| file.focal_point.is_some()), Term::FocalPoint),
            (any(|file| !file.exif.is_empty()), Term::Exif),
        ];
        used.into_iter()
            .filter(|(used, _)| *used)
            .map(|(_, term)| term)
            .collect()
    }
}

pub(super) fn emoji_tag(emoji: &Emoji) -> Value {
    let mut tag = json!({
        "type": "Emoji",
        "name": format!(":{}:", emoji.shortcode),
        "icon": { "type": "Image", "url": emoji.icon_url },
    });
    if let Some(id) = &emoji.id {
        tag["id"] = json!(id);
    }
    tag
}

fn attachment(file: &AttachmentDocument) -> Value {
    let mut body = json!({ "type": "Document", "mediaType": file.media_type, "url": file.url });
    let fits = |side: Option<u32>| side.filter(|side| *side <= LARGEST_SIDE);
    let optional = [
        ("name", file.name.as_ref().map(|name| json!(name))),
        ("blurhash", file.blurhash.as_ref().map(|hash| json!(hash))),
        ("width", fits(file.width).map(|side| json!(side))),
        ("height", fits(file.height).map(|side| json!(side))),
        ("focalPoint", file.focal_point.map(|(x, y)| json!([x, y]))),
        (
            "exifData",
            Some(exif(&file.exif)).filter(|_| !file.exif.is_empty()),
        ),
        // Mastodon takes its preview from there.
        ("icon", file.video.as_ref().map(|video| still(&video.still))),
        (
            "duration",
            file.video.as_ref().map(|video| json!(length(video.duration))),
        ),
    ];
    for (key, value) in optional {
        if let Some(value) = value {
            body[key] = value;
        }
    }
    body
}

fn exif(details: &[(&str, String)]) -> Value {
    let details = details.iter();
    details
        .map(|(name, value)| json!({ "@type": "PropertyValue", "name": name, "value": value }))
        .collect()
}

fn still(url: &Url) -> Value {
    json!({ "type": "Image", "mediaType": "image/jpeg", "url": url })
}

/// As XML Schema writes durations (`xsd:duration`), in seconds alone: that is how all who read it expect it.
fn length(duration: TimeDelta) -> String {
    let millis = duration.num_milliseconds().max(0);
    match millis % 1_000 {
        0 => format!("PT{}S", millis / 1_000),
        part => format!("PT{}.{part:03}S", millis / 1_000),
    }
}
