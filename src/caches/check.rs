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
/// As long as an answer serves those who come after its question: less than any two programs could agree on by other means.
/// What this process changes is seen at once: see [`Check::expire`].
const FRESH: Duration = Duration::from_millis(1);
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
mod tests {
    use tokio::sync::mpsc;
    use tokio::task::JoinHandle;
    use tokio::time::advance;

    use super::*;

    type Question = oneshot::Sender<sqlx::Result<bool>>;

    /// Questions that are answered by hand.
    struct Asked {
        check: Check,
        put: mpsc::UnboundedSender<Question>,
        questions: mpsc::UnboundedReceiver<Question>,
    }

    struct ByHand(mpsc::UnboundedSender<Question>);

    impl Ask for ByHand {
        async fn ask(&mut self) -> sqlx::Result<bool> {
            let (tell, told) = oneshot::channel();
            self.0.send(tell).unwrap();
            told.await.expect("the test answers, or lets it crash")
        }
    }

    fn asked() -> Asked {
        let (put, questions) = mpsc::unbounded_channel();
        Asked {
            check: Check::default(),
            put,
            questions,
        }
    }

    impl Asked {
        /// Somebody comes; they wait already when this returns.
        async fn comes(&self) -> JoinHandle<Answer> {
            let (check, put) = (self.check.clone(), self.put.clone());
            let (came, has_come) = oneshot::channel();
            let waits = tokio::spawn(async move {
                let joined = check.join(|| ByHand(put));
                tokio::pin!(joined);
                // Its first step makes it wait.
                tokio::select! {
                    biased;
                    answer = &mut joined => return answer,
                    () = std::future::ready(()) => came.send(()).unwrap(),
                }
                joined.await
            });
            has_come.await.unwrap();
            waits
        }

        async fn question(&mut self) -> Question {
            self.questions.recv().await.unwrap()
        }
    }

    #[tokio::test(start_paused = true)]
    async fn who_comes_while_a_question_is_out_waits_for_the_next_together_with_others() {
        let mut asked = asked();
        let first = asked.comes().await;
        let question = asked.question().await;
        let later = [asked.comes().await, asked.comes().await, asked.comes().await];
        question.send(Ok(false)).unwrap();
        assert!(!first.await.unwrap().unwrap());
        asked.question().await.send(Ok(true)).unwrap();
        for one in later {
            assert!(one.await.unwrap().unwrap());
        }
        assert!(asked.questions.is_empty(), "one question for three");
        advance(FRESH).await;
        let alone = asked.comes().await;
        asked.question().await.send(Ok(true)).unwrap();
        assert!(alone.await.unwrap().unwrap());
    }

    #[tokio::test(start_paused = true)]
    async fn an_error_reaches_all_who_waited_and_nobody_after_them() {
        let mut asked = asked();
        let first = asked.comes().await;
        let question = asked.question().await;
        let later = [asked.comes().await, asked.comes().await];
        // Who goes away takes nothing with them.
        first.abort();
        question.send(Ok(false)).unwrap();
        asked
            .question()
            .await
            .send(Err(sqlx::Error::PoolTimedOut))
            .unwrap();
        for one in later {
            let error = one.await.unwrap().unwrap_err();
            assert!(matches!(*error, sqlx::Error::PoolTimedOut));
        }
        let last = asked.comes().await;
        asked.question().await.send(Ok(true)).unwrap();
        assert!(last.await.unwrap().unwrap());
    }

    #[tokio::test(start_paused = true)]
    async fn after_a_panic_the_next_one_is_served() {
        let mut asked = asked();
        let first = asked.comes().await;
        drop(asked.question().await);
        first.await.unwrap().unwrap_err();
        let next = asked.comes().await;
        asked.question().await.send(Ok(true)).unwrap();
        assert!(next.await.unwrap().unwrap());
    }

    #[tokio::test(start_paused = true)]
    async fn an_answer_serves_whoever_comes_just_after_its_question_and_nobody_later() {
        let mut asked = asked();
        let first = asked.comes().await;
        let question = asked.question().await;
        let meanwhile = asked.comes().await;
        question.send(Ok(true)).unwrap();
        assert!(first.await.unwrap().unwrap());
        assert!(meanwhile.await.unwrap().unwrap());
        let put = asked.put.clone();
        assert!(asked.check.join(|| ByHand(put)).await.unwrap());
        assert!(asked.questions.is_empty(), "one question for three");
        advance(FRESH).await;
        let late = asked.comes().await;
        asked.question().await.send(Ok(true)).unwrap();
        assert!(late.await.unwrap().unwrap());
    }

    #[tokio::test(start_paused = true)]
    async fn after_a_change_of_ours_no_question_that_was_put_before_it_serves_anybody() {
        let mut asked = asked();
        let first = asked.comes().await;
        let question = asked.question().await;
        asked.check.expire();
        question.send(Ok(true)).unwrap();
        assert!(first.await.unwrap().unwrap());
        let second = asked.comes().await;
        asked.question().await.send(Ok(true)).unwrap();
        assert!(second.await.unwrap().unwrap());
        asked.check.expire();
        let third = asked.comes().await;
        asked.question().await.send(Ok(true)).unwrap();
        assert!(third.await.unwrap().unwrap());
    }
}
