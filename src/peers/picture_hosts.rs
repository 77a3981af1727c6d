//! Servers whose pictures cannot be had just now: each is left alone as a whole, for ever longer, once two of its pictures
//! failed in a row. One alone is no proof: anybody can post an address there that does not answer.
//! Bounded, and never written down: another process finds out for itself, and so does the next one.

use std::collections::HashMap;
use std::sync::Mutex;
use std::time::Duration;

use chrono::TimeDelta;
use moka::sync::Cache;

use crate::domain::clock::Time;

/// Servers that are remembered. Whoever makes up names of servers pushes out the ones that are due soonest.
const MOST: usize = 2_000;
const FIRST_WAIT: TimeDelta = TimeDelta::minutes(1);
const LONGEST_WAIT: TimeDelta = TimeDelta::hours(6);

/// How many that gave a picture are remembered, and how long.
const MOST_PROVED: u64 = 20_000;
const PROVED_FOR: Duration = Duration::from_secs(24 * 3_600);

#[derive(Debug)]
pub struct PictureHosts {
    troubles: Mutex<HashMap<String, Trouble>>,
    /// Those that gave one lately.
    proved: Cache<String, ()>,
}

impl Default for PictureHosts {
    fn default() -> Self {
        Self {
            troubles: Mutex::default(),
            proved: Cache::builder()
                .max_capacity(MOST_PROVED)
                .time_to_live(PROVED_FOR)
                .build(),
        }
    }
}

#[derive(Clone, Debug)]
struct Trouble {
    /// The address that failed first.
    first: String,
    /// Times that it was left alone in a row; 0 while only one picture failed.
    rests: u32,
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
    /// A server did not answer, or not as it should, when it was asked for this picture. Gives how long it is left alone
    /// for that, if it is: further failures in that time were under way already.
    pub fn failed(&self, host: &str, picture: &str, now: Time) -> Option<Rest> {
        self.proved.invalidate(host);
        let mut hosts = self.hosts();
        let trouble = known(&mut hosts, host, picture, now);
        if trouble.until <= now {
            if trouble.rests == 0 && trouble.first == picture {
                return None;
            }
            trouble.rest(now, FIRST_WAIT * (1 << trouble.rests.min(10)));
        }
        Some(trouble.told())
    }

    /// A server says itself how long it wants to be left alone.
    pub fn asks_to_wait(&self, host: &str, wait: TimeDelta, now: Time) -> Rest {
        let mut hosts = self.hosts();
        let trouble = known(&mut hosts, host, "", now);
        if trouble.until < now + wait.min(LONGEST_WAIT) {
            trouble.rest(now, wait);
        }
        trouble.told()
    }

    /// A whole picture came from there.
    pub fn gave(&self, host: &str) {
        self.proved.insert(host.to_owned(), ());
    }

    /// Whether pictures come from there, as far as we know. Of any other, anybody may have made up the name.
    pub fn is_proved(&self, host: &str) -> bool {
        self.proved.contains_key(host)
    }

    pub fn answered(&self, host: &str) {
        self.hosts().remove(host);
    }

    /// Until when it is left alone; none: it may be asked.
    pub fn resting(&self, host: &str, now: Time) -> Option<Time> {
        let until = self.hosts().get(host)?.until;
        (until > now).then_some(until)
    }

    /// Whether it was left alone, and has not answered since: one picture is enough to find out whether it does.
    pub fn is_failing(&self, host: &str) -> bool {
        self.hosts().get(host).is_some_and(|trouble| trouble.rests > 0)
    }

    /// How many are left alone.
    pub fn how_many(&self, now: Time) -> usize {
        self.hosts()
            .values()
            .filter(|trouble| trouble.until > now)
            .count()
    }

    fn hosts(&self) -> std::sync::MutexGuard<'_, HashMap<String, Trouble>> {
        self.troubles
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

/// What is remembered of a server, from now on if there was nothing.
fn known<'a>(
    hosts: &'a mut HashMap<String, Trouble>,
    host: &str,
    picture: &str,
    now: Time,
) -> &'a mut Trouble {
    if hosts.len() >= MOST && !hosts.contains_key(host) {
        let soonest = hosts.iter().min_by_key(|(_, trouble)| trouble.until);
        if let Some(soonest) = soonest.map(|(host, _)| host.clone()) {
            hosts.remove(&soonest);
        }
    }
    hosts.entry(host.to_owned()).or_insert(Trouble {
        first: picture.to_owned(),
        rests: 0,
        since: now,
        until: now,
    })
}

impl Trouble {
    fn rest(&mut self, now: Time, wait: TimeDelta) {
        if self.rests == 0 {
            self.since = now;
        }
        self.rests = self.rests.saturating_add(1);
        self.until = now + wait.min(LONGEST_WAIT);
    }

    fn told(&self) -> Rest {
        Rest {
            until: self.until,
            since: self.since,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_is_left_alone_for_ever_longer_until_it_answers() {
        let (hosts, mut now) = (PictureHosts::default(), Time::UNIX_EPOCH);
        assert_eq!(hosts.failed("a.example", "1", now), None);
        let mut last = TimeDelta::zero();
        for _ in 0..20 {
            let rest = hosts.failed("a.example", "2", now).expect("it is the second");
            let wait = rest.until - now;
            assert!(wait >= last && wait <= LONGEST_WAIT, "{wait}");
            assert_eq!(rest.since, Time::UNIX_EPOCH);
            // What was under way at the same time says nothing new.
            assert_eq!(hosts.failed("a.example", "3", now), Some(rest));
            assert_eq!(hosts.resting("a.example", now), Some(rest.until));
            now += wait;
            assert_eq!(hosts.resting("a.example", now), None);
            last = wait;
        }
        assert_eq!(last, LONGEST_WAIT);
        hosts.answered("a.example");
        assert!(!hosts.is_failing("a.example"));
    }

    #[test]
    fn one_picture_proves_nothing_however_often_it_fails() {
        let (hosts, now) = (PictureHosts::default(), Time::UNIX_EPOCH);
        for minute in 0..100 {
            let now = now + TimeDelta::minutes(minute);
            assert_eq!(hosts.failed("a.example", "1", now), None);
            assert!(hosts.resting("a.example", now).is_none() && !hosts.is_failing("a.example"));
        }
        // Another one came through in between: not in a row.
        hosts.answered("a.example");
        assert_eq!(hosts.failed("a.example", "2", now), None);
        assert!(hosts.failed("a.example", "1", now).is_some());
    }

    #[test]
    fn a_servers_own_word_counts_at_once_and_is_bounded() {
        let (hosts, now) = (PictureHosts::default(), Time::UNIX_EPOCH);
        let rest = hosts.asks_to_wait("a.example", TimeDelta::minutes(7), now);
        assert_eq!(rest.until, now + TimeDelta::minutes(7));
        assert_eq!(hosts.asks_to_wait("a.example", TimeDelta::minutes(1), now), rest);
        let rest = hosts.asks_to_wait("a.example", TimeDelta::MAX, now);
        assert_eq!(rest.until, now + LONGEST_WAIT);
    }

    #[test]
    fn made_up_names_do_not_fill_the_memory() {
        let (hosts, now) = (PictureHosts::default(), Time::UNIX_EPOCH);
        for number in 0..MOST + 100 {
            hosts.failed(&format!("{number}.example"), "1", now);
            hosts.failed(&format!("{number}.example"), "2", now);
        }
        assert_eq!(hosts.how_many(now), MOST);
    }
}
