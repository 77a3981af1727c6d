//! Threads that do nothing but pictures, no more than are busy at once. Codecs in C leave what they took of memory to the thread
//! that took it, for its next picture: done wherever a thread is free for a while, twenty pictures would leave twenty heaps behind.
//! Knows nothing of pictures.

use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{self, Sender};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;

use tokio::sync::{OwnedSemaphorePermit, Semaphore, oneshot};

type Job = Box<dyn FnOnce() + Send>;

/// So many pairs of hands at the most; each is made when it is first needed.
#[derive(Debug)]
pub(crate) struct Hands {
    turns: Arc<Semaphore>,
    idle: Idle,
}

/// Those that have nothing to do. Who was busy last is the first to be taken: its memory is warm, and others may never be needed.
#[derive(Clone, Debug, Default)]
struct Idle(Arc<Mutex<Vec<Sender<Job>>>>);

/// One of them, for one piece of work.
#[derive(Debug)]
pub(crate) struct Hand {
    idle: Idle,
    turn: OwnedSemaphorePermit,
}

/// Puts a thread back; by then it counts as free.
struct Rest {
    own: Sender<Job>,
    idle: Idle,
    _turn: OwnedSemaphorePermit,
}

impl Hands {
    pub fn new(most: usize) -> Self {
        Self {
            turns: Arc::new(Semaphore::new(most)),
            idle: Idle::default(),
        }
    }

    /// Waits until one is free.
    pub async fn free(&self) -> Hand {
        let turn = self.turns.clone().acquire_owned().await;
        Hand {
            idle: self.idle.clone(),
            turn: turn.expect("nobody closes it"),
        }
    }
}

impl Hand {
    /// Begins at once, and goes on to the end also if nobody waits for the answer. There is none where the work panicked, or the machine
    /// has no thread left.
    pub fn work<T: Send + 'static>(self, work: impl FnOnce() -> T + Send + 'static) -> oneshot::Receiver<T> {
        let (answer, answered) = oneshot::channel();
        let last = self.idle.all().pop();
        let own = match last.map_or_else(begin, Ok) {
            Ok(own) => own,
            Err(error) => {
                tracing::error!(%error, "a picture has no thread to be made on");
                return answered;
            }
        };
        let rest = Rest {
            own: own.clone(),
            idle: self.idle,
            _turn: self.turn,
        };
        let job: Job = Box::new(move || {
            let done = catch_unwind(AssertUnwindSafe(work));
            // Before the answer, so that whoever has it finds this thread again.
            drop(rest);
            if let Ok(done) = done {
                answer.send(done).ok();
            }
        });
        // A thread waits as long as there is something that could give it work.
        own.send(job).ok();
        answered
    }
}

impl Idle {
    fn all(&self) -> MutexGuard<'_, Vec<Sender<Job>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Rest {
    fn drop(&mut self) {
        self.idle.all().push(self.own.clone());
    }
}

fn begin() -> io::Result<Sender<Job>> {
    let (own, jobs) = mpsc::channel::<Job>();
    let work = move || jobs.into_iter().for_each(|job| job());
    thread::Builder::new().name("pictures".to_owned()).spawn(work)?;
    Ok(own)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;
    use std::thread::ThreadId;

    use futures::future::join_all;

    use super::*;

    async fn on_which(hands: &Hands) -> ThreadId {
        let here = || thread::current().id();
        hands.free().await.work(here).await.expect("an answer")
    }

    #[tokio::test]
    async fn one_picture_after_the_other_is_made_on_one_thread() {
        let (hands, mut threads) = (Hands::new(4), HashSet::new());
        for _ in 0..100 {
            threads.insert(on_which(&hands).await);
        }
        assert_eq!(threads.len(), 1);
        assert!(!threads.contains(&thread::current().id()));
    }

    #[tokio::test]
    async fn many_at_once_share_as_many_threads_as_there_may_be() {
        let hands = Hands::new(3);
        let threads = join_all((0..100).map(|_| on_which(&hands))).await;
        assert!(HashSet::<ThreadId>::from_iter(threads).len() <= 3);
    }

    #[tokio::test]
    async fn what_panics_has_no_answer_and_the_next_is_done_all_the_same() {
        let hands = Hands::new(1);
        let panics = || -> u8 { std::panic::resume_unwind(Box::new("no picture")) };
        assert!(hands.free().await.work(panics).await.is_err());
        assert_eq!(hands.free().await.work(|| 7).await, Ok(7));
    }

    #[tokio::test]
    async fn who_gives_up_waiting_frees_nobody_before_the_work_is_done() {
        let hands = Hands::new(1);
        let (go, told) = mpsc::channel::<()>();
        drop(hands.free().await.work(move || told.recv().ok()));
        assert_eq!(hands.turns.available_permits(), 0);
        go.send(()).expect("it still waits for that");
        assert_eq!(hands.free().await.work(|| 7).await, Ok(7));
    }
}
