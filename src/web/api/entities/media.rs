//! The MediaAttachment entity. `url` is the largest JPEG, or the video, on our own host; null only while it is being made ready.

use serde::Serialize;

use crate::domain::camera;
use crate::domain::ids::MediaId;
use crate::domain::post::Photo;
use crate::domain::urls::Urls;
use crate::web::api::entities::moving::{self, Film, Hls, Moving};

#[derive(Debug, Serialize)]
pub struct Attachment {
    pub id: MediaId,
    #[serde(rename = "type")]
    pub kind: &'static str,
    pub url: Option<String>,
    pub preview_url: Option<String>,
    pub remote_url: Option<String>,
    pub preview_remote_url: Option<String>,
    pub text_url: Option<String>,
    pub meta: Meta,
    pub description: Option<String>,
    pub blurhash: Option<String>,
    /// Ours: the renditions that differ in size, for `srcset`.
    pub variants: Vec<Variant>,
    /// Ours: the upload without what it said beside the picture, where its author lets others have it.
    pub original_file: Option<OriginalFile>,
    /// Ours: with what and how it was taken, where its author lets others know.
    pub camera: Option<Camera>,
    /// Ours: what there is to stream of a video.
    pub hls: Option<Hls>,
}

#[derive(Debug, Serialize)]
pub struct OriginalFile {
    pub url: String,
    #[serde(rename = "type")]
    pub content_type: &'static str,
    pub width: i32,
    pub height: i32,
    /// Bytes.
    pub size: i64,
}

/// All that may be known, null where it is not.
#[derive(Debug, Serialize)]
pub struct Camera {
    pub make: Option<String>,
    pub model: Option<String>,
    pub lens: Option<String>,
    pub focal_length: Option<f64>,
    pub focal_length_35mm: Option<u16>,
    pub exposure: Option<String>,
    pub aperture: Option<f64>,
    pub iso: Option<u32>,
    pub taken_at: Option<String>,
    pub film: Option<OnFilm>,
}

#[derive(Debug, Serialize)]
pub struct OnFilm {
    pub stock: Option<String>,
    pub developer: Option<String>,
    pub scanner: Option<String>,
}

#[derive(Debug, Serialize)]
pub struct Meta {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub original: Option<Original>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub small: Option<Dimensions>,
    pub focus: Focus,
    #[serde(flatten)]
    pub moving: Option<Moving>,
}

#[derive(Debug, Serialize)]
#[serde(untagged)]
pub enum Original {
    Picture(Dimensions),
    Video(Film),
}

impl Original {
    /// Pixels, width before height.
    pub fn sides(&self) -> (i32, i32) {
        match self {
            Self::Picture(size) => (size.width, size.height),
            Self::Video(film) => (film.width, film.height),
        }
    }
}

#[derive(Debug, Serialize)]
pub struct Dimensions {
    pub width: i32,
    pub height: i32,
    pub size: String,
    pub aspect: f64,
}

#[derive(Debug, Serialize)]
pub struct Focus {
    pub x: f32,
    pub y: f32,
}

#[derive(Debug, Serialize)]
pub struct Variant {
    pub url: String,
    #[serde(rename = "type")]
    pub content_type: &'static str,
    pub width: i32,
}

/// Longest sides of the renditions that every picture has and that keep its shape, largest first.
const SIDES: [i32; 3] = [1080, 640, 320];
/// The same of the one that some have.
const LARGER: i32 = 2048;
/// The smallest files first.
const FORMATS: [(&str, &str); 3] = [
    ("avif", "image/avif"),
    ("webp", "image/webp"),
    ("jpg", "image/jpeg"),
];

pub fn attachment(urls: &Urls, photo: &Photo) -> Attachment {
    // A remote picture is shown under our address at once: the media handler fetches it when it is asked for. One that
    // cannot be had keeps that address, since clients leave out what has none, and no reader is sent to its server.
    let shown = photo.state == 1 || photo.remote_url.is_some();
    let video = photo.video.as_ref();
    let url = |file: &str| match photo.state {
        1 => Some(urls.media(&photo.key, file)),
        _ => shown.then(|| urls.media_here(&photo.key, file)),
    };
    let known = photo.width > 0 && photo.height > 0;
    Attachment {
        id: photo.id,
        kind: match photo.kind {
            0 if photo.state != 2 => "image",
            1 if photo.state != 2 => "gifv",
            2 if photo.state != 2 => "video",
            _ => "unknown",
        },
        url: url(if video.is_some() { "video.mp4" } else { "1080.jpg" }),
        preview_url: match video {
            // Its stills are there before it can be played.
            Some(_) if photo.state == 0 => photo.blurhash.as_ref().map(|_| urls.media(&photo.key, "640.jpg")),
            _ => url("640.jpg"),
        },
        remote_url: photo.remote_url.clone(),
        preview_remote_url: None,
        text_url: None,
        meta: Meta {
            original: match video {
                Some(video) => known.then(|| Original::Video(moving::film(video))),
                None => known.then(|| Original::Picture(fit(photo, SIDES[0]))),
            },
            small: known.then(|| fit(photo, SIDES[1])),
            focus: Focus {
                x: photo.focus_x,
                y: photo.focus_y,
            },
            moving: video.map(moving::about),
        },
        description: (!photo.description.is_empty()).then(|| photo.description.clone()),
        blurhash: photo.blurhash.clone(),
        variants: if photo.state == 1 && known && photo.kind <= 2 {
            variants(urls, photo)
        } else {
            Vec::new()
        },
        original_file: original_file(urls, photo),
        camera: photo.camera.as_ref().map(camera),
        hls: video.and_then(|video| moving::hls(urls, &photo.key, video)),
    }
}

fn original_file(urls: &Urls, photo: &Photo) -> Option<OriginalFile> {
    let key = photo.shared_key.as_deref()?;
    let (content_type, name) = match photo.content_type.as_str() {
        "image/jpeg" => ("image/jpeg", "original.jpg"),
        "image/png" => ("image/png", "original.png"),
        "image/webp" => ("image/webp", "original.webp"),
        _ => return None,
    };
    Some(OriginalFile {
        url: urls.media(key, name),
        content_type,
        width: photo.width,
        height: photo.height,
        size: photo.shared_bytes,
    })
}

fn camera(known: &camera::Camera) -> Camera {
    let camera::Camera {
        make,
        model,
        lens,
        focal_length,
        focal_length_35mm,
        exposure,
        aperture,
        iso,
        taken_at,
        film,
    } = known.clone();
    Camera {
        make,
        model,
        lens,
        focal_length,
        focal_length_35mm,
        exposure,
        aperture,
        iso,
        taken_at,
        film: film.map(|film| OnFilm {
            stock: film.stock,
            developer: film.developer,
            scanner: film.scanner,
        }),
    }
}

/// The size of a rendition whose longest side is `side`; a smaller picture keeps its own.
pub fn fit(photo: &Photo, side: i32) -> Dimensions {
    let longest = photo.width.max(photo.height).max(1);
    let scaled = |length: i32| {
        if longest <= side {
            length
        } else {
            ((f64::from(length) * f64::from(side) / f64::from(longest)).round() as i32).max(1)
        }
    };
    let (width, height) = (scaled(photo.width), scaled(photo.height));
    let aspect = f64::from(photo.width) / f64::from(photo.height.max(1));
    Dimensions {
        width,
        height,
        size: format!("{width}x{height}"),
        aspect,
    }
}

fn variants(urls: &Urls, photo: &Photo) -> Vec<Variant> {
    let longest = photo.width.max(photo.height);
    // Where the picture is no larger than a rung, the rungs above repeat it.
    let sides = SIDES.iter().filter(|side| **side == SIDES[0] || **side < longest);
    let larger = matches!(photo.renditions, 2 | 4).then_some(&LARGER);
    // WebP has to wait now and then, and AVIF always does.
    let formats = match photo.renditions {
        0 => &FORMATS[2..],
        1 | 2 => &FORMATS[1..],
        _ => &FORMATS[..],
    };
    larger
        .into_iter()
        .chain(sides)
        .flat_map(|side| {
            let width = fit(photo, *side).width;
            formats.iter().map(move |(extension, content_type)| Variant {
                url: urls.media(&photo.key, &format!("{side}.{extension}")),
                content_type,
                width,
            })
        })
        .collect()
}
