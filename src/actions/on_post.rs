//! The post that a verb is about: found, seen by who acts, and never the wrapper of a repost. Changes nothing.

use sqlx::PgConnection;

use crate::app::App;
use crate::db;
use crate::domain::account::Account;
use crate::domain::audience::Audience;
use crate::domain::ids::{AccountId, PostId};
use crate::domain::urls::Local;

/// Why nothing can be done with a post.
#[derive(Debug, thiserror::Error)]
pub enum OnPostError {
    /// Not there, or not for them to see: the same answer.
    #[error("Record not found")]
    NotFound,
    #[error("{0}")]
    NotAllowed(&'static str),
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

/// A post as verbs need it.
#[derive(Clone, Debug)]
pub struct Target {
    pub id: PostId,
    pub uri: String,
    pub thread_id: PostId,
    pub audience: Audience,
    pub author: Account,
}

/// What `actor` means by `post`: for a repost, the post inside.
pub async fn target(
    app: &App,
    db: &mut PgConnection,
    actor: AccountId,
    post: PostId,
) -> Result<Target, OnPostError> {
    let seen = db::posts::seen(db, actor, post)
        .await?
        .ok_or(OnPostError::NotFound)?;
    let author = db::accounts::by_id(db, seen.author_id)
        .await?
        .ok_or(OnPostError::NotFound)?;
    let uri = seen
        .uri
        .unwrap_or_else(|| app.urls.post(&author.username, seen.id));
    Ok(Target {
        id: seen.id,
        uri,
        thread_id: seen.thread_id,
        audience: seen.audience,
        author,
    })
}

/// A post by its address, ours or another server's, if we have it.
pub async fn find(app: &App, db: &mut PgConnection, uri: &str) -> sqlx::Result<Option<PostId>> {
    match app.urls.parse_local(uri) {
        Some(Local::Post { id, .. }) => Ok(Some(id)),
        Some(Local::Account { .. }) => Ok(None),
        None => db::posts::id_by_uri(db, uri).await,
    }
}
