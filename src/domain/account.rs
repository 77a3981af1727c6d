//! Somebody, here or elsewhere, with all that is shown and all that is needed to reach them.

use serde::{Deserialize, Serialize};
use sqlx::types::Json;

use super::clock::Time;
use super::emoji::Emoji;
use super::ids::{AccountId, HostId};
use super::urls::Urls;

/// File name of the rendition that lists and profiles show.
const AVATAR_FILE: &str = "320.jpg";

/// A line of a profile. `html` is what is shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Field {
    pub name: String,
    /// As its owner wrote it.
    pub value: String,
    pub html: String,
    pub verified_at: Option<Time>,
}

/// What kind of actor it is, as stored in `accounts.kind`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Person = 0,
    Service = 1,
    Application = 2,
    Group = 3,
    Organization = 4,
}

#[derive(Clone, Debug)]
pub struct Account {
    pub id: AccountId,
    pub host_id: Option<HostId>,
    /// None for somebody who lives here.
    pub authority: Option<String>,
    pub username: String,
    pub kind: i16,
    pub uri: String,
    pub url: String,
    pub inbox: String,
    pub shared_inbox: Option<String>,
    pub followers_url: String,
    pub featured_url: String,
    pub display_name: String,
    pub note_source: String,
    pub note_html: String,
    pub fields: Json<Vec<Field>>,
    pub emojis: Json<Vec<Emoji>>,
    pub avatar_key: Option<String>,
    pub header_key: Option<String>,
    pub locked: bool,
    pub bot: bool,
    pub discoverable: bool,
    pub indexable: bool,
    pub hide_relations: bool,
    pub also_known_as: Vec<String>,
    pub moved_to: Option<String>,
    pub public_key_id: String,
    pub public_key_pem: String,
    /// Goes up with every change that shows.
    pub version: i32,
    pub created_at: Time,
    pub fetched_at: Option<Time>,
    pub limited: bool,
    /// A moderator covers its pictures.
    pub sensitized: bool,
    /// Not let in yet: as though they were not there.
    pub waiting: bool,
    pub suspended: bool,
    pub deleted: bool,
    pub followers: i32,
    pub local_followers: i32,
    pub following: i32,
    pub posts: i32,
    pub last_post_at: Option<Time>,
}

impl Account {
    pub fn is_local(&self) -> bool {
        self.host_id.is_none()
    }

    /// Neither suspended nor deleted, and let in: may act and be seen.
    pub fn is_active(&self) -> bool {
        self.is_known() && !self.suspended
    }

    /// Somebody of whom others may know; also one who is suspended.
    pub fn is_known(&self) -> bool {
        !self.deleted && !self.waiting
    }

    /// The name by which people here write to them: `name`, or `name@host`.
    pub fn acct(&self) -> String {
        match &self.authority {
            Some(authority) => format!("{}@{authority}", self.username),
            None => self.username.clone(),
        }
    }

    /// The address of their picture, in the size that lists show.
    pub fn avatar(&self, urls: &Urls) -> String {
        match &self.avatar_key {
            Some(key) if !self.suspended => urls.media(key, AVATAR_FILE),
            _ => urls.at("/assets/avatar.png"),
        }
    }

    /// The inbox that takes letters for everybody on their server, if it has one.
    pub fn best_inbox(&self) -> &str {
        self.shared_inbox.as_deref().unwrap_or(&self.inbox)
    }
}
