//! Which container a video is in, from its first bytes. Never believes a name or a content type, and knows none that names other files.

use crate::media::sniff::{Kind, Sniffed, VIDEO, sniff};

/// Those that are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Container {
    Mp4,
    QuickTime,
    /// And Matroska, of which it is a part.
    WebM,
    /// A picture, too, but one that may move.
    Gif,
}

impl Container {
    /// `None` for anything else, pictures included.
    pub fn of(bytes: &[u8]) -> Option<Self> {
        match bytes {
            [_, _, _, _, b'f', b't', b'y', b'p', b'q', b't', b' ', b' ', ..] => Some(Self::QuickTime),
            // From before there was `ftyp`.
            [_, _, _, _, b'm', b'o', b'o', b'v', ..]
            | [_, _, _, _, b'm', b'd', b'a', b't', ..]
            | [_, _, _, _, b'w', b'i', b'd', b'e', ..] => Some(Self::QuickTime),
            [0x1A, 0x45, 0xDF, 0xA3, ..] => Some(Self::WebM),
            [_, _, _, _, b'f', b't', b'y', b'p', ..] if sniff(bytes) == Sniffed::NotYet(VIDEO) => {
                Some(Self::Mp4)
            }
            _ => None,
        }
    }

    pub fn content_type(self) -> &'static str {
        match self {
            Self::Mp4 => "video/mp4",
            Self::QuickTime => "video/quicktime",
            Self::WebM => "video/webm",
            Self::Gif => Kind::Gif.content_type(),
        }
    }

    /// The one part of ffmpeg that may read it.
    pub(super) fn demuxer(self) -> &'static str {
        match self {
            Self::Mp4 | Self::QuickTime => "mov",
            Self::WebM => "matroska",
            Self::Gif => "gif",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn containers_are_told_by_their_bytes() {
        let cases: [(&[u8], Option<Container>); 9] = [
            (b"\0\0\0\x20ftypisom\0\0\x02\0", Some(Container::Mp4)),
            (b"\0\0\0\x14ftypqt  \0\0\0\0", Some(Container::QuickTime)),
            (b"\0\0\0\x08wide\0\0\0\0mdat", Some(Container::QuickTime)),
            (b"\x1A\x45\xDF\xA3\x9F\x42", Some(Container::WebM)),
            (b"\0\0\0\x1cftypheic\0\0\0\0mif1heic", None),
            (b"\0\0\0\x1cftypavif\0\0\0\0", None),
            (b"#EXTM3U\n#EXT-X-VERSION:3\n", None),
            (b"ffconcat version 1.0\nfile x", None),
            (b"", None),
        ];
        for (bytes, container) in cases {
            assert_eq!(Container::of(bytes), container, "{bytes:?}");
        }
    }
}
