//! Pictures and videos as the client API shows them, declared once. Runs nothing.

use super::shape::Kind::*;
use super::shape::{Shape, and, but};

/// A picture that is ready, or elsewhere.
pub fn picture() -> Shape {
    and(attachment(), vec![("url", Address), ("preview_url", Address)])
}

/// The same for its owner, before it is posted.
pub fn upload() -> Shape {
    and(picture(), vec![("similar", List(&Object(similar)))])
}

/// A picture that is being made ready.
pub fn waiting_picture() -> Shape {
    let waits = vec![("url", Null), ("preview_url", Null), ("similar", Empty)];
    and(attachment(), waits)
}

fn similar() -> Shape {
    vec![("id", Id), ("status_id", OrNull(&Id))]
}

fn attachment() -> Shape {
    vec![
        ("id", Id),
        ("type", OneOf(&["image", "unknown"])),
        ("hls", Null),
        ("remote_url", OrNull(&Address)),
        ("preview_remote_url", Null),
        ("text_url", Null),
        ("meta", Object(meta)),
        ("description", OrNull(&Words)),
        ("blurhash", OrNull(&Words)),
        ("variants", List(&Object(variant))),
        ("original_file", OrNull(&Object(original_file))),
        ("camera", OrNull(&Object(camera))),
    ]
}

pub fn original_file() -> Shape {
    vec![
        ("url", Address),
        ("type", OneOf(&["image/jpeg", "image/png", "image/webp"])),
        ("width", Whole),
        ("height", Whole),
        ("size", Whole),
    ]
}

pub fn camera() -> Shape {
    vec![
        ("make", OrNull(&Words)),
        ("model", OrNull(&Words)),
        ("lens", OrNull(&Words)),
        ("focal_length", OrNull(&Number)),
        ("focal_length_35mm", OrNull(&Whole)),
        ("exposure", OrNull(&Words)),
        ("aperture", OrNull(&Number)),
        ("iso", OrNull(&Whole)),
        ("taken_at", OrNull(&Words)),
        ("film", OrNull(&Object(film))),
    ]
}

pub fn film() -> Shape {
    vec![
        ("stock", OrNull(&Words)),
        ("developer", OrNull(&Words)),
        ("scanner", OrNull(&Words)),
    ]
}

fn meta() -> Shape {
    vec![
        ("original", OrAbsent(&Object(dimensions))),
        ("small", OrAbsent(&Object(dimensions))),
        ("focus", Object(|| vec![("x", Number), ("y", Number)])),
    ]
}

pub fn dimensions() -> Shape {
    vec![
        ("width", Whole),
        ("height", Whole),
        ("size", Words),
        ("aspect", Number),
    ]
}

/// A video that can be streamed, for its owner.
pub fn video() -> Shape {
    let more = vec![
        ("type", OneOf(&["video"])),
        ("meta", Object(film_meta)),
        ("hls", Object(hls)),
    ];
    but(upload(), more)
}

/// A moving GIF, of which nothing can be streamed.
pub fn looping() -> Shape {
    but(
        upload(),
        vec![("type", OneOf(&["gifv"])), ("meta", Object(film_meta))],
    )
}

fn hls() -> Shape {
    vec![
        ("url", Address),
        ("type", Words),
        ("sizes", List(&Object(hls_size))),
    ]
}

fn hls_size() -> Shape {
    let numbers = ["width", "height", "bitrate"];
    let addresses = vec![("url", Address), ("file_url", Address)];
    and(numbers.map(|name| (name, Whole)).to_vec(), addresses)
}

fn film_meta() -> Shape {
    let film = || {
        let numbers = ["width", "height", "bitrate"].map(|name| (name, Whole)).to_vec();
        and(numbers, vec![("frame_rate", Words), ("duration", Number)])
    };
    let about = ["fps", "width", "height"].map(|name| (name, Whole)).to_vec();
    let more = vec![
        ("original", Object(film)),
        ("small", Object(dimensions)),
        ("length", Words),
        ("duration", Number),
        ("size", Words),
        ("aspect", Number),
    ];
    but(but(meta(), about), more)
}

fn variant() -> Shape {
    vec![("url", Address), ("type", Words), ("width", Whole)]
}
