//! What posts of a batch refer to, looked up together, and whether anybody here has to do with them. Writes nothing.

use std::collections::{HashMap, HashSet};

use sqlx::PgConnection;

use super::remote::{Arrived, How};
use crate::actions::quote;
use crate::app::App;
use crate::db;
use crate::db::posts::Parent;
use crate::domain::ids::AccountId;
use crate::domain::quote::Leave;
use crate::domain::random;
use crate::domain::urls::Local;

/// What a batch refers to, looked up together.
pub struct References {
    /// By URI.
    pub parents: HashMap<String, Parent>,
    /// By actor URI.
    pub people: HashMap<String, (AccountId, bool)>,
    /// Authors whom somebody here follows now: a follow may have been accepted a moment ago, in the same batch.
    followed: HashSet<AccountId>,
    /// SHA-256 of URIs of deleted posts.
    entombed: HashSet<Vec<u8>>,
    /// Who answers which post of ours that is not theirs to see.
    intruding: HashSet<(AccountId, String)>,
    /// Who quotes which post of ours with its author's leave.
    quoting: HashSet<(AccountId, String)>,
}

pub async fn look_up(app: &App, db: &mut PgConnection, arrived: &[Arrived<'_>]) -> sqlx::Result<References> {
    let hashes: Vec<_> = arrived
        .iter()
        .map(|item| random::tombstone(&item.author.uri, &item.post.uri))
        .collect();
    let entombed = db::posts::entombed(db, &hashes).await?.into_iter().collect();
    let authors: Vec<AccountId> = arrived.iter().map(|item| item.author.id).collect();
    let followed = db::accounts::followed_here(db, &authors)
        .await?
        .into_iter()
        .collect();
    let parents = parents(app, db, arrived).await?;
    let intruding = intruders(db, arrived, &parents).await?;
    let quoting = quoters(app, db, arrived).await?;
    let mentioned: Vec<String> = arrived
        .iter()
        .flat_map(|item| item.post.mentions.clone())
        .collect();
    let people = match mentioned.len() {
        0 => HashMap::new(),
        _ => db::accounts::ids_by_uris(db, &mentioned)
            .await?
            .into_iter()
            .collect(),
    };
    Ok(References {
        parents,
        people,
        followed,
        entombed,
        intruding,
        quoting,
    })
}

/// The posts that these answer, as far as we have them.
async fn parents(
    app: &App,
    db: &mut PgConnection,
    arrived: &[Arrived<'_>],
) -> sqlx::Result<HashMap<String, Parent>> {
    let mut parents = HashMap::new();
    let answered: Vec<String> = arrived
        .iter()
        .filter_map(|item| item.post.in_reply_to.clone())
        .collect();
    let (ours, theirs): (Vec<_>, Vec<_>) = answered
        .into_iter()
        .partition(|uri| app.urls.parse_local(uri).is_some());
    if !theirs.is_empty() {
        let found = db::posts::parents_by_uri(db, &theirs).await?;
        parents.extend(
            found
                .into_iter()
                .filter_map(|parent| Some((parent.uri.clone()?, parent))),
        );
    }
    for uri in ours {
        if let Some(Local::Post { id, .. }) = app.urls.parse_local(&uri)
            && let Some(parent) = db::posts::parent(db, id).await?
        {
            parents.insert(uri, parent);
        }
    }
    Ok(parents)
}

/// Those who answer a post of somebody here that they could not answer here: it is not for them, or its author blocks
/// them. Of other servers' posts only those servers know whom they are for.
async fn intruders(
    db: &mut PgConnection,
    arrived: &[Arrived<'_>],
    parents: &HashMap<String, Parent>,
) -> sqlx::Result<HashSet<(AccountId, String)>> {
    let mut intruding = HashSet::new();
    for item in arrived {
        let Some(uri) = &item.post.in_reply_to else {
            continue;
        };
        let Some(parent) = parents.get(uri).filter(|parent| parent.uri.is_none()) else {
            continue;
        };
        if db::posts::visible(db, item.author.id, &[parent.id])
            .await?
            .is_empty()
        {
            intruding.insert((item.author.id, uri.clone()));
        }
    }
    Ok(intruding)
}

async fn quoters(
    app: &App,
    db: &mut PgConnection,
    arrived: &[Arrived<'_>],
) -> sqlx::Result<HashSet<(AccountId, String)>> {
    let mut quoting = HashSet::new();
    for item in arrived {
        let Some(said) = &item.post.quote else { continue };
        let quoted = quote::of_here(app, db, item.author.id, said).await?;
        if quoted.is_some_and(|quoted| quote::leave(&quoted, item.author.id) == Leave::Automatic) {
            quoting.insert((item.author.id, said.uri.clone()));
        }
    }
    Ok(quoting)
}

impl References {
    /// Whether it was deleted before it came.
    pub fn is_entombed(&self, item: &Arrived<'_>) -> bool {
        self.entombed
            .contains(&random::tombstone(&item.author.uri, &item.post.uri))
    }

    pub fn intrudes(&self, item: &Arrived<'_>) -> bool {
        let answered = item.post.in_reply_to.clone();
        answered.is_some_and(|uri| self.intruding.contains(&(item.author.id, uri)))
    }

    /// Whether anybody here has to do with it.
    pub fn concerns_us(&self, item: &Arrived<'_>) -> bool {
        item.how != How::Sent
            || self.followed.contains(&item.author.id)
            || item
                .post
                .mentions
                .iter()
                .any(|uri| self.people.get(uri).is_some_and(|(_, local)| *local))
            || item
                .post
                .in_reply_to
                .as_ref()
                .is_some_and(|uri| self.parents.contains_key(uri))
            || item
                .post
                .quote
                .as_ref()
                .is_some_and(|said| self.quoting.contains(&(item.author.id, said.uri.clone())))
    }
}
