//! Pictures, videos and sounds of a post. Never believes a size or a type beyond what it may be used for.

use crate::fetch::essence;
use serde_json::Value;
use url::Url;

use super::value;

const MOST_ATTACHMENTS: usize = 32;
const LONGEST_ALT: usize = 10_000;
const LARGEST_SIDE: u64 = 65_535;
/// Exif has fewer names.
const MOST_DETAILS: usize = 100;
/// Bytes of a name or a value.
const LONGEST_DETAIL: usize = 500;

/// What a file is, as far as its sender says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MediaKind {
    /// A picture.
    Image,
    /// A video.
    Video,
    /// A sound.
    Audio,
    /// Not said.
    Unknown,
}

/// A file of a post. Sizes are what the sender says, for laying out a page, and nothing else.
#[derive(Debug, Clone, PartialEq)]
pub struct Attachment {
    /// Where the file is.
    pub url: Url,
    /// What it is.
    pub kind: MediaKind,
    /// Its media type, lower case, without parameters.
    pub media_type: Option<String>,
    /// The description for people who cannot see it.
    pub name: Option<String>,
    /// A tiny preview (6 to 164 letters).
    pub blurhash: Option<String>,
    /// Width in pixels.
    pub width: Option<u32>,
    /// Height in pixels.
    pub height: Option<u32>,
    /// The point to keep in view, each from -1 to 1.
    pub focal_point: Option<(f64, f64)>,
    /// A picture of it, where it is none itself.
    pub icon: Option<Url>,
    /// With what and how it was taken, as names and values (FEP-ee3a).
    pub exif: Vec<(String, String)>,
}

impl Attachment {
    pub(super) fn read_all(values: Option<&Value>) -> Vec<Self> {
        value::each(values, MOST_ATTACHMENTS)
            .filter_map(Self::read)
            .collect()
    }

    /// One attachment; `None` when it names no file (a `Link` to a page, a `PropertyValue`, nonsense).
    pub(super) fn read(attachment: &Value) -> Option<Self> {
        let url = value::link(Some(attachment))?;
        let media_type = media_type(attachment);
        let kind = kind(attachment, media_type.as_deref())?;
        Some(Self {
            url,
            kind,
            media_type,
            // Mastodon reads the summary first, and so does who writes for it.
            name: value::text(attachment.get("summary"), LONGEST_ALT)
                .or_else(|| value::text(attachment.get("name"), LONGEST_ALT)),
            blurhash: value::text(attachment.get("blurhash"), 200)
                .filter(|hash| (6..=164).contains(&hash.len()) && hash.is_ascii()),
            width: side(attachment.get("width")),
            height: side(attachment.get("height")),
            focal_point: focal_point(attachment.get("focalPoint")),
            icon: value::each(attachment.get("icon"), 1)
                .next()
                .and_then(|icon| value::link(Some(icon))),
            exif: exif(attachment.get("exifData")),
        })
    }

    /// The picture that an `Image` by itself is: the one of its addresses that is said to be a picture's.
    pub(super) fn own_picture(image: &Value) -> Option<Self> {
        let is_picture = |file: &Self| {
            let said = file.media_type.as_deref();
            said.is_some_and(|said| said.starts_with("image/"))
        };
        let links = value::each(image.get("url"), MOST_ATTACHMENTS).filter_map(Self::read);
        links.chain(Self::read(image)).find(is_picture)
    }

    /// The largest of several pictures of the same thing, as far as their sizes are said.
    pub(super) fn largest(pictures: Option<&Value>) -> Option<Self> {
        let pixels = |file: &Self| u64::from(file.width.unwrap_or(0)) * u64::from(file.height.unwrap_or(0));
        let pictures = Self::read_all(pictures).into_iter();
        // Of equals the last counts, which is the first from behind.
        let pictures = pictures.filter(|file| file.kind == MediaKind::Image).rev();
        pictures.max_by_key(pixels)
    }
}

fn media_type(attachment: &Value) -> Option<String> {
    let inside = value::each(attachment.get("url"), 1)
        .next()
        .and_then(|link| link.get("mediaType"));
    let text = value::text(attachment.get("mediaType").or(inside), 100)?;
    Some(essence(&text))
}

fn kind(attachment: &Value, media_type: Option<&str>) -> Option<MediaKind> {
    let by_type = media_type.and_then(|name| match name.split('/').next() {
        Some("image") => Some(MediaKind::Image),
        Some("video") => Some(MediaKind::Video),
        Some("audio") => Some(MediaKind::Audio),
        _ => None,
    });
    match (by_type, value::kinds(attachment).next()) {
        (Some(kind), _) => Some(kind),
        // A type that is said and is none of ours: a PDF, a page.
        (None, _) if media_type.is_some_and(|name| name != "application/octet-stream") => None,
        (None, Some("Image")) => Some(MediaKind::Image),
        (None, Some("Video")) => Some(MediaKind::Video),
        (None, Some("Audio")) => Some(MediaKind::Audio),
        (None, Some("Document") | None) => Some(MediaKind::Unknown),
        (None, Some(_)) => None,
    }
}

fn exif(details: Option<&Value>) -> Vec<(String, String)> {
    let value = |value: &Value| match value {
        Value::Number(number) => Some(number.to_string()),
        text => value::text(Some(text), LONGEST_DETAIL),
    };
    value::each(details, MOST_DETAILS)
        .filter_map(|detail| {
            let name = value::text(detail.get("name"), LONGEST_DETAIL)?;
            Some((name, value(detail.get("value")?)?))
        })
        .collect()
}

fn side(value: Option<&Value>) -> Option<u32> {
    let pixels = value?
        .as_u64()
        .filter(|pixels| (1..=LARGEST_SIDE).contains(pixels))?;
    u32::try_from(pixels).ok()
}

fn focal_point(value: Option<&Value>) -> Option<(f64, f64)> {
    let [x, y] = value?.as_array()?.as_slice() else {
        return None;
    };
    let (x, y) = (x.as_f64()?, y.as_f64()?);
    let fits = |part: f64| (-1.0..=1.0).contains(&part);
    (fits(x) && fits(y)).then_some((x, y))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn files_are_found_in_every_shape_and_pages_are_not_files() {
        let read = Attachment::read_all(Some(&json!([
            { "type": "Document", "mediaType": "image/jpeg", "url": "https://h.example/1.jpg", "name": "a sea",
              "blurhash": "UBL_:rOpGG-oBUNG,qRj2so|=eE1w^n4S5NH", "width": 4096, "height": 3072, "focalPoint": [0.1, -0.2] },
            { "type": "Image", "url": [{ "type": "Link", "href": "https://h.example/2.png", "mediaType": "image/png" }] },
            { "type": "Image", "url": "https://h.example/3", "summary": "first", "name": "second" },
            { "type": "Document", "url": "https://h.example/4" },
            { "type": "Image", "url": "data:image/png;base64,AAAA" },
            { "type": "Link", "href": "https://h.example/page" },
            { "type": "Document", "mediaType": "text/html", "url": "https://h.example/page" },
            { "type": "PropertyValue", "name": "x", "value": "y" },
            "nonsense",
        ])));
        assert_eq!(read.len(), 4);
        assert_eq!(
            (read[0].width, read[0].focal_point),
            (Some(4096), Some((0.1, -0.2)))
        );
        assert_eq!(read[1].media_type.as_deref(), Some("image/png"));
        assert_eq!(read[2].name.as_deref(), Some("first"));
        assert_eq!(read[3].kind, MediaKind::Unknown);
    }

    #[test]
    fn how_it_was_taken_is_read_as_names_and_values() {
        let read = Attachment::read(&json!({
            "type": "Image", "url": "https://h.example/1.jpg",
            "exifData": [
                { "@type": "PropertyValue", "name": "Make", "value": "Canon" },
                { "type": "PropertyValue", "name": "FNumber", "value": 2.8 },
                { "name": "Model" }, { "value": "x" }, { "name": 5, "value": "x" }, "nonsense", null,
                { "name": "LensModel", "value": "x".repeat(9_000) },
            ],
        }))
        .unwrap();
        let names: Vec<&str> = read.exif.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["Make", "FNumber", "LensModel"]);
        assert_eq!(read.exif[1].1, "2.8");
        assert_eq!(read.exif[2].1.len(), LONGEST_DETAIL);
        let text = json!({ "type": "Image", "url": "https://h.example/1.jpg", "exifData": "FNumber 2.8" });
        assert_eq!(Attachment::read(&text).unwrap().exif, []);
    }

    #[test]
    fn lies_about_size_and_focus_are_dropped() {
        let read = Attachment::read(&json!({
            "type": "Image", "url": "https://h.example/1.jpg", "width": -5, "height": 4294967296_u64,
            "focalPoint": [7, 0], "blurhash": "x", "name": 5,
        }))
        .unwrap();
        assert_eq!(
            (
                read.width,
                read.height,
                read.focal_point,
                read.blurhash,
                read.name
            ),
            (None, None, None, None, None)
        );
    }
}
