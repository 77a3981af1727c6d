//! The first picture of a list of posts, fetched by the browser before any script runs. Names no picture that is covered.

use super::posts::Listed;
use crate::domain::html;

/// As wide as the app's feed shows a picture.
pub const SIZES: &str = "(min-width: 640px) 600px, 100vw";

/// The link, if the first post has an open picture.
pub fn link(posts: &[Listed]) -> Option<String> {
    let Listed { post, .. } = posts.first()?;
    if post.is_covered() {
        return None;
    }
    let picture = post.media_attachments.first()?;
    // The first type that the app offers. A browser that does not know it does not load it.
    let sets = ["image/avif", "image/webp"].map(|kind| (kind, picture.source_set(kind)));
    let (kind, set) = sets.into_iter().find(|(_, set)| !set.is_empty())?;
    Some(format!(
        r#"<link rel="preload" as="image" type="{kind}" imagesrcset="{}" imagesizes="{SIZES}" fetchpriority="high">"#,
        html::escape(&set),
    ))
}

#[cfg(test)]
mod tests {
    use super::super::posts::read;
    use super::*;

    fn link_of(answer: &str) -> Option<String> {
        link(&read(answer))
    }

    const VARIANTS: &str = r#"[{"url":"/l.webp","type":"image/webp","width":1080},{"url":"/l.jpg","type":"image/jpeg","width":1080},
        {"url":"/s.webp?a&b","type":"image/webp","width":320}]"#;

    fn post(sensitive: bool, spoiler: &str) -> String {
        format!(
            r#"{{"sensitive":{sensitive},"spoiler_text":"{spoiler}","media_attachments":[{{"variants":{VARIANTS}}}],"reblog":null}}"#
        )
    }

    #[test]
    fn the_first_picture_is_named_in_all_its_sizes() {
        let link = link_of(&format!("[{}]", post(false, ""))).unwrap();
        assert!(
            link.contains(r#"imagesrcset="/s.webp?a&amp;b 320w, /l.webp 1080w""#),
            "{link}"
        );
    }

    #[test]
    fn where_there_is_avif_it_is_what_the_app_takes() {
        let posts = format!("[{}]", post(false, "")).replace("image/jpeg", "image/avif");
        let link = link_of(&posts).unwrap();
        assert!(
            link.contains(r#"type="image/avif" imagesrcset="/l.jpg 1080w""#),
            "{link}"
        );
    }

    #[test]
    fn a_repost_shows_what_is_inside() {
        let inside = post(false, "");
        let repost = format!(r#"[{{"sensitive":false,"media_attachments":[],"reblog":{inside}}}]"#);
        assert!(link_of(&repost).is_some());
    }

    #[test]
    fn what_is_covered_is_not_fetched() {
        assert_eq!(link_of(&format!("[{}]", post(true, ""))), None);
        assert_eq!(link_of(&format!("[{}]", post(false, "dust"))), None);
        assert_eq!(link_of("[]"), None);
        assert_eq!(link_of("{}"), None);
    }
}
