//! The content security policy each page is sent with. Allows no inline style for any page, and no script but
//! the app's own.

use url::Url;

use super::Href;

/// For every page whose forms stay here and whose pictures are ours.
pub const PAGE: &str = "default-src 'none'; base-uri 'none'; frame-ancestors 'none'; style-src 'self'; \
    img-src 'self' data:; form-action 'self'";

/// For the workers of the app, which run nothing but their own files and ask nobody but us.
pub const WORKER: &str = "default-src 'none'; script-src 'self'; connect-src 'self'";

/// `PAGE`, with pictures from a store or CDN of our own.
pub fn page(media: &[Href]) -> String {
    policy(media, None)
}

/// For a page that the app takes over: its own scripts, the ones in the page by their hashes, and nothing of anybody
/// else's. Hashes and no nonce: pages are kept by caches and by the service worker, and a nonce that is read twice is
/// none. Pictures that are being posted are shown from memory, and developed by a worker of ours.
pub fn app(media: &[Href], hashes: &[String]) -> String {
    let pictures = origins(media);
    format!(
        "default-src 'none'; base-uri 'none'; frame-ancestors 'none'; script-src 'self' {}; style-src 'self'; \
         img-src 'self'{pictures} data: blob:; media-src 'self'{pictures} blob:; connect-src 'self'; \
         worker-src 'self'; manifest-src 'self'; form-action 'self'",
        hashes.join(" ")
    )
}

/// For the consent page. Chromium applies `form-action` to the redirect after the form too, so the app's address
/// has to be in it. An address that cannot be named there safely is left out, and the policy stays closed.
pub fn consent(media: &[Href], redirect_uri: &str) -> String {
    policy(media, form_target(redirect_uri).as_deref())
}

/// For the remote follow page, whose form ends on a server that nobody knows before it is sent.
pub fn remote_follow(media: &[Href]) -> String {
    policy(media, Some("https:"))
}

fn policy(media: &[Href], target: Option<&str>) -> String {
    let mut policy = PAGE.to_owned();
    if let Some(target) = target {
        policy.push(' ');
        policy.push_str(target);
    }
    policy.replace("img-src 'self'", &format!("img-src 'self'{}", origins(media)))
}

/// Each once, behind a blank.
fn origins(media: &[Href]) -> String {
    let mut origins: Vec<String> = Vec::new();
    for origin in media.iter().filter_map(|media| form_target(media.as_str())) {
        if !origins.contains(&origin) {
            origins.push(origin);
        }
    }
    origins.iter().map(|origin| format!(" {origin}")).collect()
}

/// The origin of a web address, the scheme of an app's own; `None` for out-of-band codes and for anything unsafe.
fn form_target(address: &str) -> Option<String> {
    let url = Url::parse(address).ok()?;
    match url.scheme() {
        "http" | "https" => {
            let origin = url.origin().ascii_serialization();
            // A host may contain `;`, which would begin a directive of the app's own.
            let plain = |letter: char| letter.is_ascii_alphanumeric() || "-._:/[]".contains(letter);
            origin.chars().all(plain).then_some(origin)
        }
        // `urn` is the out-of-band address; the others run or read what the page should not.
        "urn" | "javascript" | "data" | "blob" | "file" | "filesystem" | "about" | "vbscript" => None,
        scheme => Some(format!("{scheme}:")),
    }
}
