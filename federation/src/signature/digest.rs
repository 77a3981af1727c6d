//! `Digest` (RFC 3230) and `Content-Digest` (RFC 9530) of bodies.
//! Never accepts anything but SHA-256, and never re-serialises what was signed.

use aws_lc_rs::digest::{SHA256, digest};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::SignatureError;

/// The SHA-256 of a body, computed once for an activity and used for all its letters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BodyDigest(String);

impl BodyDigest {
    /// The digest of these bytes.
    pub fn of(body: &[u8]) -> Self {
        Self(STANDARD.encode(digest(&SHA256, body)))
    }

    /// Takes back what [`BodyDigest::as_base64`] gave; `None` when it is not 32 bytes of base64.
    pub fn from_base64(text: &str) -> Option<Self> {
        let bytes = STANDARD.decode(text).ok()?;
        (bytes.len() == 32).then(|| Self(text.to_owned()))
    }

    /// The digest as base64, for keeping beside the body.
    pub fn as_base64(&self) -> &str {
        &self.0
    }

    pub(super) fn as_digest(&self) -> String {
        format!("SHA-256={}", self.0)
    }

    pub(super) fn as_content_digest(&self) -> String {
        format!("sha-256=:{}:", self.0)
    }
}

/// The SHA-256 that a request's header claims.
#[derive(Debug, Clone)]
pub(super) struct Claimed([u8; 32]);

impl Claimed {
    /// Reads a `Digest` header: the algorithm's name in any case, other algorithms ignored, exactly one SHA-256.
    pub(super) fn from_digest(header: &str) -> Result<Self, SignatureError> {
        let mut found = None;
        for entry in header.split(',') {
            let (name, value) = entry.split_once('=').ok_or(SignatureError::Malformed("digest"))?;
            if !name.trim().eq_ignore_ascii_case("sha-256") {
                continue;
            }
            let bytes = STANDARD
                .decode(value.trim())
                .map_err(|_| SignatureError::Malformed("digest"))?;
            // Two values of which one matches would let a peer choose later what it signed.
            if found.replace(Self::from_bytes(&bytes)?).is_some() {
                return Err(SignatureError::Malformed("two digests"));
            }
        }
        found.ok_or(SignatureError::Malformed("no SHA-256 digest"))
    }

    /// Reads a `Content-Digest` header, a dictionary of structured fields.
    pub(super) fn from_content_digest(header: &str) -> Result<Self, SignatureError> {
        let dictionary: sfv::Dictionary = sfv::Parser::new(header)
            .parse()
            .map_err(|_| SignatureError::Malformed("content-digest"))?;
        match dictionary.get("sha-256") {
            Some(sfv::ListEntry::Item(item)) => item
                .bare_item
                .as_byte_sequence()
                .ok_or(SignatureError::Malformed("content-digest"))
                .and_then(Self::from_bytes),
            _ => Err(SignatureError::Malformed("no SHA-256 digest")),
        }
    }

    pub(super) fn check(&self, body: &[u8]) -> Result<(), SignatureError> {
        if digest(&SHA256, body).as_ref() == self.0 {
            Ok(())
        } else {
            Err(SignatureError::BadDigest)
        }
    }

    fn from_bytes(bytes: &[u8]) -> Result<Self, SignatureError> {
        bytes
            .try_into()
            .map(Self)
            .map_err(|_| SignatureError::Malformed("digest of a wrong length"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_digest_is_read_in_any_case_and_beside_others() {
        let ours = BodyDigest::of(b"body");
        for header in [
            ours.as_digest(),
            format!("sha-256={}", ours.as_base64()),
            format!("md5=xyz==, Sha-256={}", ours.as_base64()),
        ] {
            Claimed::from_digest(&header).unwrap().check(b"body").unwrap();
        }
        Claimed::from_content_digest(&ours.as_content_digest())
            .unwrap()
            .check(b"body")
            .unwrap();
    }

    #[test]
    fn a_digest_without_one_clear_sha256_is_refused() {
        let right = BodyDigest::of(b"body");
        let wrong = BodyDigest::of(b"other");
        for header in [
            String::from("md5=Q2hlY2sgSW50ZWdyaXR5IQ=="),
            String::from("sha-512=AAAA"),
            String::from("SHA-256=AAAA"),
            String::from("SHA-256=not base64"),
            format!("SHA-256={}, SHA-256={}", wrong.as_base64(), right.as_base64()),
            String::new(),
        ] {
            assert!(Claimed::from_digest(&header).is_err(), "{header}");
        }
        assert!(Claimed::from_content_digest("sha-512=:AAAA:").is_err());
        assert!(Claimed::from_content_digest("sha-256=:AAAA:").is_err());
        assert!(Claimed::from_content_digest("sha-256=17").is_err());
    }

    #[test]
    fn a_kept_digest_comes_back_only_whole() {
        let digest = BodyDigest::of(b"body");
        assert_eq!(BodyDigest::from_base64(digest.as_base64()), Some(digest));
        assert_eq!(BodyDigest::from_base64("AAAA"), None);
    }
}
