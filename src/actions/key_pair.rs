//! A signing key for a new account, made away from the async threads and sealed at once. Never shows the private half.

use tintype_federation::key::KeyError;

use crate::app::App;
use crate::domain::ids::AccountId;

#[derive(Debug, thiserror::Error)]
pub enum KeyPairError {
    #[error("a signing key could not be made")]
    Key(#[from] KeyError),
    #[error("the making of a signing key was broken off")]
    BrokenOff,
}

/// What is stored of a new key.
#[derive(Debug)]
pub struct KeyPair {
    pub public_pem: String,
    pub sealed: Vec<u8>,
}

/// What a key is sealed for; it opens for no other account.
pub fn purpose(account: AccountId) -> String {
    format!("account key {account}")
}

pub async fn make(app: &App, account: AccountId) -> Result<KeyPair, KeyPairError> {
    let (seal, keys) = (app.seal.clone(), app.signing_keys.clone());
    let making = tokio::task::spawn_blocking(move || {
        let key = keys.next()?;
        Ok(KeyPair {
            public_pem: key.public_pem()?,
            sealed: seal.seal(&purpose(account), &key.to_pkcs8()?),
        })
    });
    making.await.map_err(|_| KeyPairError::BrokenOff)?
}
