//! Letters that a relay passes on as they are, signed by itself: taken for its word that something is there, and for no more.

use std::net::IpAddr;
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
pub async fn by(app: &App, claim: &Claim, from: IpAddr) -> Result<Option<Arc<KnownKey>>, Refusal> {
    let mut db = app.db.acquire().await?;
    let relay = db::relays::actor_by_key(&mut db, claim.key_id.as_str()).await?;
    drop(db);
    let Some(relay) = relay.and_then(|uri| Url::parse(&uri).ok()) else {
        return Ok(None);
    };
    if policies::is_address_suspended(app, &relay).await? {
        return Err(Refusal::Suspended);
    }
    keys::verify(app, claim, &relay, from).await.map(Some)
}

/// What is kept of such a letter: that the relay announces what it is about, or that this was changed or deleted. None where
/// nobody can be asked whether it is so.
pub fn parcel(relay: &KnownKey, peek: &Peek) -> Option<Parcel> {
    let object = peek.object.as_ref()?;
    // A post is new once; it is changed as often as there are letters that say so.
    let about = match peek.kind.as_str() {
        "Create" | "Announce" => object.to_string(),
        "Update" | "Delete" => format!("{} {}", peek.kind, peek.id.as_ref()?),
        _ => return None,
    };
    let hash: String = random::sha256(about.as_bytes())
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    let id = format!("{}#passes-on-{hash}", relay.actor);
    let said = match peek.kind.as_str() {
        "Update" | "Delete" => json!({ "id": id, "type": peek.kind, "object": object }),
        _ => json!(object),
    };
    let body = json!({ "id": id, "type": "Announce", "actor": relay.actor, "object": said });
    Some(Parcel {
        host: relay.host,
        actor: relay.actor.clone(),
        hash: random::activity(&relay.actor, &id),
        body: body.to_string(),
    })
}
