//! A post that was just written, as readers will have it. Decides nothing about it.

use sqlx::PgConnection;
use sqlx::types::Json;

use super::draft::Written;
use crate::app::App;
use crate::db;
use crate::domain::account::Account;
use crate::domain::ids::{AppId, PostId};
use crate::domain::post::{AppShown, Mention, NewPost, Post};

/// The post as it will be read, without reading it again where nothing but text is in it.
pub async fn read(app: &App, db: &mut PgConnection, new: &NewPost, written: &Written) -> sqlx::Result<Post> {
    if new.photos > 0 || new.in_reply_to.is_some() || new.place_id.is_some() {
        return read_again(db, new.id).await;
    }
    let mut mentions: Vec<Mention> = written.people.iter().map(mention).collect();
    let mut tags = written.tags.clone();
    // In the order in which they will be read.
    mentions.sort_unstable_by_key(|mention| mention.id);
    tags.sort_unstable();
    Ok(Post {
        id: new.id,
        author_id: new.author_id,
        uri: None,
        url: None,
        repost_of: None,
        in_reply_to: None,
        reply_to_author: None,
        reply_to_uri: None,
        thread_id: new.thread_id,
        audience: new.audience,
        comment: false,
        source: new.source.clone(),
        html: new.html.clone(),
        summary: new.summary.clone(),
        sensitive: new.sensitive,
        language: new.language.clone(),
        emojis: new.emojis.clone(),
        comments_enabled: new.comments_enabled,
        quote_policy: new.quote_policy.unwrap_or_default(),
        version: 1,
        created_at: new.created_at,
        edited_at: None,
        photos: Json(Vec::new()),
        mentions: Json(mentions),
        tags: Json(tags),
        app: made_by(app, db, new.app_id).await?.map(Json),
        poll: None,
        place: None,
        quote: None,
    })
}

/// The post as it was written.
pub async fn read_again(db: &mut PgConnection, id: PostId) -> sqlx::Result<Post> {
    db::posts::by_id(db, id).await?.ok_or(sqlx::Error::RowNotFound)
}

fn mention(person: &Account) -> Mention {
    Mention {
        id: person.id,
        username: person.username.clone(),
        authority: person.authority.clone(),
        uri: person.uri.clone(),
        url: person.url.clone(),
    }
}

/// The program that a post was made by, as readers see it.
async fn made_by(app: &App, db: &mut PgConnection, id: Option<AppId>) -> sqlx::Result<Option<AppShown>> {
    let Some(id) = id else { return Ok(None) };
    if let Some(shown) = app.caches.apps.get(&id) {
        return Ok(Some(shown));
    }
    let shown = db::apps::by_id(db, id).await?.map(|program| AppShown {
        name: program.name,
        website: program.website,
    });
    if let Some(shown) = &shown {
        app.caches.apps.insert(id, shown.clone());
    }
    Ok(shown)
}
