//! Saying something to everybody who lives here. Has no remote door: nobody elsewhere is told, and nobody elsewhere says so.

use std::collections::HashMap;

use sqlx::PgConnection;
use sqlx::types::Json;

use crate::actions::emojis;
use crate::app::App;
use crate::bus::Queue;
use crate::db;
use crate::db::announcements::Announcement;
use crate::domain::account::Account;
use crate::domain::clock::Time;
use crate::domain::ids::{AccountId, AnnouncementId, PostId};
use crate::domain::live::Event;
use crate::domain::names::Handle;
use crate::domain::text::{self, Mentioned, Piece};
use crate::domain::urls::Local;
use crate::domain::work::Work;

/// Most characters of an announcement.
const LONGEST: usize = 10_000;
/// Most posts that one links to.
const MOST_POSTS: usize = 20;

/// What is to be said.
#[derive(Clone, Debug, Default)]
pub struct NewAnnouncement {
    pub text: String,
    /// Of what it tells.
    pub starts_at: Option<Time>,
    /// From then on it is shown no more.
    pub ends_at: Option<Time>,
}

#[derive(Debug, thiserror::Error)]
pub enum AnnounceError {
    #[error("an announcement needs a text")]
    Empty,
    #[error("an announcement has at most {most} characters")]
    TooLong { most: usize },
    #[error("it would end before it starts")]
    EndsFirst,
    #[error("it would be over already")]
    Over,
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

pub async fn local(app: &App, new: NewAnnouncement) -> Result<AnnouncementId, AnnounceError> {
    let now = app.clock.now();
    let source = check(&new, now)?;
    let pieces = text::scan(&source);
    let mut tx = app.db.begin().await?;
    let people = people(app, &mut tx, &pieces).await?;
    let shown = people.iter().map(|(handle, person)| {
        let mentioned = Mentioned {
            url: person.url.clone(),
            username: person.username.clone(),
        };
        (handle.clone(), mentioned)
    });
    let announcement = Announcement {
        id: AnnouncementId(app.ids.next()),
        html: text::to_html(&pieces, &HashMap::from_iter(shown), &app.urls),
        people: people.iter().map(|(_, person)| person.id).collect(),
        posts: posts(app, &pieces),
        emojis: Json(emojis::of_texts(&mut tx, &[source.as_str()]).await?),
        starts_at: new.starts_at,
        ends_at: new.ends_at,
        created_at: now,
        updated_at: now,
        read: false,
        source: source.clone(),
    };
    db::announcements::insert(&mut tx, &announcement).await?;
    let events = vec![Event::Announced {
        announcement: announcement.id,
    }];
    db::outbox::add(&mut tx, &Work::Tell { events }).await?;
    tx.commit().await?;
    app.bus.wake(Queue::Outbox);
    Ok(announcement.id)
}

/// The text as it is kept.
fn check(new: &NewAnnouncement, now: Time) -> Result<String, AnnounceError> {
    let source = new.text.replace('\0', "").trim().to_owned();
    if source.is_empty() {
        return Err(AnnounceError::Empty);
    }
    if source.chars().count() > LONGEST {
        return Err(AnnounceError::TooLong { most: LONGEST });
    }
    let times = new.starts_at.zip(new.ends_at);
    if times.is_some_and(|(starts, ends)| ends <= starts) {
        return Err(AnnounceError::EndsFirst);
    }
    match new.ends_at {
        Some(ends) if ends <= now => Err(AnnounceError::Over),
        _ => Ok(source),
    }
}

/// Those whom it names and whom we know; nobody elsewhere is asked.
async fn people(
    app: &App,
    db: &mut PgConnection,
    pieces: &[Piece<'_>],
) -> sqlx::Result<Vec<(Handle, Account)>> {
    let mut found = Vec::new();
    for handle in text::mentions(pieces) {
        let elsewhere = handle.authority.as_deref();
        let elsewhere = elsewhere.filter(|authority| *authority != app.urls.authority());
        let Some(id) = db::accounts::id_by_handle(db, &handle.name, elsewhere).await? else {
            continue;
        };
        let person = db::accounts::by_id(db, id).await?;
        found.extend(person.filter(Account::is_active).map(|person| (handle, person)));
    }
    Ok(found)
}

/// Posts of here to which it links.
fn posts(app: &App, pieces: &[Piece<'_>]) -> Vec<PostId> {
    let linked = pieces.iter().filter_map(|piece| match piece {
        Piece::Link(url) => match app.urls.parse_local(url) {
            Some(Local::Post { id, .. }) => Some(id),
            _ => None,
        },
        _ => None,
    });
    let mut posts: Vec<PostId> = Vec::new();
    for post in linked {
        if !posts.contains(&post) && posts.len() < MOST_POSTS {
            posts.push(post);
        }
    }
    posts
}

/// Takes one away. Whether it was there.
pub async fn undo_local(app: &App, id: AnnouncementId) -> sqlx::Result<bool> {
    let mut tx = app.db.begin().await?;
    let was_there = db::announcements::delete(&mut tx, id).await?;
    if was_there {
        let events = vec![Event::AnnouncementEnded { announcement: id }];
        db::outbox::add(&mut tx, &Work::Tell { events }).await?;
    }
    tx.commit().await?;
    app.bus.wake(Queue::Outbox);
    Ok(was_there)
}

/// Those whose time is over are said no more; gives how many.
pub async fn end(app: &App) -> sqlx::Result<usize> {
    let mut tx = app.db.begin().await?;
    let ended = db::announcements::take_ended(&mut tx, app.clock.now()).await?;
    if ended.is_empty() {
        return Ok(0);
    }
    let events = ended
        .iter()
        .map(|id| Event::AnnouncementEnded { announcement: *id });
    let events = events.collect();
    db::outbox::add(&mut tx, &Work::Tell { events }).await?;
    tx.commit().await?;
    app.bus.wake(Queue::Outbox);
    Ok(ended.len())
}

/// Somebody has read it and is not shown it again. Whether it was there.
pub async fn dismiss(app: &App, me: AccountId, id: AnnouncementId) -> sqlx::Result<bool> {
    let mut tx = app.db.begin().await?;
    let is_there = db::announcements::lock(&mut tx, id, app.clock.now()).await?;
    if is_there {
        db::announcements::read(&mut tx, me, id).await?;
    }
    tx.commit().await?;
    Ok(is_there)
}
