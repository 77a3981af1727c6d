//! A post of somebody here that is nothing but text: all of it is written by one statement. Where a draft needs more than
//! that, it is not taken here.

use std::sync::Arc;

use super::draft::{Draft, PublishError, Written, key};
use super::local::{self, Published};
use crate::app::App;
use crate::bus::Queue;
use crate::db;
use crate::db::publications::{Letter, Publication, SAME_KEY};
use crate::domain::account::Account;
use crate::domain::audience::Audience;
use crate::domain::post::{NewPost, Post};
use crate::domain::work::{Recipients, Work};
use crate::translate;
use crate::translate::note::Around;

/// Whether nothing follows from it but entries in feeds and one letter to the author's followers.
pub fn is_plain(draft: &Draft, written: &Written) -> bool {
    draft.media.is_empty()
        && draft.in_reply_to.is_none()
        && written.people.is_empty()
        && written.tags.is_empty()
}

pub async fn publish(
    app: &App,
    author: Arc<Account>,
    draft: &Draft,
    written: &Written,
    new: &NewPost,
) -> Result<Published, PublishError> {
    let mut db = app.db.acquire().await?;
    let post = local::whole(app, &mut db, new, written).await?;
    let key = key(draft);
    let publication = Publication {
        post: new,
        key,
        work: (new.audience <= Audience::Followers).then(|| Work::FanOut { posts: vec![new.id] }),
        letter: (new.audience < Audience::Direct).then(|| letter(app, &author, &post)),
    };
    match db::publications::insert(&mut db, &publication).await {
        Ok(true) => {
            app.bus.wake(Queue::Outbox);
            return Ok(Published::New(Box::new(post), author));
        }
        Ok(false) => {}
        Err(error) if db::constraint(&error) == Some(SAME_KEY) => {}
        Err(error) => return Err(error.into()),
    }
    let earlier = db::posts::by_idempotency_key(&mut db, author.id, key.unwrap_or_default()).await?;
    earlier
        .map(Published::Before)
        .ok_or(PublishError::Database(sqlx::Error::RowNotFound))
}

/// For the author's followers elsewhere, if there are any when it is written.
fn letter(app: &App, author: &Account, post: &Post) -> Letter {
    let note = translate::note::document(&app.urls, author, post, &Around::default());
    Letter {
        body: translate::activity::create(&app.urls, author, post.id, &note),
        work: Work::Post {
            outgoing: 0,
            to: Recipients::followers(author.id),
        },
    }
}
