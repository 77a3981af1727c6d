//! What a letter for followers says beside itself: whom of its host's people we take for followers (FEP-8fcf). One question
//! for all hosts that an activity goes to, never one for each letter.

use std::collections::HashMap;
use std::sync::Arc;

use sqlx::PgConnection;
use tintype_federation::synchronization::{FollowersDigest, Stated};
use url::Url;

use crate::db;
use crate::db::outgoing::Carried;
use crate::domain::ids::{AccountId, HostId};

type Digests = Arc<HashMap<HostId, FollowersDigest>>;

/// Of one activity.
pub struct Followers {
    collection: Url,
    url: Url,
    digests: Digests,
}

impl Followers {
    /// The header for letters to this host.
    pub fn stated_to(&self, host: HostId) -> String {
        let stated = Stated {
            collection: self.collection.clone(),
            url: self.url.clone(),
            // Of whom nobody is there, the list is empty.
            digest: self.digests.get(&host).copied().unwrap_or_default(),
        };
        stated.to_header()
    }

    /// Bytes in memory, about.
    pub fn weight(&self) -> usize {
        200 + self.digests.len() * 64
    }
}

/// What is known of the senders' followers, where activities are for followers only.
pub struct Known(HashMap<AccountId, Digests>);

impl Known {
    pub async fn of(db: &mut PgConnection, carried: &[Carried]) -> sqlx::Result<Self> {
        let for_followers = carried.iter().filter(|activity| activity.followers_url.is_some());
        let mut senders: Vec<AccountId> = for_followers.map(|activity| activity.sender_id).collect();
        senders.sort_unstable();
        senders.dedup();
        let mut known: HashMap<AccountId, HashMap<HostId, FollowersDigest>> = HashMap::new();
        if senders.is_empty() {
            return Ok(Self(HashMap::new()));
        }
        for summed in db::followers::summed(db, &senders).await? {
            let digest = FollowersDigest::from_bytes(summed.digest);
            known
                .entry(summed.account)
                .or_default()
                .insert(summed.host, digest);
        }
        let known = known
            .into_iter()
            .map(|(sender, digests)| (sender, Arc::new(digests)));
        Ok(Self(known.collect()))
    }

    /// For an activity that is for followers only.
    pub fn beside(&self, activity: &Carried) -> Option<Followers> {
        let collection = Url::parse(activity.followers_url.as_deref()?).ok()?;
        let url = Url::parse(&format!("{}/followers_synchronization", activity.sender_uri)).ok()?;
        Some(Followers {
            collection,
            url,
            digests: self.0.get(&activity.sender_id).cloned().unwrap_or_default(),
        })
    }
}
