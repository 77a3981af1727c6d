//! Why a file cannot become a picture here, in sentences for the person who sent it. Never names our insides.

use crate::media::sniff::Kind;

/// Each is the sender's to mend; nothing of ours has failed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unusable {
    #[error("The file is empty.")]
    Empty,
    #[error("This is not a picture that Tintype knows: send JPEG, PNG, GIF or WebP.")]
    UnknownType,
    #[error("{kind} files cannot be opened here yet: send JPEG, PNG, GIF or WebP.")]
    NotYet { kind: &'static str },
    #[error("The file has {bytes} bytes; the most is {most}.")]
    TooManyBytes { bytes: u64, most: u64 },
    #[error("The picture is {width} × {height}; the longest side may have {most} pixels.")]
    SideTooLong { width: u32, height: u32, most: u32 },
    #[error("The picture is {width} × {height}, which is {pixels} pixels; the most is {most}.")]
    TooManyPixels {
        width: u32,
        height: u32,
        pixels: u64,
        most: u64,
    },
    #[error("The picture has {frames} frames; the most is {most}.")]
    TooManyFrames { frames: u32, most: u32 },
    #[error("The picture has {scans} scans; the most is {most}.")]
    TooManyScans { scans: u32, most: u32 },
    #[error("Opening the picture takes {needed} MiB of memory; the most is {most} MiB.")]
    TooMuchMemory { needed: u64, most: u64 },
    #[error("The {kind} ends early: part of the picture is missing.")]
    Truncated { kind: Kind },
    /// ITU-T T.81 has more ways than anything else reads: arithmetic, lossless and hierarchical ones.
    #[error(
        "The JPEG is coded in a way that hardly any program opens, such as arithmetic coding: save it as an ordinary JPEG."
    )]
    RareCoding,
    #[error("The {kind} is damaged and cannot be opened.")]
    Damaged { kind: Kind },
    #[error("The picture could not be opened: its {kind} decoder failed on it.")]
    DecoderFailed { kind: Kind },
    #[error("The picture took longer than {seconds} seconds to open.")]
    TooSlow { seconds: u64 },
}
