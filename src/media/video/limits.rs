//! How much a video may be. Judges what its container says, before a frame is decoded.

use super::unplayable::Unplayable;

/// More is mostly a lie of the container; cameras for slow motion do a hundred and twenty.
pub const MOST_FRAMES_A_SECOND: u32 = 120;
/// Pictures, sound, subtitles, and what phones add of their own.
const MOST_TRACKS: u64 = 32;
/// The longest side, whatever the pixels: a strip of one pixel's height is no video.
const MOST_SIDE: u64 = 8_192;

/// The bounds of one video.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct VideoLimits {
    /// Of the file.
    pub bytes: u64,
    /// Of a frame.
    pub pixels: u64,
    pub seconds: u64,
}

impl VideoLimits {
    pub fn check_bytes(&self, bytes: u64) -> Result<(), Unplayable> {
        match bytes > self.bytes {
            true => Err(Unplayable::TooManyBytes {
                bytes,
                most: self.bytes,
            }),
            false => Ok(()),
        }
    }

    pub(super) fn check_millis(&self, millis: u64) -> Result<(), Unplayable> {
        // Containers round; nobody is refused for a frame.
        match millis > self.seconds.saturating_mul(1_000).saturating_add(500) {
            true => Err(Unplayable::TooLong {
                seconds: millis.div_ceil(1_000),
                most: self.seconds,
            }),
            false => Ok(()),
        }
    }

    pub(super) fn check_sides(&self, width: u64, height: u64) -> Result<(), Unplayable> {
        if width == 0 || height == 0 {
            return Err(Unplayable::Damaged);
        }
        if width.max(height) > MOST_SIDE {
            return Err(Unplayable::SideTooLong {
                width,
                height,
                most: MOST_SIDE,
            });
        }
        let pixels = width * height;
        match pixels > self.pixels {
            true => Err(Unplayable::TooManyPixels {
                width,
                height,
                pixels,
                most: self.pixels,
            }),
            false => Ok(()),
        }
    }

    /// Of a frame that is opened to be looked at: one that is somewhat too large is refused with its own numbers, and beyond
    /// that none is opened.
    pub(super) fn pixels_to_look(&self) -> u64 {
        self.pixels.saturating_mul(4).min(MOST_SIDE * MOST_SIDE)
    }

    pub(super) fn check_rate(&self, per_second: f64) -> Result<(), Unplayable> {
        match per_second > f64::from(MOST_FRAMES_A_SECOND) + 0.5 {
            true => Err(Unplayable::TooManyFrames {
                rate: per_second.round() as u64,
                most: u64::from(MOST_FRAMES_A_SECOND),
            }),
            false => Ok(()),
        }
    }

    pub(super) fn check_tracks(&self, tracks: usize) -> Result<(), Unplayable> {
        let tracks = tracks as u64;
        match tracks > MOST_TRACKS {
            true => Err(Unplayable::TooManyTracks {
                tracks,
                most: MOST_TRACKS,
            }),
            false => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIMITS: VideoLimits = VideoLimits {
        bytes: 1_000,
        pixels: 8_294_400,
        seconds: 60,
    };

    #[test]
    fn each_refusal_names_what_it_is_and_the_most() {
        let cases = [
            (
                LIMITS.check_bytes(1_001),
                "The video has 1001 bytes; the most is 1000.",
            ),
            (
                LIMITS.check_millis(61_200),
                "The video is 62 seconds long; the most is 60.",
            ),
            (
                LIMITS.check_sides(4_000, 4_000),
                "The video is 4000 × 4000, which is 16000000 pixels; the most is 8294400.",
            ),
            (
                LIMITS.check_sides(100_000, 1),
                "The video is 100000 × 1; the longest side may have 8192 pixels.",
            ),
            (
                LIMITS.check_rate(1_000_000.0),
                "The video has 1000000 frames a second; the most is 120.",
            ),
            (LIMITS.check_tracks(33), "The file has 33 tracks; the most is 32."),
        ];
        for (refused, sentence) in cases {
            assert_eq!(
                refused.map_err(|reason| reason.to_string()),
                Err(sentence.to_owned())
            );
        }
    }

    #[test]
    fn what_lies_on_a_limit_is_taken() {
        assert_eq!(LIMITS.check_bytes(1_000), Ok(()));
        assert_eq!(LIMITS.check_millis(60_400), Ok(()));
        assert_eq!(LIMITS.check_sides(3_840, 2_160), Ok(()));
        assert_eq!(LIMITS.check_rate(119.88), Ok(()));
        assert_eq!(LIMITS.check_sides(0, 10), Err(Unplayable::Damaged));
    }
}
