//! How often somebody asked within a stretch of time. Counts in this process only, and remembers nothing of what was asked.

use std::net::IpAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use moka::sync::Cache;

use crate::domain::ids::AccountId;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Asker {
    /// A token or a session, by its hash.
    Token([u8; 32]),
    Person(AccountId),
    Address(IpAddr),
}

#[derive(Clone)]
pub struct Asked {
    /// By what is counted together, who asked, and the number of the stretch.
    counts: Cache<(&'static str, Asker, i64), Arc<AtomicU32>>,
    /// Tokens and sessions that were found valid, by their hashes, and whose they are.
    known: Cache<[u8; 32], AccountId>,
}

impl Asked {
    /// Each count is kept for so long after its first.
    pub fn kept_for(most: Duration) -> Self {
        Self {
            counts: Cache::builder().max_capacity(200_000).time_to_live(most).build(),
            known: Cache::builder().max_capacity(200_000).time_to_idle(most).build(),
        }
    }

    /// A token or session that was found valid counts by itself from now on. Not before: made-up ones would give an
    /// address as many tries as it likes.
    pub fn know(&self, hash: [u8; 32], person: AccountId) {
        self.known.insert(hash, person);
    }

    /// Whose token or session this is, if it is known.
    pub fn person(&self, hash: &[u8; 32]) -> Option<AccountId> {
        self.known.get(hash)
    }

    /// Counts one more within that stretch; gives how many there were, this one included.
    pub fn count(&self, class: &'static str, asker: Asker, stretch: i64) -> u32 {
        let counted = self.counts.get_with((class, asker, stretch), Arc::default);
        counted.fetch_add(1, Ordering::Relaxed).saturating_add(1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_asker_is_counted_apart_in_each_class_and_anew_in_each_stretch() {
        let asked = Asked::kept_for(Duration::from_secs(600));
        let here = Asker::Address("192.0.2.1".parse().unwrap());
        assert_eq!([asked.count("a", here, 1), asked.count("a", here, 1)], [1, 2]);
        assert_eq!(asked.person(&[7; 32]), None);
        asked.know([7; 32], AccountId(1));
        assert_eq!(asked.person(&[7; 32]), Some(AccountId(1)));
        for asker in [Asker::Token([7; 32]), Asker::Person(AccountId(1))] {
            assert_eq!(asked.count("a", asker, 1), 1);
        }
        assert_eq!((asked.count("a", here, 2), asked.count("b", here, 1)), (1, 1));
    }
}
