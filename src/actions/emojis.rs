//! The emojis of this server: adding and retiring them, and those that a text of somebody here has. No text loses one that it
//! was written with.

use bytes::Bytes;
use chrono::TimeDelta;
use sqlx::PgConnection;

use crate::app::App;
use crate::db;
use crate::db::emojis::Current;
use crate::domain::emoji::{self, Emoji};
use crate::media::key::NoRandomness;
use crate::media::sniff::Kind;
use crate::media::{self, Focus, Limits, MediaKey, StoreError, StoredFile, Unusable};

/// Bytes of a picture; as Mastodon, whose people shall see it too.
pub const LARGEST: u64 = 256 << 10;
/// Of a picture's sides, in pixels.
const LONGEST_SIDE: u32 = 1_024;
const MOST_FRAMES: u32 = 500;
/// Emojis that can be used at a time: apps load all of them at their start.
const MOST: i64 = 2_000;
/// In characters.
const LONGEST_CATEGORY: usize = 100;
/// Files whose row is not written after this long are removed.
const ABANDONED: TimeDelta = TimeDelta::hours(1);

/// What becomes of one of the same name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Existing {
    Stays,
    IsReplaced,
}

#[derive(Clone, Debug)]
pub struct NewEmoji {
    pub shortcode: String,
    pub picture: Bytes,
    pub category: Option<String>,
    /// Offered where emojis are picked.
    pub listed: bool,
    pub existing: Existing,
}

#[derive(Debug, thiserror::Error)]
pub enum EmojiError {
    #[error("a shortcode has 2 to 128 letters a to z, digits or _")]
    Shortcode,
    #[error("there is an emoji of this name")]
    Taken,
    #[error("there can be at most {most} emojis")]
    TooMany { most: i64 },
    #[error("a category has at most {most} characters")]
    CategoryTooLong { most: usize },
    #[error("an emoji is a PNG, GIF or WebP")]
    Type,
    #[error(transparent)]
    Unusable(#[from] Unusable),
    /// It took too long.
    #[error("the files were removed before the emoji was written down; try again")]
    Abandoned,
    #[error(transparent)]
    NoRandomness(#[from] NoRandomness),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

fn limits() -> Limits {
    Limits {
        bytes: LARGEST,
        side: LONGEST_SIDE,
        frames: MOST_FRAMES,
        ..Limits::default()
    }
}

/// Adds one, which texts that are written from now on can have.
pub async fn add(app: &App, new: NewEmoji) -> Result<(), EmojiError> {
    if !emoji::is_shortcode(&new.shortcode) {
        return Err(EmojiError::Shortcode);
    }
    let category = new.category.as_deref().map(str::trim);
    let category = category
        .filter(|category| !category.is_empty())
        .map(str::to_owned);
    if category
        .as_ref()
        .is_some_and(|name| name.chars().count() > LONGEST_CATEGORY)
    {
        return Err(EmojiError::CategoryTooLong {
            most: LONGEST_CATEGORY,
        });
    }
    let (key, file) = store(app, new.picture).await?;
    let now = app.clock.now();
    let mut tx = app.db.begin().await?;
    if new.existing == Existing::IsReplaced {
        db::emojis::retire(&mut tx, &new.shortcode, now).await?;
    }
    if db::emojis::count(&mut tx).await? >= MOST {
        return Err(EmojiError::TooMany { most: MOST });
    }
    let current = Current {
        shortcode: new.shortcode,
        key,
        file,
        category,
        listed: new.listed,
    };
    db::emojis::insert(&mut tx, &current, now).await.map_err(taken)?;
    if !db::media_sweep::adopt(&mut tx, &current.key).await? {
        return Err(EmojiError::Abandoned);
    }
    tx.commit().await?;
    Ok(())
}

fn taken(error: sqlx::Error) -> EmojiError {
    match db::constraint(&error) {
        Some("custom_emojis_shortcode") => EmojiError::Taken,
        _ => error.into(),
    }
}

/// Stores a picture: as it came, since only so does it move, and the renditions that stand still. Gives key and file.
async fn store(app: &App, picture: Bytes) -> Result<(String, String), EmojiError> {
    let photo = media::process_off_thread(picture.clone(), limits(), Focus::default()).await?;
    if photo.source_format == Kind::Jpeg {
        return Err(EmojiError::Type);
    }
    let key = MediaKey::random()?;
    // A crash on the way leaves nothing behind.
    let mut db = app.db.acquire().await?;
    db::media_sweep::discard_unnamed(&mut db, &key.to_string(), app.clock.now() + ABANDONED).await?;
    drop(db);
    for rendition in &photo.renditions {
        app.store
            .put(&key, rendition.file_name(), rendition.bytes.clone())
            .await?;
    }
    let file = StoredFile::Emoji(photo.source_format);
    app.store.put(&key, file, picture).await?;
    Ok((key.to_string(), file.to_string()))
}

/// From now on nobody can use it. Whether it was there.
pub async fn retire(app: &App, shortcode: &str) -> sqlx::Result<bool> {
    let mut tx = app.db.begin().await?;
    let was_there = db::emojis::retire(&mut tx, shortcode, app.clock.now()).await?;
    tx.commit().await?;
    Ok(was_there)
}

/// The emojis of texts that somebody here writes.
pub async fn of_texts(db: &mut PgConnection, texts: &[&str]) -> sqlx::Result<Vec<Emoji>> {
    let shortcodes = emoji::shortcodes(texts.iter().copied());
    match shortcodes.len() {
        0 => Ok(Vec::new()),
        _ => db::emojis::by_shortcodes(db, &shortcodes).await,
    }
}
