//! The first picture of a list of posts, fetched by the browser before any script runs. Names no picture that is covered.

use serde::Deserialize;

use crate::domain::html;

/// As wide as the app's feed shows a picture.
const SIZES: &str = "(min-width: 640px) 600px, 100vw";

#[derive(Deserialize)]
struct Post {
    sensitive: bool,
    #[serde(default)]
    spoiler_text: String,
    #[serde(default)]
    media_attachments: Vec<Picture>,
    #[serde(default)]
    reblog: Option<Box<Post>>,
}

#[derive(Deserialize)]
struct Picture {
    #[serde(default)]
    variants: Vec<Variant>,
}

#[derive(Deserialize)]
struct Variant {
    url: String,
    #[serde(rename = "type")]
    content_type: String,
    width: u32,
}

/// The link, if the answer is a list of posts whose first one has an open picture.
pub fn link(answer: &str) -> Option<String> {
    let posts: Vec<Post> = serde_json::from_str(answer).ok()?;
    let mut post = posts.into_iter().next()?;
    if let Some(inside) = post.reblog.take() {
        post = *inside;
    }
    if post.sensitive || !post.spoiler_text.is_empty() {
        return None;
    }
    let picture = post.media_attachments.into_iter().next()?;
    let mut webp = picture.variants;
    webp.retain(|variant| variant.content_type == "image/webp");
    if webp.is_empty() {
        return None;
    }
    webp.sort_by_key(|variant| variant.width);
    let set: Vec<String> = webp
        .iter()
        .map(|variant| format!("{} {}w", variant.url, variant.width))
        .collect();
    Some(format!(
        r#"<link rel="preload" as="image" type="image/webp" imagesrcset="{}" imagesizes="{SIZES}" fetchpriority="high">"#,
        html::escape(&set.join(", ")),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    const VARIANTS: &str = r#"[{"url":"/l.webp","type":"image/webp","width":1080},{"url":"/l.jpg","type":"image/jpeg","width":1080},
        {"url":"/s.webp?a&b","type":"image/webp","width":320}]"#;

    fn post(sensitive: bool, spoiler: &str) -> String {
        format!(
            r#"{{"sensitive":{sensitive},"spoiler_text":"{spoiler}","media_attachments":[{{"variants":{VARIANTS}}}],"reblog":null}}"#
        )
    }

    #[test]
    fn the_first_picture_is_named_in_all_its_sizes() {
        let link = link(&format!("[{}]", post(false, ""))).unwrap();
        assert!(
            link.contains(r#"imagesrcset="/s.webp?a&amp;b 320w, /l.webp 1080w""#),
            "{link}"
        );
    }

    #[test]
    fn a_repost_shows_what_is_inside() {
        let inside = post(false, "");
        let repost = format!(r#"[{{"sensitive":false,"media_attachments":[],"reblog":{inside}}}]"#);
        assert!(link(&repost).is_some());
    }

    #[test]
    fn what_is_covered_is_not_fetched() {
        assert_eq!(link(&format!("[{}]", post(true, ""))), None);
        assert_eq!(link(&format!("[{}]", post(false, "dust"))), None);
        assert_eq!(link("[]"), None);
        assert_eq!(link("{}"), None);
    }
}
