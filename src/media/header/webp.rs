//! Walks the RIFF chunks of a WebP (RFC 9649, section 2). Never decodes VP8.

use super::{Bytes, Header};
use crate::media::sniff::Kind;
use crate::media::unusable::Unusable;

pub(super) fn walk(bytes: &[u8]) -> Result<Header, Unusable> {
    let bytes = Bytes(bytes);
    let mut header = Header {
        kind: Kind::WebP,
        width: 0,
        height: 0,
        frames: 0,
        scans: 1,
        memory: 0,
        complete: false,
    };
    let riff = bytes.array(4).map_or(0, u32::from_le_bytes);
    let end = usize::try_from(riff).unwrap_or(usize::MAX).saturating_add(8);
    header.complete = chunks(bytes, end, &mut header).is_some();
    if header.width == 0 {
        return Err(match header.complete {
            true => Unusable::Damaged { kind: Kind::WebP },
            false => Unusable::Truncated { kind: Kind::WebP },
        });
    }
    header.frames = header.frames.max(1);
    // The picture with alpha, and the decoder's planes beside it.
    header.memory = u64::from(header.width) * u64::from(header.height) * 8;
    Ok(header)
}

fn chunks(bytes: Bytes<'_>, end: usize, header: &mut Header) -> Option<()> {
    let mut at = 12;
    let mut pictures = 0;
    while at < end {
        let name: [u8; 4] = bytes.array(at)?;
        let length = usize::try_from(u32::from_le_bytes(bytes.array(at + 4)?)).ok()?;
        let size = match &name {
            b"VP8X" => canvas(bytes, at + 8),
            b"VP8 " => lossy(bytes, at + 8),
            b"VP8L" => lossless(bytes, at + 8),
            _ => None,
        };
        if let Some((width, height)) = size {
            // A picture may be larger than the canvas announced before it: the limits must see the larger.
            header.width = header.width.max(width);
            header.height = header.height.max(height);
        }
        bytes.take(at + 8, length)?;
        pictures += u32::from(matches!(&name, b"VP8 " | b"VP8L" | b"ANMF"));
        header.frames = header.frames.saturating_add(u32::from(&name == b"ANMF"));
        // Chunks are padded to an even length; the last byte of padding is often left out.
        at = at.checked_add(8)?.checked_add(length)?.checked_add(length & 1)?;
    }
    (pictures > 0).then_some(())
}

fn canvas(bytes: Bytes<'_>, at: usize) -> Option<(u32, u32)> {
    let [w0, w1, w2, h0, h1, h2] = bytes.array(at + 4)?;
    Some((
        u32::from_le_bytes([w0, w1, w2, 0]) + 1,
        u32::from_le_bytes([h0, h1, h2, 0]) + 1,
    ))
}

fn lossy(bytes: Bytes<'_>, at: usize) -> Option<(u32, u32)> {
    let [w0, w1, h0, h1] = bytes.array(at + 6)?;
    Some((
        u32::from(u16::from_le_bytes([w0, w1])) & 0x3FFF,
        u32::from(u16::from_le_bytes([h0, h1])) & 0x3FFF,
    ))
}

fn lossless(bytes: Bytes<'_>, at: usize) -> Option<(u32, u32)> {
    let bits = u32::from_le_bytes(bytes.array(at + 1)?);
    Some(((bits & 0x3FFF) + 1, ((bits >> 14) & 0x3FFF) + 1))
}
