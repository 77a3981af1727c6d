//! Secrets at rest: sealed with the instance's key file. Never logs, never keeps what it opened.

use std::fmt;
use std::fs;
use std::io::{self, Write};
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use aws_lc_rs::aead::{AES_256_GCM, Aad, NONCE_LEN, RandomizedNonceKey};

use crate::domain::ids::AccountId;
use crate::domain::random;

const KEY_LENGTH: usize = 32;

#[derive(Debug, thiserror::Error)]
pub enum SealError {
    #[error("the key file {} cannot be read or made: {}", .0.display(), .1)]
    File(PathBuf, #[source] io::Error),
    #[error("the key file {} does not hold a key of {KEY_LENGTH} bytes; restore it from a backup", .0.display())]
    NotAKey(PathBuf),
    #[error(
        "a sealed value does not open with this instance's key file; restore the one that it was sealed with"
    )]
    DoesNotOpen,
}

/// Seals and opens small secrets.
#[derive(Clone)]
pub struct Seal(Arc<RandomizedNonceKey>);

impl fmt::Debug for Seal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Seal")
    }
}

impl Seal {
    /// Reads the key file, or makes it (readable by its owner only) at the first start.
    pub fn load_or_create(path: &Path) -> Result<Self, SealError> {
        let failed = |error| SealError::File(path.to_owned(), error);
        match fs::read(path) {
            Ok(key) => Self::with_key(&key).ok_or_else(|| SealError::NotAKey(path.to_owned())),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                let key = random::bytes::<KEY_LENGTH>();
                write_private(path, &key).map_err(failed)?;
                Self::load_or_create(path)
            }
            Err(error) => Err(failed(error)),
        }
    }

    fn with_key(key: &[u8]) -> Option<Self> {
        RandomizedNonceKey::new(&AES_256_GCM, key)
            .ok()
            .map(|key| Self(Arc::new(key)))
    }

    /// Seals `secret`; it opens only under the same `purpose`.
    pub fn seal(&self, purpose: &str, secret: &[u8]) -> Vec<u8> {
        let mut sealed = secret.to_vec();
        let nonce = self
            .0
            .seal_in_place_append_tag(Aad::from(purpose.as_bytes()), &mut sealed)
            .expect("a secret is far below the cipher's limit");
        sealed.extend_from_slice(nonce.as_ref());
        sealed
    }

    pub fn open(&self, purpose: &str, sealed: &[u8]) -> Result<Vec<u8>, SealError> {
        let split = sealed
            .len()
            .checked_sub(NONCE_LEN)
            .ok_or(SealError::DoesNotOpen)?;
        let (sealed, nonce) = sealed.split_at(split);
        let nonce =
            aws_lc_rs::aead::Nonce::try_assume_unique_for_key(nonce).map_err(|_| SealError::DoesNotOpen)?;
        let mut secret = sealed.to_vec();
        let length = self
            .0
            .open_in_place(nonce, Aad::from(purpose.as_bytes()), &mut secret)
            .map_err(|_| SealError::DoesNotOpen)?
            .len();
        secret.truncate(length);
        Ok(secret)
    }
}

/// What an account's signing key is sealed for: it opens for no other account.
pub fn key_purpose(account: AccountId) -> String {
    format!("account key {account}")
}

/// Writes the whole key under another name first, so that a crash leaves no half a key behind.
fn write_private(path: &Path, key: &[u8]) -> io::Result<()> {
    let fresh = path.with_extension("new");
    let mut file = fs::OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(&fresh)?;
    file.write_all(key)?;
    file.set_permissions(fs::Permissions::from_mode(0o600))?;
    file.sync_all()?;
    // A link fails where another process was first: then its key counts.
    let linked = fs::hard_link(&fresh, path);
    fs::remove_file(&fresh)?;
    match linked {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => Err(error),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sealed_opens_only_for_its_purpose_and_untouched() {
        let seal = Seal::with_key(&[7; 32]).unwrap();
        let mut sealed = seal.seal("account 1", b"secret");
        assert_eq!(seal.open("account 1", &sealed).unwrap(), b"secret");
        assert!(seal.open("account 2", &sealed).is_err());
        sealed[0] ^= 1;
        assert!(seal.open("account 1", &sealed).is_err());
        assert!(seal.open("account 1", &[]).is_err());
    }
}
