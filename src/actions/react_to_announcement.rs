//! What people here say to an announcement with an emoji. Has no remote door, and no person is named for it.

use sqlx::PgConnection;

use crate::app::App;
use crate::bus::Queue;
use crate::db;
use crate::domain::ids::{AccountId, AnnouncementId};
use crate::domain::live::Event;
use crate::domain::work::Work;

/// Different emojis under one.
const MOST: usize = 8;
/// Bytes of an emoji that is put together of many.
const LONGEST: usize = 64;

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
    if !is_emoji(name)
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

/// Short, with a sign, and without letters and blanks. Some signs count as letters for Unicode.
fn is_emoji(name: &str) -> bool {
    let is_sign = |c: char| c >= '\u{203c}' || matches!(c, '©' | '®');
    let is_letter = |c: char| c.is_alphabetic() && !matches!(c, 'ℹ' | 'Ⓜ' | '\u{1f170}'..='\u{1f189}');
    let is_word = |c: char| is_letter(c) || c.is_whitespace() || c.is_control();
    (1..=LONGEST).contains(&name.len()) && name.chars().any(is_sign) && !name.chars().any(is_word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sign_is_an_emoji_and_a_word_is_none() {
        for sign in ["😀", "❤️", "👩🏽\u{200d}🚀", "🇧🇷", "1️⃣", "☕", "ℹ️", "🅱️"]
        {
            assert!(is_emoji(sign), "{sign:?}");
        }
        for word in [
            "",
            "a",
            "7",
            "ok",
            "né",
            "日本",
            "😀 😀",
            "😀\n",
            "-",
            "–",
            "§",
            &"😀".repeat(17),
        ] {
            assert!(!is_emoji(word), "{word:?}");
        }
    }
}
