//! Hearing of senders whom one's policy set aside, from now on and of what there is, or sending that away. Has no remote
//! door: no sender knows.

use sqlx::PgConnection;

use crate::app::App;
use crate::bus::Queue;
use crate::db;
use crate::domain::ids::{AccountId, NotificationRequestId};
use crate::domain::live::Event;
use crate::domain::work::Work;

/// So much is merged at once; the rest when there is time.
const AT_ONCE: i64 = 500;

/// Accepts those of the requests that are open and somebody's own. Gives how many.
pub async fn accept(app: &App, me: AccountId, ids: &[NotificationRequestId]) -> sqlx::Result<usize> {
    let now = app.clock.now();
    let mut tx = app.db.begin().await?;
    let accepted = db::notification_requests::accept(&mut tx, me, ids, now).await?;
    for from in &accepted {
        db::notification_policies::permit(&mut tx, me, *from, now).await?;
        merge(&mut tx, me, *from).await?;
    }
    tx.commit().await?;
    app.bus.wake(Queue::Outbox);
    Ok(accepted.len())
}

/// Puts what was set aside among the rest: some now, and when there is more, that later. At the end connected clients are
/// told to look again: what is merged is older than what they have.
pub async fn merge(db: &mut PgConnection, account: AccountId, from: AccountId) -> sqlx::Result<()> {
    let merged = db::notification_requests::merge(db, account, from, AT_ONCE).await?;
    let next = if merged < AT_ONCE.unsigned_abs() {
        db::notification_requests::close(db, account, from).await?;
        Work::Tell {
            events: vec![Event::NotificationsMerged { account }],
        }
    } else {
        Work::Merge { account, from }
    };
    db::outbox::add(db, &next).await
}

/// Sends away what was set aside of them. What they cause later may be set aside again. Gives how many there were.
pub async fn dismiss(app: &App, me: AccountId, ids: &[NotificationRequestId]) -> sqlx::Result<u64> {
    let mut tx = app.db.begin().await?;
    let gone = db::notification_requests::dismiss(&mut tx, me, ids).await?;
    tx.commit().await?;
    Ok(gone)
}
