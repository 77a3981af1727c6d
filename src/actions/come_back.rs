//! Somebody who lives here is here. Whose feed was retired while they were away gets it written again.

use sqlx::PgConnection;

use crate::app::App;
use crate::bus::Queue;
use crate::db;
use crate::domain::ids::AccountId;
use crate::domain::work::Work;

/// Notes that they are here today. Until a retired feed is written again it is pulled, so that nothing is missing.
pub async fn seen(app: &App, db: &mut PgConnection, account: AccountId) -> sqlx::Result<()> {
    let today = app.clock.now().date_naive();
    if !db::users::seen_on(db, account, today).await? || db::feeds::is_active(db, account).await? {
        return Ok(());
    }
    db::outbox::add(db, &Work::Rebuild { owner: account }).await?;
    app.bus.wake(Queue::Outbox);
    Ok(())
}
