//! How long a host that fails is left alone, and when it counts as dead. Pure.

use std::time::Duration;

use chrono::TimeDelta;

use crate::domain::clock::Time;
use crate::domain::random;

const FIRST: u64 = 15;
const LONGEST: u64 = 6 * 3_600;
/// After so long without a success only letters that must arrive are kept.
const DEAD_AFTER: TimeDelta = TimeDelta::days(7);

/// Exponential with jitter of a quarter either way; at least what the host asked for.
pub fn delay(failures: i32, asked: Option<Duration>) -> TimeDelta {
    let doublings = u32::try_from(failures.clamp(1, 20) - 1).unwrap_or_default();
    let seconds = FIRST.saturating_mul(1 << doublings).min(LONGEST);
    let jitter = u64::from(random::bytes::<1>()[0]);
    let milliseconds = seconds * 750 + seconds * 500 * jitter / 255;
    let own = TimeDelta::milliseconds(i64::try_from(milliseconds).unwrap_or(i64::MAX));
    let asked = asked
        .and_then(|asked| TimeDelta::from_std(asked).ok())
        .unwrap_or_default();
    own.max(asked)
}

pub fn is_dead(failing_since: Option<Time>, now: Time) -> bool {
    failing_since.is_some_and(|since| now - since > DEAD_AFTER)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failing_host_is_asked_ever_more_rarely_but_at_least_four_times_a_day() {
        for failures in 1..200 {
            let delay = delay(failures, None).num_milliseconds();
            assert!(
                (11_000..=6 * 3_600_000 * 5 / 4).contains(&delay),
                "{failures}: {delay}"
            );
        }
        assert!(delay(8, None) > delay(2, None));
    }

    #[test]
    fn what_the_host_asks_for_is_kept() {
        assert!(delay(1, Some(Duration::from_secs(3_600))) >= TimeDelta::hours(1));
    }
}
