//! Posts as documents: the object, and the activity that made it. Does not ask who may see them.

use sqlx::PgConnection;
use tintype_federation::vocab::outgoing::Document;

use super::objects::Shown;
use super::refusal::Refusal;
use crate::app::App;
use crate::db;
use crate::domain::post::Post;
use crate::translate;
use crate::translate::activity::Repost;
use crate::translate::note::Around;

/// The post as an object; of a repost, the activity, since that is all there is to it.
pub(super) async fn object(app: &App, db: &mut PgConnection, shown: &Shown) -> Result<Document, Refusal> {
    if shown.post.repost_of.is_some() {
        return deed(app, db, shown).await;
    }
    let around = Around {
        in_reply_to: parent(app, db, &shown.post).await?,
        likes: u64::try_from(shown.card.likes).unwrap_or(0),
        reposts: u64::try_from(shown.card.reposts).unwrap_or(0),
    };
    Ok(translate::note::document(
        &app.urls,
        &shown.author,
        &shown.post,
        &around,
    ))
}

/// The activity that made the post or repost.
pub(super) async fn deed(app: &App, db: &mut PgConnection, shown: &Shown) -> Result<Document, Refusal> {
    let (author, post) = (&shown.author, &shown.post);
    let Some(inside) = post.repost_of else {
        let note = Box::pin(object(app, db, shown)).await?;
        return Ok(translate::activity::create_document(
            &app.urls, author, post.id, &note,
        ));
    };
    let inside = db::posts::by_id(db, inside).await?.ok_or(Refusal::NotFound)?;
    let by = db::accounts::by_id(db, inside.author_id)
        .await?
        .ok_or(Refusal::NotFound)?;
    let object = inside
        .uri
        .unwrap_or_else(|| app.urls.post(&by.username, inside.id));
    let repost = Repost {
        id: post.id,
        audience: post.audience,
        created_at: post.created_at,
        object: &object,
        object_author: &by.uri,
    };
    Ok(translate::activity::announce_document(&app.urls, author, &repost))
}

/// The URI of what a post answers.
async fn parent(app: &App, db: &mut PgConnection, post: &Post) -> Result<Option<String>, Refusal> {
    if post.reply_to_uri.is_some() {
        return Ok(post.reply_to_uri.clone());
    }
    let Some(id) = post.in_reply_to else {
        return Ok(None);
    };
    let Some(parent) = db::posts::by_id(db, id).await? else {
        return Ok(None);
    };
    if parent.uri.is_some() {
        return Ok(parent.uri);
    }
    let author = db::accounts::by_id(db, parent.author_id).await?;
    Ok(author.map(|author| app.urls.post(&author.username, id)))
}
