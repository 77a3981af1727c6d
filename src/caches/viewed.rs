//! Which pictures were looked at lately, kept until it is written down. Knows nobody who looked.

use std::mem;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use moka::sync::Cache;

use crate::media::MediaKey;

/// A picture is noted once in this time.
const ONCE_IN: Duration = Duration::from_secs(6 * 3_600);
/// Most notes that wait; what comes beyond is noted when it is looked at again.
const MOST_WAITING: usize = 20_000;

#[derive(Clone)]
pub struct Viewed {
    lately: Cache<MediaKey, ()>,
    waiting: Arc<Mutex<Vec<String>>>,
}

impl Default for Viewed {
    fn default() -> Self {
        Self {
            lately: Cache::builder()
                .max_capacity(100_000)
                .time_to_live(ONCE_IN)
                .build(),
            waiting: Arc::default(),
        }
    }
}

impl Viewed {
    /// Notes that a picture was looked at.
    pub fn note(&self, key: MediaKey) {
        if self.lately.contains_key(&key) {
            return;
        }
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        if waiting.len() < MOST_WAITING {
            self.lately.insert(key, ());
            waiting.push(key.to_string());
        }
    }

    /// Takes the notes.
    pub fn drain(&self) -> Vec<String> {
        mem::take(&mut *self.waiting.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_is_noted_once() {
        let viewed = Viewed::default();
        let (one, two) = (MediaKey::new([1; 16]), MediaKey::new([2; 16]));
        for key in [one, two, one] {
            viewed.note(key);
        }
        assert_eq!(viewed.drain(), [one.to_string(), two.to_string()]);
        viewed.note(one);
        assert!(viewed.drain().is_empty());
    }
}
