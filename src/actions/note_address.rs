//! From where somebody here comes, for moderators to find out who stands behind several accounts. Notes nothing where whoever
//! runs the server wants none of it kept, and never writes an address into the log.

use std::net::IpAddr;

use chrono::TimeDelta;
use sqlx::PgConnection;

use crate::app::App;
use crate::db;
use crate::domain::ids::AccountId;

pub async fn of(app: &App, db: &mut PgConnection, account: AccountId, from: IpAddr) -> sqlx::Result<()> {
    match app.config.address_days {
        0 => Ok(()),
        _ => {
            let address = from.to_canonical().to_string();
            db::user_addresses::note(db, account, &address, app.clock.now()).await
        }
    }
}

/// Forgets what is older than it is to be kept; all, where nothing is kept any more.
pub async fn forget(app: &App, db: &mut PgConnection) -> sqlx::Result<u64> {
    let kept = TimeDelta::days(app.config.address_days.into());
    db::user_addresses::sweep(db, app.clock.now() - kept).await
}
