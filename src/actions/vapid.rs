//! The key by which push services know this server, made when first asked for. The private half is only stored sealed.

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE};
use serde_json::json;
use tintype_federation::push::VapidKey;

use crate::app::App;
use crate::db;

/// Under which name it is in `instance`.
const FACT: &str = "vapid_key";
/// What it is sealed for.
pub const PURPOSE: &str = "vapid key";

#[derive(Debug, thiserror::Error)]
pub enum VapidError {
    #[error("a push key could not be made")]
    Key,
    #[error("the stored push key cannot be read")]
    Stored,
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

/// The public half as apps and browsers take it: an uncompressed point on P-256, in URL-safe base64.
pub async fn public_key(app: &App) -> Result<String, VapidError> {
    let fact = fact(app).await?;
    let public = fact.get("public").and_then(|key| key.as_str());
    public.map(str::to_owned).ok_or(VapidError::Stored)
}

/// The key itself, opened once by a process.
pub async fn key(app: &App) -> Result<&VapidKey, VapidError> {
    app.peers.push_key.get_or_try_init(|| open(app)).await
}

async fn open(app: &App) -> Result<VapidKey, VapidError> {
    let fact = fact(app).await?;
    let sealed = fact.get("sealed").and_then(|key| key.as_str());
    let sealed = sealed.and_then(|sealed| STANDARD.decode(sealed).ok());
    let pkcs8 = app.seal.open(PURPOSE, &sealed.ok_or(VapidError::Stored)?);
    VapidKey::from_pkcs8(&pkcs8.map_err(|_| VapidError::Stored)?).map_err(|_| VapidError::Stored)
}

async fn fact(app: &App) -> Result<serde_json::Value, VapidError> {
    let mut db = app.db.acquire().await?;
    match db::instance::fact(&mut db, FACT).await? {
        Some(fact) => Ok(fact),
        None => Ok(db::instance::fact_or(&mut db, FACT, &make(app)?).await?),
    }
}

fn make(app: &App) -> Result<serde_json::Value, VapidError> {
    let made = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &SystemRandom::new());
    let pkcs8 = made.map_err(|_| VapidError::Key)?;
    let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, pkcs8.as_ref());
    let pair = pair.map_err(|_| VapidError::Key)?;
    Ok(json!({
        "public": URL_SAFE.encode(pair.public_key().as_ref()),
        "sealed": STANDARD.encode(app.seal.seal(PURPOSE, pkcs8.as_ref())),
    }))
}
