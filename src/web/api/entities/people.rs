//! Accounts by their ids, in the order asked for. Leaves out who is not there; says nothing about who may read them.

use std::collections::HashMap;

use sqlx::PgConnection;

use super::account::{Entity, entity};
use crate::app::App;
use crate::db;
use crate::domain::account::Account;
use crate::domain::ids::AccountId;

pub async fn many(app: &App, db: &mut PgConnection, ids: &[AccountId]) -> sqlx::Result<Vec<Entity>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let found = db::accounts::by_ids(db, ids).await?;
    let by_id: HashMap<AccountId, &Account> = found.iter().map(|account| (account.id, account)).collect();
    let known = ids
        .iter()
        .filter_map(|id| by_id.get(id))
        .filter(|account| !account.deleted);
    Ok(known.map(|account| entity(&app.urls, account)).collect())
}
