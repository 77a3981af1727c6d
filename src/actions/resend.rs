//! An admin has letters tried again, or given up. Sends nothing itself, and writes no letter: that is the dispatcher's.

use sqlx::PgConnection;

use crate::app::App;
use crate::bus::Queue;
use crate::db;
use crate::db::letters_desk::Dropped;
use crate::domain::ids::HostId;
use crate::domain::work::{Inbox, Recipients, Work};

/// Letters that were set aside and are written anew at a time.
const MOST: i64 = 10_000;

/// What is tried again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Again {
    /// Something waited, which is tried at once.
    pub waited: bool,
    /// Letters that had been set aside: they go behind what waits.
    pub aside: usize,
}

/// None: nothing is known of such a server.
pub async fn retry(app: &App, authority: &str) -> sqlx::Result<Option<Again>> {
    let mut tx = app.db.begin().await?;
    let Some(host) = db::hosts::by_authority(&mut tx, authority).await? else {
        return Ok(None);
    };
    let waited = db::letters_desk::due_now(&mut tx, host, app.clock.now()).await?;
    let aside = write_again(&mut tx, host).await?;
    tx.commit().await?;
    app.bus.wake(Queue::Outbox);
    app.bus.wake(Queue::Letters);
    Ok(Some(Again { waited, aside }))
}

async fn write_again(db: &mut PgConnection, host: HostId) -> sqlx::Result<usize> {
    let taken = db::letters_desk::take_aside(db, host, MOST).await?;
    for letter in &taken {
        let inbox = Inbox {
            host,
            url: letter.inbox.clone(),
        };
        let work = Work::Post {
            outgoing: letter.outgoing,
            to: Recipients::inbox(inbox),
        };
        db::outbox::add(db, &work).await?;
    }
    Ok(taken.len())
}

/// Gives up what waits for a server and what it would not take; what comes later goes there as before. None: nothing is
/// known of such a server.
pub async fn give_up(app: &App, authority: &str) -> sqlx::Result<Option<Dropped>> {
    let mut tx = app.db.begin().await?;
    let Some(host) = db::hosts::by_authority(&mut tx, authority).await? else {
        return Ok(None);
    };
    let dropped = db::letters_desk::drop_all(&mut tx, host, app.clock.now()).await?;
    tx.commit().await?;
    Ok(Some(dropped))
}
