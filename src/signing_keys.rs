//! Where the signing keys of new accounts come from. Never keeps one that it made.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tintype_federation::key::{KeyError, SigningKey};

/// Makes keys. Cheap to clone.
#[derive(Clone)]
pub struct SigningKeys(Source);

#[derive(Clone)]
enum Source {
    Fresh,
    Given(Arc<[SigningKey]>, Arc<AtomicUsize>),
}

impl SigningKeys {
    /// A new key for everybody: a tenth of a second of work each.
    pub fn fresh() -> Self {
        Self(Source::Fresh)
    }

    /// These in turn, for tests that make people by the hundred. None given: as [`SigningKeys::fresh`].
    pub fn given(keys: Vec<SigningKey>) -> Self {
        if keys.is_empty() {
            return Self::fresh();
        }
        Self(Source::Given(keys.into(), Arc::default()))
    }

    pub fn next(&self) -> Result<SigningKey, KeyError> {
        match &self.0 {
            Source::Fresh => SigningKey::generate(),
            Source::Given(keys, drawn) => {
                Ok(keys[drawn.fetch_add(1, Ordering::Relaxed) % keys.len()].clone())
            }
        }
    }
}
