//! Who asks for a document. Never fetches anybody: whom we do not know sees what everybody sees.

use axum::http::{HeaderMap, Uri};

use super::refusal::Refusal;
use super::{inbox, keys};
use crate::actions::policies;
use crate::app::App;
use crate::db;
use crate::domain::ids::AccountId;

/// The signer of a GET, or nobody in particular. A signature that is there but wrong is refused.
pub async fn of(app: &App, uri: &Uri, headers: &HeaderMap) -> Result<AccountId, Refusal> {
    if !headers.contains_key("signature") {
        return Ok(AccountId::NONE);
    }
    let claim = inbox::claim(app, "GET", uri, headers, app.clock.now())?;
    if policies::is_address_suspended(app, &claim.key_id).await? {
        return Err(Refusal::Suspended);
    }
    let Some(signer) = keys::reader(app, &claim).await? else {
        return Ok(AccountId::NONE);
    };
    // Asked each time: a key is remembered longer than a moderator wants to wait.
    let mut db = app.db.acquire().await?;
    if !db::remote_accounts::is_active(&mut db, signer.account).await? {
        return Err(Refusal::Suspended);
    }
    Ok(signer.account)
}
