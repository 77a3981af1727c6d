//! Names of stored pictures that nobody can guess. Never made from anything known: not an id, not a name, not a time.

use std::fmt;

use aws_lc_rs::rand::{SecureRandom, SystemRandom};

/// Five bits a letter; no letter stands for another, so a key has one spelling.
const ALPHABET: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";
const LETTERS: usize = 26;

/// Where the public renditions of one version of a picture lie. Whoever knows it can see them.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct MediaKey([u8; 16]);

/// Where an unaltered upload lies, with its place and camera data inside: a secret of its own, since with a public
/// bucket whoever knows it could fetch it. No public address contains one.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct OriginalKey([u8; 16]);

/// The system's source of randomness failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the system gave no random bytes")]
pub struct NoRandomness;

macro_rules! key {
    ($name:ident) => {
        impl $name {
            pub fn new(random: [u8; 16]) -> Self {
                Self(random)
            }

            pub fn random() -> Result<Self, NoRandomness> {
                random().map(Self)
            }

            /// `None` for anything that [`Display`](fmt::Display) would not write.
            pub fn parse(text: &str) -> Option<Self> {
                parse(text).map(Self)
            }

            /// The folder of this key, two levels down so that no folder grows large.
            pub(crate) fn folder(&self) -> String {
                let text = self.to_string();
                format!("{}/{}/{text}", &text[..2], &text[2..4])
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                spell(self.0, out)
            }
        }
    };
}

key!(MediaKey);
key!(OriginalKey);

impl fmt::Debug for MediaKey {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "MediaKey({self})")
    }
}

impl fmt::Debug for OriginalKey {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        // A log line must not give the place of an original away.
        out.write_str("OriginalKey(…)")
    }
}

fn random() -> Result<[u8; 16], NoRandomness> {
    let mut bytes = [0; 16];
    SystemRandom::new().fill(&mut bytes).map_err(|_| NoRandomness)?;
    Ok(bytes)
}

/// 26 letters hold 130 bits: the two lowest of the last are zero.
fn spell(bytes: [u8; 16], out: &mut fmt::Formatter<'_>) -> fmt::Result {
    use fmt::Write;
    let bits = u128::from_be_bytes(bytes);
    for place in 0..LETTERS {
        let up = 128_i32 - 5 * (place as i32 + 1);
        let five = if up >= 0 { bits >> up } else { bits << -up } & 31;
        out.write_char(char::from(ALPHABET[five as usize]))?;
    }
    Ok(())
}

fn parse(text: &str) -> Option<[u8; 16]> {
    if text.len() != LETTERS {
        return None;
    }
    let mut bits: u128 = 0;
    for (place, letter) in text.bytes().enumerate() {
        let five = ALPHABET.iter().position(|known| *known == letter)? as u128;
        if place + 1 < LETTERS {
            bits = (bits << 5) | five;
        } else if five & 3 == 0 {
            bits = (bits << 3) | (five >> 2);
        } else {
            return None;
        }
    }
    Some(bits.to_be_bytes())
}
