//! The list of a video's sizes (RFC 8216, section 4.3.4.2), written from what was really made. Names no file but those beside it.

use std::fmt::Write as _;

use crate::domain::video::Stream;

/// One size: its list and the head of its file, as the encoder wrote them.
#[derive(Debug)]
pub(super) struct Written {
    pub list: String,
    pub head: Vec<u8>,
    pub width: u32,
    pub height: u32,
}

impl Written {
    /// `None` for what is no list of pieces.
    pub fn stream(&self) -> Option<Stream> {
        Some(Stream {
            width: i32::try_from(self.width).ok()?,
            height: i32::try_from(self.height).ok()?,
            bit_rate: highest(&self.list)?,
        })
    }
}

/// The list of lists, the largest first. `names` are those of the lists.
pub(super) fn master(all: &[(Written, Stream)], names: &[String], has_sound: bool) -> String {
    let mut text = String::from("#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-INDEPENDENT-SEGMENTS\n");
    for ((written, stream), name) in all.iter().zip(names) {
        let Stream {
            width,
            height,
            bit_rate,
        } = stream;
        let sound = if has_sound { ",mp4a.40.2" } else { "" };
        let codecs = picture_codec(&written.head)
            .map(|codec| format!(",CODECS=\"{codec}{sound}\""))
            .unwrap_or_default();
        // Writing to a text cannot fail.
        writeln!(
            text,
            "#EXT-X-STREAM-INF:BANDWIDTH={bit_rate},RESOLUTION={width}x{height}{codecs}\n{name}"
        )
        .ok();
    }
    text
}

/// The bits a second of the piece that has most.
fn highest(list: &str) -> Option<i64> {
    let mut seconds = None;
    let mut most = None;
    for line in list.lines() {
        if let Some(length) = line.strip_prefix("#EXTINF:") {
            seconds = length.trim_end_matches(',').parse::<f64>().ok();
        } else if let Some(range) = line.strip_prefix("#EXT-X-BYTERANGE:") {
            let bytes = range.split('@').next()?.parse::<f64>().ok()?;
            let rate = (bytes * 8.0 / seconds?.max(0.04)).ceil() as i64;
            most = most.max(Some(rate));
        }
    }
    most
}

/// `avc1` with profile and level (RFC 6381, section 3.3), out of the box that has them (ISO/IEC 14496-15).
fn picture_codec(head: &[u8]) -> Option<String> {
    let at = head.windows(4).position(|name| name == b"avcC")?;
    let [_, profile, compatible, level] = head.get(at + 4..at + 8)? else {
        return None;
    };
    Some(format!("avc1.{profile:02x}{compatible:02x}{level:02x}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIST: &str = "#EXTM3U\n#EXT-X-MAP:URI=\"hls-0.mp4\",BYTERANGE=\"1396@0\"\n#EXTINF:4.000000,\n\
        #EXT-X-BYTERANGE:500000@1396\nhls-0.mp4\n#EXTINF:2.000000,\n#EXT-X-BYTERANGE:300000@501396\nhls-0.mp4\n";

    #[test]
    fn the_list_of_lists_says_what_a_player_has_to_know() {
        let written = Written {
            list: LIST.to_owned(),
            head: b"....avcC\x01\x64\x00\x1f\xff".to_vec(),
            width: 1_280,
            height: 720,
        };
        let stream = written.stream().unwrap();
        assert_eq!(stream.bit_rate, 1_200_000);
        let text = master(&[(written, stream)], &["hls-0.m3u8".to_owned()], true);
        assert_eq!(
            text,
            "#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-INDEPENDENT-SEGMENTS\n\
             #EXT-X-STREAM-INF:BANDWIDTH=1200000,RESOLUTION=1280x720,CODECS=\"avc1.64001f,mp4a.40.2\"\nhls-0.m3u8\n"
        );
    }

    #[test]
    fn what_is_no_list_has_no_rate() {
        for text in [
            "",
            "#EXTM3U\n",
            "#EXT-X-BYTERANGE:1@0\n",
            "#EXTINF:1,\n#EXT-X-BYTERANGE:x\n",
        ] {
            assert_eq!(highest(text), None, "{text:?}");
        }
        assert_eq!(picture_codec(b"avcC\x01"), None);
    }
}
