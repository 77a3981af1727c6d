//! Between our words and the network's: pure, both directions in one file each. Never fetches, stores or decides.

pub mod activity;
pub mod actor;
mod attached;
pub mod emoji;
mod exif;
pub mod note;
pub mod poll;
pub mod quote;
pub mod signing;
mod titled;

#[cfg(test)]
mod tests;

use tintype_federation::origin::same_origin;
use url::Url;

use crate::domain::text;

/// An address that was stored. What is stored was parsed when it came in or made from the public URL.
pub fn address(stored: &str) -> Url {
    Url::parse(stored).expect("stored addresses were parsed before they were stored")
}

/// The page of something, if it is on the server that the thing is from: it stands beside a name and is searched for, and
/// nobody speaks for another server's pages.
fn own_page<'a>(page: Option<&'a Url>, id: &Url) -> Option<&'a Url> {
    page.filter(|page| same_origin(page, id))
}

/// Text of at most so many characters, without what moves or hides other text: control and direction characters.
fn bounded(text: &str, most: usize) -> String {
    let hidden = |c: char| (c.is_control() && c != '\n') || text::turns(c);
    text.chars()
        .filter(|c| !hidden(*c))
        .take(most)
        .collect::<String>()
        .trim()
        .to_owned()
}
