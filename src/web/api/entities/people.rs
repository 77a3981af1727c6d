//! Accounts by their ids, in the order asked for, with where they moved to. Leaves out who is not there; says nothing about
//! who may read them.

use std::collections::HashMap;

use sqlx::PgConnection;

use super::account::{Entity, entity};
use crate::app::App;
use crate::db;
use crate::domain::account::Account;
use crate::domain::ids::AccountId;

pub async fn many(app: &App, db: &mut PgConnection, ids: &[AccountId]) -> sqlx::Result<Vec<Entity>> {
    those(app, db, ids, |account| !account.deleted).await
}

/// Without those who are not let in yet: for whoever asks for somebody by name or id.
pub async fn known(app: &App, db: &mut PgConnection, ids: &[AccountId]) -> sqlx::Result<Vec<Entity>> {
    those(app, db, ids, Account::is_known).await
}

async fn those(
    app: &App,
    db: &mut PgConnection,
    ids: &[AccountId],
    which: fn(&Account) -> bool,
) -> sqlx::Result<Vec<Entity>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let found = db::accounts::by_ids(db, ids).await?;
    let by_id: HashMap<AccountId, &Account> = found.iter().map(|account| (account.id, account)).collect();
    let known = ids.iter().filter_map(|id| by_id.get(id).copied());
    let known: Vec<&Account> = known.filter(|account| which(account)).collect();
    entities(app, db, &known).await
}

/// Accounts that are read already. Few people ever move: only for those is anything asked.
pub async fn entities(app: &App, db: &mut PgConnection, accounts: &[&Account]) -> sqlx::Result<Vec<Entity>> {
    let mut all: Vec<Entity> = accounts
        .iter()
        .map(|account| entity(&app.urls, account))
        .collect();
    let away = accounts.iter().filter(|account| account.moved_to.is_some());
    let away: Vec<AccountId> = away.map(|account| account.id).collect();
    if away.is_empty() {
        return Ok(all);
    }
    let moves: HashMap<AccountId, AccountId> = db::moves::of(db, &away).await?.into_iter().collect();
    let new: Vec<AccountId> = moves.values().copied().collect();
    let new = db::accounts::by_ids(db, &new).await?;
    for one in &mut all {
        let now = moves
            .get(&one.id)
            .and_then(|id| new.iter().find(|account| account.id == *id));
        one.moved = now.map(|account| Box::new(entity(&app.urls, account)));
    }
    Ok(all)
}
