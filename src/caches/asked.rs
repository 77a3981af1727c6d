//! How often somebody asked within a stretch of time. Counts in this process only, and remembers nothing of what was asked.

use std::net::IpAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use moka::sync::Cache;

use crate::domain::ids::TokenId;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Asker {
    Token(TokenId),
    Address(IpAddr),
}

#[derive(Clone)]
pub struct Asked {
    counts: Cache<(Asker, i64), Arc<AtomicU32>>,
    /// Tokens that were found valid, by their hashes.
    tokens: Cache<[u8; 32], TokenId>,
}

impl Asked {
    /// Each count is kept for so long after its first.
    pub fn kept_for(most: Duration) -> Self {
        Self {
            counts: Cache::builder().max_capacity(200_000).time_to_live(most).build(),
            tokens: Cache::builder().max_capacity(200_000).time_to_idle(most).build(),
        }
    }

    /// A token that was found valid counts by itself from now on.
    pub fn know(&self, hash: [u8; 32], token: TokenId) {
        self.tokens.insert(hash, token);
    }

    /// Who counts: a token that is known, else the address. Made-up ones would give it as many tries as it likes.
    pub fn asker(&self, token: Option<&[u8]>, address: IpAddr) -> Asker {
        let known = token.and_then(|hash| self.tokens.get(hash));
        known.map_or(Asker::Address(address), Asker::Token)
    }

    /// Counts one more within that stretch; gives how many there were, this one included.
    pub fn count(&self, asker: Asker, stretch: i64) -> u32 {
        let counted = self.counts.get_with((asker, stretch), Arc::default);
        counted.fetch_add(1, Ordering::Relaxed).saturating_add(1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_asker_is_counted_apart_and_anew_in_each_stretch() {
        let asked = Asked::kept_for(Duration::from_secs(600));
        let here = Asker::Address("192.0.2.1".parse().unwrap());
        assert_eq!([asked.count(here, 1), asked.count(here, 1)], [1, 2]);
        let token = asked.asker(Some(&[7; 32]), "192.0.2.1".parse().unwrap());
        assert_eq!(token, here, "it is not known yet");
        asked.know([7; 32], TokenId(1));
        let token = asked.asker(Some(&[7; 32]), "192.0.2.1".parse().unwrap());
        assert_eq!((token, asked.count(token, 1)), (Asker::Token(TokenId(1)), 1));
        assert_eq!(asked.count(here, 2), 1);
    }
}
