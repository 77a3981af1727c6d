//! What letters carry, one copy for all letters of an activity. Forgets what was not asked for lately: the database knows.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use moka::sync::Cache;
use sqlx::PgConnection;
use tintype_federation::signature::BodyDigest;

use super::followers::{Followers, Known};
use crate::db;
use crate::db::letters::Waiting;
use crate::db::outgoing::Carried;
use crate::domain::ids::AccountId;

/// In bytes.
const MOST: u64 = 16 << 20;
const KEPT: Duration = Duration::from_secs(60);

pub struct Activity {
    pub sender_id: AccountId,
    pub key_id: String,
    pub body: Bytes,
    pub digest: BodyDigest,
    pub lasting: bool,
    pub followers: Option<Followers>,
}

pub struct Activities(Cache<i64, Arc<Activity>>);

impl Default for Activities {
    fn default() -> Self {
        Self(
            Cache::builder()
                .max_capacity(MOST)
                .weigher(|_, activity: &Arc<Activity>| {
                    let beside = activity.followers.as_ref().map_or(0, Followers::weight);
                    let weight = activity.body.len() + activity.key_id.len() + beside;
                    u32::try_from(weight).unwrap_or(u32::MAX)
                })
                .time_to_live(KEPT)
                .build(),
        )
    }
}

impl Activities {
    /// What these letters carry, by its id. What was deleted meanwhile is missing.
    pub async fn of(
        &self,
        db: &mut PgConnection,
        letters: &[Waiting],
    ) -> sqlx::Result<HashMap<i64, Arc<Activity>>> {
        let mut found = HashMap::new();
        let mut missing = Vec::new();
        for letter in letters {
            let id = letter.outgoing_id;
            if found.contains_key(&id) || missing.contains(&id) {
                continue;
            }
            match self.0.get(&id) {
                Some(activity) => drop(found.insert(id, activity)),
                None => missing.push(id),
            }
        }
        if missing.is_empty() {
            return Ok(found);
        }
        let carried = db::outgoing::carried(db, &missing).await?;
        let known = Known::of(db, &carried).await?;
        for carried in carried {
            let id = carried.id;
            let activity = Arc::new(Activity::new(carried, &known));
            self.0.insert(id, activity.clone());
            found.insert(id, activity);
        }
        Ok(found)
    }
}

impl Activity {
    fn new(carried: Carried, known: &Known) -> Self {
        let followers = known.beside(&carried);
        let body = Bytes::from(carried.body);
        Self {
            sender_id: carried.sender_id,
            key_id: carried.key_id,
            digest: BodyDigest::of(&body),
            body,
            lasting: carried.lasting,
            followers,
        }
    }
}
