//! The bag of handles that everything runs with, built once. Holds no rules.

use std::ops::Deref;
use std::sync::Arc;

use crate::bus::Bus;
use crate::caches::Caches;
use crate::config::Config;
use crate::db;
use crate::domain::account::Account;
use crate::domain::clock::Clock;
use crate::domain::ids::{AccountId, Ids};
use crate::domain::urls::Urls;
use crate::feeds::FeedStore;
use crate::mail::Mailer;
use crate::media::{Converter, Ffmpeg, Staging, Store};
use crate::parking::Parking;
use crate::passwords::Passwords;
use crate::peers::Peers;
use crate::sealed::Seal;
use crate::signing_keys::SigningKeys;
use crate::streams::Streams;
use crate::uploads::Uploads;
use sqlx::{PgConnection, PgPool};

#[derive(Clone)]
pub struct App(Arc<Parts>);

pub struct Parts {
    pub config: Config,
    pub clock: Clock,
    pub ids: Ids,
    pub urls: Urls,
    pub db: PgPool,
    pub store: Store,
    /// Where uploads lie that come in piece by piece.
    pub staging: Staging,
    /// Opens what only other programs can; absent where none is installed.
    pub converter: Option<Converter>,
    /// Opens videos; absent where it is not installed, or not wanted.
    pub ffmpeg: Option<Ffmpeg>,
    pub seal: Seal,
    pub passwords: Passwords,
    pub signing_keys: SigningKeys,
    /// The one way out: every request to another server passes its guard.
    pub peers: Peers,
    /// How mail leaves.
    pub mailer: Mailer,
    pub feeds: Arc<dyn FeedStore>,
    pub bus: Bus,
    pub caches: Caches,
    /// Who is connected to this process.
    pub streams: Streams,
    /// Where verified activities wait to be written down.
    pub parking: Parking,
    /// Room for files that come in.
    pub uploads: Uploads,
}

impl App {
    pub fn new(parts: Parts) -> Self {
        Self(Arc::new(parts))
    }

    /// Somebody, as they were a few seconds ago at the most. Not for whoever holds a connection: where each holds one and
    /// waits for another, nobody gets on. See [`Self::person_within`].
    pub async fn person(&self, id: AccountId) -> sqlx::Result<Option<Arc<Account>>> {
        if let Some(known) = self.caches.people.get(&id) {
            return Ok(Some(known));
        }
        let mut db = self.db.acquire().await?;
        let Some(account) = db::accounts::by_id(&mut db, id).await? else {
            return Ok(None);
        };
        let account = Arc::new(account);
        self.caches.people.insert(id, account.clone());
        Ok(Some(account))
    }

    /// The same, in a transaction. Not remembered: what a transaction sees may be rolled back.
    pub async fn person_within(
        &self,
        db: &mut PgConnection,
        id: AccountId,
    ) -> sqlx::Result<Option<Arc<Account>>> {
        match self.caches.people.get(&id) {
            Some(known) => Ok(Some(known)),
            None => Ok(db::accounts::by_id(db, id).await?.map(Arc::new)),
        }
    }

    /// Somebody who lives here, by name without regard to case, as they were a few seconds ago at the most.
    pub async fn person_named(&self, name: &str) -> sqlx::Result<Option<Arc<Account>>> {
        if let Some(id) = self.caches.names.get(name)
            && let Some(known) = self.person(id).await?
        {
            return Ok(Some(known));
        }
        // Whoever never confirmed their address is removed, and then their name may be another's.
        let Some(id) = db::accounts::local_id(&mut *self.db.acquire().await?, name).await? else {
            return Ok(None);
        };
        self.caches.names.insert(name.into(), id);
        self.person(id).await
    }
}

impl Deref for App {
    type Target = Parts;
    fn deref(&self) -> &Parts {
        &self.0
    }
}
