//! What people here say to an announcement with an emoji. Has no remote door, and no person is named for it.

use sqlx::PgConnection;

use crate::app::App;
use crate::bus::Queue;
use crate::db;
use crate::domain::emoji::is_character;
use crate::domain::ids::{AccountId, AnnouncementId};
use crate::domain::live::Event;
use crate::domain::work::Work;

/// Different emojis under one.
const MOST: usize = 8;

#[derive(Debug, thiserror::Error)]
pub enum ReactError {
    #[error("no such announcement")]
    NotFound,
    #[error("not an emoji")]
    NotAnEmoji,
    #[error("more than {most} different reactions")]
    TooMany { most: usize },
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

/// The same twice changes nothing.
pub async fn local(app: &App, me: AccountId, id: AnnouncementId, name: &str) -> Result<(), ReactError> {
    let now = app.clock.now();
    let mut tx = app.db.begin().await?;
    // Counted under a lock: eight who come at once with one each would else be as many too many.
    if !db::announcements::lock(&mut tx, id, now).await? {
        return Err(ReactError::NotFound);
    }
    if !is_character(name)
        && db::emojis::by_shortcodes(&mut tx, &[name.to_owned()])
            .await?
            .is_empty()
    {
        return Err(ReactError::NotAnEmoji);
    }
    if !db::announcements::react(&mut tx, me, id, name, now).await? {
        return Ok(());
    }
    if db::announcements::reactions(&mut tx, me, &[id]).await?.len() > MOST {
        return Err(ReactError::TooMany { most: MOST });
    }
    tell(&mut tx, id, name).await?;
    tx.commit().await?;
    app.bus.wake(Queue::Outbox);
    Ok(())
}

pub async fn undo_local(app: &App, me: AccountId, id: AnnouncementId, name: &str) -> Result<(), ReactError> {
    let mut tx = app.db.begin().await?;
    if !db::announcements::take_back(&mut tx, me, id, name).await? {
        return Err(ReactError::NotFound);
    }
    tell(&mut tx, id, name).await?;
    tx.commit().await?;
    app.bus.wake(Queue::Outbox);
    Ok(())
}

async fn tell(db: &mut PgConnection, announcement: AnnouncementId, name: &str) -> sqlx::Result<()> {
    let events = vec![Event::Reacted {
        announcement,
        name: name.to_owned(),
    }];
    db::outbox::add(db, &Work::Tell { events }).await
}
