//! Somebody's filters while they are being changed: read under a lock, written, counted, told of. Knows no verb.

use sqlx::PgTransaction;

use super::{
    FilterError, KeywordWish, LONGEST_KEYWORD, LONGEST_TITLE, MOST_FILTERS, MOST_KEYWORDS, MOST_POSTS, Wishes,
};
use crate::app::App;
use crate::bus::Queue;
use crate::db;
use crate::domain::filter::{Contexts, Filter, Keyword, fold};
use crate::domain::ids::{AccountId, FilterId, KeywordId};
use crate::domain::live::Event;
use crate::domain::work::Work;

/// Somebody's filters while they are being changed.
pub struct Desk<'a> {
    app: &'a App,
    owner: AccountId,
    pub tx: PgTransaction<'a>,
    pub filters: Vec<Filter>,
}

impl<'a> Desk<'a> {
    /// Nobody else changes them until the desk is cleared: otherwise two changes that cross would each miss the other in
    /// what they count.
    pub async fn of(app: &'a App, owner: AccountId) -> sqlx::Result<Self> {
        let mut tx = app.db.begin().await?;
        db::pairs::lock(&mut tx, owner, owner).await?;
        let filters = db::filters::of(&mut tx, owner).await?;
        Ok(Self {
            app,
            owner,
            tx,
            filters,
        })
    }

    pub fn filter(&self, id: FilterId) -> Result<&Filter, FilterError> {
        let found = self.filters.iter().find(|filter| filter.id == id);
        found.ok_or(FilterError::NotFound)
    }

    /// The filter with this keyword.
    pub fn with_keyword(&self, id: KeywordId) -> Result<(&Filter, &Keyword), FilterError> {
        let mut all = self.filters.iter().flat_map(|filter| {
            let keywords = filter.keywords.iter();
            keywords.map(move |keyword| (filter, keyword))
        });
        all.find(|(_, keyword)| keyword.id == id)
            .ok_or(FilterError::NotFound)
    }

    /// Writes what a filter is and its keywords.
    pub async fn put(&mut self, filter: &mut Filter, wishes: Wishes) -> Result<(), FilterError> {
        let keywords = apply(self.app, filter, wishes)?;
        let now = self.app.clock.now();
        db::filters::put(&mut self.tx, self.owner, filter, now).await?;
        // One that is to go and was never there is gone.
        for wish in keywords
            .into_iter()
            .filter(|wish| wish.id.is_some() || !wish.goes)
        {
            self.put_keyword(filter.id, &filter.keywords, wish).await?;
        }
        Ok(())
    }

    /// `known`: the keywords that the filter has.
    pub async fn put_keyword(
        &mut self,
        filter: FilterId,
        known: &[Keyword],
        wish: KeywordWish,
    ) -> Result<KeywordId, FilterError> {
        let before = match wish.id {
            Some(id) => {
                let before = known.iter().find(|keyword| keyword.id == id);
                Some(before.ok_or(FilterError::NotFound)?)
            }
            None => None,
        };
        if let (true, Some(before)) = (wish.goes, before) {
            db::filters::remove_keyword(&mut self.tx, before.id).await?;
            return Ok(before.id);
        }
        let word = wish
            .keyword
            .or_else(|| before.map(|before| before.keyword.clone()));
        let before_whole = before.map(|before| before.whole_word);
        let keyword = Keyword {
            id: wish.id.unwrap_or_else(|| KeywordId(self.app.ids.next())),
            keyword: sound(&word.unwrap_or_default())?,
            whole_word: wish.whole_word.or(before_whole).unwrap_or(false),
        };
        db::filters::put_keyword(&mut self.tx, self.owner, filter, &keyword).await?;
        Ok(keyword.id)
    }

    /// Commits, if what came of it is within bounds, and has the clients told. Gives what there is now.
    pub async fn clear(mut self) -> Result<Vec<Filter>, FilterError> {
        let now = db::filters::of(&mut self.tx, self.owner).await?;
        let sum = |count: fn(&Filter) -> usize| now.iter().map(count).sum::<usize>();
        if now.len() > MOST_FILTERS {
            return Err(FilterError::TooManyFilters);
        }
        if sum(|filter| filter.keywords.len()) > MOST_KEYWORDS {
            return Err(FilterError::TooManyKeywords);
        }
        if sum(|filter| filter.posts.len()) > MOST_POSTS {
            return Err(FilterError::TooManyPosts);
        }
        let account = self.owner;
        let events = vec![Event::FiltersChanged { account }];
        db::outbox::add(&mut self.tx, &Work::Tell { events }).await?;
        self.tx.commit().await?;
        self.app.bus.wake(Queue::Outbox);
        Ok(now)
    }
}

/// A keyword as it is kept.
fn sound(keyword: &str) -> Result<String, FilterError> {
    if fold(keyword).is_empty() {
        return Err(FilterError::NoKeyword);
    }
    match keyword.chars().count() > LONGEST_KEYWORD {
        true => Err(FilterError::KeywordTooLong),
        false => Ok(keyword.trim().to_owned()),
    }
}

/// Makes the filter what is wished; gives what is wished of its keywords.
fn apply(app: &App, filter: &mut Filter, wishes: Wishes) -> Result<Vec<KeywordWish>, FilterError> {
    if let Some(title) = wishes.title {
        title.trim().clone_into(&mut filter.title);
    }
    filter.contexts = wishes.contexts.unwrap_or(filter.contexts);
    filter.action = wishes.action.unwrap_or(filter.action);
    if let Some(lasts) = wishes.lasts {
        // So long that it has no date: for ever.
        filter.expires_at = lasts.and_then(|lasts| app.clock.now().checked_add_signed(lasts));
    }
    if filter.contexts == Contexts::default() {
        return Err(FilterError::NoContext);
    }
    match filter.title.chars().count() {
        0 => Err(FilterError::NoTitle),
        length if length > LONGEST_TITLE => Err(FilterError::TitleTooLong),
        _ => Ok(wishes.keywords),
    }
}
