//! From rows to what pages draw: people, photos, tiles. Asks only for what the viewer may see.

use sqlx::PgConnection;

use crate::app::App;
use crate::db;
use crate::domain::account::Account;
use crate::domain::html;
use crate::domain::ids::{AccountId, PostId};
use crate::domain::post::{Photo, Post};
use crate::domain::urls::Urls;
use crate::web::api::entities::account::avatar;
use crate::web::api::entities::media::Original;
use crate::web::api::entities::{media, status};
use crate::web::api::feed::Hiding;
use crate::web::auth::site::href;
use crate::web::pages::{Count, Cover, Focus, Person, Picture, Tile, Tone, Variant};

/// Most characters of a tile of text: more than fits.
const TILE_TEXT: usize = 280;
/// The shape of a photo whose server did not tell it.
const UNKNOWN_SIZE: (u32, u32) = (1080, 1080);

pub fn count(number: impl Into<i64>) -> Count {
    Count(u64::try_from(number.into()).unwrap_or(0))
}

pub fn name(account: &Account) -> String {
    let name = account.display_name.trim();
    if name.is_empty() { &account.username } else { name }.to_owned()
}

pub fn person(urls: &Urls, account: &Account) -> Person {
    let authority = account.authority.as_deref().unwrap_or(urls.authority());
    Person {
        name: name(account),
        handle: format!("@{}@{authority}", account.username),
        page: href(&account.url),
        avatar: href(&avatar(urls, account)),
    }
}

pub fn picture(urls: &Urls, photo: &Photo) -> Picture {
    let attachment = media::attachment(urls, photo);
    let (width, height) = match attachment.meta.original.as_ref().map(Original::sides) {
        Some((width, height)) => (
            u32::try_from(width).unwrap_or(1),
            u32::try_from(height).unwrap_or(1),
        ),
        None => UNKNOWN_SIZE,
    };
    let film = attachment.url.as_deref().filter(|_| photo.video.is_some());
    let of = |kind: &str| -> Vec<Variant> {
        // They are given from the largest down.
        let kind = attachment
            .variants
            .iter()
            .rev()
            .filter(|it| it.content_type == kind);
        kind.map(|it| Variant {
            url: href(&it.url),
            width: u32::try_from(it.width).unwrap_or(1),
        })
        .collect()
    };
    let (avif, webp, mut jpeg) = (of("image/avif"), of("image/webp"), of("image/jpeg"));
    if jpeg.is_empty() && film.is_none() && photo.state != 2 {
        jpeg.extend(attachment.url.as_deref().map(|url| Variant {
            url: href(url),
            width,
        }));
    }
    Picture {
        width,
        height,
        avif,
        webp,
        jpeg,
        alt: attachment.description,
        tone: tone(photo),
        focus: Focus {
            x: photo.focus_x,
            y: photo.focus_y,
        },
        film: film.map(href),
    }
}

fn tone(photo: &Photo) -> Tone {
    let hash = photo.blurhash.as_deref();
    hash.and_then(Tone::of_blurhash).unwrap_or(Tone::UNKNOWN)
}

/// Words come out of titles and cards with it, so text alone is covered only where there is a reason to give.
pub fn cover(post: &Post, author: &Account) -> Option<Cover> {
    let is_sensitive = post.sensitive || author.sensitized;
    let covers = !post.summary.is_empty() || (is_sensitive && !post.photos.is_empty());
    covers.then(|| Cover {
        reason: post.summary.clone(),
    })
}

/// The tiles of these posts in their order, without those that the viewer may not see.
pub async fn tiles(
    app: &App,
    db: &mut PgConnection,
    viewer: AccountId,
    ids: &[PostId],
    hiding: Hiding,
) -> sqlx::Result<Vec<Tile>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let mut cards = db::posts::cards(db, viewer, ids).await?;
    cards.retain(|card| hiding == Hiding::Shown || !card.is_hidden());
    let seen: Vec<PostId> = cards.iter().map(|card| card.id).collect();
    let posts = db::posts::by_ids(db, &seen).await?;
    let mut authors: Vec<AccountId> = posts.iter().map(|post| post.author_id).collect();
    authors.sort_unstable();
    authors.dedup();
    let authors = db::accounts::by_ids(db, &authors).await?;
    let tile = |id: &PostId| {
        let post = posts.iter().find(|post| post.id == *id)?;
        let author = authors.iter().find(|author| author.id == post.author_id)?;
        Some(tile(&app.urls, post, author))
    };
    Ok(ids.iter().filter_map(tile).collect())
}

fn tile(urls: &Urls, post: &Post, author: &Account) -> Tile {
    let words = if post.summary.is_empty() {
        html::plain(&post.html)
    } else {
        post.summary.clone()
    };
    let page = status::page(urls, post, author).unwrap_or_default();
    Tile {
        post: href(&page),
        author: name(author),
        picture: post.photos.first().map(|photo| picture(urls, photo)),
        text: words.chars().take(TILE_TEXT).collect(),
        photos: post.photos.len(),
        sensitive: cover(post, author).is_some() && !post.photos.is_empty(),
    }
}
