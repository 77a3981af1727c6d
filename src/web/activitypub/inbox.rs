//! Letters from other servers: capped, checked in the order of cost, verified, kept, and only then acknowledged with 202.
//! Never acts on one: that is for the worker that takes them out again.

use std::net::IpAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{OriginalUri, Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use tintype_federation::inbox::{self, Peek, peek_actor_and_id};
use tintype_federation::origin::same_origin;
use tintype_federation::signature::{self, Claim, RequestView};
use tintype_federation::synchronization::HEADER;

use super::refusal::Refusal;
use super::{keys, negotiate, relayed, synchronization};
use crate::actions::policies;
use crate::app::App;
use crate::db;
use crate::db::parked::Parcel;
use crate::domain::clock::Time;
use crate::domain::ids::HostId;
use crate::domain::random;
use crate::peers::KnownKey;
use crate::web::address::ClientAddress;

/// How many activities of one host may wait to be applied.
const MOST_WAITING: i64 = 20_000;
/// And how many of these may need something fetched first, of which only a few are done at a time. It may send again later
/// what it cannot send now.
const MOST_TO_FETCH: i64 = 5_000;

pub async fn shared(
    State(app): State<App>,
    OriginalUri(uri): OriginalUri,
    ClientAddress(from): ClientAddress,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Result<StatusCode, Refusal> {
    let letter = Letter {
        uri,
        from,
        headers,
        body: body.map_err(refused)?,
        to: None,
    };
    accept(&app, letter).await
}

pub async fn personal(
    State(app): State<App>,
    Path(name): Path<String>,
    OriginalUri(uri): OriginalUri,
    ClientAddress(from): ClientAddress,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Result<StatusCode, Refusal> {
    let letter = Letter {
        uri,
        from,
        headers,
        body: body.map_err(refused)?,
        to: Some(name),
    };
    accept(&app, letter).await
}

struct Letter {
    uri: Uri,
    from: IpAddr,
    headers: HeaderMap,
    body: Bytes,
    /// Somebody here, by name; none for the shared inbox.
    to: Option<String>,
}

fn refused(body: BytesRejection) -> Refusal {
    match body.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Refusal::TooLarge,
        _ => Refusal::Malformed("the activity broke off"),
    }
}

async fn accept(app: &App, letter: Letter) -> Result<StatusCode, Refusal> {
    if !negotiate::is_activity(letter.headers.get(header::CONTENT_TYPE)) {
        return Err(Refusal::WrongType);
    }
    let peek = peek_actor_and_id(&letter.body)?;
    // Whoever is gone takes what is theirs along, also somebody with whom this server no longer speaks.
    if !peek.deletes_its_actor() && policies::is_address_suspended(app, &peek.actor).await? {
        return Err(Refusal::Suspended);
    }
    let claim = claim(app, "POST", &letter.uri, &letter.headers, app.clock.now())?;
    claim.check_body(&letter.body)?;
    if !same_origin(&claim.key_id, &peek.actor)
        && let Some(relay) = Box::pin(relayed::by(app, &claim, letter.from)).await?
    {
        return passed_on(app, &relay, &peek).await;
    }
    // Big servers tell the whole network of everybody who leaves. Of whom we never met, nothing is here to delete.
    if peek.kind == "Delete" && !Box::pin(keys::is_known(app, &claim, &peek.actor)).await? {
        return Ok(StatusCode::ACCEPTED);
    }
    if let Some(name) = &letter.to {
        Box::pin(is_here(app, name)).await?;
    }
    let signer = match keys::verify(app, &claim, &peek.actor, letter.from).await {
        Err(Refusal::Suspended) if peek.deletes_its_actor() => {
            Box::pin(keys::verify_leaving(app, &claim, &peek.actor)).await?
        }
        verified => verified?,
    };
    let envelope = inbox::read(&letter.body, &peek.actor)?;
    has_room(app, signer.host).await?;
    let hash = random::activity(envelope.actor.as_str(), envelope.id.as_str());
    let body = String::from_utf8(letter.body.into()).map_err(|_| Refusal::Malformed("not UTF-8"))?;
    let parcel = Parcel {
        host: signer.host,
        actor: envelope.actor.into(),
        hash,
        body,
    };
    app.parking.park(&app.db, &app.clock, &app.bus, parcel).await?;
    if letter.headers.contains_key(HEADER) {
        Box::pin(synchronization::note(app, &letter.headers, &signer)).await?;
    }
    Ok(StatusCode::ACCEPTED)
}

async fn passed_on(app: &App, relay: &KnownKey, peek: &Peek) -> Result<StatusCode, Refusal> {
    if let Some(parcel) = relayed::parcel(relay, peek) {
        has_room(app, relay.host).await?;
        app.parking.park(&app.db, &app.clock, &app.bus, parcel).await?;
    }
    Ok(StatusCode::ACCEPTED)
}

/// What the signature of a request claims, if it is one for us and of our time.
pub(super) fn claim(
    app: &App,
    method: &str,
    uri: &Uri,
    headers: &HeaderMap,
    now: Time,
) -> Result<Claim, Refusal> {
    let path_and_query = uri.path_and_query().map_or("/", |path| path.as_str());
    let ours = [app.urls.authority()];
    let read = |headers: &HeaderMap| {
        let request = RequestView {
            method,
            path_and_query,
            headers,
            our_authorities: &ours,
        };
        signature::read(&request, now)
    };
    // HTTP/2 has the host in the address.
    let authority = uri
        .authority()
        .and_then(|authority| HeaderValue::from_str(authority.as_str()).ok());
    Ok(match authority {
        Some(authority) if !headers.contains_key(header::HOST) => {
            let mut headers = headers.clone();
            headers.insert(header::HOST, authority);
            read(&headers)?
        }
        _ => read(headers)?,
    })
}

async fn is_here(app: &App, name: &str) -> Result<(), Refusal> {
    let mut db = app.db.acquire().await?;
    let id = db::accounts::local_id(&mut db, name)
        .await?
        .ok_or(Refusal::NotFound)?;
    drop(db);
    let account = app.person(id).await?.filter(|account| !account.waiting);
    if account.ok_or(Refusal::NotFound)?.deleted {
        Err(Refusal::Gone)
    } else {
        Ok(())
    }
}

/// Refuses a host of whom too much waits already. Counted every few seconds, and on from there.
async fn has_room(app: &App, host: HostId) -> Result<(), Refusal> {
    let waiting = match app.peers.waiting.get(&host) {
        Some(waiting) => waiting,
        None => {
            let waiting = Arc::new(AtomicI64::new(Box::pin(counted(app, host)).await?));
            app.peers.waiting.insert(host, waiting.clone());
            waiting
        }
    };
    if waiting.fetch_add(1, Ordering::Relaxed) < MOST_WAITING {
        Ok(())
    } else {
        Err(Refusal::TooMuch)
    }
}

async fn counted(app: &App, host: HostId) -> sqlx::Result<i64> {
    let mut db = app.db.acquire().await?;
    let waiting = db::parked::waiting(&mut db, host, MOST_WAITING).await?;
    Ok(match waiting.to_fetch {
        MOST_TO_FETCH.. => MOST_WAITING,
        to_fetch => waiting.to_be_applied + to_fetch,
    })
}
