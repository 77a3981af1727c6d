//! Whose filters say what, from what this process knows under (person, version), else from the database. Shows them to
//! nobody.

use std::collections::HashMap;
use std::sync::Arc;

use sqlx::PgConnection;

use crate::app::App;
use crate::db;
use crate::domain::filter::Filters;
use crate::domain::ids::AccountId;

/// The viewer's, at this version or a later one; 0: they have none.
pub async fn of(
    app: &App,
    db: &mut PgConnection,
    viewer: AccountId,
    version: i32,
) -> sqlx::Result<Arc<Filters>> {
    if version == 0 {
        return Ok(Filters::none());
    }
    let known = many(app, db, &[(viewer, version)]).await?;
    Ok(known.into_values().next().unwrap_or_else(Filters::none))
}

/// As they are now, where nothing told the version yet.
pub async fn now(app: &App, db: &mut PgConnection, viewer: AccountId) -> sqlx::Result<Arc<Filters>> {
    if viewer == AccountId::NONE {
        return Ok(Filters::none());
    }
    let version = db::filters::versions(db, &[viewer]).await?.pop();
    of(app, db, viewer, version.map_or(0, |(_, version)| version)).await
}

/// Those of many people, without those who have none.
pub async fn of_all(
    app: &App,
    db: &mut PgConnection,
    people: &[AccountId],
) -> sqlx::Result<HashMap<AccountId, Arc<Filters>>> {
    if people.is_empty() {
        return Ok(HashMap::new());
    }
    let versions = db::filters::versions(db, people).await?;
    many(app, db, &versions).await
}

async fn many(
    app: &App,
    db: &mut PgConnection,
    wanted: &[(AccountId, i32)],
) -> sqlx::Result<HashMap<AccountId, Arc<Filters>>> {
    let mut found = HashMap::new();
    let mut unknown = Vec::new();
    for (person, version) in wanted {
        match app.caches.filters.get(&(*person, *version)) {
            Some(filters) => drop(found.insert(*person, filters)),
            None => unknown.push(*person),
        }
    }
    if !unknown.is_empty() {
        for set in db::filters::sets(db, &unknown).await? {
            let filters = Arc::new(Filters::new(set.filters));
            app.caches
                .filters
                .insert((set.owner, set.version), filters.clone());
            found.insert(set.owner, filters);
        }
    }
    found.retain(|_, filters| !filters.is_empty());
    Ok(found)
}
