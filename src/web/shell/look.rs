//! The posts that are seen before the app is there: the first of a list, while they are ones whose place and size are
//! known. Draws nothing that would stand elsewhere in the app.

use super::asker::First;
use super::posts::{Listed, Picture, Size};
use super::preload::SIZES;
use crate::web::pages::{CleanHtml, Href, Look, LookPost, Template as _};

/// As many as a screen shows.
const MOST: usize = 2;
/// The shapes of a box in the feed, in hundredths of its height: the app's own bounds.
const TALLEST: u32 = 80;
const WIDEST: u32 = 191;

impl First {
    /// With what is seen at first, if the list begins with what can be shown.
    pub fn with_look(mut self, site: &str, is_in: bool) -> Self {
        let posts: Vec<LookPost> = self.posts.iter().map_while(drawn).take(MOST).collect();
        if !posts.is_empty() {
            let look = Look {
                site,
                has_tabs: is_in,
                sizes: SIZES,
                posts,
            };
            self.look = look.render().unwrap_or_default();
        }
        self
    }
}

fn drawn(Listed { post, is_repost }: &Listed) -> Option<LookPost> {
    if post.is_covered() || !post.is_plain() {
        return None;
    }
    let account = &post.account;
    let picture = post.media_attachments.first()?;
    let name = account.display_name.trim();
    Some(LookPost {
        is_repost: *is_repost,
        author: Href::parse(&format!("/@{}", account.acct))?,
        avatar: Href::parse(&account.avatar)?,
        name: if name.is_empty() { &account.username } else { name }.to_owned(),
        handle: account.acct.contains('@').then(|| account.acct.clone()),
        shape: shape(picture)?,
        avif: picture.source_set("image/avif"),
        webp: picture.source_set("image/webp"),
        jpeg: picture.source_set("image/jpeg"),
        plain: Href::parse(picture.preview_url.as_deref().or(picture.url.as_deref())?)?,
        alt: picture.description.clone().unwrap_or_default(),
        // What the API answers with is cleaned.
        words: CleanHtml::trust(post.words().to_owned()),
        language: post.language.clone(),
        has_camera: picture.camera.is_some(),
        has_comments: post.replies_count > 0,
    })
}

/// Of the box. None for what is not here yet, for films, and for what is cut anywhere but in its middle.
fn shape(picture: &Picture) -> Option<(u32, u32)> {
    picture.url.as_ref().filter(|_| picture.kind == "image")?;
    let meta = picture.meta.as_ref()?;
    let Size { width, height } = meta.original?;
    let share = u64::from(width) * 100 / u64::from(height.max(1));
    let bound = match share {
        share if share < u64::from(TALLEST) => TALLEST,
        share if share >= u64::from(WIDEST) => WIDEST,
        _ => return (width > 0).then_some((width, height)),
    };
    let is_middle = meta.focus.is_none_or(|focus| focus.x == 0.0 && focus.y == 0.0);
    is_middle.then_some((bound, 100))
}

#[cfg(test)]
mod tests {
    use super::super::posts;
    use super::*;

    fn post(id: u8, more: &str, picture: &str) -> String {
        format!(
            r#"{{"id":"{id}","sensitive":false,"content":"<p>Dust</p>","account":{{"acct":"ines","username":"ines","display_name":"I<b>","avatar":"/a.png"}},
            "media_attachments":[{{"type":"image","url":"/p.jpg","preview_url":"/s.jpg","description":"\"Sea\"","variants":[],{picture}}}]{more}}}"#
        )
    }

    fn sized(width: u32, height: u32, x: f32) -> String {
        format!(r#""meta":{{"original":{{"width":{width},"height":{height}}},"focus":{{"x":{x},"y":0.0}}}}"#)
    }

    fn look(posts: &[String]) -> String {
        let answer = format!("[{}]", posts.join(","));
        let first = First {
            posts: posts::read(&answer),
            ..First::default()
        };
        first.with_look("Home & away", false).look
    }

    #[test]
    fn the_first_posts_are_drawn_with_what_people_wrote_escaped() {
        let open = [1, 1, 2, 3].map(|id| post(id, "", &sized(1080, 720, 0.0)));
        let look = look(&open);
        assert_eq!(look.matches("look-post").count(), MOST);
        for part in [
            "Home &#38; away",
            "I&#60;b&#62;",
            "viewBox=\"0 0 1080 720\"",
            "<p>Dust</p>",
            "alt=\"&#34;Sea&#34;\"",
        ] {
            assert!(look.contains(part), "{part}: {look}");
        }
        assert!(!look.contains("look-tabs") && !look.contains("style="));
    }

    #[test]
    fn it_ends_before_what_would_stand_elsewhere() {
        let open = post(1, "", &sized(1080, 720, 0.0));
        for other in [
            post(2, r#","spoiler_text":"dust""#, &sized(1080, 720, 0.0)),
            post(2, r#","filtered":[{}]"#, &sized(1080, 720, 0.0)),
            post(2, r#","poll":{}"#, &sized(1080, 720, 0.0)),
            post(2, r#","emojis":[{}]"#, &sized(1080, 720, 0.0)),
            post(2, "", &sized(1080, 4000, 0.5)),
            post(2, "", r#""meta":null"#),
            r#"{"id":"2","sensitive":false}"#.to_owned(),
        ] {
            assert_eq!(look(std::slice::from_ref(&other)), "", "{other}");
            assert_eq!(look(&[open.clone(), other]).matches("look-post").count(), 1);
        }
    }

    #[test]
    fn a_box_is_as_tall_and_as_wide_as_the_app_allows() {
        let boxed = |width, height| look(&[post(1, "", &sized(width, height, 0.0))]);
        assert!(boxed(1080, 4000).contains("viewBox=\"0 0 80 100\""));
        assert!(boxed(4000, 1000).contains("viewBox=\"0 0 191 100\""));
        assert!(boxed(1080, 1350).contains("viewBox=\"0 0 1080 1350\""));
    }
}
