//! What ffmpeg is told, word by word, for each file that is made. Runs nothing, and lets no word of an upload in.

use std::num::NonZero;

use super::container::Container;
use super::probe::{Facts, PICTURES, SOUNDS};
use super::shape::Sides;

/// Where the upload lies, below the folder of the work.
pub(super) const SOURCE: &str = "source";
pub(super) const STILL: &str = "still.png";
pub(super) const WHOLE: &str = "video.mp4";

/// Between frames at which a player can begin, in seconds; and of a piece of what is streamed, which is two of these.
const KEYFRAMES: &str = "expr:gte(t,n_forced*2)";
const PIECE: &str = "4";
/// A constant quality, as fast as is sensible: what `veryfast` saves further is paid back in bits.
const PRESET: &str = "veryfast";
const QUALITY: &str = "23";
/// The longest side of a still: the picture line makes it smaller.
const LARGEST_STILL: u32 = 2_048;
/// More gain little.
const MOST_THREADS: usize = 4;

/// What is asked of ffprobe.
pub(super) fn look(container: Container, file: &str, most_pixels: u64) -> Vec<String> {
    let mut told = words(&["-v", "error"]);
    told.extend(opening(container));
    // It decodes the first frames to know them.
    told.extend(words(&[
        "-max_pixels",
        &most_pixels.min(i32::MAX as u64).to_string(),
    ]));
    told.extend(words(&[
        "-show_entries",
        "format=duration:stream=codec_type,codec_name,width,height,sample_aspect_ratio,avg_frame_rate,r_frame_rate,duration,\
         color_transfer,color_space:stream_disposition=attached_pic:stream_side_data=rotation",
        "-of",
        "json",
        file,
    ]));
    told
}

/// A picture of the video, some way in: the first one is often black.
pub(super) fn still(facts: &Facts, most_pixels: u64, after: Option<f64>) -> Vec<String> {
    let mut told = beginning();
    if let Some(seconds) = after {
        told.extend(words(&["-ss", &format!("{seconds:.3}")]));
    }
    told.extend(source(facts.container, most_pixels));
    let longest = facts.width.max(facts.height).max(1);
    let scale = f64::from(LARGEST_STILL.min(longest)) / f64::from(longest);
    let side = |side: u32| ((f64::from(side) * scale).round() as u32).max(1);
    let (width, height) = (side(facts.width), side(facts.height));
    let to_rgb = match facts.is_hdr {
        true => format!("scale={width}:{height},{TONES},format=rgb24"),
        false => format!("scale={width}:{height}{},format=rgb24", matrix(facts)),
    };
    told.extend(words(&["-map", "0:V:0", "-frames:v", "1", "-vf", &to_rgb]));
    told.extend(words(&[
        "-c:v",
        "png",
        "-compression_level",
        "1",
        "-f",
        "image2",
        "-update",
        "1",
        STILL,
    ]));
    told
}

/// What the colours of a film are taken for that does not say it. Left to itself, ffmpeg takes all of them for BT.601's, and would
/// turn what is BT.709 already: wrong, and as dear as a fifth of the encoding.
fn matrix(facts: &Facts) -> &'static str {
    match facts.is_taken_for_hd {
        true => ":in_color_matrix=bt709",
        false => "",
    }
}

/// The file that is played everywhere: H.264 and AAC, the index in front, upright, and nothing said beside it.
pub(super) fn whole(
    facts: &Facts,
    (width, height): Sides,
    most_pixels: u64,
    most_seconds: u64,
) -> Vec<String> {
    let mut told = beginning();
    told.extend(words(&["-progress", "pipe:1", "-nostats"]));
    told.extend(source(facts.container, most_pixels));
    // Whoever said less than there is shall not fill the disk.
    told.extend(words(&["-t", &(most_seconds + 2).to_string(), "-map", "0:V:0"]));
    match facts.has_sound {
        true => told.extend(words(&[
            "-map", "0:a:0", "-c:a", "aac", "-b:a", "128k", "-ac", "2", "-ar", "48000",
        ])),
        false => told.push("-an".to_owned()),
    }
    told.extend(plain());
    let rate = facts.rate;
    let colours = match facts.is_hdr {
        true => format!("scale={width}:{height},{TONES}"),
        false => format!(
            "scale={width}:{height}{}:out_color_matrix=bt709:out_range=tv",
            matrix(facts)
        ),
    };
    told.extend(words(&[
        "-vf",
        &format!("fps={rate},{colours},format=yuv420p,setsar=1"),
    ]));
    told.extend(encoder("", (width, height)));
    told.extend(words(&["-preset", PRESET, "-force_key_frames", KEYFRAMES]));
    told.extend(words(&[
        "-colorspace",
        "bt709",
        "-color_primaries",
        "bt709",
        "-color_trc",
        "bt709",
    ]));
    told.extend(words(&["-movflags", "+faststart", "-f", "mp4", WHOLE]));
    told
}

/// What is streamed, out of the file that is played: its own size as it is, those below it made anew. `sizes` begins with its own.
pub(super) fn streams(sizes: &[Sides], has_sound: bool) -> Vec<String> {
    let mut told = beginning();
    told.extend(words(&["-progress", "pipe:1", "-nostats"]));
    told.extend(opening(Container::Mp4));
    told.extend(words(&["-threads", &threads(), "-i", WHOLE]));
    let below = sizes.get(1..).unwrap_or_default();
    if !below.is_empty() {
        told.extend(words(&["-filter_complex", &split(below)]));
    }
    for number in 0..sizes.len() {
        let picture = if number == 0 {
            "0:V:0".to_owned()
        } else {
            format!("[v{number}]")
        };
        told.extend(words(&["-map", &picture]));
        if has_sound {
            told.extend(words(&["-map", "0:a:0"]));
        }
    }
    told.extend(plain());
    told.extend(words(&["-c:v:0", "copy", "-c:a", "copy"]));
    for (number, size) in below.iter().enumerate() {
        told.extend(encoder(&format!(":{}", number + 1), *size));
    }
    told.extend(words(&["-preset", PRESET, "-force_key_frames", KEYFRAMES]));
    let pairs: Vec<String> = (0..sizes.len())
        .map(|number| {
            if has_sound {
                format!("v:{number},a:{number}")
            } else {
                format!("v:{number}")
            }
        })
        .collect();
    told.extend(words(&[
        "-f",
        "hls",
        "-hls_time",
        PIECE,
        "-hls_playlist_type",
        "vod",
        "-hls_segment_type",
        "fmp4",
    ]));
    told.extend(words(&[
        "-hls_flags",
        "single_file+independent_segments",
        "-hls_segment_filename",
        "hls-%v.mp4",
    ]));
    told.extend(words(&["-var_stream_map", &pairs.join(" "), "hls-%v.m3u8"]));
    told
}

/// Light of high dynamic range, brought down to that of other screens.
const TONES: &str = "zscale=t=linear:npl=203,format=gbrpf32le,zscale=p=bt709,tonemap=tonemap=hable:desat=0,\
    zscale=t=bt709:m=bt709:r=tv";

fn beginning() -> Vec<String> {
    words(&["-v", "error", "-nostdin", "-y"])
}

/// One container, files and nothing else, and encodings that we named.
fn opening(container: Container) -> Vec<String> {
    let known: Vec<&str> = PICTURES.into_iter().chain(SOUNDS).collect();
    let known = known.join(",");
    let open = [
        "-protocol_whitelist",
        "file",
        "-codec_whitelist",
        &known,
        "-max_streams",
        "64",
        "-f",
        container.demuxer(),
    ];
    words(&open)
}

/// The upload. A frame that is larger than its container says is not decoded.
fn source(container: Container, most_pixels: u64) -> Vec<String> {
    let mut told = opening(container);
    // Encodings round up to whole blocks.
    let most = most_pixels
        .saturating_add(most_pixels / 4)
        .min(i32::MAX as u64)
        .to_string();
    told.extend(words(&[
        "-max_pixels",
        &most,
        "-threads",
        &threads(),
        "-i",
        SOURCE,
    ]));
    told
}

/// Nothing of what the upload says beside picture and sound, and nothing of ours.
fn plain() -> Vec<String> {
    words(&[
        "-map_metadata",
        "-1",
        "-map_metadata:s",
        "-1",
        "-map_chapters",
        "-1",
        "-sn",
        "-dn",
        "-fflags",
        "+bitexact",
        "-flags:v",
        "+bitexact",
        "-flags:a",
        "+bitexact",
        "-threads",
        &threads(),
        "-filter_threads",
        "1",
    ])
}

fn encoder(stream: &str, size: Sides) -> Vec<String> {
    let most = highest_bit_rate(size);
    let told = [
        ("-c:v", "libx264".to_owned()),
        ("-profile:v", "high".to_owned()),
        ("-crf:v", QUALITY.to_owned()),
        ("-maxrate:v", format!("{most}k")),
        ("-bufsize:v", format!("{}k", most * 2)),
    ];
    told.into_iter()
        .flat_map(|(name, value)| [format!("{name}{stream}"), value])
        .collect()
}

/// Thousands of bits a second: what a connection has to bear at the worst moment.
fn highest_bit_rate((width, height): Sides) -> u32 {
    match width.min(height) {
        0..=360 => 900,
        361..=480 => 1_500,
        481..=720 => 3_000,
        721.. => 6_000,
    }
}

fn split(below: &[Sides]) -> String {
    let outs: String = (1..=below.len()).map(|number| format!("[s{number}]")).collect();
    let scaled: Vec<String> = below
        .iter()
        .zip(1..)
        .map(|((width, height), number)| format!("[s{number}]scale={width}:{height}[v{number}]"))
        .collect();
    format!("[0:V:0]split={}{outs};{}", below.len(), scaled.join(";"))
}

fn threads() -> String {
    let cores = std::thread::available_parallelism().map_or(1, NonZero::get);
    cores.min(MOST_THREADS).to_string()
}

fn words(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}
