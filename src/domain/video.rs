//! What is known of a video beside what is known of every picture. Knows neither files nor programs.

use serde::{Deserialize, Serialize};

/// What kind of thing an attachment is, as `media.kind`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::Type)]
#[repr(i16)]
pub enum Moving {
    /// Not at all: a picture.
    Still = 0,
    /// A moving GIF, which became a silent video that plays again and again.
    Loop = 1,
    Video = 2,
}

/// A video: as its upload says until the file that is played is made, then as that file is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Video {
    /// 0: the upload does not say.
    pub millis: i64,
    pub width: i32,
    pub height: i32,
    pub rate: Rate,
    pub has_sound: bool,
    /// Of the file that is played; 0 until it is made.
    pub bytes: i64,
    /// What there is to stream, the largest first; none until they are made.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub streams: Vec<Stream>,
}

/// Frames a second, as a fraction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rate {
    pub frames: i32,
    pub seconds: i32,
}

/// One size of a video that is streamed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stream {
    pub width: i32,
    pub height: i32,
    /// At its highest, bits a second.
    pub bit_rate: i64,
}

impl Video {
    pub fn seconds(&self) -> f64 {
        self.millis as f64 / 1_000.0
    }

    /// Of the file that is played, bits a second.
    pub fn bit_rate(&self) -> i64 {
        self.bytes.saturating_mul(8_000) / self.millis.max(1)
    }
}

impl Rate {
    pub fn per_second(self) -> f64 {
        f64::from(self.frames) / f64::from(self.seconds.max(1))
    }
}

impl std::fmt::Display for Rate {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "{}/{}", self.frames, self.seconds)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_a_video_are_those_of_its_file() {
        let video = Video {
            millis: 2_500,
            width: 320,
            height: 180,
            rate: Rate {
                frames: 30_000,
                seconds: 1_001,
            },
            has_sound: true,
            bytes: 100_000,
            streams: Vec::new(),
        };
        assert_eq!(video.bit_rate(), 320_000);
        assert_eq!(video.rate.to_string(), "30000/1001");
        assert!((video.rate.per_second() - 29.97).abs() < 0.01);
        assert!((video.seconds() - 2.5).abs() < f64::EPSILON);
    }
}
