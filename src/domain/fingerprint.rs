//! What a picture looks like, in 256 bits: few of them differ between pictures that look alike. Made by `media::likeness`.

use std::fmt;

/// As lists of others write it (PDQ): 64 hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Fingerprint(pub [u8; 32]);

impl Fingerprint {
    /// So many bits may differ between two pictures that are taken for the same. Unrelated ones differ in about 128; one that was
    /// made smaller, recompressed or given another tone in fewer than these.
    pub const ALIKE: i32 = 31;

    pub fn parse(text: &str) -> Option<Self> {
        bytes(text).map(Self)
    }

    /// As the database compares them.
    pub fn words(self) -> [i64; 4] {
        let mut words = [0; 4];
        for (word, bytes) in words.iter_mut().zip(self.0.as_chunks::<8>().0) {
            *word = i64::from_be_bytes(*bytes);
        }
        words
    }

    pub fn from_words(words: &[i64]) -> Option<Self> {
        let bytes: Vec<u8> = words.iter().flat_map(|word| word.to_be_bytes()).collect();
        bytes.try_into().ok().map(Self)
    }

    /// In how many bits two differ.
    pub fn distance(self, other: Self) -> u32 {
        let pairs = self.0.iter().zip(other.0);
        pairs.map(|(one, other)| (one ^ other).count_ones()).sum()
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str(&hexadecimal(&self.0))
    }
}

impl fmt::Debug for Fingerprint {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(to, "Fingerprint({self})")
    }
}

/// 32 bytes, written in 64 digits.
pub fn bytes(text: &str) -> Option<[u8; 32]> {
    let text = text.trim();
    if text.len() != 64 || !text.bytes().all(|letter| letter.is_ascii_hexdigit()) {
        return None;
    }
    let mut bytes = [0; 32];
    for (place, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(text.get(2 * place..2 * place + 2)?, 16).ok()?;
    }
    Some(bytes)
}

pub fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_spelling_leads_back() {
        let text = "f8f8f0cee0f4a84f06370a22038f63f0b36e2ed596621e1d33e6b39c4e9c9b22";
        let known = Fingerprint::parse(&text.to_uppercase()).unwrap();
        assert_eq!(known.to_string(), text);
        assert_eq!(Fingerprint::from_words(&known.words()), Some(known));
        for bad in ["", &text[1..], &text.replace('f', "g"), &text.replace("f8", "é")] {
            assert_eq!(Fingerprint::parse(bad), None, "{bad}");
        }
        assert_eq!(Fingerprint::from_words(&[1, 2, 3]), None);
    }

    #[test]
    fn distance_counts_bits() {
        let (mut one, other) = ([0; 32], [0; 32]);
        (one[0], one[31]) = (0b101, 0x80);
        assert_eq!(Fingerprint(one).distance(Fingerprint(other)), 3);
    }
}
