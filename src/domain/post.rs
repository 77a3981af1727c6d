//! Posts as they are read and as they are made. Knows neither SQL nor anybody's JSON.

use std::collections::HashMap;

use serde::Deserialize;
use sqlx::types::Json;

use super::audience::Audience;
use super::camera::Camera;
use super::clock::Time;
use super::emoji::{Emoji, RemoteEmoji};
use super::ids::{AccountId, AppId, MediaId, PlaceId, PostId};
use super::place::{NamedPlace, Place};
use super::poll::{Poll, RemotePoll};
use super::quote::{Policy, Quote, RemoteQuote};
use super::video::Video;

/// A post with all that is the same for every reader.
#[derive(Clone, Debug)]
pub struct Post {
    pub id: PostId,
    pub author_id: AccountId,
    /// None: made here; its address follows from author and id.
    pub uri: Option<String>,
    pub url: Option<String>,
    pub repost_of: Option<PostId>,
    pub in_reply_to: Option<PostId>,
    pub reply_to_author: Option<AccountId>,
    /// The parent's URI: of a remote parent, also one that we do not have.
    pub reply_to_uri: Option<String>,
    pub thread_id: PostId,
    pub audience: Audience,
    /// An answer to somebody else: shown under their post, not in feeds.
    pub comment: bool,
    /// As written here.
    pub source: Option<String>,
    pub html: String,
    /// The content warning, or nothing.
    pub summary: String,
    pub sensitive: bool,
    pub language: Option<String>,
    pub emojis: Json<Vec<Emoji>>,
    pub comments_enabled: bool,
    pub quote_policy: Policy,
    /// Goes up with every edit.
    pub version: i32,
    pub created_at: Time,
    pub edited_at: Option<Time>,
    pub photos: Json<Vec<Photo>>,
    pub mentions: Json<Vec<Mention>>,
    /// Lower case, without #.
    pub tags: Json<Vec<String>>,
    pub app: Option<Json<AppShown>>,
    pub poll: Option<Json<Poll>>,
    pub place: Option<Json<Place>>,
    pub quote: Option<Json<Quote>>,
}

/// A picture of a post. Sizes in pixels, 0 when not known.
#[derive(Clone, Debug, Deserialize)]
pub struct Photo {
    pub id: MediaId,
    /// 0 waiting, 1 ready, 2 failed.
    pub state: i16,
    /// 0 image, 1 gifv, 2 video, 3 audio, 4 unknown.
    pub kind: i16,
    pub key: String,
    pub remote_url: Option<String>,
    /// Of the original.
    pub content_type: String,
    /// Alt text.
    pub description: String,
    pub focus_x: f32,
    pub focus_y: f32,
    pub width: i32,
    pub height: i32,
    pub blurhash: Option<String>,
    /// Which files there are: 0 the JPEGs alone, 1 those that every picture has, 2 also the largest size.
    /// 3 and 4 are 1 and 2, and AVIF of each.
    pub renditions: i16,
    /// Names the upload for others, where its author lets them have it.
    pub shared_key: Option<String>,
    pub shared_bytes: i64,
    /// Where its author lets others know.
    pub camera: Option<Camera>,
    /// Of what moves.
    pub video: Option<Video>,
}

/// Somebody whom a post mentions.
#[derive(Clone, Debug, Deserialize)]
pub struct Mention {
    pub id: AccountId,
    pub username: String,
    pub authority: Option<String>,
    pub uri: String,
    pub url: String,
}

/// The program by which a post was made.
#[derive(Clone, Debug, Deserialize)]
pub struct AppShown {
    pub name: String,
    pub website: Option<String>,
}

/// A post that is to be written.
#[derive(Clone, Debug)]
pub struct NewPost {
    pub id: PostId,
    pub author_id: AccountId,
    pub uri: Option<String>,
    pub url: Option<String>,
    pub repost_of: Option<PostId>,
    pub repost_author_id: Option<AccountId>,
    pub in_reply_to: Option<PostId>,
    pub reply_to_author: Option<AccountId>,
    pub reply_to_uri: Option<String>,
    pub thread_id: PostId,
    pub audience: Audience,
    pub comment: bool,
    pub source: Option<String>,
    pub html: String,
    pub summary: String,
    pub sensitive: bool,
    pub language: Option<String>,
    pub emojis: Json<Vec<Emoji>>,
    pub comments_enabled: bool,
    /// None: as its author has it where they say nothing.
    pub quote_policy: Option<Policy>,
    pub app_id: Option<AppId>,
    pub place_id: Option<PlaceId>,
    /// Goes to the feeds of followers; else they pull it.
    pub pushed: bool,
    pub photos: i16,
    /// By which it is found: text or HTML. None: not by words, or its words are written later.
    pub words: Option<String>,
    pub created_at: Time,
}

impl NewPost {
    /// An empty post of that author, to be filled in.
    pub fn empty(id: PostId, author_id: AccountId, audience: Audience, created_at: Time) -> Self {
        Self {
            id,
            author_id,
            uri: None,
            url: None,
            repost_of: None,
            repost_author_id: None,
            in_reply_to: None,
            reply_to_author: None,
            reply_to_uri: None,
            thread_id: id,
            audience,
            comment: false,
            source: None,
            html: String::new(),
            summary: String::new(),
            sensitive: false,
            language: None,
            emojis: Json(Vec::new()),
            comments_enabled: true,
            quote_policy: Some(Policy::NOBODY),
            app_id: None,
            place_id: None,
            pushed: true,
            photos: 0,
            words: None,
            created_at,
        }
    }
}

/// A post of another server, read and cleaned, with people and parents still by address.
#[derive(Clone, Debug)]
pub struct RemotePost {
    pub uri: String,
    pub url: Option<String>,
    pub audience: Audience,
    pub in_reply_to: Option<String>,
    pub html: String,
    pub summary: String,
    pub sensitive: bool,
    pub language: Option<String>,
    pub emojis: Vec<RemoteEmoji>,
    pub comments_enabled: bool,
    pub quote_policy: Policy,
    pub quote: Option<RemoteQuote>,
    /// Not after its arrival.
    pub published: Time,
    pub updated: Option<Time>,
    pub photos: Vec<RemotePhoto>,
    pub poll: Option<RemotePoll>,
    pub place: Option<NamedPlace>,
    /// Actor URIs.
    pub mentions: Vec<String>,
    /// Lower case, without #.
    pub tags: Vec<String>,
    /// How often it is liked and passed on, as its own server says, which nobody can check.
    pub likes_said: Option<i32>,
    pub reposts_said: Option<i32>,
}

/// Most people elsewhere whom a post names and is kept with.
const MOST_NAMED_ELSEWHERE: usize = 50;

impl RemotePost {
    /// Whom it names of those who are known, by address, and whether they are here: everybody here, wherever in a long list, and
    /// the first of the others.
    pub fn named(&self, people: &HashMap<String, (AccountId, bool)>) -> Vec<AccountId> {
        let mut elsewhere = 0;
        let known = self.mentions.iter().filter_map(|uri| people.get(uri));
        let kept = known.filter(|(_, is_here)| {
            elsewhere += usize::from(!is_here);
            *is_here || elsewhere <= MOST_NAMED_ELSEWHERE
        });
        kept.map(|(id, _)| *id).collect()
    }
}

/// A picture of another server. It is described there and fetched later.
#[derive(Clone, Debug)]
pub struct RemotePhoto {
    pub url: String,
    pub content_type: String,
    pub description: String,
    pub blurhash: Option<String>,
    pub width: i32,
    pub height: i32,
    pub focus_x: f32,
    pub focus_y: f32,
    /// With what and how it was taken.
    pub camera: Option<Camera>,
}
