//! The one clock. Never asked for elapsed time: that is `tokio::time::Instant`.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use chrono::{DateTime, TimeDelta, Utc};

pub type Time = DateTime<Utc>;

/// The time of day: the system's, or one that tests wind by hand.
#[derive(Clone, Debug)]
pub struct Clock(Source);

#[derive(Clone, Debug)]
enum Source {
    System,
    /// Milliseconds that tests added to the system's time.
    Shifted(Arc<AtomicI64>),
}

impl Clock {
    pub fn system() -> Self {
        Self(Source::System)
    }

    /// A clock that runs with the system's and can be wound forward.
    pub fn windable() -> Self {
        Self(Source::Shifted(Arc::default()))
    }

    /// Now, in whole milliseconds: what the API shows and ids carry.
    #[expect(clippy::disallowed_methods, reason = "this is the clock")]
    pub fn now(&self) -> Time {
        let now = Utc::now();
        let shifted = match &self.0 {
            Source::System => now,
            Source::Shifted(by) => now + TimeDelta::milliseconds(by.load(Ordering::Relaxed)),
        };
        DateTime::from_timestamp_millis(shifted.timestamp_millis()).unwrap_or(shifted)
    }

    /// Winds a test's clock forward; the system's clock is not ours to wind.
    pub fn wind(&self, by: TimeDelta) {
        if let Source::Shifted(shift) = &self.0 {
            shift.fetch_add(by.num_milliseconds(), Ordering::Relaxed);
        }
    }
}
