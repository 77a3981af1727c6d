//! Where the signing keys of new accounts come from. Keeps none that it made for one person.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};

use tintype_federation::key::{KeyError, SigningKey};

/// Makes keys. Cheap to clone.
#[derive(Clone)]
pub struct SigningKeys(Source);

#[derive(Clone)]
enum Source {
    Fresh,
    Given(Arc<[SigningKey]>, Arc<AtomicUsize>),
    Shared(Arc<OnceLock<SigningKey>>),
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

    /// One for everybody, made when it is first needed: for servers that never leave their machine.
    pub fn shared() -> Self {
        Self(Source::Shared(Arc::default()))
    }

    pub fn next(&self) -> Result<SigningKey, KeyError> {
        match &self.0 {
            Source::Fresh => SigningKey::generate(),
            Source::Shared(kept) => match kept.get() {
                Some(key) => Ok(key.clone()),
                None => {
                    let made = SigningKey::generate()?;
                    Ok(kept.get_or_init(|| made).clone())
                }
            },
            Source::Given(keys, drawn) => {
                Ok(keys[drawn.fetch_add(1, Ordering::Relaxed) % keys.len()].clone())
            }
        }
    }
}
