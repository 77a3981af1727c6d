//! Walks the blocks of a GIF (GIF89a, section 17 on). Never runs its LZW.

use super::{Bytes, Header};
use crate::media::sniff::Kind;
use crate::media::unusable::Unusable;

pub(super) fn walk(bytes: &[u8]) -> Result<Header, Unusable> {
    let bytes = Bytes(bytes);
    let mut walker = Walker {
        bytes,
        at: 13,
        width: 0,
        height: 0,
        frames: 0,
    };
    let flags = walker.screen().ok_or(Unusable::Truncated { kind: Kind::Gif })?;
    walker.at += palette(flags);
    let complete = walker.blocks().is_some();
    if complete && walker.frames == 0 {
        return Err(Unusable::Damaged { kind: Kind::Gif });
    }
    // The canvas and the frame upon it, both with alpha.
    let memory = u64::from(walker.width) * u64::from(walker.height) * 8;
    Ok(Header {
        kind: Kind::Gif,
        width: walker.width,
        height: walker.height,
        frames: walker.frames,
        scans: 1,
        memory,
        complete,
    })
}

struct Walker<'a> {
    bytes: Bytes<'a>,
    at: usize,
    width: u32,
    height: u32,
    frames: u32,
}

impl Walker<'_> {
    fn screen(&mut self) -> Option<u8> {
        self.width = u16::from_le_bytes(self.bytes.array(6)?).into();
        self.height = u16::from_le_bytes(self.bytes.array(8)?).into();
        self.bytes.byte(10)
    }

    /// Walks to the trailer; `None` when the bytes end first.
    fn blocks(&mut self) -> Option<()> {
        loop {
            let introducer = self.bytes.byte(self.at)?;
            self.at += 1;
            match introducer {
                0x2C => self.frame()?,
                0x21 => {
                    self.at += 1;
                    self.sub_blocks()?;
                }
                0x3B => return Some(()),
                // Neither a block nor the end: what follows cannot be understood.
                _ => return None,
            }
        }
    }

    fn frame(&mut self) -> Option<()> {
        // The limits must see a frame that is larger than the screen it is shown on.
        self.width = self
            .width
            .max(u16::from_le_bytes(self.bytes.array(self.at + 4)?).into());
        self.height = self
            .height
            .max(u16::from_le_bytes(self.bytes.array(self.at + 6)?).into());
        let flags = self.bytes.byte(self.at + 8)?;
        self.at += 9 + palette(flags) + 1;
        self.frames = self.frames.saturating_add(1);
        self.sub_blocks()
    }

    fn sub_blocks(&mut self) -> Option<()> {
        loop {
            let length = usize::from(self.bytes.byte(self.at)?);
            self.at += 1 + length;
            if length == 0 {
                return Some(());
            }
        }
    }
}

/// Bytes of the colour table that the flags announce.
fn palette(flags: u8) -> usize {
    if flags & 0x80 == 0 {
        0
    } else {
        3 << ((flags & 7) + 1)
    }
}
