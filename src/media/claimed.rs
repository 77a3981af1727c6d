//! What a sender says that a file is, by a content type. Believes nothing of it: it decides only what is said to them.

/// As far as it matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Claimed {
    /// A picture of a kind that could be opened.
    Picture,
    Video,
    /// Nothing that says anything.
    Nothing,
    Other,
}

impl Claimed {
    pub fn of(content_type: &str) -> Self {
        let named = content_type.split(';').next().unwrap_or_default().trim();
        let named = named.to_ascii_lowercase();
        let kind = named.strip_prefix("image/").unwrap_or(&named);
        match kind {
            "" | "application/octet-stream" | "*" => Self::Nothing,
            "apng" | "avif" | "gif" | "heic" | "heif" | "jpeg" | "jpg" | "jxl" | "pjpeg" | "png" | "webp"
            | "x-png" => Self::Picture,
            kind if kind.starts_with("video/") => Self::Video,
            _ => Self::Other,
        }
    }

    /// What then turns out to be no picture is of the wrong type; of anything else it is a bad picture.
    pub fn is_no_picture(self) -> bool {
        matches!(self, Self::Video | Self::Other)
    }

    /// By the end of its name.
    pub fn of_name(file_name: &str) -> Self {
        match file_name.rsplit_once('.') {
            Some((_, "mp4" | "m4v" | "mov" | "webm")) => Self::Video,
            Some((_, extension)) => Self::of(extension),
            None => Self::Nothing,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_of_a_file_is_of_a_picture_of_a_video_or_of_neither() {
        for (said, claimed) in [
            ("image/jpeg", Claimed::Picture),
            ("IMAGE/JPEG; q=1", Claimed::Picture),
            ("jpg", Claimed::Picture),
            ("video/x-matroska", Claimed::Video),
            ("", Claimed::Nothing),
            ("image/*", Claimed::Nothing),
            ("application/octet-stream", Claimed::Nothing),
            ("image/svg+xml", Claimed::Other),
            ("application/pdf", Claimed::Other),
            ("text/html", Claimed::Other),
        ] {
            assert_eq!(Claimed::of(said), claimed, "{said}");
        }
        let names = ["a.jpg", "a.mov", "logo.svg", "noname", "a."].map(Claimed::of_name);
        assert_eq!(
            names,
            [
                Claimed::Picture,
                Claimed::Video,
                Claimed::Other,
                Claimed::Nothing,
                Claimed::Nothing
            ]
        );
    }
}
