//! Posts as the network describes them. Never widens who a post is for, and never lets HTML through uncleaned.

use std::collections::HashSet;

use tintype_federation::vocab::outgoing::{Document, HashtagLink, NoteDocument};
use tintype_federation::vocab::{self, Attachment, Note, NoteKind, PUBLIC};
use url::Url;

use super::{activity, address, attached, emoji, own_page, poll, quote, titled};
use crate::domain::account::Account;
use crate::domain::audience::Audience;
use crate::domain::clock::Time;
use crate::domain::place::NamedPlace;
use crate::domain::post::{Mention, Post, RemotePost};
use crate::domain::text;
use crate::domain::urls::Urls;

/// Most pictures of a post that are kept, and most people and tags that it has effect with.
const MOST_PHOTOS: usize = 20;
/// Whom of them is kept is decided when it is known who is here: `RemotePost::named`.
const MOST_MENTIONS: usize = 500;
const MOST_TAGS: usize = 60;

/// What a post's document says besides the post.
#[derive(Clone, Debug, Default)]
pub struct Around {
    /// The parent's URI; else the post's own word for it.
    pub in_reply_to: Option<String>,
    pub likes: u64,
    pub reposts: u64,
}

/// A post of somebody who lives here.
pub fn document(urls: &Urls, author: &Account, post: &Post, around: &Around) -> Document {
    let id = urls.post(&author.username, post.id);
    let below = |path: &str| address(&format!("{id}/{path}"));
    let named: Vec<Url> = post
        .mentions
        .iter()
        .map(|mention| address(&mention.uri))
        .collect();
    let (to, cc) = activity::recipients(author, post.audience, &named);
    let parent = around.in_reply_to.as_ref().or(post.reply_to_uri.as_ref());
    NoteDocument {
        id: address(&id),
        attributed_to: address(&author.uri),
        url: address(&urls.post_page(&author.username, post.id)),
        content_html: quote::shown_html(post),
        language: post.language.clone(),
        summary: (!post.summary.is_empty()).then(|| post.summary.clone()),
        sensitive: post.sensitive || author.sensitized,
        in_reply_to: parent.and_then(|uri| Url::parse(uri).ok()),
        quote: post.quote.as_ref().map(|quote| quote::document(quote)),
        can_quote: quote::approved(author, post.quote_policy),
        published: post.created_at,
        updated: post.edited_at,
        to,
        cc,
        mentions: post
            .mentions
            .iter()
            .map(|mention| mention_out(urls, mention))
            .collect(),
        hashtags: post.tags.iter().map(|tag| hashtag(urls, tag)).collect(),
        emojis: emoji::sent(urls, &post.emojis),
        attachments: post
            .photos
            .iter()
            .filter(|photo| photo.state == 1)
            .map(|photo| attached::document(urls, photo))
            .collect(),
        poll: post.poll.as_ref().map(|poll| poll::document(poll)),
        place: post.place.as_ref().map(|place| vocab::Place {
            name: place.name.clone(),
            country: Some(place.country.clone()).filter(|country| !country.is_empty()),
        }),
        comments_enabled: post.comments_enabled,
        replies: Some(below("replies")),
        likes: Some((below("likes"), around.likes)),
        shares: Some((below("shares"), around.reposts)),
    }
    .build()
}

fn mention_out(urls: &Urls, mention: &Mention) -> vocab::Mention {
    let authority = mention.authority.as_deref().unwrap_or(urls.authority());
    vocab::Mention {
        href: address(&mention.uri),
        name: Some(format!("@{}@{authority}", mention.username)),
    }
}

fn hashtag(urls: &Urls, tag: &str) -> HashtagLink {
    HashtagLink {
        name: tag.to_owned(),
        href: address(&urls.tag_page(tag)),
    }
}

/// A post of somebody elsewhere whose followers collection is `followers`. `None` for a vote in a poll, which is none.
pub fn remote(note: &Note, followers: &str, arrival: Time) -> Option<RemotePost> {
    if poll::vote(note).is_some() {
        return None;
    }
    let followers = Url::parse(followers).ok();
    let audience = audience(note.audience(followers.as_ref()));
    let (photos, others): (Vec<_>, Vec<_>) = note
        .attachments
        .iter()
        .partition(|file| attached::is_picture(file));
    let summary = titled::warning(note);
    let published = note
        .published
        .map_or(arrival, |at| at.clamp(Time::UNIX_EPOCH, arrival));
    Some(RemotePost {
        uri: note.id.to_string(),
        url: own_page(note.url.as_ref(), &note.id).map(ToString::to_string),
        audience,
        in_reply_to: note.in_reply_to.as_ref().map(ToString::to_string),
        html: html(note, &others),
        sensitive: note.sensitive || !summary.is_empty(),
        summary,
        language: note.language.clone(),
        emojis: emoji::received(&note.emojis),
        comments_enabled: note.comments_enabled.unwrap_or(true),
        quote_policy: quote::policy(note, followers.as_ref()),
        quote: quote::said(note),
        published,
        // Without `published` it cannot be told whether that is later; it is then no reason to drop it.
        updated: note
            .updated
            .map(|at| at.min(arrival))
            .filter(|at| note.published.is_none() || *at > published),
        poll: poll::remote(note, arrival),
        place: note.place.as_ref().and_then(place),
        photos: photos
            .into_iter()
            .map(attached::photo)
            .chain(others.iter().filter_map(|file| attached::still(file)))
            .take(MOST_PHOTOS)
            .collect(),
        mentions: mentions(note, audience, followers.as_ref()),
        tags: tags(note),
        likes_said: note.like_total.map(said),
        reposts_said: note.share_total.map(said),
    })
}

/// A number that another server gives, within reason.
fn said(total: u64) -> i32 {
    const MOST: i32 = 100_000_000;
    i32::try_from(total).unwrap_or(MOST).min(MOST)
}

/// One whose name is too long is none: cut off, it would be another.
fn place(said: &vocab::Place) -> Option<NamedPlace> {
    NamedPlace::new(&said.name, said.country.as_deref().unwrap_or_default())
}

fn audience(said: vocab::Audience) -> Audience {
    match said {
        vocab::Audience::Public => Audience::Public,
        vocab::Audience::Unlisted => Audience::Unlisted,
        vocab::Audience::Followers => Audience::Followers,
        vocab::Audience::Direct => Audience::Direct,
    }
}

/// What cannot be shown as it is becomes a link: other kinds of posts by their title, other files by their name.
fn html(note: &Note, files: &[&Attachment]) -> String {
    let mut html = match note.kind {
        NoteKind::Question if note.poll.is_none() => titled::html(note),
        kind if kind.is_titled() => titled::html(note),
        _ => titled::headed(note),
    };
    for file in files.iter().take(MOST_PHOTOS) {
        let name = file
            .url
            .path_segments()
            .and_then(|mut parts| parts.next_back())
            .unwrap_or_default();
        let name = file
            .name
            .as_deref()
            .unwrap_or(if name.is_empty() { file.url.as_str() } else { name });
        html.push_str(&titled::link(&file.url, name));
    }
    html
}

/// Who is named *and* addressed. A name alone gives nobody the right to see a post.
fn mentions(note: &Note, audience: Audience, followers: Option<&Url>) -> Vec<String> {
    let addressed: HashSet<&Url> = note.to.iter().chain(&note.cc).collect();
    let named = note
        .mentions
        .iter()
        .map(|mention| &mention.href)
        .filter(|href| addressed.contains(href));
    // A letter to somebody is theirs even when its text does not name them.
    let is_person = |url: &&Url| url.as_str() != PUBLIC && Some(*url) != followers;
    let meant = note
        .to
        .iter()
        .chain(&note.cc)
        .filter(is_person)
        .filter(|_| audience == Audience::Direct);
    distinct(named.chain(meant).map(ToString::to_string), MOST_MENTIONS)
}

fn tags(note: &Note) -> Vec<String> {
    distinct(
        note.hashtags.iter().filter_map(|tag| text::tag_name(tag)),
        MOST_TAGS,
    )
}

fn distinct(texts: impl Iterator<Item = String>, most: usize) -> Vec<String> {
    let mut seen = HashSet::new();
    texts
        .filter(|text| seen.insert(text.clone()))
        .take(most)
        .collect()
}
