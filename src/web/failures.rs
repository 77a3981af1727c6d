//! How the log tells that a request failed. A server that is busy says so now and then, not for each whom it turns away:
//! else whoever makes it busy fills its log as well.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::http::StatusCode;
use tokio::time::Instant;

const NOW_AND_THEN: Duration = Duration::from_secs(10);

#[derive(Clone, Debug, Default)]
pub struct Failures(Arc<Mutex<TurnedAway>>);

#[derive(Debug, Default)]
struct TurnedAway {
    told: Option<Instant>,
    since: u64,
}

impl Failures {
    /// Says so where an answer is that something broke, or that it is to be asked for later.
    pub fn tell(&self, status: StatusCode, took: Duration) {
        if status == StatusCode::SERVICE_UNAVAILABLE {
            if let Some(requests) = self.turned_away(Instant::now()) {
                tracing::warn!(requests, "requests were told to come again later");
            }
        } else if status.is_server_error() {
            tracing::error!(%status, latency_ms = took.as_millis(), "response failed");
        }
    }

    /// How many were turned away since the log was last told, if it is to be told again.
    fn turned_away(&self, now: Instant) -> Option<u64> {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        state.since += 1;
        if state.told.is_some_and(|told| now - told < NOW_AND_THEN) {
            return None;
        }
        state.told = Some(now);
        Some(std::mem::take(&mut state.since))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_who_are_turned_away_are_told_in_one_line_now_and_then() {
        let (failures, start) = (Failures::default(), Instant::now());
        assert_eq!(failures.turned_away(start), Some(1));
        for _ in 0..300 {
            assert_eq!(failures.turned_away(start + Duration::from_secs(9)), None);
        }
        assert_eq!(failures.turned_away(start + NOW_AND_THEN), Some(301));
        assert_eq!(failures.turned_away(start + NOW_AND_THEN), None);
    }
}
