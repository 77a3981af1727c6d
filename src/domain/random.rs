//! Secrets and other unguessable strings, from the system's randomness only.

use std::io::{self, Read};

use aws_lc_rs::digest;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

/// `N` random bytes.
pub fn bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    aws_lc_rs::rand::fill(&mut bytes).expect("the system has randomness");
    bytes
}

/// A token of 256 bits, URL-safe.
pub fn token() -> String {
    URL_SAFE_NO_PAD.encode(bytes::<32>())
}

/// What is stored of a token: enough to recognise it, not to use it.
pub fn hash(secret: &str) -> Vec<u8> {
    sha256(secret.as_bytes())
}

/// By what an activity is known: its actor's address and its own, so that nobody can occupy another's.
pub fn activity(actor: &str, id: &str) -> Vec<u8> {
    hash(&format!("{actor}\n{id}"))
}

/// What is kept of a deleted post: its address and whose it was, so that nobody can keep another's post out.
pub fn tombstone(author_uri: &str, uri: &str) -> Vec<u8> {
    hash(&format!("{author_uri}\n{uri}"))
}

pub fn sha256(bytes: &[u8]) -> Vec<u8> {
    digest::digest(&digest::SHA256, bytes).as_ref().to_vec()
}

/// The same of what is too large for memory.
pub fn sha256_of(mut from: impl Read) -> io::Result<Vec<u8>> {
    let mut sum = digest::Context::new(&digest::SHA256);
    let mut piece = vec![0; 64 << 10];
    loop {
        match from.read(&mut piece)? {
            0 => return Ok(sum.finish().as_ref().to_vec()),
            read => sum.update(&piece[..read]),
        }
    }
}
