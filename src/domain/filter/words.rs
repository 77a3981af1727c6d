//! What of a post keywords are looked for in: all that a reader meets as words. Looks for none.

use super::fold;
use crate::domain::html;
use crate::domain::post::Post;

/// `more`: what the pictures show, what can be chosen, and the tags.
pub fn words(summary: &str, html: &str, more: impl IntoIterator<Item = String>) -> String {
    let mut all = vec![summary.to_owned(), html::plain(html)];
    all.extend(more);
    fold(&all.join("\n"))
}

pub fn words_of(post: &Post) -> String {
    let descriptions = post.photos.iter().map(|photo| photo.description.clone());
    let options = post.poll.iter().flat_map(|poll| poll.options.iter().cloned());
    let tags = post.tags.iter().map(|tag| format!("#{tag}"));
    words(&post.summary, &post.html, descriptions.chain(options).chain(tags))
}
