//! What polls come to by themselves: their numbers are told to other servers, and their end to all whom it concerns. Each
//! can run twice, and in many processes at once. Counts nothing.

use sqlx::PgConnection;

use super::letters::{self, Activity};
use crate::app::App;
use crate::bus::Queue;
use crate::db;
use crate::domain::account::Account;
use crate::domain::audience::Audience;
use crate::domain::ids::{AccountId, NotificationId, PostId};
use crate::domain::notification::Kind;
use crate::domain::work::Recipients;
use crate::translate;
use crate::translate::note::Around;

/// Polls in one transaction.
const BATCH: i64 = 50;
/// Most voters elsewhere who are told although they do not follow.
const MOST_VOTERS: i64 = 1_000;

/// Tells of polls that have ended; gives how many.
pub async fn end(app: &App) -> sqlx::Result<usize> {
    let now = app.clock.now();
    let mut tx = app.db.begin().await?;
    let ended = db::polls::take_ended(&mut tx, now, BATCH).await?;
    for &post in &ended {
        // What is shown of it is another: that it is over, and numbers that were hidden.
        db::posts::touch(&mut tx, post).await?;
        let people = db::polls::concerned(&mut tx, post).await?;
        let ids: Vec<i64> = people.iter().map(|_| NotificationId(app.ids.next()).0).collect();
        let kind = Kind::PollEnded as i16;
        db::polls::insert_notifications(&mut tx, post, (&ids, &people), kind, now).await?;
        send(app, &mut tx, post).await?;
    }
    tx.commit().await?;
    app.bus.wake(Queue::Outbox);
    Ok(ended.len())
}

/// Tells other servers of the numbers of polls in which somebody voted; gives how many.
pub async fn tell(app: &App) -> sqlx::Result<usize> {
    let mut tx = app.db.begin().await?;
    let counted = db::polls::take_counted(&mut tx, app.clock.now(), BATCH).await?;
    for &post in &counted {
        send(app, &mut tx, post).await?;
    }
    tx.commit().await?;
    app.bus.wake(Queue::Outbox);
    Ok(counted.len())
}

/// The poll as it stands, to those who have it: it is not edited, so it says no new time. Nothing for one made elsewhere.
async fn send(app: &App, db: &mut PgConnection, post: PostId) -> sqlx::Result<()> {
    let Some(post) = db::posts::by_id(db, post)
        .await?
        .filter(|post| post.uri.is_none())
    else {
        return Ok(());
    };
    let author = db::accounts::by_id(db, post.author_id).await?;
    let Some(author) = author.filter(Account::is_active) else {
        return Ok(());
    };
    let note = translate::note::document(&app.urls, &author, &post, &Around::default());
    let named = post.mentions.iter().map(|mention| mention.id);
    let mut people: Vec<AccountId> = named.chain(post.reply_to_author).collect();
    people.extend(voters(db, post.id).await?);
    let to = Recipients {
        followers_of: (post.audience < Audience::Direct).then_some(author.id),
        people,
        ..Recipients::default()
    };
    let update = Activity {
        body: translate::activity::update_post(&author, &note, app.clock.now()),
        post: Some(post.id),
        lasting: false,
    };
    letters::send(app, db, author.id, &update, to).await
}

/// Those elsewhere who voted, and so have the post.
pub async fn voters(db: &mut PgConnection, post: PostId) -> sqlx::Result<Vec<AccountId>> {
    db::polls::voters_elsewhere(db, post, MOST_VOTERS).await
}
