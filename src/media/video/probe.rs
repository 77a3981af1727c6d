//! What ffprobe says of a file, read with suspicion: every number is the file's own word. Opens nothing.

use serde::Deserialize;

use super::container::Container;
use super::limits::VideoLimits;
use super::unplayable::Unplayable;
use crate::domain::video::{Rate, Video};

/// Encodings that are opened, and the programs' names for what opens them. Whatever else ffmpeg can decode has seen less of the
/// world.
pub(super) const PICTURES: [&str; 12] = [
    "h264",
    "hevc",
    "vp8",
    "vp9",
    "av1",
    "libdav1d",
    "libaom-av1",
    "mpeg4",
    "mjpeg",
    "prores",
    "h263",
    "gif",
];
pub(super) const SOUNDS: [&str; 16] = [
    "aac",
    "mp3",
    "mp3float",
    "opus",
    "vorbis",
    "ac3",
    "eac3",
    "alac",
    "flac",
    "pcm_s16le",
    "pcm_s16be",
    "pcm_s24le",
    "amr_nb",
    "amrnb",
    "amr_wb",
    "amrwb",
];
/// Above this a rate is that of the container's clock, where the file does not say its own.
const CLOCK: f64 = 1_000.0;
const WITHOUT_RATE: Rate = Rate {
    frames: 30,
    seconds: 1,
};
/// Frames a second of what is made.
const HIGHEST: Rate = Rate {
    frames: 60,
    seconds: 1,
};

/// The shorter side of the smallest film that is taken for one in high definition.
const LEAST_HD: u32 = 720;

/// What is believed of a file, within the limits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Facts {
    pub container: Container,
    /// As it is to be seen: upright, and of square pixels.
    pub width: u32,
    pub height: u32,
    /// `None`: it does not say, as browsers do that record.
    pub millis: Option<u64>,
    /// What it is made with.
    pub rate: Rate,
    pub has_sound: bool,
    /// Brighter than screens of its size were: has to be brought down.
    pub is_hdr: bool,
    /// It does not say how its colours are meant, and is so large that players take them for BT.709.
    pub is_taken_for_hd: bool,
}

impl Facts {
    /// The same for whoever shows it. `bytes`: of this very file, where it is the one that is played.
    pub fn video(&self, bytes: u64) -> Video {
        Video {
            millis: i64::try_from(self.millis.unwrap_or(0)).unwrap_or(i64::MAX),
            width: i32::try_from(self.width).unwrap_or(i32::MAX),
            height: i32::try_from(self.height).unwrap_or(i32::MAX),
            rate: self.rate,
            has_sound: self.has_sound,
            bytes: i64::try_from(bytes).unwrap_or(i64::MAX),
            streams: Vec::new(),
        }
    }
}

/// Reads ffprobe's JSON.
pub(super) fn read(json: &[u8], container: Container, limits: &VideoLimits) -> Result<Facts, Unplayable> {
    let said: Said = serde_json::from_slice(json).map_err(|_| Unplayable::Damaged)?;
    limits.check_tracks(said.streams.len())?;
    if said.streams.is_empty() {
        return Err(Unplayable::Damaged);
    }
    let is_picture = |track: &&Track| {
        track.codec_type.as_deref() == Some("video") && track.disposition.attached_pic.unwrap_or(0) == 0
    };
    let picture = said
        .streams
        .iter()
        .find(is_picture)
        .ok_or(Unplayable::NoPicture)?;
    let codec = picture.codec_name.as_deref().unwrap_or_default();
    if !PICTURES.contains(&codec) {
        return Err(Unplayable::UnknownEncoding);
    }
    let sound = said
        .streams
        .iter()
        .find(|track| track.codec_type.as_deref() == Some("audio"));
    let (width, height) = picture.sides(limits)?;
    let millis = millis(said.format.duration.as_deref()).or_else(|| millis(picture.duration.as_deref()));
    limits.check_millis(millis.unwrap_or(0))?;
    Ok(Facts {
        container,
        width,
        height,
        millis,
        rate: picture.rate(container, limits)?,
        // What cannot be opened is left out: the picture is what is posted.
        has_sound: sound
            .is_some_and(|track| SOUNDS.contains(&track.codec_name.as_deref().unwrap_or_default())),
        is_hdr: matches!(
            picture.color_transfer.as_deref(),
            Some("smpte2084" | "arib-std-b67")
        ),
        is_taken_for_hd: container != Container::Gif
            && picture
                .color_space
                .as_deref()
                .is_none_or(|said| said == "unknown")
            && width.min(height) >= LEAST_HD,
    })
}

/// The sides of a frame that was not opened for its size, in the words of ffprobe's complaint: `Picture size 9000x9000 exceeds
/// specified max pixel count`.
pub(super) fn too_large(words: &str) -> Option<(u64, u64)> {
    let (_, after) = words.split_once("Picture size ")?;
    let (sides, _) = after.split_once(" exceeds specified max pixel count")?;
    let (width, height) = sides.split_once('x')?;
    Some((width.parse().ok()?, height.parse().ok()?))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Said {
    streams: Vec<Track>,
    format: Format,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Format {
    duration: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Track {
    codec_type: Option<String>,
    codec_name: Option<String>,
    width: Option<u64>,
    height: Option<u64>,
    sample_aspect_ratio: Option<String>,
    avg_frame_rate: Option<String>,
    r_frame_rate: Option<String>,
    duration: Option<String>,
    color_transfer: Option<String>,
    color_space: Option<String>,
    disposition: Disposition,
    side_data_list: Vec<SideData>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Disposition {
    attached_pic: Option<i64>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct SideData {
    rotation: Option<f64>,
}

impl Track {
    fn sides(&self, limits: &VideoLimits) -> Result<(u32, u32), Unplayable> {
        let (width, height) = (self.width.unwrap_or(0), self.height.unwrap_or(0));
        limits.check_sides(width, height)?;
        let aspect = fraction(self.sample_aspect_ratio.as_deref(), ':').unwrap_or(1.0);
        // A pixel that is ten times as wide as high is a mistake.
        let aspect = if (0.1..=10.0).contains(&aspect) {
            aspect
        } else {
            1.0
        };
        let width = (width as f64 * aspect).round() as u64;
        limits.check_sides(width, height)?;
        let side = |side: u64| u32::try_from(side).map_err(|_| Unplayable::Damaged);
        let (width, height) = (side(width)?, side(height)?);
        let turned = self
            .side_data_list
            .iter()
            .find_map(|data| data.rotation)
            .is_some_and(|degrees| (degrees.rem_euclid(180.0) - 90.0).abs() < 45.0);
        Ok(if turned { (height, width) } else { (width, height) })
    }

    fn rate(&self, container: Container, limits: &VideoLimits) -> Result<Rate, Unplayable> {
        let said = [&self.avg_frame_rate, &self.r_frame_rate];
        let said = said.into_iter().find_map(|rate| Rate::said(rate.as_deref()?));
        let is_clock = |rate: &Rate| container == Container::WebM && rate.per_second() >= CLOCK;
        let Some(rate) = said.filter(|rate| !is_clock(rate)) else {
            return Ok(WITHOUT_RATE);
        };
        // The clock of a GIF has hundredths, and browsers slow what is faster than they like.
        if container != Container::Gif {
            limits.check_rate(rate.per_second())?;
        }
        Ok(if rate.per_second() > HIGHEST.per_second() {
            HIGHEST
        } else {
            rate
        })
    }
}

impl Rate {
    fn said(text: &str) -> Option<Self> {
        let (frames, seconds) = text.split_once('/')?;
        let rate = Self {
            frames: frames.parse().ok()?,
            seconds: seconds.parse().ok()?,
        };
        (rate.frames > 0 && rate.seconds > 0).then_some(rate)
    }
}

fn fraction(text: Option<&str>, between: char) -> Option<f64> {
    let (over, under) = text?.split_once(between)?;
    let (over, under): (f64, f64) = (over.parse().ok()?, under.parse().ok()?);
    (over > 0.0 && under > 0.0).then_some(over / under)
}

/// `None` for what is not said, is nothing, or makes no sense.
fn millis(text: Option<&str>) -> Option<u64> {
    let seconds: f64 = text?.parse().ok()?;
    (seconds.is_finite() && seconds > 0.0).then_some((seconds * 1_000.0).round() as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIMITS: VideoLimits = VideoLimits {
        bytes: u64::MAX,
        pixels: 8_294_400,
        seconds: 600,
    };

    fn video(more: &str) -> String {
        format!(
            r#"{{"streams":[{{"codec_type":"video","codec_name":"h264","width":1920,"height":1080,
                "avg_frame_rate":"30000/1001","r_frame_rate":"30000/1001"{more}}}],"format":{{"duration":"8.008"}}}}"#
        )
    }

    fn of(json: &str, container: Container) -> Result<Facts, Unplayable> {
        read(json.as_bytes(), container, &LIMITS)
    }

    #[test]
    fn a_phones_video_is_seen_upright() {
        let facts = of(
            &video(r#","side_data_list":[{"rotation":-90}]"#),
            Container::QuickTime,
        )
        .unwrap();
        assert_eq!((facts.width, facts.height), (1_080, 1_920));
        assert_eq!(facts.millis, Some(8_008));
        assert_eq!(facts.rate.to_string(), "30000/1001");
        assert!(!facts.has_sound);
        let wide = of(&video(r#","sample_aspect_ratio":"4:3""#), Container::Mp4).unwrap();
        assert_eq!((wide.width, wide.height), (2_560, 1_080));
    }

    #[test]
    fn what_a_browser_records_says_neither_length_nor_rate() {
        let json = r#"{"streams":[{"codec_type":"video","codec_name":"vp8","width":640,"height":480,
            "avg_frame_rate":"1000/1","r_frame_rate":"1000/1"}],"format":{}}"#;
        let facts = of(json, Container::WebM).unwrap();
        assert_eq!((facts.millis, facts.rate), (None, WITHOUT_RATE));
        assert_eq!(
            of(json, Container::Mp4),
            Err(Unplayable::TooManyFrames {
                rate: 1_000,
                most: 120
            })
        );
    }

    #[test]
    fn lies_are_refused_and_never_a_panic() {
        let cases = [
            ("", Unplayable::Damaged),
            ("{}", Unplayable::Damaged),
            (
                r#"{"streams":[{"codec_type":"audio","codec_name":"aac"}]}"#,
                Unplayable::NoPicture,
            ),
            (
                r#"{"streams":[{"codec_type":"video","codec_name":"png","width":9,"height":9,"disposition":{"attached_pic":1}}]}"#,
                Unplayable::NoPicture,
            ),
            (
                r#"{"streams":[{"codec_type":"video","codec_name":"h264","width":0,"height":9}]}"#,
                Unplayable::Damaged,
            ),
            (
                r#"{"streams":[{"codec_type":"video","codec_name":"tiff","width":9,"height":9}]}"#,
                Unplayable::UnknownEncoding,
            ),
            (
                r#"{"streams":[{"codec_type":"video","codec_name":"h264","width":18446744073709551615,"height":9}]}"#,
                Unplayable::SideTooLong {
                    width: u64::MAX,
                    height: 9,
                    most: 8_192,
                },
            ),
        ];
        for (json, reason) in cases {
            assert_eq!(of(json, Container::Mp4), Err(reason), "{json}");
        }
        let long = video("").replace("8.008", "1e300");
        assert!(matches!(
            of(&long, Container::Mp4),
            Err(Unplayable::TooLong { .. })
        ));
        for nothing in ["0.000000", "N/A", "-3", "NaN", "inf"] {
            let facts = of(&video("").replace("8.008", nothing), Container::Mp4).unwrap();
            assert_eq!(facts.millis, None, "{nothing}");
        }
        let slow = video("").replace("30000/1001", "0/0");
        assert_eq!(of(&slow, Container::Mp4).unwrap().rate, WITHOUT_RATE);
    }
}
