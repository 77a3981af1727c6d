//! HTTP signatures: draft-cavage-12 and RFC 9421, made and checked.
//! Never looks up a key and never trusts one: it says which key is claimed, and whether that key signed.
//!
//! Checking has steps, so that nothing is fetched for a request that could not be valid:
//! [`read`] bounds, parses and judges the headers; [`Claim::check_body`] compares the digest with the raw bytes;
//! [`Claim::verify`] does the cryptography once the caller has the key that [`Claim::key_id`] names.

mod cavage;
mod digest;
mod headers;
mod http_date;
mod rfc9421;
mod sign;

use chrono::{DateTime, TimeDelta, Utc};
use http::HeaderMap;
use url::Url;

use crate::key::{KeyError, PublicKey};
pub(crate) use cavage::split as parameters;
pub use digest::BodyDigest;
pub(crate) use http_date::parse as parse_http_date;
pub use sign::{sign_get, sign_post};
pub(crate) use sign::{sign_get_without_query, sign_letter};

/// How far a request's clock may be from ours, either way.
const CLOCK_TOLERANCE: TimeDelta = TimeDelta::hours(1);
/// The most bytes of signature headers that are looked at.
const LONGEST_HEADER: usize = 8 * 1024;
/// The most components that a signature may cover.
const MOST_COMPONENTS: usize = 32;

/// The two ways to sign a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scheme {
    /// draft-cavage-http-signatures-12: what every server of the network reads.
    Cavage,
    /// RFC 9421: newer; tried when a peer does not understand the first.
    Rfc9421,
}

impl Scheme {
    /// The one of the two that this is not.
    pub fn other(self) -> Self {
        match self {
            Self::Cavage => Self::Rfc9421,
            Self::Rfc9421 => Self::Cavage,
        }
    }
}

/// Why a signature is not accepted. Every one of them is a 401 at the door.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SignatureError {
    /// There is no signature.
    #[error("the request is not signed")]
    Missing,
    /// A header that the signature needs cannot be read.
    #[error("malformed signature: {0}")]
    Malformed(&'static str),
    /// The signature leaves out something that must be signed.
    #[error("the signature does not cover {0}")]
    NotCovered(&'static str),
    /// The request is too old, or from the future.
    #[error("the signature's time is not close enough to ours")]
    OutsideClock,
    /// The request was made for another server.
    #[error("the request is signed for another host")]
    WrongHost,
    /// The body is not the one that was signed.
    #[error("the digest does not match the body")]
    BadDigest,
    /// An algorithm that we do not verify.
    #[error("the signature's algorithm is not supported")]
    Algorithm,
    /// The key did not make this signature.
    #[error("the signature is wrong")]
    BadSignature,
}

/// What the verifier needs of a request.
#[derive(Debug, Clone, Copy)]
pub struct RequestView<'a> {
    /// The method, upper case.
    pub method: &'a str,
    /// Path with query, exactly as it was on the request line.
    pub path_and_query: &'a str,
    /// All headers. Over HTTP/2 the caller adds `host` from `:authority`.
    pub headers: &'a HeaderMap,
    /// The authorities (`host` or `host:port`, lower case) under which this server may be addressed.
    pub our_authorities: &'a [&'a str],
}

/// A signature that is well-formed, complete and of our time, but not yet verified.
#[derive(Debug, Clone)]
pub struct Claim {
    /// The key that is said to have signed.
    pub key_id: Url,
    /// How the request was signed: an answer in kind is understood.
    pub scheme: Scheme,
    signature: Vec<u8>,
    /// What may have been signed: peers differ in whether the query belongs to the request's target.
    candidates: Vec<String>,
    digest: Option<digest::Claimed>,
}

impl Claim {
    /// Compares the signed digest with the body as it came in.
    pub fn check_body(&self, body: &[u8]) -> Result<(), SignatureError> {
        match &self.digest {
            Some(claimed) => claimed.check(body),
            // Only requests without a body come here: `read` requires the digest for the rest.
            None if body.is_empty() => Ok(()),
            None => Err(SignatureError::NotCovered("digest")),
        }
    }

    /// Whether `key` made this signature. The caller has checked that the key is the one of `key_id` and whose it is.
    pub fn verify(&self, key: &PublicKey) -> Result<(), SignatureError> {
        let made = |candidate: &String| key.verifies(candidate.as_bytes(), &self.signature);
        if self.candidates.iter().any(made) {
            Ok(())
        } else {
            Err(SignatureError::BadSignature)
        }
    }
}

/// Judges the signature headers of a request: parsed within bounds, everything needed covered, made for this host
/// and within an hour of `now`. No key is needed yet.
pub fn read(request: &RequestView<'_>, now: DateTime<Utc>) -> Result<Claim, SignatureError> {
    if request.headers.contains_key("signature-input") {
        rfc9421::read(request, now)
    } else {
        cavage::read(request, now)
    }
}

/// Requests with these methods have no body, and so no digest.
fn has_body(method: &str) -> bool {
    !matches!(method, "GET" | "HEAD")
}

fn check_clock(time: DateTime<Utc>, now: DateTime<Utc>) -> Result<(), SignatureError> {
    let distance = now.signed_duration_since(time);
    if distance > CLOCK_TOLERANCE || distance < -CLOCK_TOLERANCE {
        return Err(SignatureError::OutsideClock);
    }
    Ok(())
}

/// A signature's own end. A later one than our tolerance changes nothing: the time of signing is bounded besides.
fn check_expiry(expires: i64, now: DateTime<Utc>) -> Result<(), SignatureError> {
    if expires < now.timestamp() {
        Err(SignatureError::OutsideClock)
    } else {
        Ok(())
    }
}

fn from_unix(seconds: i64) -> Result<DateTime<Utc>, SignatureError> {
    DateTime::from_timestamp(seconds, 0).ok_or(SignatureError::OutsideClock)
}

fn check_host(request: &RequestView<'_>) -> Result<(), SignatureError> {
    let host = headers::single(request.headers, "host")?.ok_or(SignatureError::WrongHost)?;
    let ours = |authority: &&str| host.eq_ignore_ascii_case(authority);
    if request.our_authorities.iter().any(ours) {
        Ok(())
    } else {
        Err(SignatureError::WrongHost)
    }
}

fn key_id(text: &str) -> Result<Url, SignatureError> {
    crate::origin::parse_web_address(text).ok_or(SignatureError::Malformed("keyId is not a web address"))
}

impl From<KeyError> for SignatureError {
    fn from(_: KeyError) -> Self {
        Self::BadSignature
    }
}
