//! How slowly an answer may come. Never cuts off one that is only large.

use std::time::Duration;

use tokio::time::{Instant, timeout_at};

use super::FetchError;

/// How long an answer may take to begin, and how far one may fall behind the slowest pace.
const GRACE: Duration = Duration::from_secs(10);
/// Bytes a second. Who sends less holds a place that others wait for.
const SLOWEST: usize = 8 * 1024;

/// The pace of one fetch, redirects included.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pace(Instant);

impl Pace {
    pub(super) fn begin() -> Self {
        Self(Instant::now())
    }

    /// What comes next after so many bytes, if it comes in time.
    pub(super) async fn keep<T>(
        self,
        bytes: usize,
        next: impl Future<Output = Result<T, FetchError>>,
    ) -> Result<T, FetchError> {
        let seconds = u64::try_from(bytes / SLOWEST).unwrap_or(u64::MAX);
        let due = self.0 + GRACE.saturating_add(Duration::from_secs(seconds));
        timeout_at(due, next).await.unwrap_or(Err(FetchError::TimedOut))
    }
}
