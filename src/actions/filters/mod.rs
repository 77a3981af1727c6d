//! What somebody does not want to meet. Nobody else is ever told; their own clients are, of every change.

mod desk;

use chrono::TimeDelta;

use crate::app::App;
use crate::db;
use crate::domain::filter::{Action, Contexts, Filter, FilteredPost, Keyword};
use crate::domain::ids::{AccountId, FilterId, KeywordId, PostId, RelationId};
use desk::Desk;

/// Most filters of one person, most keywords and most posts in all of them.
pub const MOST_FILTERS: usize = 100;
pub const MOST_KEYWORDS: usize = 1_000;
pub const MOST_POSTS: usize = 1_000;
/// Most characters of a title and of a keyword.
pub const LONGEST_TITLE: usize = 256;
pub const LONGEST_KEYWORD: usize = 512;

#[derive(Debug, thiserror::Error)]
pub enum FilterError {
    /// No such filter, keyword or post of theirs.
    #[error("not found")]
    NotFound,
    #[error("Title can't be blank")]
    NoTitle,
    #[error("Title is too long (maximum is {LONGEST_TITLE} characters)")]
    TitleTooLong,
    #[error("Context can't be blank")]
    NoContext,
    #[error("Keyword can't be blank")]
    NoKeyword,
    #[error("Keyword is too long (maximum is {LONGEST_KEYWORD} characters)")]
    KeywordTooLong,
    #[error("You cannot have more than {MOST_FILTERS} filters")]
    TooManyFilters,
    #[error("Your filters cannot have more than {MOST_KEYWORDS} keywords together")]
    TooManyKeywords,
    #[error("Your filters cannot have more than {MOST_POSTS} posts together")]
    TooManyPosts,
    /// By a client that knows filters of one keyword only.
    #[error(
        "This filter has several keywords, and what it does can only be changed for all of them together"
    )]
    SeveralKeywords,
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

/// What of a filter is to be another; absent means unchanged.
#[derive(Clone, Debug, Default)]
pub struct Wishes {
    pub title: Option<String>,
    pub contexts: Option<Contexts>,
    pub action: Option<Action>,
    /// From now on; inner none: for ever.
    pub lasts: Option<Option<TimeDelta>>,
    pub keywords: Vec<KeywordWish>,
}

/// A keyword that is to be added, changed or taken away.
#[derive(Clone, Debug, Default)]
pub struct KeywordWish {
    /// None: a new one.
    pub id: Option<KeywordId>,
    pub keyword: Option<String>,
    pub whole_word: Option<bool>,
    pub goes: bool,
}

fn taken(filters: Vec<Filter>, id: FilterId) -> Result<Filter, FilterError> {
    let found = filters.into_iter().find(|filter| filter.id == id);
    found.ok_or(FilterError::NotFound)
}

pub async fn make(app: &App, owner: AccountId, wishes: Wishes) -> Result<Filter, FilterError> {
    let mut desk = Desk::of(app, owner).await?;
    let mut filter = Filter {
        id: FilterId(app.ids.next()),
        title: String::new(),
        contexts: Contexts::default(),
        action: Action::Warn,
        expires_at: None,
        keywords: Vec::new(),
        posts: Vec::new(),
    };
    desk.put(&mut filter, wishes).await?;
    taken(desk.clear().await?, filter.id)
}

pub async fn change(
    app: &App,
    owner: AccountId,
    id: FilterId,
    wishes: Wishes,
) -> Result<Filter, FilterError> {
    let mut desk = Desk::of(app, owner).await?;
    let mut filter = desk.filter(id)?.clone();
    desk.put(&mut filter, wishes).await?;
    taken(desk.clear().await?, id)
}

pub async fn remove(app: &App, owner: AccountId, id: FilterId) -> Result<(), FilterError> {
    let mut desk = Desk::of(app, owner).await?;
    desk.filter(id)?;
    db::filters::remove(&mut desk.tx, id).await?;
    desk.clear().await.map(drop)
}

/// Adds a keyword to a filter.
pub async fn add_keyword(
    app: &App,
    owner: AccountId,
    id: FilterId,
    wish: KeywordWish,
) -> Result<Keyword, FilterError> {
    let mut desk = Desk::of(app, owner).await?;
    desk.filter(id)?;
    let keyword = desk.put_keyword(id, &[], wish).await?;
    let filter = taken(desk.clear().await?, id)?;
    let mut keywords = filter.keywords.into_iter();
    keywords
        .find(|one| one.id == keyword)
        .ok_or(FilterError::NotFound)
}

/// Changes the keyword that the wish names, or takes it away.
pub async fn change_keyword(app: &App, owner: AccountId, wish: KeywordWish) -> Result<(), FilterError> {
    let mut desk = Desk::of(app, owner).await?;
    let filter = desk
        .with_keyword(wish.id.ok_or(FilterError::NotFound)?)?
        .0
        .clone();
    desk.put_keyword(filter.id, &filter.keywords, wish).await?;
    desk.clear().await.map(drop)
}

/// Puts a post under a filter that its owner may see. Again is as good as once.
pub async fn add_post(
    app: &App,
    owner: AccountId,
    id: FilterId,
    post: PostId,
) -> Result<FilteredPost, FilterError> {
    let mut desk = Desk::of(app, owner).await?;
    let seen = db::posts::seen(&mut desk.tx, owner, post).await?;
    // For a repost, the post inside: that is what is read.
    let post = seen.ok_or(FilterError::NotFound)?.id;
    if let Some(known) = desk.filter(id)?.posts.iter().find(|marked| marked.post == post) {
        return Ok(*known);
    }
    let marked = FilteredPost {
        id: RelationId(app.ids.next()),
        post,
    };
    db::filters::add_post(&mut desk.tx, owner, id, marked).await?;
    desk.clear().await?;
    Ok(marked)
}

pub async fn remove_post(app: &App, owner: AccountId, id: RelationId) -> Result<(), FilterError> {
    let mut desk = Desk::of(app, owner).await?;
    let mut marked = desk.filters.iter().flat_map(|filter| &filter.posts);
    if !marked.any(|marked| marked.id == id) {
        return Err(FilterError::NotFound);
    }
    db::filters::remove_post(&mut desk.tx, id).await?;
    desk.clear().await.map(drop)
}

/// Changes a keyword with its filter, as clients know them that take both for one thing.
pub async fn change_both(
    app: &App,
    owner: AccountId,
    wish: KeywordWish,
    wishes: Wishes,
) -> Result<Filter, FilterError> {
    let mut desk = Desk::of(app, owner).await?;
    let before = desk
        .with_keyword(wish.id.ok_or(FilterError::NotFound)?)?
        .0
        .clone();
    let mut filter = before.clone();
    let known = filter.keywords.clone();
    desk.put(&mut filter, wishes).await?;
    let is_another = (filter.contexts, filter.action, filter.expires_at)
        != (before.contexts, before.action, before.expires_at);
    if is_another && known.len() > 1 {
        return Err(FilterError::SeveralKeywords);
    }
    desk.put_keyword(filter.id, &known, wish).await?;
    taken(desk.clear().await?, filter.id)
}

/// Takes a keyword away, and its filter when that has no other.
pub async fn remove_both(app: &App, owner: AccountId, id: KeywordId) -> Result<(), FilterError> {
    let mut desk = Desk::of(app, owner).await?;
    let filter = desk.with_keyword(id)?.0.clone();
    match filter.keywords.len() {
        1 => db::filters::remove(&mut desk.tx, filter.id).await?,
        _ => db::filters::remove_keyword(&mut desk.tx, id).await?,
    }
    desk.clear().await.map(drop)
}
