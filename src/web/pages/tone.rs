//! The one colour that stands for a picture until it is there. Decodes no more of a blurhash than that.

use std::fmt;

const DIGITS: &[u8; 83] =
    b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz#$%*+,-.:;=?@[]^_{|}~";

/// Average colour, 0xRRGGBB. Written as an SVG attribute, since the pages' policy allows no inline style.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tone(u32);

impl Tone {
    /// Quiet grey for pictures without a blurhash.
    pub const UNKNOWN: Self = Self(0x8a_8a_88);

    /// Characters 3 to 6 of a blurhash are its average colour in base 83. `None` when they are not.
    pub fn of_blurhash(hash: &str) -> Option<Self> {
        let average = hash.as_bytes().get(2..6)?;
        let mut value: u32 = 0;
        for letter in average {
            let digit = DIGITS.iter().position(|known| known == letter)?;
            value = value.checked_mul(83)?.checked_add(u32::try_from(digit).ok()?)?;
        }
        (value <= 0xff_ff_ff).then_some(Self(value))
    }
}

impl fmt::Display for Tone {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "#{:06x}", self.0)
    }
}
