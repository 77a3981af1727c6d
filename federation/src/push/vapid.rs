//! How a push service knows who sends: RFC 8292. A word for one service, good for half a day.

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;
use url::Url;

/// At most a day (RFC 8292, section 2); clocks differ.
const GOOD_FOR: TimeDelta = TimeDelta::hours(12);

/// The key by which push services know a server.
#[derive(Debug)]
pub struct VapidKey(EcdsaKeyPair);

/// Why a word could not be given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum VapidError {
    /// Not a key of P-256 in PKCS #8.
    #[error("the push key cannot be read")]
    Key,
    /// Our own cryptography failed.
    #[error("signing failed")]
    Signing,
}

impl VapidKey {
    /// Reads a key.
    ///
    /// # Errors
    /// When it is none.
    pub fn from_pkcs8(pkcs8: &[u8]) -> Result<Self, VapidError> {
        EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, pkcs8)
            .map(Self)
            .map_err(|_| VapidError::Key)
    }

    /// The public half, in URL-safe base64 without padding, as it stands in headers.
    pub fn public(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.0.public_key().as_ref())
    }

    /// A signed word for the service of this endpoint. `contact`: whom to ask about this server.
    ///
    /// # Errors
    /// When signing fails.
    pub fn word(&self, endpoint: &Url, contact: &str, now: DateTime<Utc>) -> Result<String, VapidError> {
        let head = json!({ "typ": "JWT", "alg": "ES256" });
        let claims = json!({
            "aud": endpoint.origin().ascii_serialization(),
            "exp": (now + GOOD_FOR).timestamp(),
            "sub": contact,
        });
        let encode = |json: serde_json::Value| URL_SAFE_NO_PAD.encode(json.to_string());
        let signed = format!("{}.{}", encode(head), encode(claims));
        let signature = self.0.sign(&SystemRandom::new(), signed.as_bytes());
        let signature = signature.map_err(|_| VapidError::Signing)?;
        Ok(format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature.as_ref())))
    }
}
