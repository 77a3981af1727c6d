//! Whose key signed a letter: remembered, stored, or fetched with its actor. Never takes a key from anywhere but the
//! document of the actor who is said to speak.

use std::net::IpAddr;
use std::sync::Arc;

use tintype_federation::key::PublicKey;
use tintype_federation::signature::Claim;
use url::Url;

use super::refusal::Refusal;
use crate::actions::know_account;
use crate::app::App;
use crate::db;
use crate::db::remote_accounts::Keyholder;
use crate::domain::ids::AccountId;
use crate::peers::{Behalf, KnownKey};

/// What the database says about an actor and a key.
enum Stored {
    Nobody,
    /// The actor has another key there; it may have changed.
    OtherKey(AccountId),
    Key(Arc<KnownKey>),
}

/// Verifies that `actor` signed. Fetches the actor when they are new, and again (at most every few minutes) when a key
/// that we had does not fit: it may have been changed. That counts for the address from which the request came.
pub async fn verify(app: &App, claim: &Claim, actor: &Url, from: IpAddr) -> Result<Arc<KnownKey>, Refusal> {
    if let Some(known) = remembered(app, claim, actor)
        && claim.verify(&known.key).is_ok()
    {
        return Ok(known);
    }
    // In a box: a letter from somebody whom we know, as nearly all are, is not to carry the search through every layer.
    let looked_up = Box::pin(look_up(app, claim, actor, from)).await;
    judge(app, from, actor, looked_up)
}

/// Whoever was not who they said has fewer fetches left, and whoever was has nothing to fear from those.
fn judge<T>(app: &App, from: IpAddr, actor: &Url, looked_up: Result<T, Refusal>) -> Result<T, Refusal> {
    match &looked_up {
        Ok(_) => app.peers.fetches.proved(from, actor),
        Err(Refusal::Unverified) => app.peers.fetches.lied(from, actor),
        Err(_) => {}
    }
    looked_up
}

/// The same of somebody who was suspended here and says that they are gone: by the key that is stored, since nobody is asked
/// anything on a server that may be suspended as well.
pub async fn verify_leaving(app: &App, claim: &Claim, actor: &Url) -> Result<Arc<KnownKey>, Refusal> {
    let mut db = app.db.acquire().await?;
    let holder = db::remote_accounts::keyholder(&mut db, actor.as_str()).await?;
    let holder = holder.filter(|holder| holder.key_id == claim.key_id.as_str());
    let known = read_key(holder.ok_or(Refusal::Unverified)?)?;
    claim.verify(&known.key)?;
    Ok(Arc::new(known))
}

async fn look_up(app: &App, claim: &Claim, actor: &Url, from: IpAddr) -> Result<Arc<KnownKey>, Refusal> {
    let behalf = Behalf::Stranger(from);
    match stored(app, claim, actor).await? {
        Stored::Key(known) if claim.verify(&known.key).is_ok() => return Ok(remember(app, claim, known)),
        Stored::Key(known) => know_account::refresh(app, behalf, known.account).await?,
        Stored::OtherKey(account) => know_account::refresh(app, behalf, account).await?,
        Stored::Nobody => {
            know_account::by_uri(app, behalf, actor.as_str()).await?;
        }
    }
    match stored(app, claim, actor).await? {
        Stored::Key(known) => {
            claim.verify(&known.key)?;
            Ok(remember(app, claim, known))
        }
        Stored::Nobody | Stored::OtherKey(_) => Err(Refusal::Unverified),
    }
}

/// Whether we know this actor at all, without asking anybody else.
pub async fn is_known(app: &App, claim: &Claim, actor: &Url) -> Result<bool, Refusal> {
    if remembered(app, claim, actor).is_some() {
        return Ok(true);
    }
    let mut db = app.db.acquire().await?;
    Ok(db::remote_accounts::keyholder(&mut db, actor.as_str())
        .await?
        .is_some())
}

/// Who signed a request that names nobody but a key; only people whom we know already. Always asked of the database: a
/// server that was suspended a moment ago reads nothing more.
pub async fn reader(app: &App, claim: &Claim) -> Result<Option<Keyholder>, Refusal> {
    let Some(holder) = holder(app, claim).await? else {
        return Ok(None);
    };
    check(claim, &holder)?;
    Ok(Some(holder))
}

/// The same of anybody: fetched when they are new, and again (at most every few minutes) when a key that we had does not
/// fit. A server's own actor is for all to read, so nobody who is asked here has to ask back.
pub async fn reader_met(app: &App, claim: &Claim, from: IpAddr) -> Result<Keyholder, Refusal> {
    let met = meet(app, claim, from).await;
    judge(app, from, &claim.key_id, met)
}

async fn meet(app: &App, claim: &Claim, from: IpAddr) -> Result<Keyholder, Refusal> {
    let behalf = Behalf::Stranger(from);
    match holder(app, claim).await? {
        Some(holder) => match check(claim, &holder) {
            Ok(()) => return Ok(holder),
            Err(Refusal::Unverified) => {
                know_account::refresh(app, behalf, holder.id).await?;
            }
            Err(refusal) => return Err(refusal),
        },
        None => {
            let mut actor = claim.key_id.clone();
            actor.set_fragment(None);
            know_account::by_uri(app, behalf, actor.as_str()).await?;
        }
    }
    let met = reader(app, claim).await?;
    met.ok_or(Refusal::Unverified)
}

async fn holder(app: &App, claim: &Claim) -> sqlx::Result<Option<Keyholder>> {
    let mut db = app.db.acquire().await?;
    db::remote_accounts::keyholder_by_key(&mut db, claim.key_id.as_str()).await
}

fn check(claim: &Claim, holder: &Keyholder) -> Result<(), Refusal> {
    if holder.suspended {
        return Err(Refusal::Suspended);
    }
    let key = PublicKey::from_pem(&holder.pem).map_err(|_| Refusal::Unverified)?;
    claim.verify(&key)?;
    match holder.deleted {
        true => Err(Refusal::Unverified),
        false => Ok(()),
    }
}

fn remembered(app: &App, claim: &Claim, actor: &Url) -> Option<Arc<KnownKey>> {
    let known = app.peers.keys.get(claim.key_id.as_str())?;
    (known.actor == actor.as_str()).then_some(known)
}

fn remember(app: &App, claim: &Claim, known: Arc<KnownKey>) -> Arc<KnownKey> {
    app.peers
        .keys
        .insert(claim.key_id.as_str().to_owned(), known.clone());
    known
}

async fn stored(app: &App, claim: &Claim, actor: &Url) -> Result<Stored, Refusal> {
    let mut db = app.db.acquire().await?;
    let Some(holder) = db::remote_accounts::keyholder(&mut db, actor.as_str()).await? else {
        return Ok(Stored::Nobody);
    };
    if holder.key_id != claim.key_id.as_str() {
        return Ok(Stored::OtherKey(holder.id));
    }
    known_key(holder).map(Stored::Key)
}

fn known_key(holder: Keyholder) -> Result<Arc<KnownKey>, Refusal> {
    if holder.suspended {
        return Err(Refusal::Suspended);
    }
    read_key(holder).map(Arc::new)
}

fn read_key(holder: Keyholder) -> Result<KnownKey, Refusal> {
    let key = PublicKey::from_pem(&holder.pem).map_err(|_| Refusal::Unverified)?;
    Ok(KnownKey {
        key,
        actor: holder.uri,
        account: holder.id,
        host: holder.host,
    })
}
