//! The person that an address `/@name` or `/@name@host` means. Looks nobody up elsewhere.

use std::sync::Arc;

use crate::app::App;
use crate::db;
use crate::domain::account::Account;
use crate::domain::names::Handle;
use crate::web::error::{ApiError, ApiResult};

/// A name out of an address, with the host only where it is not ours.
pub fn handle(app: &App, text: &str) -> ApiResult<Handle> {
    let handle = Handle::parse(text).ok_or(ApiError::NotFound)?;
    let elsewhere = handle.authority.filter(|host| host != app.urls.authority());
    Ok(Handle {
        name: handle.name,
        authority: elsewhere,
    })
}

/// Somebody we know, also when suspended; who was deleted is gone.
pub async fn person(app: &App, handle: &Handle) -> ApiResult<Arc<Account>> {
    let mut db = app.db.acquire().await?;
    let id = db::accounts::id_by_handle(&mut db, &handle.name, handle.authority.as_deref()).await?;
    drop(db);
    let account = app.person(id.ok_or(ApiError::NotFound)?).await?;
    let account = account.filter(|account| !account.waiting);
    let account = account.ok_or(ApiError::NotFound)?;
    match account.deleted {
        true => Err(ApiError::Gone),
        false => Ok(account),
    }
}
