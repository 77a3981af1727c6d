//! Pictures that another program has to open for us: AVIF and HEIC, which phones send. Reads their boxes (ISO/IEC 14496-12,
//! ISO/IEC 23008-12), and never a pixel.

use crate::media::header::Header;
use crate::media::limits::Limits;
use crate::media::sniff::{AVIF, HEIC, Kind, Sniffed, sniff};
use crate::media::unusable::Unusable;
use crate::media::video::Container;

/// Boxes of one level that are looked at; files of phones have a few dozen.
const MOST_BOXES: usize = 4_096;

/// A type that we know and have opened elsewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Foreign {
    Avif,
    Heic,
}

/// What somebody sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    Ours(Kind),
    Foreign(Foreign),
    Video(Container),
}

impl Source {
    pub fn content_type(self) -> &'static str {
        match self {
            Self::Ours(kind) => kind.content_type(),
            Self::Foreign(kind) => kind.content_type(),
            Self::Video(container) => container.content_type(),
        }
    }
}

impl From<Kind> for Source {
    fn from(kind: Kind) -> Self {
        Self::Ours(kind)
    }
}

impl Foreign {
    /// What the first bytes say.
    pub fn of(bytes: &[u8]) -> Option<Self> {
        match sniff(bytes) {
            Sniffed::NotYet(AVIF) => Some(Self::Avif),
            Sniffed::NotYet(HEIC) => Some(Self::Heic),
            _ => None,
        }
    }

    pub fn content_type(self) -> &'static str {
        match self {
            Self::Avif => "image/avif",
            Self::Heic => "image/heic",
        }
    }

    /// For want of a program that opens it, or of anything to be opened.
    pub fn unopened(self) -> Unusable {
        let kind = match self {
            Self::Avif => AVIF,
            Self::Heic => HEIC,
        };
        Unusable::NotYet { kind }
    }

    /// Refuses what is too big, before another program is asked to open it.
    pub fn check(self, bytes: &[u8], limits: &Limits) -> Result<(), Unusable> {
        limits.check_bytes(bytes.len() as u64)?;
        let (width, height) = largest(bytes).ok_or_else(|| self.unopened())?;
        limits.check_header(&Header {
            // Only the sizes are judged.
            kind: Kind::Jpeg,
            width,
            height,
            frames: 1,
            scans: 1,
            memory: (u64::from(width) * u64::from(height)).saturating_mul(4),
            complete: true,
        })
    }
}

/// The sides of the largest picture that the file says it has.
fn largest(bytes: &[u8]) -> Option<(u32, u32)> {
    // A full box has four bytes of version and flags before what is in it.
    let meta = boxes(bytes).find(|(name, _)| name == b"meta")?.1.get(4..)?;
    let properties = boxes(meta).find(|(name, _)| name == b"iprp")?.1;
    let container = boxes(properties).find(|(name, _)| name == b"ipco")?.1;
    let sizes = boxes(container).filter(|(name, _)| name == b"ispe");
    sizes
        .filter_map(|(_, content)| {
            let side = |at: usize| Some(u32::from_be_bytes(content.get(at..at + 4)?.try_into().ok()?));
            Some((side(4)?, side(8)?))
        })
        .filter(|(width, height)| *width > 0 && *height > 0)
        .max_by_key(|(width, height)| u64::from(*width) * u64::from(*height))
}

/// Names and contents, as far as they lie within the bytes.
fn boxes(bytes: &[u8]) -> impl Iterator<Item = ([u8; 4], &[u8])> {
    let mut at = 0_usize;
    std::iter::from_fn(move || {
        let length = u32::from_be_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?) as usize;
        let name: [u8; 4] = bytes.get(at + 4..at.checked_add(8)?)?.try_into().ok()?;
        // 0: to the end. 1: a length of 64 bits, which only what holds the pixels has.
        let end = match length {
            0 => bytes.len(),
            1 => {
                let long: [u8; 8] = bytes.get(at + 8..at.checked_add(16)?)?.try_into().ok()?;
                at.checked_add(usize::try_from(u64::from_be_bytes(long)).ok()?)?
            }
            _ => at.checked_add(length)?,
        };
        let content = bytes.get(at + 8..end)?;
        at = end;
        Some((name, content))
    })
    .take(MOST_BOXES)
}
