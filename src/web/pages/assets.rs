//! The few files that pages load, inside the binary and named by their content. Serves nothing of a user's.

use std::sync::LazyLock;

use aws_lc_rs::digest;

/// For an address with the content's hash in it.
const FOR_EVER: &str = "public, max-age=31536000, immutable";
/// For an address that stays while the content may change.
const FOR_A_DAY: &str = "public, max-age=86400";

/// One file as it is to be answered.
#[derive(Clone, Copy, Debug)]
pub struct Asset {
    pub content_type: &'static str,
    pub bytes: &'static [u8],
    pub cache_control: &'static str,
}

struct File {
    name: &'static str,
    content_type: &'static str,
    bytes: &'static [u8],
}

const STYLESHEET: &str = concat!(
    include_str!("assets/css/tokens.css"),
    include_str!("assets/css/frame.css"),
    include_str!("assets/css/grid.css"),
    include_str!("assets/css/profile.css"),
    include_str!("assets/css/post.css"),
    include_str!("assets/css/form.css"),
);

static FILES: [File; 12] = [
    File {
        name: "page.css",
        content_type: "text/css; charset=utf-8",
        bytes: STYLESHEET.as_bytes(),
    },
    File {
        name: "logo.svg",
        content_type: "image/svg+xml",
        bytes: include_bytes!("assets/logo.svg"),
    },
    File {
        name: "avatar.svg",
        content_type: "image/svg+xml",
        bytes: include_bytes!("assets/avatar.svg"),
    },
    File {
        name: "avatar.png",
        content_type: "image/png",
        bytes: include_bytes!("assets/avatar.png"),
    },
    File {
        name: "header.svg",
        content_type: "image/svg+xml",
        bytes: include_bytes!("assets/header.svg"),
    },
    File {
        name: "header.png",
        content_type: "image/png",
        bytes: include_bytes!("assets/header.png"),
    },
    File {
        name: "card.png",
        content_type: "image/png",
        bytes: include_bytes!("assets/card.png"),
    },
    File {
        name: "touch.png",
        content_type: "image/png",
        bytes: include_bytes!("assets/touch.png"),
    },
    File {
        name: "icon-192.png",
        content_type: "image/png",
        bytes: include_bytes!("assets/icon-192.png"),
    },
    File {
        name: "icon-512.png",
        content_type: "image/png",
        bytes: include_bytes!("assets/icon-512.png"),
    },
    // Filled to its edges: the system cuts it to its own shape.
    File {
        name: "icon-mask.png",
        content_type: "image/png",
        bytes: include_bytes!("assets/icon-mask.png"),
    },
    File {
        name: "favicon.ico",
        content_type: "image/x-icon",
        bytes: include_bytes!("assets/favicon.ico"),
    },
];

// Name and address of each file, in the order of `FILES`.
static PATHS: LazyLock<Vec<String>> = LazyLock::new(|| FILES.iter().map(hashed_path).collect());

/// Every hashed address, for the router and for tests that read them all.
pub fn paths() -> impl Iterator<Item = &'static str> {
    PATHS.iter().map(String::as_str)
}

/// The hashed address of a file. Templates name files as literals, and a test asks for each of them.
pub fn path(name: &str) -> &'static str {
    let place = FILES.iter().position(|file| file.name == name);
    place
        .and_then(|place| PATHS.get(place))
        .map_or("/assets/missing", String::as_str)
}

/// The file at an address: `/assets/NAME-HASH.EXT`, `/assets/NAME.EXT`, or `/favicon.ico`.
pub fn asset(path: &str) -> Option<Asset> {
    if let Some(place) = PATHS.iter().position(|known| known == path) {
        return FILES.get(place).map(|file| file.answer(FOR_EVER));
    }
    let name = path
        .strip_prefix("/assets/")
        .or((path == "/favicon.ico").then_some("favicon.ico"))?;
    FILES
        .iter()
        .find(|file| file.name == name)
        .map(|file| file.answer(FOR_A_DAY))
}

impl File {
    fn answer(&self, cache_control: &'static str) -> Asset {
        Asset {
            content_type: self.content_type,
            bytes: self.bytes,
            cache_control,
        }
    }
}

fn hashed_path(file: &File) -> String {
    let hash = digest::digest(&digest::SHA256, file.bytes);
    let short: String = hash
        .as_ref()
        .iter()
        .take(6)
        .map(|byte| format!("{byte:02x}"))
        .collect();
    match file.name.rsplit_once('.') {
        Some((stem, extension)) => format!("/assets/{stem}-{short}.{extension}"),
        None => format!("/assets/{}-{short}", file.name),
    }
}
