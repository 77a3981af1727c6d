//! Signing keys, opened at the moment of sending and remembered for a minute. Never written, never logged.

use std::time::Duration;

use moka::sync::Cache;
use tintype_federation::key::SigningKey;

use crate::app::App;
use crate::db;
use crate::domain::ids::AccountId;
use crate::sealed;

pub struct Keys(Cache<AccountId, SigningKey>);

/// Why a key cannot be had. Says nothing about the key.
#[derive(Debug, thiserror::Error)]
pub enum KeyTrouble {
    #[error("the sender has no key")]
    None,
    #[error("the sender's key does not open")]
    Sealed,
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

impl Default for Keys {
    fn default() -> Self {
        Self(
            Cache::builder()
                .max_capacity(1_000)
                .time_to_live(Duration::from_secs(60))
                .build(),
        )
    }
}

impl Keys {
    pub async fn of(&self, app: &App, sender: AccountId) -> Result<SigningKey, KeyTrouble> {
        if let Some(key) = self.0.get(&sender) {
            return Ok(key);
        }
        let mut db = app.db.acquire().await?;
        let sealed = db::keys::sealed(&mut db, sender).await?.ok_or(KeyTrouble::None)?;
        let opened = app
            .seal
            .open(&sealed::key_purpose(sender), &sealed)
            .map_err(|_| KeyTrouble::Sealed)?;
        let key = SigningKey::from_pkcs8(&opened).map_err(|_| KeyTrouble::Sealed)?;
        self.0.insert(sender, key.clone());
        Ok(key)
    }
}
