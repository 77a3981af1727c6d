//! Walks the chunks of a PNG (ISO/IEC 15948, section 5). Never inflates one.

use super::{Bytes, Header};
use crate::media::sniff::Kind;
use crate::media::unusable::Unusable;

pub(super) fn walk(bytes: &[u8]) -> Result<Header, Unusable> {
    let bytes = Bytes(bytes);
    let mut header = first_chunk(bytes).ok_or(Unusable::Truncated { kind: Kind::Png })?;
    let mut at = 8;
    header.complete = loop {
        let Some((name, end)) = chunk(bytes, at) else {
            break false;
        };
        match &name {
            b"IEND" => break true,
            // The number of frames of an animated PNG.
            b"acTL" => header.frames = bytes.array(at + 8).map_or(1, u32::from_be_bytes),
            _ => {}
        }
        at = end;
    };
    Ok(header)
}

/// A chunk's name and where it ends, if it lies within the bytes.
fn chunk(bytes: Bytes<'_>, at: usize) -> Option<([u8; 4], usize)> {
    let length = usize::try_from(u32::from_be_bytes(bytes.array(at)?)).ok()?;
    let name = bytes.array(at + 4)?;
    let end = at.checked_add(12)?.checked_add(length)?;
    (end <= bytes.0.len()).then_some((name, end))
}

fn first_chunk(bytes: Bytes<'_>) -> Option<Header> {
    let width = u32::from_be_bytes(bytes.array(16)?);
    let height = u32::from_be_bytes(bytes.array(20)?);
    let [depth, colour] = bytes.array(24)?;
    // Palettes are expanded, and any of these may gain alpha from a tRNS chunk.
    let channels: u64 = match colour {
        0 | 4 => 2,
        _ => 4,
    };
    // Sixteen bits are decoded in full and then narrowed, so both copies live at once.
    let per_channel: u64 = if depth == 16 { 3 } else { 1 };
    let memory = u64::from(width)
        .saturating_mul(height.into())
        .saturating_mul(channels * per_channel);
    Some(Header {
        kind: Kind::Png,
        width,
        height,
        frames: 1,
        scans: 1,
        memory,
        complete: false,
    })
}
