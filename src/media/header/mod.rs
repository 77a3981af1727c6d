//! Sizes, frames and completeness of a picture, read by walking its container. Never decodes a pixel.

mod gif;
pub(crate) mod jpeg;
mod png;
mod webp;

use crate::media::limits::Limits;
use crate::media::sniff::{Kind, Sniffed, sniff};
use crate::media::unusable::Unusable;

/// What a container says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Header {
    pub kind: Kind,
    /// As stored, before its orientation is applied.
    pub width: u32,
    pub height: u32,
    pub frames: u32,
    /// Passes over the data; more than one only in JPEG.
    pub scans: u32,
    /// Bytes that decoding will hold at once, estimated from above.
    pub memory: u64,
    /// False when the container's end is missing.
    pub complete: bool,
}

/// Reads the header and refuses what is unknown, too big or cut short. `target`: the longest side that is wanted of it, since a
/// JPEG takes the less memory the smaller it comes out.
pub(crate) fn inspect(bytes: &[u8], limits: &Limits, target: u32) -> Result<Header, Unusable> {
    limits.check_bytes(bytes.len() as u64)?;
    let kind = match sniff(bytes) {
        Sniffed::Picture(kind) => kind,
        Sniffed::NotYet(kind) => return Err(Unusable::NotYet { kind }),
        Sniffed::Unknown => return Err(Unusable::UnknownType),
    };
    let header = match kind {
        Kind::Jpeg => jpeg::walk(bytes)?.header(target),
        Kind::Png => png::walk(bytes)?,
        Kind::Gif => gif::walk(bytes)?,
        Kind::WebP => webp::walk(bytes)?,
    };
    if header.width == 0 || header.height == 0 {
        return Err(Unusable::Damaged { kind });
    }
    // Size first: a bomb that is also cut short should hear about its size.
    limits.check_header(&header)?;
    if !header.complete {
        return Err(Unusable::Truncated { kind });
    }
    Ok(header)
}

/// Reads numbers out of a slice, each answer `None` beyond its end.
#[derive(Clone, Copy)]
struct Bytes<'a>(&'a [u8]);

impl<'a> Bytes<'a> {
    fn take(self, at: usize, length: usize) -> Option<&'a [u8]> {
        self.0.get(at..at.checked_add(length)?)
    }

    fn array<const N: usize>(self, at: usize) -> Option<[u8; N]> {
        self.take(at, N)?.try_into().ok()
    }

    fn byte(self, at: usize) -> Option<u8> {
        self.0.get(at).copied()
    }
}
