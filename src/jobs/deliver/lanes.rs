//! Who may send now. Few may work (sign, connect) at once; many may wait for an answer. A host that does not answer soon
//! leaves the working lane, so that a thousand silent hosts do not stand before one that is well.

use std::future::Future;
use std::time::Duration;

use tokio::sync::Semaphore;

/// At work at once: what two cores sign and the sockets of quick peers.
const WORKING: usize = 64;
/// Who has not answered by then is waited for elsewhere.
const SOON: Duration = Duration::from_millis(200);

pub struct Lanes {
    working: Semaphore,
    waiting: Semaphore,
}

impl Lanes {
    pub fn new(most_waiting: usize) -> Self {
        Self {
            working: Semaphore::new(WORKING),
            waiting: Semaphore::new(most_waiting),
        }
    }

    /// Runs one exchange with a peer.
    pub async fn run<T>(&self, exchange: impl Future<Output = T>) -> T {
        let working = self.working.acquire().await.expect("the lanes are never closed");
        tokio::pin!(exchange);
        if let Ok(answer) = tokio::time::timeout(SOON, &mut exchange).await {
            return answer;
        }
        // Only when even the waiting room is full does it keep its place at work.
        let place = match self.waiting.try_acquire() {
            Ok(place) => {
                drop(working);
                place
            }
            Err(_) => working,
        };
        let answer = exchange.await;
        drop(place);
        answer
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;

    #[tokio::test(start_paused = true)]
    async fn silent_hosts_do_not_stand_before_a_quick_one() {
        let lanes = Arc::new(Lanes::new(1_000));
        let started = tokio::time::Instant::now();
        for _ in 0..500 {
            let lanes = lanes.clone();
            tokio::spawn(async move { lanes.run(tokio::time::sleep(Duration::from_secs(10))).await });
        }
        tokio::task::yield_now().await;
        lanes.run(async {}).await;
        assert!(
            started.elapsed() < Duration::from_secs(3),
            "{:?}",
            started.elapsed()
        );
    }
}
