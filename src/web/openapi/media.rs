//! The MediaAttachment entity, field by field. Of the fields after Mastodon's each says what others may have.

use super::kind::Kind::*;
use super::kind::{Field, Kind};

const DIMENSIONS: Kind = Fields(&[
    ("width", Whole),
    ("height", Whole),
    ("size", Text),
    ("aspect", Number),
]);

/// `url` is null for as long as the picture is being made ready.
pub const PICTURE: &[Field] = &[
    ("id", Id),
    ("type", OneOf(&["image", "gifv", "video", "audio", "unknown"])),
    ("url", OrNull(&Address)),
    ("preview_url", OrNull(&Address)),
    ("remote_url", OrNull(&Address)),
    ("preview_remote_url", OrNull(&Address)),
    ("text_url", OrNull(&Address)),
    (
        "meta",
        Fields(&[
            ("original", OrAbsent(&ORIGINAL)),
            ("small", OrAbsent(&DIMENSIONS)),
            ("focus", Fields(&[("x", Number), ("y", Number)])),
            ("length", OrAbsent(&Text)),
            ("duration", OrAbsent(&Number)),
            ("fps", OrAbsent(&Whole)),
            ("size", OrAbsent(&Text)),
            ("width", OrAbsent(&Whole)),
            ("height", OrAbsent(&Whole)),
            ("aspect", OrAbsent(&Number)),
        ]),
    ),
    ("description", OrNull(&Text)),
    ("blurhash", OrNull(&Text)),
    (
        "variants",
        List(&Fields(&[("url", Address), ("type", Text), ("width", Whole)])),
    ),
    (
        "original_file",
        OrNull(&Fields(&[
            ("url", Address),
            ("type", Text),
            ("width", Whole),
            ("height", Whole),
            ("size", Whole),
        ])),
    ),
    ("camera", OrNull(&CAMERA)),
    (
        "hls",
        OrNull(&Fields(&[
            ("url", Address),
            ("type", Text),
            ("sizes", List(&Fields(HLS_SIZE))),
        ])),
    ),
];

/// The list of a size's pieces, and the file that they are in.
const HLS_SIZE: &[Field] = &[
    ("url", Address),
    ("file_url", Address),
    ("width", Whole),
    ("height", Whole),
    ("bitrate", Whole),
];

/// `size` and `aspect` of a picture, the others of a video.
const ORIGINAL: Kind = Fields(&[
    ("width", Whole),
    ("height", Whole),
    ("size", OrAbsent(&Text)),
    ("aspect", OrAbsent(&Number)),
    ("frame_rate", OrAbsent(&Text)),
    ("duration", OrAbsent(&Number)),
    ("bitrate", OrAbsent(&Whole)),
]);
/// The same before it is posted, for its owner.
pub const UPLOADED: &[Field] = &[(
    "similar",
    List(&Fields(&[("id", Id), ("status_id", OrNull(&Id))])),
)];

/// Each null where the camera, or of the film its author, did not say it.
const CAMERA: Kind = Fields(&[
    ("make", OrNull(&Text)),
    ("model", OrNull(&Text)),
    ("lens", OrNull(&Text)),
    ("focal_length", OrNull(&Number)),
    ("focal_length_35mm", OrNull(&Whole)),
    ("exposure", OrNull(&Text)),
    ("aperture", OrNull(&Number)),
    ("iso", OrNull(&Whole)),
    ("taken_at", OrNull(&Text)),
    (
        "film",
        OrNull(&Fields(&[
            ("stock", OrNull(&Text)),
            ("developer", OrNull(&Text)),
            ("scanner", OrNull(&Text)),
        ])),
    ),
]);
