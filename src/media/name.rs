//! The closed set of file names that a stored picture may have. Never takes a name from outside.

use std::fmt;

use crate::media::sniff::Kind;

/// A rung of the ladder; the number is its longest side, except for the square crop.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Size {
    /// For large screens. Not every picture has it.
    Huge2048,
    Large1080,
    Medium640,
    Small320,
    Square150,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    WebP,
    Jpeg,
}

/// What a rendition is called, and with it what it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct FileName {
    pub size: Size,
    pub format: Format,
}

/// Any file below a public key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum StoredFile {
    Rendition(FileName),
    /// An upload without what it said beside the picture; under a key of its own.
    Upload(Kind),
    /// An emoji as its admin uploaded it: only so does it move.
    Emoji(Kind),
    Video(VideoFile),
    /// A rendition once more, in fewer bytes. Not every picture has them.
    Avif(Size),
}

/// What a video has beside its stills.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum VideoFile {
    /// The one that plays everywhere.
    Whole,
    /// The list of what is streamed.
    Streams,
    /// The list of one size's pieces, and the file that they are in; the largest size is 0.
    Pieces(u8),
    Stream(u8),
}

impl Size {
    /// Those that every picture has.
    pub const ALL: [Size; 4] = [Size::Large1080, Size::Medium640, Size::Small320, Size::Square150];
    /// Those that are made once more in fewer bytes, largest first.
    pub(crate) const OF_AVIF: [Size; 4] = [Size::Huge2048, Size::Large1080, Size::Medium640, Size::Small320];
    /// Of those that every picture has.
    pub(crate) const LARGEST: u32 = 1080;
    pub(crate) const HUGE: u32 = 2048;

    /// Pixels of the longest side.
    pub fn longest_side(self) -> u32 {
        match self {
            Size::Huge2048 => Self::HUGE,
            Size::Large1080 => Self::LARGEST,
            Size::Medium640 => 640,
            Size::Small320 => 320,
            Size::Square150 => 150,
        }
    }

    /// Like `1080.webp`.
    pub fn file_name(self, format: Format) -> FileName {
        FileName { size: self, format }
    }
}

impl Format {
    pub const ALL: [Format; 2] = [Format::WebP, Format::Jpeg];

    pub fn content_type(self) -> &'static str {
        match self {
            Format::WebP => "image/webp",
            Format::Jpeg => "image/jpeg",
        }
    }

    fn extension(self) -> &'static str {
        match self {
            Format::WebP => "webp",
            Format::Jpeg => "jpg",
        }
    }
}

impl FileName {
    /// The names of what every picture has.
    pub fn all() -> impl Iterator<Item = FileName> {
        Size::ALL
            .into_iter()
            .flat_map(|size| Format::ALL.map(|format| FileName { size, format }))
    }

    /// `None` for anything but a name of the set, letter by letter.
    pub fn parse(name: &str) -> Option<FileName> {
        let huge = Format::ALL.map(|format| Size::Huge2048.file_name(format));
        Self::all()
            .chain(huge)
            .find(|candidate| candidate.to_string() == name)
    }

    pub fn content_type(self) -> &'static str {
        self.format.content_type()
    }
}

impl fmt::Display for FileName {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}.{}", self.size.longest_side(), self.format.extension())
    }
}

/// Types that an upload may have which others may have as it was.
const OF_UPLOADS: [(Kind, &str); 3] = [
    (Kind::Jpeg, "original.jpg"),
    (Kind::Png, "original.png"),
    (Kind::WebP, "original.webp"),
];

/// Types that an emoji may have.
const OF_EMOJIS: [(Kind, &str); 3] = [
    (Kind::Png, "emoji.png"),
    (Kind::Gif, "emoji.gif"),
    (Kind::WebP, "emoji.webp"),
];

impl StoredFile {
    /// `None` for anything but a name of the set, letter by letter.
    pub fn parse(name: &str) -> Option<Self> {
        let of = |known: &[(Kind, &str)]| {
            let found = known.iter().find(|(_, known)| *known == name);
            found.map(|(kind, _)| *kind)
        };
        let apart = of(&OF_EMOJIS)
            .map(Self::Emoji)
            .or_else(|| of(&OF_UPLOADS).map(Self::Upload));
        let avif = || {
            Size::OF_AVIF
                .into_iter()
                .map(Self::Avif)
                .find(|file| file.to_string() == name)
        };
        let apart = apart.or_else(avif);
        let apart = apart.or_else(|| VideoFile::parse(name).map(Self::Video));
        apart.or_else(|| FileName::parse(name).map(Self::Rendition))
    }

    pub fn content_type(self) -> &'static str {
        match self {
            Self::Rendition(file) => file.content_type(),
            Self::Upload(kind) | Self::Emoji(kind) => kind.content_type(),
            Self::Video(file) => file.content_type(),
            Self::Avif(_) => "image/avif",
        }
    }
}

impl VideoFile {
    /// Sizes of what is streamed.
    pub const MOST_STREAMS: u8 = 4;

    fn parse(name: &str) -> Option<Self> {
        let streams = (0..Self::MOST_STREAMS).flat_map(|size| [Self::Pieces(size), Self::Stream(size)]);
        [Self::Whole, Self::Streams]
            .into_iter()
            .chain(streams)
            .find(|candidate| candidate.to_string() == name)
    }

    pub fn content_type(self) -> &'static str {
        match self {
            Self::Whole | Self::Stream(_) => "video/mp4",
            Self::Streams | Self::Pieces(_) => "application/vnd.apple.mpegurl",
        }
    }
}

impl fmt::Display for VideoFile {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Whole => out.write_str("video.mp4"),
            Self::Streams => out.write_str("hls.m3u8"),
            Self::Pieces(size) => write!(out, "hls-{size}.m3u8"),
            Self::Stream(size) => write!(out, "hls-{size}.mp4"),
        }
    }
}

impl From<VideoFile> for StoredFile {
    fn from(file: VideoFile) -> Self {
        Self::Video(file)
    }
}

impl From<FileName> for StoredFile {
    fn from(file: FileName) -> Self {
        Self::Rendition(file)
    }
}

impl fmt::Display for StoredFile {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Rendition(file) => file.fmt(out),
            Self::Upload(kind) => {
                let name = OF_UPLOADS.iter().find(|(known, _)| known == kind);
                out.write_str(name.map_or("original", |(_, name)| name))
            }
            Self::Emoji(kind) => {
                let name = OF_EMOJIS.iter().find(|(known, _)| known == kind);
                out.write_str(name.map_or("emoji", |(_, name)| name))
            }
            Self::Video(file) => file.fmt(out),
            Self::Avif(size) => write!(out, "{}.avif", size.longest_side()),
        }
    }
}
