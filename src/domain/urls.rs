//! Addresses on this instance, permanent ones above all. Makes and reads them; fetches nothing.

use url::Url;

use super::ids::PostId;
use super::picture_key;

/// The public URL and everything below it. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Urls {
    base: String,
    authority: String,
    media: Shelf,
    /// Where those are read from that are in a store of copies; absent where there is none.
    copies: Option<Shelf>,
}

/// From where stored pictures are read.
#[derive(Clone, Debug)]
enum Shelf {
    /// This program, or what stands before it.
    Program(String),
    /// A bucket, or what stands before that: files have the paths there that the store gave them.
    Bucket(String),
}

impl Shelf {
    fn bucket(url: &Url, prefix: &str) -> Self {
        let url = url.as_str().trim_end_matches('/');
        Self::Bucket(match prefix {
            "" => url.to_owned(),
            prefix => format!("{url}/{prefix}"),
        })
    }

    fn file(&self, key: &str, file: &str) -> String {
        match self {
            Self::Program(base) => format!("{base}/{key}/{file}"),
            Self::Bucket(base) => {
                let part = |at: std::ops::Range<usize>| key.get(at).unwrap_or_default();
                format!("{base}/media/{}/{}/{key}/{file}", part(0..2), part(2..4))
            }
        }
    }
}

/// What one of our own permanent addresses names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Local {
    Account { username: String },
    Post { username: String, id: PostId },
}

impl Urls {
    /// `public`: scheme and authority, no path. `media`: where stored pictures are read from, if not here: from what stands
    /// before this program's `/media`.
    pub fn new(public: &Url, media: Option<&Url>) -> Self {
        let base = public.as_str().trim_end_matches('/').to_owned();
        let authority = authority_of(public).unwrap_or_default();
        let media = Shelf::Program(match media {
            Some(url) => url.as_str().trim_end_matches('/').to_owned(),
            None => format!("{base}/media"),
        });
        Self {
            base,
            authority,
            media,
            copies: None,
        }
    }

    /// The same where stored pictures are read from a bucket, below a prefix.
    pub fn with_bucket(self, url: &Url, prefix: &str) -> Self {
        Self {
            media: Shelf::bucket(url, prefix),
            ..self
        }
    }

    /// The same where copies of other servers' pictures have a store of their own, which this program serves.
    pub fn with_copies(self) -> Self {
        Self {
            copies: Some(Shelf::Program(format!("{}/media", self.base))),
            ..self
        }
    }

    /// The same where that is a bucket and read from there.
    pub fn with_bucket_of_copies(self, url: &Url, prefix: &str) -> Self {
        Self {
            copies: Some(Shelf::bucket(url, prefix)),
            ..self
        }
    }

    /// Scheme and authority, without a slash.
    pub fn base(&self) -> &str {
        &self.base
    }

    /// Host, with a port that is not the scheme's own: what stands after the @ of our handles.
    pub fn authority(&self) -> &str {
        &self.authority
    }

    pub fn is_https(&self) -> bool {
        self.base.starts_with("https:")
    }

    /// An address below the public URL; `path` starts with a slash.
    pub fn at(&self, path: &str) -> String {
        format!("{}{path}", self.base)
    }

    pub fn actor(&self, username: &str) -> String {
        format!("{}/users/{username}", self.base)
    }

    pub fn instance_actor(&self) -> String {
        self.at("/actor")
    }

    pub fn shared_inbox(&self) -> String {
        self.at("/inbox")
    }

    pub fn profile(&self, username: &str) -> String {
        format!("{}/@{username}", self.base)
    }

    pub fn post(&self, username: &str, id: PostId) -> String {
        format!("{}/users/{username}/posts/{id}", self.base)
    }

    /// The activity that made a post, or a repost.
    pub fn post_activity(&self, username: &str, id: PostId) -> String {
        format!("{}/users/{username}/posts/{id}/activity", self.base)
    }

    /// The stamp by which somebody here lets `post` quote them.
    pub fn stamp(&self, username: &str, post: PostId) -> String {
        format!("{}/users/{username}/stamps/{post}", self.base)
    }

    /// By what a post of somebody here asked to quote another.
    pub fn quote_request(&self, username: &str, post: PostId) -> String {
        format!("{}/users/{username}/posts/{post}#quote-request", self.base)
    }

    pub fn post_page(&self, username: &str, id: PostId) -> String {
        format!("{}/@{username}/{id}", self.base)
    }

    pub fn tag_page(&self, tag: &str) -> String {
        let mut url = Url::parse(&self.base).expect("the public URL was parsed before");
        if let Ok(mut path) = url.path_segments_mut() {
            path.extend(["tags", tag]);
        }
        url.into()
    }

    /// A stored rendition; `file` is one of the media module's closed set.
    pub fn media(&self, key: &str, file: &str) -> String {
        match &self.copies {
            Some(copies) if picture_key::is_of_copy(key) => copies.file(key, file),
            _ => self.media.file(key, file),
        }
    }

    /// The same from this program and not from a bucket: where a picture that is not stored yet is fetched when somebody
    /// looks at it.
    pub fn media_here(&self, key: &str, file: &str) -> String {
        format!("{}/media/{key}/{file}", self.base)
    }

    /// Whether an address is on this instance, by authority.
    pub fn is_ours(&self, url: &Url) -> bool {
        authority_of(url).is_some_and(|authority| authority == self.authority)
    }

    /// Reads one of our own permanent addresses or pages back.
    pub fn parse_local(&self, text: &str) -> Option<Local> {
        let path = text.strip_prefix(self.base.as_str())?;
        let path = path.split(['?', '#']).next().unwrap_or_default();
        let mut parts = path.strip_prefix('/')?.trim_end_matches('/').split('/');
        let first = parts.next()?;
        let (username, rest): (&str, Vec<&str>) = match first.strip_prefix('@') {
            Some(name) => (name, parts.collect()),
            None if first == "users" => (parts.next()?, parts.collect()),
            None => return None,
        };
        let username = username.to_owned();
        match rest.as_slice() {
            [] => Some(Local::Account { username }),
            ["posts", id] | ["posts", id, "activity"] | [id] => Some(Local::Post {
                username,
                id: id.parse().ok()?,
            }),
            _ => None,
        }
    }
}

/// Host in lower-case ASCII, with a port that is not the scheme's own.
pub fn authority_of(url: &Url) -> Option<String> {
    let host = url.host_str()?.trim_end_matches('.');
    Some(match url.port() {
        Some(port) => format!("{host}:{port}"),
        None => host.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn urls() -> Urls {
        Urls::new(&Url::parse("https://photos.example:8443").unwrap(), None)
    }

    #[test]
    fn permanent_addresses_are_read_back() {
        let urls = urls();
        let post = PostId(42);
        for address in [
            urls.post("ana", post),
            urls.post_activity("ana", post),
            urls.post_page("ana", post),
        ] {
            assert_eq!(
                urls.parse_local(&address),
                Some(Local::Post {
                    username: "ana".into(),
                    id: post
                }),
                "{address}"
            );
        }
        assert_eq!(
            urls.parse_local(&urls.profile("ana")),
            Some(Local::Account {
                username: "ana".into()
            })
        );
        assert_eq!(
            urls.parse_local("https://photos.example:8443.evil/users/ana"),
            None
        );
        assert_eq!(urls.parse_local("https://photos.example/users/ana"), None);
    }

    #[test]
    fn tags_are_escaped_in_addresses() {
        assert_eq!(
            urls().tag_page("schön"),
            "https://photos.example:8443/tags/sch%C3%B6n"
        );
    }
}
