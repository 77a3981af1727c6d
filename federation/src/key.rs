//! RSA keys: ours that sign, and the public halves of other people's.
//! Never prints a private key, and never accepts a key whose size is absurd.

use std::fmt;
use std::sync::Arc;

use aws_lc_rs::encoding::{AsDer, Pkcs8V1Der, PublicKeyX509Der};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::{self, KeyPair, KeySize};
use aws_lc_rs::signature::{
    KeyPair as _, ParsedPublicKey, RSA_PKCS1_1024_8192_SHA256_FOR_LEGACY_USE_ONLY, RSA_PKCS1_SHA256,
};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// An 8192-bit key is 1,500 characters of PEM; nothing longer is looked at.
const LONGEST_PEM: usize = 8 * 1024;
const SMALLEST_MODULUS_BITS: usize = 1024;
const LARGEST_MODULUS_BITS: usize = 8192;

/// Why a key is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// The bytes or the PEM text are not an RSA key.
    #[error("not an RSA key")]
    NotAKey,
    /// An RSA key outside 1024 to 8192 bits.
    #[error("an RSA key of an unacceptable size")]
    Size,
    /// The cryptographic library failed, for example for want of randomness.
    #[error("the cryptographic library failed")]
    Library,
}

/// A private RSA key that signs. Cheap to clone; its `Debug` shows nothing.
#[derive(Clone)]
pub struct SigningKey {
    pair: Arc<KeyPair>,
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("SigningKey(hidden)")
    }
}

impl SigningKey {
    /// Makes a new RSA-2048 key: the size that every peer verifies.
    pub fn generate() -> Result<Self, KeyError> {
        let pair = KeyPair::generate(KeySize::Rsa2048).map_err(|_| KeyError::Library)?;
        Ok(Self { pair: Arc::new(pair) })
    }

    /// Reads a key from PKCS#8 DER, the form in which it is stored (sealed, by the caller).
    pub fn from_pkcs8(der: &[u8]) -> Result<Self, KeyError> {
        let pair = KeyPair::from_pkcs8(der).map_err(|_| KeyError::NotAKey)?;
        Ok(Self { pair: Arc::new(pair) })
    }

    /// The key as PKCS#8 DER. Secret: seal it before it is stored.
    pub fn to_pkcs8(&self) -> Result<Vec<u8>, KeyError> {
        let der: Pkcs8V1Der<'_> = self.pair.as_der().map_err(|_| KeyError::Library)?;
        Ok(der.as_ref().to_vec())
    }

    /// The public half as PEM (`BEGIN PUBLIC KEY`), as an actor document shows it.
    pub fn public_pem(&self) -> Result<String, KeyError> {
        let der: PublicKeyX509Der<'_> = self.pair.public_key().as_der().map_err(|_| KeyError::Library)?;
        Ok(to_pem(der.as_ref()))
    }

    /// Signs with RSASSA-PKCS1-v1_5 and SHA-256, and gives base64 as headers carry it.
    pub fn sign(&self, text: &[u8]) -> Result<String, KeyError> {
        let mut signature = vec![0; self.pair.public_modulus_len()];
        self.pair
            .sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), text, &mut signature)
            .map_err(|_| KeyError::Library)?;
        Ok(STANDARD.encode(signature))
    }
}

/// Somebody's public RSA key. Cheap to clone.
#[derive(Clone)]
pub struct PublicKey {
    parsed: Arc<ParsedPublicKey>,
}

impl fmt::Debug for PublicKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("PublicKey(RSA)")
    }
}

impl PublicKey {
    /// Reads PEM, both `BEGIN PUBLIC KEY` (SPKI) and `BEGIN RSA PUBLIC KEY` (PKCS#1, sent by a few older servers).
    pub fn from_pem(pem: &str) -> Result<Self, KeyError> {
        let der = from_pem(pem)?;
        let key = rsa::PublicKey::from_der(&der).map_err(|_| KeyError::NotAKey)?;
        let modulus = key.modulus().big_endian_without_leading_zero();
        let unused_bits = modulus.first().map_or(8, |byte| byte.leading_zeros() as usize);
        let bits = (modulus.len() * 8).saturating_sub(unused_bits);
        if !(SMALLEST_MODULUS_BITS..=LARGEST_MODULUS_BITS).contains(&bits) {
            return Err(KeyError::Size);
        }
        let parsed = ParsedPublicKey::new(&RSA_PKCS1_1024_8192_SHA256_FOR_LEGACY_USE_ONLY, key.as_ref())
            .map_err(|_| KeyError::NotAKey)?;
        Ok(Self {
            parsed: Arc::new(parsed),
        })
    }

    /// Whether `signature` (raw bytes) is this key's signature of `text`.
    pub fn verifies(&self, text: &[u8], signature: &[u8]) -> bool {
        self.parsed.verify_sig(text, signature).is_ok()
    }
}

fn to_pem(der: &[u8]) -> String {
    let body = STANDARD.encode(der);
    let mut pem = String::from("-----BEGIN PUBLIC KEY-----\n");
    let mut rest = body.as_str();
    while !rest.is_empty() {
        let (line, after) = rest.split_at(rest.len().min(64));
        pem.push_str(line);
        pem.push('\n');
        rest = after;
    }
    pem.push_str("-----END PUBLIC KEY-----\n");
    pem
}

fn from_pem(pem: &str) -> Result<Vec<u8>, KeyError> {
    if pem.len() > LONGEST_PEM {
        return Err(KeyError::Size);
    }
    let pem = pem.trim();
    let body = ["PUBLIC KEY", "RSA PUBLIC KEY"]
        .iter()
        .find_map(|label| {
            let inside = pem
                .strip_prefix("-----BEGIN ")?
                .strip_prefix(label)?
                .strip_prefix("-----")?;
            inside
                .strip_suffix("-----")?
                .strip_suffix(label)?
                .strip_suffix("-----END ")
        })
        .ok_or(KeyError::NotAKey)?;
    // Line lengths and line ends differ between servers; only the letters count.
    let letters: String = body
        .chars()
        .filter(|letter| !letter.is_ascii_whitespace())
        .collect();
    STANDARD.decode(letters).map_err(|_| KeyError::NotAKey)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrap(label: &str, der: &[u8]) -> String {
        format!(
            "-----BEGIN {label}-----\n{}\n-----END {label}-----",
            STANDARD.encode(der)
        )
    }

    #[test]
    fn a_signature_is_verified_by_the_public_half_only() {
        let key = SigningKey::generate().unwrap();
        let other = SigningKey::generate().unwrap();
        let signature = STANDARD.decode(key.sign(b"a letter").unwrap()).unwrap();
        let public = PublicKey::from_pem(&key.public_pem().unwrap()).unwrap();
        assert!(public.verifies(b"a letter", &signature));
        assert!(!public.verifies(b"another letter", &signature));
        assert!(
            !PublicKey::from_pem(&other.public_pem().unwrap())
                .unwrap()
                .verifies(b"a letter", &signature)
        );
    }

    #[test]
    fn a_key_survives_storage() {
        let key = SigningKey::generate().unwrap();
        let again = SigningKey::from_pkcs8(&key.to_pkcs8().unwrap()).unwrap();
        assert_eq!(key.public_pem().unwrap(), again.public_pem().unwrap());
    }

    #[test]
    fn debug_never_shows_a_private_key() {
        assert_eq!(
            format!("{:?}", SigningKey::generate().unwrap()),
            "SigningKey(hidden)"
        );
    }

    #[test]
    fn both_spellings_of_pem_are_read() {
        let key = SigningKey::generate().unwrap();
        let pkcs1 = wrap("RSA PUBLIC KEY", key.pair.public_key().as_ref());
        let public = PublicKey::from_pem(&pkcs1).unwrap();
        let signature = STANDARD.decode(key.sign(b"x").unwrap()).unwrap();
        assert!(public.verifies(b"x", &signature));
        let windows = key.public_pem().unwrap().replace('\n', "\r\n");
        assert!(PublicKey::from_pem(&windows).is_ok());
    }

    #[test]
    fn keys_of_absurd_sizes_are_refused() {
        let key = |bits: usize| {
            let mut modulus = vec![0x00, 0xff];
            modulus.resize(bits / 8 + 1, 0xff);
            let mut inside = der(0x02, &modulus);
            inside.extend(der(0x02, &[1, 0, 1]));
            wrap("RSA PUBLIC KEY", &der(0x30, &inside))
        };
        assert!(PublicKey::from_pem(&key(1024)).is_ok());
        assert!(matches!(PublicKey::from_pem(&key(512)), Err(KeyError::Size)));
        assert!(matches!(PublicKey::from_pem(&key(8200)), Err(KeyError::Size)));
        assert!(PublicKey::from_pem(&key(32768)).is_err());
    }

    fn der(tag: u8, content: &[u8]) -> Vec<u8> {
        let [high, low] = u16::try_from(content.len()).unwrap().to_be_bytes();
        let length = match (high, low) {
            (0, 0..=127) => vec![low],
            (0, _) => vec![0x81, low],
            _ => vec![0x82, high, low],
        };
        [&[tag][..], &length, content].concat()
    }

    #[test]
    fn nonsense_is_not_a_key() {
        let long = "A".repeat(LONGEST_PEM + 1);
        for text in [
            "",
            "-----BEGIN PUBLIC KEY-----",
            "-----BEGIN PUBLIC KEY----------END PUBLIC KEY-----",
            &long,
        ] {
            assert!(PublicKey::from_pem(text).is_err(), "{text}");
        }
        assert!(SigningKey::from_pkcs8(b"nonsense").is_err());
    }
}
