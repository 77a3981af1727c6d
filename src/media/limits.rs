//! How big a picture may be. Never allocates: it judges what the header says, before any pixel is decoded.

use std::time::Duration;

use crate::media::header::Header;
use crate::media::unusable::Unusable;

const MEBIBYTE: u64 = 1 << 20;

/// libjpeg walks the whole picture once per scan, so a small file of many scans is a bomb in time.
/// Encoders write about ten; mozjpeg's search at most 64.
const MOST_SCANS: u32 = 100;

/// The bounds of one picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Of the file.
    pub bytes: u64,
    pub pixels: u64,
    /// The longest side.
    pub side: u32,
    /// Of an animation; only the first is shown.
    pub frames: u32,
    /// Bytes that decoding may hold at once, by our estimate from the header.
    pub memory: u64,
    /// After this long the caller of [`crate::media::process_off_thread`] gives up.
    pub deadline: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            bytes: 40 * MEBIBYTE,
            pixels: 120_000_000,
            side: 32_768,
            frames: 1_000,
            memory: 512 * MEBIBYTE,
            deadline: Duration::from_secs(60),
        }
    }
}

impl Limits {
    pub(crate) fn check_bytes(&self, bytes: u64) -> Result<(), Unusable> {
        if bytes == 0 {
            return Err(Unusable::Empty);
        }
        if bytes > self.bytes {
            return Err(Unusable::TooManyBytes {
                bytes,
                most: self.bytes,
            });
        }
        Ok(())
    }

    pub(crate) fn check_header(&self, header: &Header) -> Result<(), Unusable> {
        let (width, height) = (header.width, header.height);
        if width.max(height) > self.side {
            return Err(Unusable::SideTooLong {
                width,
                height,
                most: self.side,
            });
        }
        let pixels = u64::from(width) * u64::from(height);
        if pixels > self.pixels {
            return Err(Unusable::TooManyPixels {
                width,
                height,
                pixels,
                most: self.pixels,
            });
        }
        if header.frames > self.frames {
            return Err(Unusable::TooManyFrames {
                frames: header.frames,
                most: self.frames,
            });
        }
        if header.scans > MOST_SCANS {
            return Err(Unusable::TooManyScans {
                scans: header.scans,
                most: MOST_SCANS,
            });
        }
        if header.memory > self.memory {
            let (needed, most) = (header.memory.div_ceil(MEBIBYTE), self.memory / MEBIBYTE);
            return Err(Unusable::TooMuchMemory { needed, most });
        }
        Ok(())
    }
}
