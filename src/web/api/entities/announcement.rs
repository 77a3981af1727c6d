//! The Announcement entity with its reactions. Nobody is named for a reaction, and no post is linked that the viewer may not
//! see.

use serde::Serialize;
use serde_json::{Value, json};
use sqlx::PgConnection;

use super::{emoji, status, time};
use crate::app::App;
use crate::db;
use crate::db::announcements::{Announcement, Reaction};
use crate::domain::account::Account;
use crate::domain::emoji::{Emoji, is_shortcode};
use crate::domain::ids::{AccountId, AnnouncementId, PostId};
use crate::domain::post::Post;
use crate::domain::text;

/// More at a time would not be read.
const MOST: i64 = 100;

#[derive(Debug, Serialize)]
pub struct Entity {
    pub id: AnnouncementId,
    pub content: String,
    pub starts_at: Option<String>,
    pub ends_at: Option<String>,
    /// Times are given to the second.
    pub all_day: bool,
    pub published_at: String,
    pub updated_at: String,
    pub read: bool,
    pub mentions: Vec<Value>,
    pub statuses: Vec<Value>,
    pub tags: Vec<Value>,
    pub emojis: Vec<emoji::Entity>,
    pub reactions: Vec<Value>,
}

/// Those that are not over, as `viewer` meets them, newest first.
pub async fn all(app: &App, db: &mut PgConnection, viewer: AccountId) -> sqlx::Result<Vec<Entity>> {
    let found = db::announcements::current(db, viewer, None, app.clock.now(), MOST).await?;
    let parts = Parts::gather(db, viewer, &found).await?;
    Ok(found.into_iter().map(|one| parts.entity(app, one)).collect())
}

/// One as it is told of to everybody: as somebody meets it who has not read it.
pub async fn fresh(app: &App, db: &mut PgConnection, id: AnnouncementId) -> sqlx::Result<Option<Entity>> {
    let viewer = AccountId::NONE;
    let found = db::announcements::current(db, viewer, Some(id), app.clock.now(), 1).await?;
    let parts = Parts::gather(db, viewer, &found).await?;
    Ok(found.into_iter().next().map(|one| parts.entity(app, one)))
}

/// What announcements speak of.
struct Parts {
    people: Vec<Account>,
    posts: Vec<Post>,
    reactions: Vec<Reaction>,
    /// Emojis of this server among the reactions.
    emojis: Vec<Emoji>,
}

impl Parts {
    async fn gather(db: &mut PgConnection, viewer: AccountId, of: &[Announcement]) -> sqlx::Result<Self> {
        let ids: Vec<AnnouncementId> = of.iter().map(|one| one.id).collect();
        let linked: Vec<PostId> = of.iter().flat_map(|one| one.posts.iter().copied()).collect();
        let linked = match linked.len() {
            0 => linked,
            _ => db::posts::visible(db, viewer, &linked).await?,
        };
        let posts = match linked.len() {
            0 => Vec::new(),
            _ => db::posts::by_ids(db, &linked).await?,
        };
        let mut people: Vec<AccountId> = of.iter().flat_map(|one| one.people.iter().copied()).collect();
        people.extend(posts.iter().map(|post| post.author_id));
        let reactions = match ids.len() {
            0 => Vec::new(),
            _ => db::announcements::reactions(db, viewer, &ids).await?,
        };
        let names = reactions.iter().map(|reaction| reaction.name.clone());
        let names: Vec<String> = names.filter(|name| is_shortcode(name)).collect();
        Ok(Self {
            people: match people.len() {
                0 => Vec::new(),
                _ => db::accounts::by_ids(db, &people).await?,
            },
            posts,
            emojis: match names.len() {
                0 => Vec::new(),
                _ => db::emojis::latest(db, &names).await?,
            },
            reactions,
        })
    }

    fn person(&self, id: AccountId) -> Option<&Account> {
        let person = self.people.iter().find(|person| person.id == id);
        person.filter(|person| person.is_active())
    }

    fn entity(&self, app: &App, one: Announcement) -> Entity {
        let mentions = one.people.iter().filter_map(|id| self.person(*id)).map(mention);
        let statuses = one.posts.iter().filter_map(|id| self.status(app, *id));
        let tags = text::tags(&text::scan(&one.source)).into_iter();
        let reactions = self.reactions.iter();
        let reactions = reactions.filter(|reaction| reaction.announcement == one.id);
        Entity {
            id: one.id,
            starts_at: one.starts_at.map(time),
            ends_at: one.ends_at.map(time),
            all_day: false,
            published_at: time(one.created_at),
            updated_at: time(one.updated_at),
            read: one.read,
            mentions: mentions.collect(),
            statuses: statuses.collect(),
            tags: tags
                .map(|tag| json!({ "name": tag, "url": app.urls.tag_page(&tag) }))
                .collect(),
            emojis: emoji::all(&app.urls, &one.emojis),
            reactions: reactions.map(|one| self.reaction(app, one)).collect(),
            content: one.html,
        }
    }

    fn status(&self, app: &App, id: PostId) -> Option<Value> {
        let post = self.posts.iter().find(|post| post.id == id)?;
        let author = self.person(post.author_id)?;
        Some(json!({ "id": post.id, "url": status::page(&app.urls, post, author)? }))
    }

    /// With its picture, where it is an emoji of this server.
    fn reaction(&self, app: &App, reaction: &Reaction) -> Value {
        let mut entity = json!({ "name": reaction.name, "count": reaction.count, "me": reaction.mine });
        let emoji = self.emojis.iter().find(|emoji| emoji.shortcode == reaction.name);
        if let Some(emoji) = emoji {
            entity["url"] = emoji.url(&app.urls).into();
            entity["static_url"] = emoji.still_url(&app.urls).into();
        }
        entity
    }
}

fn mention(person: &Account) -> Value {
    json!({ "id": person.id, "username": person.username, "url": person.url, "acct": person.acct() })
}
