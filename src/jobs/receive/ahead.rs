//! Reads the next activities on another core while those before them are applied, which mostly waits for Postgres. Takes
//! nothing: what it read is of use only to whoever takes the same ones afterwards.

use std::collections::HashMap;

use tokio::task::{self, JoinHandle};

use super::BATCH;
use super::letter::{self, Letter, Read};
use crate::app::App;
use crate::db;
use crate::db::received::Parked;
use crate::domain::lane::Lane;

/// What is being read, by the activities' ids.
#[derive(Debug, Default)]
pub struct Ahead(Option<JoinHandle<HashMap<i64, Read>>>);

impl Ahead {
    /// Begins to read those that come after this one.
    pub fn begin(&mut self, app: &App, lane: Lane, last: i64) {
        let app = app.clone();
        self.0 = Some(tokio::spawn(async move {
            // Without it they are read when they are taken.
            next(&app, lane, last).await.unwrap_or_default()
        }));
    }

    /// What these say, as it was read or is read now.
    pub async fn letters(&mut self, parked: Vec<Parked>) -> Vec<Letter> {
        let mut read = match self.0.take() {
            Some(reading) => reading.await.unwrap_or_default(),
            None => HashMap::new(),
        };
        let letters = parked.into_iter().map(|parked| match read.remove(&parked.id) {
            Some(read) => Letter { parked, read },
            None => Letter::read(parked),
        });
        letters.collect()
    }
}

async fn next(app: &App, lane: Lane, after: i64) -> sqlx::Result<HashMap<i64, Read>> {
    // Nobody waits for a connection because of this.
    let Some(mut db) = app.db.try_acquire() else {
        return Ok(HashMap::new());
    };
    let now = app.clock.now();
    let parked = db::received::next_after(&mut db, lane, after, BATCH, now).await?;
    let actors = letter::actors(&mut db, parked.iter()).await?;
    drop(db);
    let reading = task::spawn_blocking(move || {
        let read = |item: &Parked| Read::ahead(item, actors.get(&item.actor_uri), now);
        parked.iter().map(|item| (item.id, read(item))).collect()
    });
    Ok(reading.await.unwrap_or_default())
}
