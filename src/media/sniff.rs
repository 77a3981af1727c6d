//! What a file is, from its first bytes. Never looks at a claimed name or content type.

use std::fmt;

/// What other programs open for us.
pub(crate) const AVIF: &str = "AVIF";
pub(crate) const HEIC: &str = "HEIC";
pub(crate) const VIDEO: &str = "video";

/// A picture type that we can open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    Jpeg,
    Png,
    Gif,
    WebP,
}

/// What the first bytes say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sniffed {
    Picture(Kind),
    /// A type that we know and cannot open yet.
    NotYet(&'static str),
    Unknown,
}

impl Kind {
    pub fn content_type(self) -> &'static str {
        match self {
            Kind::Jpeg => "image/jpeg",
            Kind::Png => "image/png",
            Kind::Gif => "image/gif",
            Kind::WebP => "image/webp",
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Kind::Jpeg => "JPEG",
            Kind::Png => "PNG",
            Kind::Gif => "GIF",
            Kind::WebP => "WebP",
        })
    }
}

/// Names the type of `bytes`.
pub fn sniff(bytes: &[u8]) -> Sniffed {
    match bytes {
        [0xFF, 0xD8, 0xFF, ..] => Sniffed::Picture(Kind::Jpeg),
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1A, b'\n', ..] => Sniffed::Picture(Kind::Png),
        [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Sniffed::Picture(Kind::Gif),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Sniffed::Picture(Kind::WebP),
        [_, _, _, _, b'f', b't', b'y', b'p', a, b, c, d, ..] => iso_brand([*a, *b, *c, *d]),
        [0x1A, 0x45, 0xDF, 0xA3, ..] => Sniffed::NotYet(VIDEO),
        [0, 0, 0, 12, b'J', b'X', b'L', b' ', ..] | [0xFF, 0x0A, ..] => Sniffed::NotYet("JPEG XL"),
        _ => Sniffed::Unknown,
    }
}

/// The major brand of an ISO base media file (ISO/IEC 14496-12, section 4.3).
fn iso_brand(brand: [u8; 4]) -> Sniffed {
    match &brand {
        b"avif" | b"avis" => Sniffed::NotYet(AVIF),
        b"heic" | b"heix" | b"heim" | b"heis" | b"hevc" | b"hevx" | b"mif1" | b"msf1" => {
            Sniffed::NotYet(HEIC)
        }
        _ => Sniffed::NotYet(VIDEO),
    }
}
