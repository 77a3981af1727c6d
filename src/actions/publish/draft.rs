//! What somebody here wants to publish, and the rules that it must keep. Writes nothing.

use sqlx::PgConnection;
use sqlx::types::Json;

use super::people;
use crate::actions::albums::{AlbumError, MOST_AT_ONCE};
use crate::actions::emojis;
use crate::actions::quote;
use crate::actions::retouch::RetouchError;
use crate::app::App;
use crate::db;
use crate::db::posts::Parent;
use crate::db::quotability::Quotable;
use crate::domain::account::Account;
use crate::domain::audience::Audience;
use crate::domain::emoji::Emoji;
use crate::domain::ids::{AccountId, AlbumId, AppId, MediaId, PlaceId, PostId};
use crate::domain::picture::Sharing;
use crate::domain::place::Whereabouts;
use crate::domain::poll::{Poll, Question, QuestionError};
use crate::domain::quote::{Leave, Policy};
use crate::domain::text;

/// All that a post is made of, as its author gave it.
#[derive(Clone, Debug)]
pub struct Draft {
    pub text: String,
    pub summary: String,
    pub sensitive: bool,
    pub language: Option<String>,
    pub audience: Audience,
    pub media: Vec<MediaId>,
    /// What others may have of them.
    pub sharing: Sharing,
    pub poll: PollDraft,
    pub in_reply_to: Option<PostId>,
    /// Only of a new post: an edit leaves it.
    pub place: Option<Whereabouts>,
    /// Its author's collections into which it goes, when it is new.
    pub albums: Vec<AlbumId>,
    /// Only of a new post, too.
    pub quotes: Option<PostId>,
    /// Who may quote it. None: as before, and of a new post as its author has it where they say nothing.
    pub quote_policy: Option<Policy>,
    pub comments_enabled: bool,
    pub app: Option<AppId>,
    pub idempotency_key: Option<String>,
}

/// What a post asks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum PollDraft {
    #[default]
    Nothing,
    /// What it asked before it is edited.
    Same,
    Asks(Question),
}

impl PollDraft {
    /// What can be chosen; `before`: in the poll as it is.
    pub fn options<'a>(&'a self, before: Option<&'a Poll>) -> &'a [String] {
        match self {
            Self::Nothing => &[],
            Self::Same => before.map_or(&[], |poll| &poll.options),
            Self::Asks(question) => &question.options,
        }
    }
}

#[derive(Debug, thiserror::Error)]
pub enum PublishError {
    #[error("Text can't be blank")]
    Empty,
    #[error("Text character limit of {most} exceeded")]
    TooLong { most: usize },
    #[error("Cannot attach more than {most} files")]
    TooManyPhotos { most: usize },
    #[error("A poll cannot have files attached")]
    PollWithPhotos,
    #[error(transparent)]
    Poll(#[from] QuestionError),
    #[error("Cannot attach files that have not finished processing. Try again in a moment!")]
    PhotosNotReady,
    #[error("A file to attach could not be processed")]
    PhotoFailed,
    #[error("A file to attach is not there, not yours or already attached")]
    NoSuchPhoto,
    #[error("Record not found")]
    NoSuchPost,
    #[error(transparent)]
    Retouch(#[from] RetouchError),
    #[error("The post to answer is not there")]
    NoSuchParent,
    #[error("Comments on this post are closed")]
    CommentsClosed,
    #[error("The post to quote is not there, or not to be quoted")]
    NoSuchQuoted,
    #[error("A post for named people alone can quote only what is by one of them")]
    QuotedNotNamed,
    #[error("Text contains hashtags that may not be used here: {tags}")]
    UnusableTags { tags: String },
    #[error("The post is not planned any more")]
    NotPlanned,
    #[error("The place is not known here")]
    NoSuchPlace,
    #[error(transparent)]
    Album(#[from] AlbumError),
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

/// Longest idempotency key that is kept.
pub const LONGEST_KEY: usize = 256;
/// A draft's text with all that follows from it.
#[derive(Debug)]
pub struct Written {
    pub html: String,
    pub people: Vec<Account>,
    pub tags: Vec<String>,
}

/// Checks what can be checked without the database.
pub fn check(app: &App, draft: &Draft) -> Result<(), PublishError> {
    let most_photos = app.config.post_photos as usize;
    if draft.media.len() > most_photos {
        return Err(PublishError::TooManyPhotos { most: most_photos });
    }
    if let PollDraft::Asks(question) = &draft.poll {
        if !draft.media.is_empty() {
            return Err(PublishError::PollWithPhotos);
        }
        question.check()?;
    }
    if draft.albums.len() > MOST_AT_ONCE {
        return Err(AlbumError::TooManyAtOnce.into());
    }
    if draft.text.trim().is_empty() && draft.media.is_empty() {
        return Err(PublishError::Empty);
    }
    let most = app.config.post_characters as usize;
    let length = text::length(&text::scan(&draft.text)) + draft.summary.chars().count();
    if length > most {
        Err(PublishError::TooLong { most })
    } else {
        Ok(())
    }
}

/// Finds the people that a text mentions and writes its HTML. Asks other servers, so never within a transaction.
pub async fn write(app: &App, author: AccountId, source: &str) -> Result<Written, PublishError> {
    let pieces = text::scan(source);
    let tags = text::tags(&pieces);
    refuse_unusable(app, &tags).await?;
    let handles = text::mentions(&pieces);
    let (people, shown) = people::find(app, author, handles).await?;
    Ok(Written {
        html: text::to_html(&pieces, &shown, &app.urls),
        people,
        tags,
    })
}

/// Some tags moderators keep from being used here.
async fn refuse_unusable(app: &App, tags: &[String]) -> Result<(), PublishError> {
    if tags.is_empty() {
        return Ok(());
    }
    let found = db::tag_rules::unusable(&mut *app.db.acquire().await?, tags).await?;
    if found.is_empty() {
        return Ok(());
    }
    let named: Vec<String> = found.iter().map(|tag| format!("#{tag}")).collect();
    Err(PublishError::UnusableTags {
        tags: named.join(", "),
    })
}

/// The emojis of this server that a draft has anywhere; `poll`: as it is before an edit.
pub async fn emojis_of(
    db: &mut PgConnection,
    draft: &Draft,
    poll: Option<&Poll>,
) -> sqlx::Result<Json<Vec<Emoji>>> {
    let mut texts = vec![draft.text.as_str(), draft.summary.as_str()];
    texts.extend(draft.poll.options(poll).iter().map(String::as_str));
    emojis::of_texts(db, &texts).await.map(Json)
}

/// The post that is answered, if its author may see it and it takes comments.
pub async fn parent(
    db: &mut PgConnection,
    author: AccountId,
    wanted: Option<PostId>,
) -> Result<Option<Parent>, PublishError> {
    let Some(id) = wanted else { return Ok(None) };
    if db::posts::visible(db, author, &[id]).await?.is_empty() {
        return Err(PublishError::NoSuchParent);
    }
    let parent = db::posts::parent(db, id)
        .await?
        .ok_or(PublishError::NoSuchParent)?;
    if !parent.comments_enabled && parent.author_id != author {
        return Err(PublishError::CommentsClosed);
    }
    Ok(Some(parent))
}

/// The post that is quoted, if its author may see it and whoever wrote that lets them, or looks at it first.
pub async fn quoted(
    db: &mut PgConnection,
    author: AccountId,
    draft: &Draft,
) -> Result<Option<Quotable>, PublishError> {
    let Some(id) = draft.quotes else { return Ok(None) };
    let quoted = db::quotability::quotable(db, author, id)
        .await?
        .ok_or(PublishError::NoSuchQuoted)?;
    match quote::leave(&quoted, author) {
        Leave::Denied => Err(PublishError::NoSuchQuoted),
        Leave::Automatic | Leave::Manual | Leave::Unknown => Ok(Some(quoted)),
    }
}

/// The place that a draft names, known from now on.
pub async fn place(
    db: &mut PgConnection,
    wanted: Option<&Whereabouts>,
) -> Result<Option<PlaceId>, PublishError> {
    match wanted {
        None => Ok(None),
        Some(Whereabouts::Named(named)) => Ok(Some(db::places::make(db, named).await?)),
        Some(Whereabouts::Known(id)) => match db::places::by_id(db, *id).await? {
            Some(place) => Ok(Some(place.id)),
            None => Err(PublishError::NoSuchPlace),
        },
    }
}
