//! Passwords, hashed with Argon2id away from the async threads. Never keeps, logs or compares one in the open.

use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use tokio::sync::Semaphore;

use crate::domain::random;

/// Fewest and most characters of a password.
pub const SHORTEST: usize = 8;
pub const LONGEST: usize = 256;

/// How many are hashed at a time: each takes 19 MiB and a core.
const AT_A_TIME: usize = 2;

/// How hard it is to guess from a stolen hash.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cost {
    /// What OWASP asks of Argon2id: 19 MiB, 2 rounds, 1 lane.
    Full,
    /// Next to nothing, for tests that make people by the hundred.
    Cheap,
}

#[derive(Debug, thiserror::Error)]
pub enum PasswordError {
    #[error("a password could not be hashed")]
    Hash,
    #[error("the stored hash of a password cannot be read")]
    Stored,
    #[error("the work on a password was broken off")]
    BrokenOff,
}

/// Hashes and verifies. Cheap to clone.
#[derive(Clone)]
pub struct Passwords {
    argon: Argon2<'static>,
    turns: Arc<Semaphore>,
    /// A hash of nobody's password, for verifying where there is no account.
    nobody: Arc<OnceLock<String>>,
    /// How often Argon2 has run.
    runs: Arc<AtomicU64>,
}

impl fmt::Debug for Passwords {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str("Passwords")
    }
}

impl Passwords {
    pub fn new(cost: Cost) -> Self {
        let (memory, rounds) = match cost {
            Cost::Full => (19 * 1024, 2),
            Cost::Cheap => (Params::MIN_M_COST, 1),
        };
        let params = Params::new(memory, rounds, 1, None).expect("both costs are within Argon2's bounds");
        Self {
            argon: Argon2::new(Algorithm::Argon2id, Version::V0x13, params),
            turns: Arc::new(Semaphore::new(AT_A_TIME)),
            nobody: Arc::default(),
            runs: Arc::default(),
        }
    }

    /// How much has been done so far, in runs of Argon2: the same for every sign-in, whoever it is for.
    pub fn runs(&self) -> u64 {
        self.runs.load(Ordering::Relaxed)
    }

    /// The hash to store, with its salt and costs.
    pub async fn hash(&self, password: &str) -> Result<String, PasswordError> {
        let (this, password) = (self.clone(), password.to_owned());
        self.in_turn(move || this.hash_now(password.as_bytes())).await
    }

    /// Whether it is the password of `stored`. Without one the answer is no, after the same work.
    pub async fn verify(&self, password: &str, stored: Option<&str>) -> Result<bool, PasswordError> {
        // Nobody has a longer one, and it must not cost more than the others.
        let fits = password.chars().count() <= LONGEST;
        let password = if fits { password.to_owned() } else { String::new() };
        let stored = stored.filter(|_| fits).map(str::to_owned);
        let this = self.clone();
        self.in_turn(move || {
            // Made by the first of all sign-ins, not by the first for nobody: that would be seen by its time.
            let nobodys = this.nobodys()?;
            let hash = stored.as_deref().unwrap_or(&nobodys);
            let parsed = PasswordHash::new(hash).map_err(|_| PasswordError::Stored)?;
            this.runs.fetch_add(1, Ordering::Relaxed);
            let is_right = this.argon.verify_password(password.as_bytes(), &parsed).is_ok();
            Ok(is_right && stored.is_some())
        })
        .await
    }

    fn hash_now(&self, password: &[u8]) -> Result<String, PasswordError> {
        let salt = random::bytes::<16>();
        self.runs.fetch_add(1, Ordering::Relaxed);
        let hash = self.argon.hash_password_with_salt(password, &salt);
        hash.map(|hash| hash.to_string()).map_err(|_| PasswordError::Hash)
    }

    fn nobodys(&self) -> Result<String, PasswordError> {
        if let Some(hash) = self.nobody.get() {
            return Ok(hash.clone());
        }
        let made = self.hash_now(random::token().as_bytes())?;
        Ok(self.nobody.get_or_init(|| made).clone())
    }

    async fn in_turn<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T, PasswordError> + Send + 'static,
    ) -> Result<T, PasswordError> {
        let turn = self
            .turns
            .clone()
            .acquire_owned()
            .await
            .map_err(|_| PasswordError::BrokenOff)?;
        // The turn ends with the work, not with a caller who has gone away.
        let working = tokio::task::spawn_blocking(move || {
            let done = work();
            drop(turn);
            done
        });
        working.await.map_err(|_| PasswordError::BrokenOff)?
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn only_the_right_password_of_somebody_is_right() {
        let passwords = Passwords::new(Cost::Cheap);
        let stored = passwords.hash("correct horse").await.unwrap();
        assert!(stored.starts_with("$argon2id$v=19$"));
        assert!(passwords.verify("correct horse", Some(&stored)).await.unwrap());
        assert!(!passwords.verify("wrong horse", Some(&stored)).await.unwrap());
        assert!(!passwords.verify("correct horse", None).await.unwrap());
        assert!(!passwords.verify("", None).await.unwrap());
        assert!(
            !passwords
                .verify(&"x".repeat(10_000), Some(&stored))
                .await
                .unwrap()
        );
        assert!(passwords.verify("x", Some("nonsense")).await.is_err());
    }

    #[tokio::test]
    async fn the_full_cost_is_what_owasp_asks() {
        let stored = Passwords::new(Cost::Full).hash("correct horse").await.unwrap();
        assert!(stored.contains("m=19456,t=2,p=1"), "{stored}");
    }
}
