//! Why a file cannot become a video here, in sentences for the person who sent it. Never names our insides.

/// Each is the sender's to mend, but for the first.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unplayable {
    #[error("Videos cannot be posted on this server: send JPEG, PNG, GIF or WebP.")]
    NoProgram,
    #[error("A video cannot be used here: send a picture.")]
    NotHere,
    #[error("The video has {bytes} bytes; the most is {most}.")]
    TooManyBytes { bytes: u64, most: u64 },
    #[error("The video is {seconds} seconds long; the most is {most}.")]
    TooLong { seconds: u64, most: u64 },
    #[error("The video is {width} × {height}; the longest side may have {most} pixels.")]
    SideTooLong { width: u64, height: u64, most: u64 },
    #[error("The video is {width} × {height}, which is {pixels} pixels; the most is {most}.")]
    TooManyPixels {
        width: u64,
        height: u64,
        pixels: u64,
        most: u64,
    },
    #[error("The video has {rate} frames a second; the most is {most}.")]
    TooManyFrames { rate: u64, most: u64 },
    #[error("The file has {tracks} tracks; the most is {most}.")]
    TooManyTracks { tracks: u64, most: u64 },
    #[error("There is no moving picture in the file: sound alone cannot be posted.")]
    NoPicture,
    #[error("The video is encoded in a way that cannot be opened here: send H.264, HEVC, VP8, VP9 or AV1.")]
    UnknownEncoding,
    #[error("The video ends early: part of it is missing.")]
    Truncated,
    #[error("The video is damaged and cannot be opened.")]
    Damaged,
    #[error("The video took longer than {seconds} seconds to convert.")]
    TooSlow { seconds: u64 },
}
