//! Stamps: that somebody here lets a post quote theirs, under an address of its own. Says so to whoever may see what is quoted;
//! to all others, and of leave that was taken back, it is not there.

use axum::response::Response;

use super::answer::{self, Keep};
use super::objects::Asked;
use super::refusal::Refusal;
use super::{actor, reader};
use crate::db;
use crate::translate::quote;

pub async fn show(asked: Asked) -> Result<Response, Refusal> {
    let app = &asked.app;
    let reader = reader::of(app, &asked.uri, &asked.headers, asked.from).await?;
    let author = actor::person(app, &asked.name).await?;
    if author.deleted {
        return Err(Refusal::NotFound);
    }
    let mut db = app.db.acquire().await?;
    let stamped = db::quotes::stamped(&mut db, author.id, asked.id).await?;
    let stamped = stamped.ok_or(Refusal::NotFound)?;
    if db::posts::visible(&mut db, reader.account, &[stamped.quoted])
        .await?
        .is_empty()
    {
        return Err(Refusal::NotFound);
    }
    let quoting = stamped
        .post_uri
        .unwrap_or_else(|| app.urls.post(&stamped.username, asked.id));
    let id = app.urls.stamp(&author.username, asked.id);
    let document = quote::stamp(&author, &id, &quoting, &stamped.uri);
    // It may be taken back at any time.
    Ok(answer::document(&document, Keep::Nobody, &asked.headers))
}
