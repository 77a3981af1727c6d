//! Collections of one's own posts. Have no remote door: no peer has a word for them.

use sqlx::PgConnection;

use crate::app::App;
use crate::db;
use crate::db::albums::Album;
use crate::domain::album::{LONGEST_DESCRIPTION, LONGEST_TITLE, MOST_POSTS, Visibility};
use crate::domain::ids::{AccountId, AlbumId, PostId};

/// Most collections of one person.
pub const MOST: i64 = 100;
/// Into which a new post may go, as Pixelfed has it.
pub const MOST_AT_ONCE: usize = 3;

#[derive(Debug, thiserror::Error)]
pub enum AlbumError {
    /// No such collection of theirs.
    #[error("not found")]
    NotFound,
    #[error("Title is too long (maximum is {LONGEST_TITLE} characters)")]
    TitleTooLong,
    #[error("Description is too long (maximum is {LONGEST_DESCRIPTION} characters)")]
    DescriptionTooLong,
    #[error("You cannot have more than {MOST} collections")]
    TooMany,
    #[error("You can only publish into {MOST_AT_ONCE} collections at once")]
    TooManyAtOnce,
    #[error("You can only add {MOST_POSTS} posts to a collection")]
    TooManyPosts,
    #[error("Only your own public or unlisted posts with photos can be in a collection")]
    NotFitting,
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

/// What of a collection is to be another; absent means unchanged.
#[derive(Clone, Debug, Default)]
pub struct Wishes {
    pub title: Option<String>,
    pub description: Option<String>,
    pub visibility: Option<Visibility>,
}

impl Wishes {
    fn apply(self, album: &mut Album) -> Result<(), AlbumError> {
        let text = |text: String| text.replace('\0', "").trim().to_owned();
        if let Some(title) = self.title {
            album.title = text(title);
        }
        if let Some(description) = self.description {
            album.description = text(description);
        }
        album.visibility = self.visibility.unwrap_or(album.visibility);
        if album.title.chars().count() > LONGEST_TITLE {
            return Err(AlbumError::TitleTooLong);
        }
        if album.description.chars().count() > LONGEST_DESCRIPTION {
            return Err(AlbumError::DescriptionTooLong);
        }
        if album.visibility != Visibility::Draft {
            album.published_at = album.published_at.or(Some(album.updated_at));
        }
        Ok(())
    }
}

/// A new one; a draft, unless it is said otherwise.
pub async fn make(app: &App, owner: AccountId, wishes: Wishes) -> Result<AlbumId, AlbumError> {
    let now = app.clock.now();
    let mut album = Album {
        id: AlbumId(app.ids.next()),
        owner,
        title: String::new(),
        description: String::new(),
        visibility: Visibility::Draft,
        created_at: now,
        updated_at: now,
        published_at: None,
    };
    wishes.apply(&mut album)?;
    let mut tx = app.db.begin().await?;
    lock(&mut tx, owner).await?;
    if db::albums::count(&mut tx, owner).await? >= MOST {
        return Err(AlbumError::TooMany);
    }
    db::albums::insert(&mut tx, &album).await?;
    tx.commit().await?;
    Ok(album.id)
}

pub async fn change(app: &App, owner: AccountId, id: AlbumId, wishes: Wishes) -> Result<(), AlbumError> {
    let mut tx = app.db.begin().await?;
    let mut album = own(app, &mut tx, owner, id).await?;
    wishes.apply(&mut album)?;
    db::albums::change(&mut tx, &album).await?;
    tx.commit().await?;
    Ok(())
}

pub async fn delete(app: &App, owner: AccountId, id: AlbumId) -> Result<(), AlbumError> {
    let mut tx = app.db.begin().await?;
    own(app, &mut tx, owner, id).await?;
    db::albums::delete(&mut tx, id).await?;
    tx.commit().await?;
    Ok(())
}

/// Puts a post at the end. One that is in it stays where it is.
pub async fn add(app: &App, owner: AccountId, id: AlbumId, post: PostId) -> Result<(), AlbumError> {
    let mut tx = app.db.begin().await?;
    add_within(app, &mut tx, (owner, id), post).await?;
    tx.commit().await?;
    Ok(())
}

/// The same within the caller's transaction: a post may be published into collections.
pub async fn add_within(
    app: &App,
    db: &mut PgConnection,
    (owner, id): (AccountId, AlbumId),
    post: PostId,
) -> Result<(), AlbumError> {
    let album = own(app, db, owner, id).await?;
    let mut posts = db::albums::posts(db, id).await?;
    if posts.contains(&post) {
        return Ok(());
    }
    posts.push(post);
    put(db, &album, &posts, &[post]).await
}

/// One that is not in it is out of it already.
pub async fn take_out(app: &App, owner: AccountId, id: AlbumId, post: PostId) -> Result<(), AlbumError> {
    let mut tx = app.db.begin().await?;
    let album = own(app, &mut tx, owner, id).await?;
    let mut posts = db::albums::posts(&mut tx, id).await?;
    posts.retain(|known| *known != post);
    put(&mut tx, &album, &posts, &[]).await?;
    tx.commit().await?;
    Ok(())
}

/// From now on these are in it, in this order.
pub async fn arrange(app: &App, owner: AccountId, id: AlbumId, posts: &[PostId]) -> Result<(), AlbumError> {
    let mut tx = app.db.begin().await?;
    let album = own(app, &mut tx, owner, id).await?;
    let known = db::albums::posts(&mut tx, id).await?;
    let mut wanted: Vec<PostId> = Vec::new();
    for post in posts {
        if !wanted.contains(post) {
            wanted.push(*post);
        }
    }
    let new: Vec<PostId> = wanted
        .iter()
        .filter(|post| !known.contains(post))
        .copied()
        .collect();
    put(&mut tx, &album, &wanted, &new).await?;
    tx.commit().await?;
    Ok(())
}

/// `new`: those that were not in it before.
async fn put(
    db: &mut PgConnection,
    album: &Album,
    posts: &[PostId],
    new: &[PostId],
) -> Result<(), AlbumError> {
    if posts.len() > MOST_POSTS {
        return Err(AlbumError::TooManyPosts);
    }
    if db::albums::fitting(db, album.owner, new).await?.len() < new.len() {
        return Err(AlbumError::NotFitting);
    }
    db::albums::arrange(db, album.id, posts).await?;
    Ok(db::albums::change(db, album).await?)
}

/// Somebody's collection as it is about to be changed, which nobody else changes until the transaction ends.
async fn own(app: &App, db: &mut PgConnection, owner: AccountId, id: AlbumId) -> Result<Album, AlbumError> {
    lock(db, owner).await?;
    let album = db::albums::own(db, owner, id).await?;
    Ok(Album {
        updated_at: app.clock.now(),
        ..album.ok_or(AlbumError::NotFound)?
    })
}

/// One change of somebody's collections at a time: otherwise two that cross would each miss the other in what they count.
async fn lock(db: &mut PgConnection, owner: AccountId) -> sqlx::Result<()> {
    db::pairs::lock(db, owner, owner).await
}
