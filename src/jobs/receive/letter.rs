//! Activities as they are read: what takes time and needs no transaction. Believes nothing of whom they are of.

use std::collections::{HashMap, HashSet};

use sqlx::PgConnection;
use tintype_federation::inbox::{self, Envelope, Received};
use tintype_federation::vocab::Note;
use url::Url;

use crate::db;
use crate::db::received::Parked;
use crate::domain::account::Account;
use crate::domain::clock::Time;
use crate::domain::post::RemotePost;
use crate::translate;

/// An activity in hand, and what it says.
#[derive(Debug)]
pub struct Letter {
    pub parked: Parked,
    pub read: Read,
}

#[derive(Debug)]
pub struct Read {
    /// None: it is not acceptable.
    pub envelope: Option<Envelope>,
    pub post: Prepared,
}

/// The post of a `Create`, as far as it was made before its author was known for certain.
#[derive(Debug, Default)]
pub struct Prepared(Option<(String, Option<RemotePost>)>);

impl Letter {
    pub fn read(parked: Parked) -> Self {
        let read = Read {
            envelope: read(&parked),
            post: Prepared::default(),
        };
        Self { parked, read }
    }
}

impl Read {
    /// Reads one, and makes its post ready if this is whom it is of.
    pub fn ahead(parked: &Parked, author: Option<&Account>, now: Time) -> Self {
        let envelope = read(parked);
        let post = match (envelope.as_ref().map(|it| &it.received), author) {
            (Some(Received::Create(note)), Some(author)) => Prepared(Some((
                author.followers_url.clone(),
                translate::note::remote(note, &author.followers_url, now),
            ))),
            _ => Prepared::default(),
        };
        Self { envelope, post }
    }
}

impl Prepared {
    /// The post as its author, who is certain now, says it.
    pub fn of(self, note: &Note, author: &Account, now: Time) -> Option<RemotePost> {
        match self.0 {
            // Whom it is for depends on what their followers' address is.
            Some((followers, post)) if followers == author.followers_url => post,
            _ => translate::note::remote(note, &author.followers_url, now),
        }
    }
}

pub fn read(item: &Parked) -> Option<Envelope> {
    let actor = Url::parse(&item.actor_uri).ok()?;
    match inbox::read(item.body.as_bytes(), &actor) {
        Ok(envelope) => Some(envelope),
        Err(refusal) => {
            tracing::debug!(
                actor = item.actor_uri,
                ?refusal,
                "a parked activity is not acceptable"
            );
            None
        }
    }
}

/// Whom activities are of, by address.
pub async fn actors(
    db: &mut PgConnection,
    parked: impl Iterator<Item = &Parked>,
) -> sqlx::Result<HashMap<String, Account>> {
    let uris: HashSet<String> = parked.map(|item| item.actor_uri.clone()).collect();
    let known = db::accounts::ids_by_uris(db, &uris.into_iter().collect::<Vec<_>>()).await?;
    let ids: Vec<_> = known.iter().map(|(_, (id, _))| *id).collect();
    let accounts = db::accounts::by_ids(db, &ids).await?;
    Ok(accounts
        .into_iter()
        .map(|account| (account.uri.clone(), account))
        .collect())
}
