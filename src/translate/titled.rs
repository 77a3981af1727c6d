//! Posts that are more than a post here can be, such as articles, videos and events: their title leads to where they are
//! whole. Never shows what hides behind a warning in front of it.

use tintype_federation::vocab::Note;
use url::Url;

use super::bounded;
use crate::domain::html;

const LONGEST_SUMMARY: usize = 1_000;
const LONGEST_TITLE: usize = 300;
/// Of the short text that stands under a title.
const LONGEST_ABSTRACT: usize = 500;

/// The warning in front of a post. A titled post has its short text where others have their warning, as Mastodon and
/// blogs understand it; only one that is sensitive means a warning by it. Nobody warns of a post by repeating its title.
pub fn warning(note: &Note) -> String {
    if note.kind.is_titled() && !note.sensitive {
        return String::new();
    }
    let summary = html::plain(note.summary.as_deref().unwrap_or_default());
    if !note.sensitive && note.name.as_deref().is_some_and(|name| name.trim() == summary) {
        return String::new();
    }
    bounded(&summary, LONGEST_SUMMARY)
}

/// The text of a post that is shown whole. Forums give its first post a title, which stands above the text unless that
/// begins with it.
pub fn headed(note: &Note) -> String {
    let text = html::clean(note.content_html.as_deref().unwrap_or_default());
    let Some(said) = note.name.as_deref().filter(|_| note.in_reply_to.is_none()) else {
        return text;
    };
    let title = bounded(said.trim(), LONGEST_TITLE);
    if title.is_empty() || html::plain(&text).starts_with(&title) {
        return text;
    }
    html::clean(&format!("<p><strong>{}</strong></p>", html::escape(&title))) + &text
}

/// The title as a link to the post's page, the short text under it, and the pages that the post is about.
pub fn html(note: &Note) -> String {
    let mut html = link(note.url.as_ref().unwrap_or(&note.id), &title(note));
    let short = abstract_of(note);
    if !short.is_empty() {
        html.push_str(&html::clean(&format!("<p>{}</p>", html::escape(&short))));
    }
    for page in &note.links {
        html.push_str(&link(page, page.as_str()));
    }
    html
}

fn title(note: &Note) -> String {
    let said = note
        .name
        .clone()
        .or_else(|| note.content_html.as_deref().map(html::plain));
    let title = bounded(said.as_deref().unwrap_or_default(), LONGEST_TITLE);
    if title.is_empty() {
        note.id.to_string()
    } else {
        title
    }
}

fn abstract_of(note: &Note) -> String {
    let summary = note
        .summary
        .as_deref()
        .filter(|_| note.kind.is_titled() && !note.sensitive);
    let short = bounded(&html::plain(summary.unwrap_or_default()), LONGEST_ABSTRACT);
    if short == title(note) {
        String::new()
    } else {
        short
    }
}

/// A paragraph that is a link, shown by a name of bounded length.
pub fn link(url: &Url, shown: &str) -> String {
    html::clean(&format!(
        r#"<p><a href="{}">{}</a></p>"#,
        html::escape(url.as_str()),
        html::escape(&bounded(shown, LONGEST_TITLE))
    ))
}
