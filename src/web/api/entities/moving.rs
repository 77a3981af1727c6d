//! What a MediaAttachment says of a video, beside what it says of a picture. Never says more than its file has.

use serde::Serialize;

use crate::domain::urls::Urls;
use crate::domain::video::{Stream, Video};

/// The file at `url`, as Mastodon describes it.
#[derive(Debug, Serialize)]
pub struct Film {
    pub width: i32,
    pub height: i32,
    /// A fraction, as text.
    pub frame_rate: String,
    /// Seconds.
    pub duration: f64,
    /// Bits a second.
    pub bitrate: i64,
}

/// The same once more, as older clients look for it beside the sizes.
#[derive(Debug, Serialize)]
pub struct Moving {
    /// Hours, minutes and seconds.
    pub length: String,
    pub duration: f64,
    /// To the nearest.
    pub fps: i64,
    pub size: String,
    pub width: i32,
    pub height: i32,
    pub aspect: f64,
}

#[derive(Debug, Serialize)]
pub struct Hls {
    /// The list of lists.
    pub url: String,
    #[serde(rename = "type")]
    pub content_type: &'static str,
    pub sizes: Vec<HlsSize>,
}

/// One size: the list of its pieces, which are all in one file.
#[derive(Debug, Serialize)]
pub struct HlsSize {
    pub url: String,
    pub file_url: String,
    pub width: i32,
    pub height: i32,
    /// At its highest, bits a second.
    pub bitrate: i64,
}

pub fn film(video: &Video) -> Film {
    Film {
        width: video.width,
        height: video.height,
        frame_rate: video.rate.to_string(),
        duration: video.seconds(),
        bitrate: video.bit_rate(),
    }
}

pub fn about(video: &Video) -> Moving {
    let Video { width, height, .. } = *video;
    Moving {
        length: length(video.millis),
        duration: video.seconds(),
        fps: video.rate.per_second().round() as i64,
        size: format!("{width}x{height}"),
        width,
        height,
        aspect: f64::from(width) / f64::from(height.max(1)),
    }
}

/// `None` until something is there.
pub fn hls(urls: &Urls, key: &str, video: &Video) -> Option<Hls> {
    let size = |(number, stream): (usize, &Stream)| HlsSize {
        url: urls.media(key, &format!("hls-{number}.m3u8")),
        file_url: urls.media(key, &format!("hls-{number}.mp4")),
        width: stream.width,
        height: stream.height,
        bitrate: stream.bit_rate,
    };
    (!video.streams.is_empty()).then(|| Hls {
        url: urls.media(key, "hls.m3u8"),
        content_type: "application/vnd.apple.mpegurl",
        sizes: video.streams.iter().enumerate().map(size).collect(),
    })
}

fn length(millis: i64) -> String {
    let (seconds, hundredths) = (millis / 1_000, millis % 1_000 / 10);
    let (minutes, hours) = (seconds / 60 % 60, seconds / 3_600);
    format!("{hours}:{minutes:02}:{:02}.{hundredths:02}", seconds % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_length_is_said_in_hours_minutes_and_seconds() {
        let cases = [
            (0, "0:00:00.00"),
            (88_654, "0:01:28.65"),
            (3_723_000, "1:02:03.00"),
        ];
        for (millis, text) in cases {
            assert_eq!(length(millis), text);
        }
    }
}
