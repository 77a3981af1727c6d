//! Telling those who look after the people here: who signed up, and who was reported. Tells nobody else.

use sqlx::PgConnection;

use crate::app::App;
use crate::db;
use crate::db::notifications::NewNotification;
use crate::domain::ids::{AccountId, NotificationId};
use crate::domain::notification::Kind;

pub async fn of_sign_up(app: &App, db: &mut PgConnection, who: AccountId) -> sqlx::Result<()> {
    for to in db::users::moderators(db).await? {
        db::notifications::insert(db, &new(app, to, Kind::SignedUp, who)).await?;
    }
    Ok(())
}

/// Each report once, also another of the same reporter.
pub async fn of_report(
    app: &App,
    db: &mut PgConnection,
    reporter: AccountId,
    report: i64,
) -> sqlx::Result<()> {
    for to in db::users::moderators(db).await? {
        let new = new(app, to, Kind::Reported, reporter);
        db::notifications::insert_about_report(db, &new, report).await?;
    }
    Ok(())
}

fn new(app: &App, to: AccountId, kind: Kind, from: AccountId) -> NewNotification {
    NewNotification {
        id: NotificationId(app.ids.next()),
        to,
        kind,
        from,
        post: None,
        now: app.clock.now(),
    }
}
