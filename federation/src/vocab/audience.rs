//! Who may see a post, read from its recipients. Never guesses wider than what is written.

use url::Url;

use serde_json::Value;

use super::value;

/// The collection that stands for everybody.
pub const PUBLIC: &str = "https://www.w3.org/ns/activitystreams#Public";

/// Recipients beyond this are not read.
const MOST_RECIPIENTS: usize = 500;

/// Who may see a post.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Audience {
    /// Everybody, and it may be shown in public lists.
    Public,
    /// Everybody who knows where it is.
    Unlisted,
    /// The author's followers and whom it names.
    Followers,
    /// Whom it names.
    Direct,
}

impl Audience {
    /// The audience of a post whose author's followers collection is known; what is unclear is the most private.
    pub fn of(to: &[Url], cc: &[Url], followers: Option<&Url>) -> Self {
        let is_public = |url: &Url| url.as_str() == PUBLIC;
        let is_followers = |url: &Url| Some(url) == followers;
        if to.iter().any(is_public) {
            Self::Public
        } else if cc.iter().any(is_public) {
            Self::Unlisted
        } else if to.iter().chain(cc).any(is_followers) {
            Self::Followers
        } else {
            Self::Direct
        }
    }
}

/// The collection that stands for everybody, as a URL.
pub fn public() -> Url {
    activitypub_federation::kinds::public()
}

/// Recipients, with the three spellings of everybody made one.
pub(crate) fn recipients(value: Option<&Value>) -> Vec<Url> {
    value::each(value, MOST_RECIPIENTS)
        .filter_map(|entry| match entry.as_str() {
            Some("as:Public" | "Public" | PUBLIC) => Some(public()),
            _ => value::id(Some(entry)),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn the_three_spellings_of_everybody_are_one() {
        for spelling in [PUBLIC, "as:Public", "Public"] {
            assert_eq!(
                Audience::of(&recipients(Some(&json!(spelling))), &[], None),
                Audience::Public
            );
            assert_eq!(
                Audience::of(&[], &recipients(Some(&json!([spelling]))), None),
                Audience::Unlisted
            );
        }
    }

    #[test]
    fn only_the_authors_own_followers_make_a_followers_post() {
        let own = Url::parse("https://h.example/users/ana/followers").unwrap();
        let others = Url::parse("https://h.example/users/ben/followers").unwrap();
        assert_eq!(
            Audience::of(std::slice::from_ref(&own), &[], Some(&own)),
            Audience::Followers
        );
        assert_eq!(
            Audience::of(&[], std::slice::from_ref(&own), Some(&own)),
            Audience::Followers
        );
        assert_eq!(Audience::of(&[others], &[], Some(&own)), Audience::Direct);
        assert_eq!(Audience::of(&[own], &[], None), Audience::Direct);
    }
}
