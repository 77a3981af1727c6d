//! Letters that a relay passes on as they are, signed by itself: taken for its word that something is there, and for no more.

use std::sync::Arc;

use serde_json::json;
use tintype_federation::inbox::Peek;
use tintype_federation::signature::Claim;
use url::Url;

use super::keys;
use super::refusal::Refusal;
use crate::actions::policies;
use crate::app::App;
use crate::db;
use crate::db::parked::Parcel;
use crate::domain::random;
use crate::peers::KnownKey;

/// The relay that signed a letter of somebody on another server than its own; none: it is no relay's.
pub async fn by(app: &App, claim: &Claim) -> Result<Option<Arc<KnownKey>>, Refusal> {
    let mut db = app.db.acquire().await?;
    let relay = db::relays::actor_by_key(&mut db, claim.key_id.as_str()).await?;
    drop(db);
    let Some(relay) = relay.and_then(|uri| Url::parse(&uri).ok()) else {
        return Ok(None);
    };
    if policies::is_address_suspended(app, &relay).await? {
        return Err(Refusal::Suspended);
    }
    keys::verify(app, claim, &relay).await.map(Some)
}

/// What is kept of such a letter: that the relay announces what it is about. None where nothing new can be there.
pub fn parcel(relay: &KnownKey, peek: &Peek) -> Option<Parcel> {
    let object = peek.object.as_ref()?;
    if !matches!(peek.kind.as_str(), "Create" | "Announce") {
        return None;
    }
    let hash: String = random::sha256(object.as_str().as_bytes())
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    let id = format!("{}#passes-on-{hash}", relay.actor);
    let body = json!({ "id": id, "type": "Announce", "actor": relay.actor, "object": object });
    Some(Parcel {
        host: relay.host,
        actor: relay.actor.clone(),
        hash: random::activity(&relay.actor, &id),
        body: body.to_string(),
    })
}
