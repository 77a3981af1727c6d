//! Getting to know people elsewhere. Never writes over somebody who lives here, nor believes a server about another's people.

mod store;

use tintype_federation::fetch::{FetchError, Signer};
use tintype_federation::key::SigningKey;
use tintype_federation::origin::parse_web_address;
use tintype_federation::signature::Scheme;
use tintype_federation::vocab::Actor;
use tintype_federation::webfinger;
use url::Url;

use super::{delete_actor, policies, signed_fetch};
use crate::app::App;
use crate::bus::Queue;
use crate::db;
use crate::db::remote_accounts::Keyholder;
use crate::domain::account::Account;
use crate::domain::ids::AccountId;
use crate::domain::names::Handle;
use crate::translate;

pub use crate::peers::{Behalf, KnowError};
pub use store::{store, update};

/// Somebody read longer ago is read again, in the background, when they are next needed.
const STALE_AFTER: chrono::TimeDelta = chrono::TimeDelta::days(1);

/// The instance's own actor with its key: signs every request that we make.
pub async fn signer(app: &App) -> Result<&Signer, KnowError> {
    app.peers.signer.get_or_try_init(|| open_signer(app)).await
}

async fn open_signer(app: &App) -> Result<Signer, KnowError> {
    let uri = app.urls.instance_actor();
    let mut db = app.db.acquire().await?;
    let id = db::accounts::id_by_uri(&mut db, &uri)
        .await?
        .ok_or(KnowError::Internal)?;
    let sealed = db::keys::sealed(&mut db, id).await?.ok_or(KnowError::Internal)?;
    let der = app
        .seal
        .open(&format!("account key {id}"), &sealed)
        .map_err(broken_key)?;
    Ok(Signer {
        key_id: translate::address(&format!("{uri}#main-key")),
        key: SigningKey::from_pkcs8(&der).map_err(broken_key)?,
        scheme: Scheme::Cavage,
    })
}

fn broken_key(error: impl std::error::Error) -> KnowError {
    tracing::error!(%error, "the instance's own key cannot be used");
    KnowError::Internal
}

impl From<sqlx::Error> for KnowError {
    fn from(error: sqlx::Error) -> Self {
        tracing::error!(%error, "the database failed while getting to know somebody");
        Self::Internal
    }
}

impl From<FetchError> for KnowError {
    fn from(error: FetchError) -> Self {
        match error {
            FetchError::Gone => Self::Gone,
            FetchError::NotFound => Self::Unknown,
            error if error.is_lasting() => Self::Unacceptable,
            _ => Self::Unreachable,
        }
    }
}

/// Who has this URI, here or elsewhere; fetched when they are new. Never for a suspended domain.
pub async fn by_uri(app: &App, behalf: Behalf, uri: &str) -> Result<AccountId, KnowError> {
    let url = parse_web_address(uri).ok_or(KnowError::Unknown)?;
    if app.urls.is_ours(&url) {
        let mut db = app.db.acquire().await?;
        return db::accounts::id_by_uri(&mut db, uri)
            .await?
            .ok_or(KnowError::Unknown);
    }
    if policies::is_address_suspended(app, &url).await? {
        return Err(KnowError::Suspended);
    }
    let mut db = app.db.acquire().await?;
    if let Some(known) = db::remote_accounts::keyholder(&mut db, url.as_str()).await? {
        refresh_if_stale(app, &known);
        return if known.deleted {
            Err(KnowError::Gone)
        } else {
            Ok(known.id)
        };
    }
    drop(db);
    let flight = Flight {
        key: url.to_string(),
        behalf,
        server: &url,
    };
    single_flight(app, flight, fetch(app, &url)).await
}

/// Who has this handle. Elsewhere WebFinger decides, and what it says must lead back to the handle.
pub async fn by_handle(app: &App, behalf: Behalf, handle: &Handle) -> Result<AccountId, KnowError> {
    let authority = handle.elsewhere(app.urls.authority());
    let Some(authority) = authority else {
        let mut db = app.db.acquire().await?;
        return db::accounts::local_id(&mut db, &handle.name)
            .await?
            .ok_or(KnowError::Unknown);
    };
    if policies::is_suspended(app, authority).await? {
        return Err(KnowError::Suspended);
    }
    let mut db = app.db.acquire().await?;
    if let Some(id) = db::accounts::id_by_handle(&mut db, &handle.name, Some(authority)).await? {
        let account = db::accounts::by_id(&mut db, id)
            .await?
            .ok_or(KnowError::Unknown)?;
        if account
            .fetched_at
            .is_none_or(|at| app.clock.now() - at > STALE_AFTER)
        {
            refresh_in_background(app, id);
        }
        return if account.deleted {
            Err(KnowError::Gone)
        } else {
            Ok(id)
        };
    }
    drop(db);
    let server = parse_web_address(&format!("https://{authority}/")).ok_or(KnowError::Unknown)?;
    let flight = Flight {
        key: format!("acct:{}@{authority}", handle.name.to_lowercase()),
        behalf,
        server: &server,
    };
    single_flight(app, flight, resolve(app, &handle.name, authority)).await
}

/// Reads somebody again, at most every few minutes whoever asks; in between, what came of it is the answer.
pub async fn refresh(app: &App, behalf: Behalf, id: AccountId) -> Result<(), KnowError> {
    let read = async {
        let (account, url) = match elsewhere(app, id).await {
            Ok(Some(found)) => found,
            Ok(None) => return Ok(Ok(())),
            Err(error) => return Ok(Err(error)),
        };
        let _fetch = app.peers.fetches.begin(behalf, &url)?;
        Ok(read_again(app, &account, &url).await)
    };
    let answer: Result<_, std::sync::Arc<KnowError>> = app.peers.refreshed.try_get_with(id, read).await;
    answer.unwrap_or_else(|busy| Err(*busy))
}

/// What is looked for, for whom, and at which server.
struct Flight<'a> {
    key: String,
    behalf: Behalf,
    server: &'a Url,
}

/// One fetch for all who ask at the same time, within the bounds of fetches; what came of it is remembered for a while.
async fn single_flight(
    app: &App,
    flight: Flight<'_>,
    find: impl Future<Output = Result<AccountId, KnowError>>,
) -> Result<AccountId, KnowError> {
    let Flight { key, behalf, server } = flight;
    let bounded = async {
        let _fetch = app.peers.fetches.begin(behalf, server)?;
        Ok(find.await)
    };
    let answer: Result<_, std::sync::Arc<KnowError>> = app.peers.found.try_get_with(key, bounded).await;
    answer.unwrap_or_else(|busy| Err(*busy))
}

fn refresh_if_stale(app: &App, known: &Keyholder) {
    if !known.deleted
        && known
            .fetched_at
            .is_none_or(|at| app.clock.now() - at > STALE_AFTER)
    {
        refresh_in_background(app, known.id);
    }
}

fn refresh_in_background(app: &App, id: AccountId) {
    if app.peers.refreshed.contains_key(&id) {
        return;
    }
    let app = app.clone();
    tokio::spawn(async move {
        if let Err(error) = refresh(&app, Behalf::Work, id).await {
            tracing::debug!(account = id.0, %error, "somebody could not be read again");
        }
    });
}

/// Somebody, and where they can be read again; none: they live here.
async fn elsewhere(app: &App, id: AccountId) -> Result<Option<(Account, Url)>, KnowError> {
    let mut db = app.db.acquire().await?;
    let account = db::accounts::by_id(&mut db, id)
        .await?
        .ok_or(KnowError::Unknown)?;
    drop(db);
    if account.is_local() {
        return Ok(None);
    }
    let url = parse_web_address(&account.uri).ok_or(KnowError::Unknown)?;
    if policies::is_address_suspended(app, &url).await? {
        return Err(KnowError::Suspended);
    }
    Ok(Some((account, url)))
}

async fn read_again(app: &App, account: &Account, url: &Url) -> Result<(), KnowError> {
    match fetch(app, url).await {
        Ok(_) => Ok(()),
        Err(KnowError::Gone) => {
            let mut tx = app.db.begin().await?;
            delete_actor::remote(app, &mut tx, account).await?;
            tx.commit().await?;
            app.bus.wake(Queue::Outbox);
            Err(KnowError::Gone)
        }
        Err(error) => Err(error),
    }
}

async fn resolve(app: &App, name: &str, authority: &str) -> Result<AccountId, KnowError> {
    let now = app.clock.now();
    let asked = webfinger::Handle::new(name, authority).ok_or(KnowError::Unknown)?;
    let resolved = webfinger::resolve(&app.peers, &asked, now).await?;
    if app.urls.is_ours(&resolved.actor) || policies::is_address_suspended(app, &resolved.actor).await? {
        return Err(KnowError::Unacceptable);
    }
    let id = fetch(app, &resolved.actor).await?;
    // A host may not hand out names that lead to another host's people, unless that host calls them so too.
    let mut db = app.db.acquire().await?;
    let account = db::accounts::by_id(&mut db, id)
        .await?
        .ok_or(KnowError::Unknown)?;
    let same = account.authority.as_deref() == Some(resolved.handle.authority())
        && account.username.to_lowercase() == resolved.handle.user().to_lowercase();
    if same {
        Ok(id)
    } else {
        Err(KnowError::Unacceptable)
    }
}

/// Reads an actor's document and stores what it says.
async fn fetch(app: &App, url: &Url) -> Result<AccountId, KnowError> {
    let now = app.clock.now();
    let fetched = signed_fetch::object(app, url).await?;
    if app.urls.is_ours(&fetched.url) || policies::is_address_suspended(app, &fetched.url).await? {
        return Err(KnowError::Unacceptable);
    }
    let actor = Actor::read(&fetched.json).map_err(|_| KnowError::Unacceptable)?;
    let mut remote = translate::actor::remote(&actor, now).ok_or(KnowError::Unacceptable)?;
    // A server without WebFinger may still name its own people; only a name of another domain needs its word.
    if let Ok(handle) = webfinger::confirm(&app.peers, &actor, now).await
        && !policies::is_suspended(app, handle.authority()).await?
    {
        handle.user().clone_into(&mut remote.username);
        handle.authority().clone_into(&mut remote.authority);
        remote.confirmed = true;
    }
    let mut db = app.db.begin().await?;
    let id = store(app, &mut db, &remote).await?;
    db.commit().await?;
    app.bus.wake(Queue::Outbox);
    app.bus.wake(Queue::Media);
    Ok(id)
}
