//! Pictures and videos of posts as the network describes them. Fetches none, and believes no size beyond laying out a page.

use chrono::TimeDelta;
use tintype_federation::vocab::outgoing::{AttachmentDocument, VideoDocument};
use tintype_federation::vocab::{Attachment, MediaKind};

use super::{address, bounded, exif};
use crate::domain::post::{Photo, RemotePhoto};
use crate::domain::urls::Urls;
use crate::domain::video::Video;

const LONGEST_ALT: usize = 5_000;
/// The longest side of the rendition that peers get.
const LARGEST_SIDE: i32 = 1080;

/// One that somebody here posted.
pub(super) fn document(urls: &Urls, photo: &Photo) -> AttachmentDocument {
    match &photo.video {
        Some(moving) => video(urls, photo, moving),
        None => picture(urls, photo),
    }
}

/// The file that plays everywhere, and a still of it: what peers do not show as a video they show by that.
fn video(urls: &Urls, photo: &Photo, video: &Video) -> AttachmentDocument {
    let side = |length: i32| u32::try_from(length).ok().filter(|length| *length > 0);
    AttachmentDocument {
        url: address(&urls.media(&photo.key, "video.mp4")),
        media_type: "video/mp4".to_owned(),
        width: side(video.width),
        height: side(video.height),
        video: Some(VideoDocument {
            still: address(&urls.media(&photo.key, "1080.jpg")),
            duration: TimeDelta::milliseconds(video.millis),
        }),
        ..picture(urls, photo)
    }
}

fn picture(urls: &Urls, photo: &Photo) -> AttachmentDocument {
    let longest = photo.width.max(photo.height);
    let side = |length: i32| {
        let scaled = i64::from(length) * i64::from(LARGEST_SIDE.min(longest)) / i64::from(longest.max(1));
        u32::try_from(scaled.max(1)).ok().filter(|_| length > 0)
    };
    let focus = (f64::from(photo.focus_x), f64::from(photo.focus_y));
    AttachmentDocument {
        url: address(&urls.media(&photo.key, "1080.jpg")),
        media_type: "image/jpeg".to_owned(),
        name: (!photo.description.is_empty()).then(|| photo.description.clone()),
        blurhash: photo.blurhash.clone(),
        width: side(photo.width),
        height: side(photo.height),
        focal_point: (focus != (0.0, 0.0)).then_some(focus),
        exif: photo.camera.as_ref().map(exif::written).unwrap_or_default(),
        video: None,
    }
}

/// A file of no said type under a post is most often a picture; what it is, its bytes will tell.
pub(super) fn is_picture(file: &Attachment) -> bool {
    matches!(file.kind, MediaKind::Image | MediaKind::Unknown)
}

/// What a video elsewhere looks like, where its server says so; the link to it is in the post.
pub(super) fn still(file: &Attachment) -> Option<RemotePhoto> {
    let icon = file.icon.as_ref().filter(|_| file.kind == MediaKind::Video)?;
    Some(RemotePhoto {
        url: icon.to_string(),
        content_type: String::new(),
        ..photo(file)
    })
}

pub(super) fn photo(file: &Attachment) -> RemotePhoto {
    let side = |pixels: Option<u32>| pixels.and_then(|pixels| i32::try_from(pixels).ok()).unwrap_or(0);
    let (x, y) = file.focal_point.unwrap_or((0.0, 0.0));
    // One size without the other lays out nothing.
    let (width, height) = match (side(file.width), side(file.height)) {
        (width, height) if width > 0 && height > 0 => (width, height),
        _ => (0, 0),
    };
    RemotePhoto {
        url: file.url.to_string(),
        content_type: file.media_type.clone().unwrap_or_default(),
        description: file
            .name
            .as_deref()
            .map(|name| bounded(name, LONGEST_ALT))
            .unwrap_or_default(),
        blurhash: file
            .blurhash
            .clone()
            .filter(|hash| blurhash::decode(hash, 4, 4, 1.0).is_ok()),
        width,
        height,
        focus_x: x as f32,
        focus_y: y as f32,
        camera: exif::read(&file.exif),
    }
}
