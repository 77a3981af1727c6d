//! The question what has changed, which is the same whoever asks: those who come while one is being answered wait for
//! the next together, and those who come just after it are served by its answer. Never gives an answer to somebody who
//! came more than [`FRESH`] after its question was put, or after this process changed anything.

use std::mem;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use sqlx::pool::PoolConnection;
use sqlx::{PgPool, Postgres};
use tokio::sync::oneshot;
use tokio::task::yield_now;
use tokio::time::{Instant, timeout};

use super::cards::Cards;
use crate::db;

/// As long as a statement and a connection for it may take.
const LONGEST: Duration = Duration::from_secs(20);
/// How often others are let go first, as long as more of them come.
const MOST_YIELDS: usize = 6;
/// As long as an answer serves those who come after its question: less than it takes to begin a program, or to go to
/// another server and back. What this process changes is seen at once: see [`Check::expire`].
const FRESH: Duration = Duration::from_millis(3);
/// Questions after which a connection is given back, although more wait: it may have to be renewed.
const MOST_ON_ONE: usize = 1_000;

/// Whether what is remembered, without what was forgotten for it, is as good as a question put now. An error is told to
/// all who waited.
pub type Answer = Result<bool, Arc<sqlx::Error>>;

#[derive(Clone, Debug, Default)]
pub struct Check(Arc<Mutex<Crowd>>);

#[derive(Debug, Default)]
struct Crowd {
    /// Somebody takes care of those who wait.
    is_served: bool,
    waiting: Vec<oneshot::Sender<Answer>>,
    /// Until when the last answer serves whoever comes.
    fresh_until: Option<Instant>,
    /// How often something was changed here: an answer serves nobody after a change that its question may have missed.
    changes: u64,
}

impl Crowd {
    fn is_fresh(&self) -> bool {
        self.fresh_until.is_some_and(|until| Instant::now() < until)
    }
}

impl Check {
    /// Brings what the cards and all that is checked by them have heard up to now. The answer to a question that is put
    /// after this call, or was just before it.
    pub async fn pass(&self, db: &PgPool, cards: &Cards) -> Answer {
        self.join(|| CatchUp {
            db: db.clone(),
            cards: cards.clone(),
            held: None,
            asked: 0,
        })
        .await
    }

    /// To be called after this process changed something and before it says so to anybody.
    pub fn expire(&self) {
        let mut crowd = self.crowd();
        crowd.changes += 1;
        crowd.fresh_until = None;
    }

    async fn join<A: Ask>(&self, ask: impl FnOnce() -> A) -> Answer {
        let told = {
            let mut crowd = self.crowd();
            if crowd.is_fresh() {
                return Ok(true);
            }
            let (tell, told) = oneshot::channel();
            crowd.waiting.push(tell);
            if !mem::replace(&mut crowd.is_served, true) {
                // Not by the request that came first: that may end before the others.
                tokio::spawn(self.clone().serve(ask()));
            }
            told
        };
        let nobody = |_| Err(Arc::new(sqlx::Error::WorkerCrashed));
        told.await.unwrap_or_else(nobody)
    }

    async fn serve(self, mut asker: impl Ask) {
        let _unserved = Unserved(&self);
        loop {
            self.gather().await;
            let Some((waiting, changes)) = self.next() else {
                return;
            };
            let put = Instant::now();
            let answer = timeout(LONGEST, asker.ask()).await;
            let answer = answer.unwrap_or(Err(sqlx::Error::PoolTimedOut)).map_err(Arc::new);
            let more = match answer {
                Ok(true) => self.keep(put, changes),
                _ => Vec::new(),
            };
            for tell in waiting.into_iter().chain(more) {
                // Who has gone is not told.
                let _ = tell.send(answer.clone());
            }
        }
    }

    /// Lets those come who are at the door: what is ready to run goes first, but nobody is waited for.
    async fn gather(&self) {
        let mut seen = 0;
        for _ in 0..MOST_YIELDS {
            yield_now().await;
            let waiting = self.crowd().waiting.len();
            if waiting == seen {
                return;
            }
            seen = waiting;
        }
    }

    /// All who wait now, and how often something was changed before; with none, they are no longer taken care of.
    fn next(&self) -> Option<(Vec<oneshot::Sender<Answer>>, u64)> {
        let mut crowd = self.crowd();
        let waiting = mem::take(&mut crowd.waiting);
        crowd.is_served = !waiting.is_empty();
        crowd.is_served.then_some((waiting, crowd.changes))
    }

    /// Lets the answer to a question that was put then serve others, unless something was changed since: those who come,
    /// and those who came meanwhile, who are given.
    fn keep(&self, put: Instant, changes: u64) -> Vec<oneshot::Sender<Answer>> {
        let mut crowd = self.crowd();
        if crowd.changes == changes {
            crowd.fresh_until = Some(put + FRESH);
        }
        match crowd.is_fresh() {
            true => mem::take(&mut crowd.waiting),
            false => Vec::new(),
        }
    }

    fn crowd(&self) -> MutexGuard<'_, Crowd> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Lets the next one who comes be served after a panic.
struct Unserved<'a>(&'a Check);

impl Drop for Unserved<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            let mut crowd = self.0.crowd();
            crowd.is_served = false;
            crowd.waiting.clear();
        }
    }
}

/// Puts the question, which is the same whoever brings it.
trait Ask: Send + 'static {
    fn ask(&mut self) -> impl Future<Output = sqlx::Result<bool>> + Send;
}

struct CatchUp {
    db: PgPool,
    cards: Cards,
    /// Given back when nobody waits any more: as long as somebody does, there is always the next question.
    held: Option<PoolConnection<Postgres>>,
    asked: usize,
}

impl Ask for CatchUp {
    async fn ask(&mut self) -> sqlx::Result<bool> {
        self.asked += 1;
        let held = self
            .held
            .take()
            .filter(|_| !self.asked.is_multiple_of(MOST_ON_ONE));
        let mut db = match held {
            Some(held) => held,
            None => self.db.acquire().await?,
        };
        // Drawn before the question is put, as with a page.
        let question = self.cards.ask();
        let told = db::changes::since(&mut db, question.horizon).await?;
        // Only after a good answer: another connection may do better.
        self.held = Some(db);
        Ok(self.cards.hear(question, &told))
    }
}

#[cfg(test)]
mod tests;
