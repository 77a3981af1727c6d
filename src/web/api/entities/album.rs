//! Pixelfed's Collection entity. Its address is its owner's profile, which lists it.

use serde::Serialize;

use super::time;
use crate::db::albums::Shown;
use crate::domain::account::Account;
use crate::domain::ids::{AccountId, AlbumId};
use crate::domain::urls::Urls;

#[derive(Debug, Serialize)]
pub struct Entity {
    pub id: AlbumId,
    /// Whose it is.
    pub pid: AccountId,
    pub visibility: &'static str,
    pub title: String,
    pub description: String,
    pub thumb: String,
    pub url: String,
    pub updated_at: String,
    pub published_at: Option<String>,
    pub avatar: String,
    pub username: String,
    pub post_count: i64,
}

pub fn entity(urls: &Urls, owner: &Account, shown: &Shown) -> Entity {
    let album = &shown.album;
    Entity {
        id: album.id,
        pid: album.owner,
        visibility: album.visibility.as_str(),
        title: album.title.clone(),
        description: album.description.clone(),
        thumb: match &shown.cover {
            Some(key) => urls.media(key, "640.jpg"),
            None => urls.at("/assets/card.png"),
        },
        url: format!("{}#collection-{}", owner.url, album.id),
        updated_at: time(album.updated_at),
        published_at: album.published_at.map(time),
        avatar: owner.avatar(urls),
        username: owner.username.clone(),
        post_count: shown.posts,
    }
}
