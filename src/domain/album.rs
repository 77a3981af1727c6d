//! Collections of one's own posts, and the limits that they keep. Looks at no post.

/// Posts of one, as Pixelfed has it.
pub const MOST_POSTS: usize = 18;
/// In characters.
pub const LONGEST_TITLE: usize = 50;
pub const LONGEST_DESCRIPTION: usize = 500;

/// For whom a collection is, as `albums.visibility`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::Type)]
#[repr(i16)]
pub enum Visibility {
    Public = 0,
    Followers = 1,
    /// Its owner alone.
    Draft = 2,
}

impl Visibility {
    /// By the words that Pixelfed's apps have for them.
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "public" => Some(Self::Public),
            "private" => Some(Self::Followers),
            "draft" => Some(Self::Draft),
            _ => None,
        }
    }

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::Followers => "private",
            Self::Draft => "draft",
        }
    }
}
