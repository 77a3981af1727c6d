//! What Pixelfed's apps ask for beyond Mastodon's API: what it takes and gives. Serves none of it.

use super::kind::Kind::*;
use super::kind::{Field, Kind};
use super::operation::{Operation, delete, get, post};

const READ: &str = "read:accounts";
const WRITE: &str = "write:accounts";

const COMMON: Kind = Fields(&[
    (
        "timelines",
        Fields(&[
            ("show_public", Flag),
            ("show_network", Flag),
            ("hide_likes_shares", Flag),
        ]),
    ),
    (
        "media",
        Fields(&[
            ("hide_public_behind_cw", Flag),
            ("always_show_cw", Flag),
            ("show_alt_text", Flag),
        ]),
    ),
    (
        "appearance",
        Fields(&[
            ("links_use_in_app_browser", Flag),
            ("theme", OneOf(&["system", "light", "dark"])),
        ]),
    ),
]);

const SETTINGS: Kind = Fields(&[
    ("id", Id),
    ("username", Text),
    ("updated_at", OrNull(&Time)),
    ("common", COMMON),
]);

const CONFIG: Kind = Fields(&[
    ("version", Text),
    ("open_registration", Flag),
    ("show_legal_notice_link", Flag),
    ("uploader", Fields(UPLOADER)),
    (
        "activitypub",
        Fields(&[("enabled", Flag), ("remote_follow", Flag)]),
    ),
    (
        "site",
        Fields(&[
            ("name", Text),
            ("domain", Text),
            ("url", Address),
            ("description", Text),
        ]),
    ),
    (
        "account",
        Fields(&[
            ("max_avatar_size", Whole),
            ("max_bio_length", Whole),
            ("max_name_length", Whole),
            ("min_password_length", Whole),
        ]),
    ),
    ("username", Fields(&[("remote", Named(&Any))])),
    ("features", Named(&Any)),
]);

const UPLOADER: &[Field] = &[
    ("max_photo_size", Whole),
    ("max_caption_length", Whole),
    ("max_altext_length", Whole),
    ("album_limit", Whole),
    ("optimize_image", Flag),
    ("optimize_video", Flag),
    ("media_types", Text),
    ("mime_types", List(&Text)),
    ("enforce_account_limit", Flag),
];

pub const OPERATIONS: &[Operation] = &[
    get("/api/v2/config", "The bounds of this server").gives(CONFIG),
    get(
        "/api/nodeinfo/2.0.json",
        "What program this is, for an app that knows only one; 404 unless the server allows it",
    )
    .refuses(&[404])
    .gives(Named(&Any)),
    get("/api/pixelfed/v1/app/settings", "What the app keeps for one")
        .needs(READ)
        .gives(SETTINGS),
    post("/api/pixelfed/v1/app/settings", "Keep it")
        .needs(WRITE)
        .takes(&[("common", COMMON)])
        .gives(SETTINGS),
    delete("/api/v1.1/accounts/avatar", "Take one's picture away")
        .needs(WRITE)
        .gives(Of("CredentialAccount")),
    post("/api/v1.1/accounts/change-password", "Change one's password")
        .needs("write")
        .takes(&[
            ("current_password", Text),
            ("new_password", Text),
            ("confirm_password", Text),
        ])
        .gives(Of("Account")),
    post("/api/v1.1/report", "Tell the moderators of somebody")
        .needs("write:reports")
        .takes(&[
            ("object_type", OneOf(&["user", "post"])),
            ("object_id", Text),
            ("report_type", Text),
            ("message", OrAbsent(&Text)),
        ])
        .gives(Fields(&[("msg", Text), ("code", Whole)])),
];
