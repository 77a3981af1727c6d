//! Names of stored pictures that nobody can guess. Never made from anything known: not an id, not a name, not a time.

use std::fmt;

use aws_lc_rs::rand::{SecureRandom, SystemRandom};

#[cfg(doc)]
use crate::domain::picture_key;

/// Five bits a letter; no letter stands for another, so a key has one spelling.
const ALPHABET: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";
const LETTERS: usize = 26;

/// Where the public renditions of one version of a picture lie. Whoever knows it can see them. Its last letter also says whether
/// they are in the store of copies ([`picture_key`]).
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct MediaKey([u8; 16], Area);

/// Where an unaltered upload lies, with its place and camera data inside: a secret of its own, since with a public
/// bucket whoever knows it could fetch it. No public address contains one.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct OriginalKey([u8; 16]);

/// What the two bits of a key's last letter say that hold nothing random.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Area {
    Own = 0,
    Copies = 1,
}

/// The system's source of randomness failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the system gave no random bytes")]
pub struct NoRandomness;

impl MediaKey {
    pub fn new(random: [u8; 16]) -> Self {
        Self(random, Area::Own)
    }

    pub fn random() -> Result<Self, NoRandomness> {
        random().map(Self::new)
    }

    /// `None` for anything that [`Display`](fmt::Display) would not write.
    pub fn parse(text: &str) -> Option<Self> {
        parse(text).map(|(bytes, area)| Self(bytes, area))
    }

    /// The same, in the store of copies.
    pub fn of_copy(self) -> Self {
        Self(self.0, Area::Copies)
    }

    pub fn is_of_copy(&self) -> bool {
        self.1 == Area::Copies
    }

    /// The folder of this key, two levels down so that no folder grows large.
    pub(crate) fn folder(&self) -> String {
        folder(&self.to_string())
    }
}

impl OriginalKey {
    pub fn new(random: [u8; 16]) -> Self {
        Self(random)
    }

    pub fn random() -> Result<Self, NoRandomness> {
        random().map(Self)
    }

    /// `None` for anything that [`Display`](fmt::Display) would not write.
    pub fn parse(text: &str) -> Option<Self> {
        match parse(text)? {
            (bytes, Area::Own) => Some(Self(bytes)),
            (_, Area::Copies) => None,
        }
    }

    pub(crate) fn folder(&self) -> String {
        folder(&self.to_string())
    }
}

impl fmt::Display for MediaKey {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        spell(self.0, self.1, out)
    }
}

impl fmt::Display for OriginalKey {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        spell(self.0, Area::Own, out)
    }
}

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

fn folder(key: &str) -> String {
    format!("{}/{}/{key}", &key[..2], &key[2..4])
}

/// 26 letters hold 130 bits: the two lowest of the last are the area's.
fn spell(bytes: [u8; 16], area: Area, out: &mut fmt::Formatter<'_>) -> fmt::Result {
    use fmt::Write;
    let bits = u128::from_be_bytes(bytes);
    for place in 0..LETTERS {
        let up = 128_i32 - 5 * (place as i32 + 1);
        let five = if up >= 0 {
            bits >> up
        } else {
            bits << -up | area as u128
        };
        out.write_char(char::from(ALPHABET[(five & 31) as usize]))?;
    }
    Ok(())
}

fn parse(text: &str) -> Option<([u8; 16], Area)> {
    if text.len() != LETTERS {
        return None;
    }
    let (mut bits, mut area): (u128, _) = (0, Area::Own);
    for (place, letter) in text.bytes().enumerate() {
        let five = ALPHABET.iter().position(|known| *known == letter)? as u128;
        if place + 1 < LETTERS {
            bits = (bits << 5) | five;
            continue;
        }
        bits = (bits << 3) | (five >> 2);
        area = match five & 3 {
            0 => Area::Own,
            1 => Area::Copies,
            _ => return None,
        };
    }
    Some((bits.to_be_bytes(), area))
}
