//! Servers whose pictures cannot be had just now: each is left alone as a whole, for ever longer, whichever picture it was.
//! Bounded, and never written down: another process finds out for itself, and so does the next one.

use std::collections::HashMap;
use std::sync::Mutex;

use chrono::TimeDelta;

use crate::domain::clock::Time;

/// Servers that are remembered. Whoever makes up names of servers pushes out the ones that are due soonest.
const MOST: usize = 2_000;
const FIRST_WAIT: TimeDelta = TimeDelta::minutes(1);
const LONGEST_WAIT: TimeDelta = TimeDelta::hours(6);

#[derive(Debug, Default)]
pub struct PictureHosts(Mutex<HashMap<String, Trouble>>);

#[derive(Clone, Copy, Debug)]
struct Trouble {
    failures: u32,
    since: Time,
    until: Time,
}

/// How long a server that fails is left alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rest {
    pub until: Time,
    /// It fails since then.
    pub since: Time,
}

impl PictureHosts {
    /// A server did not answer, or not as it should. Further failures while it is left alone were under way already.
    pub fn failed(&self, host: &str, now: Time) -> Rest {
        let mut hosts = self.hosts();
        if hosts.len() >= MOST && !hosts.contains_key(host) {
            let soonest = hosts.iter().min_by_key(|(_, trouble)| trouble.until);
            if let Some(soonest) = soonest.map(|(host, _)| host.clone()) {
                hosts.remove(&soonest);
            }
        }
        let trouble = hosts.entry(host.to_owned()).or_insert(Trouble {
            failures: 0,
            since: now,
            until: now,
        });
        if trouble.until <= now {
            trouble.failures += 1;
            let wait = FIRST_WAIT * (1 << trouble.failures.clamp(1, 10).saturating_sub(1));
            trouble.until = now + wait.min(LONGEST_WAIT);
        }
        Rest {
            until: trouble.until,
            since: trouble.since,
        }
    }

    pub fn answered(&self, host: &str) {
        self.hosts().remove(host);
    }

    /// Until when it is left alone; none: it may be asked.
    pub fn resting(&self, host: &str, now: Time) -> Option<Time> {
        let until = self.hosts().get(host)?.until;
        (until > now).then_some(until)
    }

    /// Whether it failed when it was last asked: one picture is enough to find out whether it still does.
    pub fn is_failing(&self, host: &str) -> bool {
        self.hosts().contains_key(host)
    }

    /// How many are left alone.
    pub fn how_many(&self, now: Time) -> usize {
        self.hosts()
            .values()
            .filter(|trouble| trouble.until > now)
            .count()
    }

    fn hosts(&self) -> std::sync::MutexGuard<'_, HashMap<String, Trouble>> {
        self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_is_left_alone_for_ever_longer_until_it_answers() {
        let (hosts, mut now) = (PictureHosts::default(), Time::UNIX_EPOCH);
        let mut last = TimeDelta::zero();
        for _ in 0..20 {
            let wait = hosts.failed("a.example", now).until - now;
            assert!(wait >= last && wait <= LONGEST_WAIT, "{wait}");
            // What was under way at the same time says nothing new.
            assert_eq!(hosts.failed("a.example", now).until, now + wait);
            assert_eq!(hosts.resting("a.example", now), Some(now + wait));
            now += wait;
            assert_eq!(hosts.resting("a.example", now), None);
            last = wait;
        }
        assert_eq!(last, LONGEST_WAIT);
        assert_eq!(hosts.failed("a.example", now).since, Time::UNIX_EPOCH);
        hosts.answered("a.example");
        assert!(!hosts.is_failing("a.example"));
    }

    #[test]
    fn made_up_names_do_not_fill_the_memory() {
        let (hosts, now) = (PictureHosts::default(), Time::UNIX_EPOCH);
        for number in 0..MOST + 100 {
            hosts.failed(&format!("{number}.example"), now);
        }
        assert_eq!(hosts.how_many(now), MOST);
    }
}
