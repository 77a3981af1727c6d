//! Lists of people whom one follows. Nobody but their owner knows of them.

use std::collections::HashSet;

use sqlx::PgConnection;

use crate::app::App;
use crate::bus::Queue;
use crate::db;
use crate::db::lists::List;
use crate::domain::ids::{AccountId, ListId, RelationId};
use crate::domain::list::Replies;
use crate::domain::work::Work;

/// Most lists of one person, most people in one, most characters of its title.
pub const MOST_LISTS: i64 = 50;
pub const MOST_MEMBERS: usize = 1_000;
pub const LONGEST_TITLE: usize = 256;
/// When more people than this come back into a home feed, it is written anew rather than filled for each.
const MOST_BACKFILLS: usize = 20;

#[derive(Debug, thiserror::Error)]
pub enum ListError {
    /// No such list of theirs, or somebody whom they do not follow.
    #[error("not found")]
    NotFound,
    #[error("Title can't be blank")]
    NoTitle,
    #[error("Title is too long (maximum is {LONGEST_TITLE} characters)")]
    TitleTooLong,
    #[error("You cannot have more than {MOST_LISTS} lists")]
    TooManyLists,
    #[error("A list cannot have more than {MOST_MEMBERS} people")]
    TooManyMembers,
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

/// What of a list is to be another; absent means unchanged.
#[derive(Clone, Debug, Default)]
pub struct Wishes {
    pub title: Option<String>,
    pub replies: Option<Replies>,
    pub exclusive: Option<bool>,
}

impl Wishes {
    fn apply(self, list: &mut List) -> Result<(), ListError> {
        if let Some(title) = self.title {
            title.trim().clone_into(&mut list.title);
        }
        list.replies = self.replies.unwrap_or(list.replies);
        list.exclusive = self.exclusive.unwrap_or(list.exclusive);
        match list.title.chars().count() {
            0 => Err(ListError::NoTitle),
            length if length > LONGEST_TITLE => Err(ListError::TitleTooLong),
            _ => Ok(()),
        }
    }
}

pub async fn make(app: &App, owner: AccountId, wishes: Wishes) -> Result<List, ListError> {
    let mut list = List {
        id: ListId(app.ids.next()),
        title: String::new(),
        replies: Replies::List,
        exclusive: false,
    };
    wishes.apply(&mut list)?;
    let mut tx = app.db.begin().await?;
    lock(&mut tx, owner).await?;
    if db::lists::count(&mut tx, owner).await? >= MOST_LISTS {
        return Err(ListError::TooManyLists);
    }
    db::lists::insert(&mut tx, owner, &list, app.clock.now()).await?;
    tx.commit().await?;
    Ok(list)
}

pub async fn change(app: &App, owner: AccountId, id: ListId, wishes: Wishes) -> Result<List, ListError> {
    let mut tx = app.db.begin().await?;
    let mut list = own(&mut tx, owner, id).await?;
    let was_exclusive = list.exclusive;
    wishes.apply(&mut list)?;
    db::lists::change(&mut tx, &list).await?;
    if list.exclusive != was_exclusive {
        let members = db::lists::members(&mut tx, id).await?;
        settle_home(app, &mut tx, owner, &members).await?;
    }
    tx.commit().await?;
    app.bus.wake(Queue::Outbox);
    Ok(list)
}

pub async fn delete(app: &App, owner: AccountId, id: ListId) -> Result<(), ListError> {
    let mut tx = app.db.begin().await?;
    let list = own(&mut tx, owner, id).await?;
    let members = db::lists::members(&mut tx, id).await?;
    db::lists::delete(&mut tx, id).await?;
    if list.exclusive {
        settle_home(app, &mut tx, owner, &members).await?;
    }
    tx.commit().await?;
    app.bus.wake(Queue::Outbox);
    Ok(())
}

/// Puts people into a list: all of them, or nobody when there is one among them whom the owner does not follow.
pub async fn add(app: &App, owner: AccountId, id: ListId, people: &[AccountId]) -> Result<(), ListError> {
    let mut tx = app.db.begin().await?;
    let list = own(&mut tx, owner, id).await?;
    let followed = db::lists::followed(&mut tx, owner, people).await?;
    let followed: HashSet<AccountId> = followed.into_iter().collect();
    if !people.iter().all(|person| followed.contains(person)) {
        return Err(ListError::NotFound);
    }
    let mut members: HashSet<AccountId> = db::lists::members(&mut tx, id).await?.into_iter().collect();
    let new = people.iter().filter(|person| members.insert(**person));
    let new: Vec<_> = new.map(|person| (RelationId(app.ids.next()), *person)).collect();
    if members.len() > MOST_MEMBERS {
        return Err(ListError::TooManyMembers);
    }
    db::lists::add(&mut tx, owner, id, &new).await?;
    if list.exclusive {
        settle_home(app, &mut tx, owner, people).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// Takes people out of a list. Who is not in it is out of it already.
pub async fn take_out(
    app: &App,
    owner: AccountId,
    id: ListId,
    people: &[AccountId],
) -> Result<(), ListError> {
    let mut tx = app.db.begin().await?;
    let list = own(&mut tx, owner, id).await?;
    db::lists::take_out(&mut tx, id, people).await?;
    if list.exclusive {
        settle_home(app, &mut tx, owner, people).await?;
    }
    tx.commit().await?;
    app.bus.wake(Queue::Outbox);
    Ok(())
}

/// Somebody's list, which nobody else changes until the transaction ends.
async fn own(db: &mut PgConnection, owner: AccountId, id: ListId) -> Result<List, ListError> {
    lock(db, owner).await?;
    db::lists::one(db, owner, id).await?.ok_or(ListError::NotFound)
}

/// Somebody's lists change one at a time: otherwise two changes that cross would each miss the other in what they count.
async fn lock(db: &mut PgConnection, owner: AccountId) -> sqlx::Result<()> {
    db::pairs::lock(db, owner, owner).await
}

/// Takes those out of the home feed who are in an exclusive list now, and brings back those who no longer are.
async fn settle_home(
    app: &App,
    db: &mut PgConnection,
    owner: AccountId,
    people: &[AccountId],
) -> sqlx::Result<()> {
    let changed = db::lists::settle_home(db, owner, people).await?;
    let (back, gone): (Vec<_>, Vec<_>) = changed.into_iter().partition(|(_, in_home)| *in_home);
    let gone: Vec<AccountId> = gone.into_iter().map(|(person, _)| person).collect();
    if !gone.is_empty() {
        app.feeds.forget_all(db, owner, &gone).await?;
    }
    if back.len() > MOST_BACKFILLS {
        return db::outbox::add(db, &Work::Rebuild { owner }).await;
    }
    for (followee, _) in back {
        db::outbox::add(db, &Work::Backfill { owner, followee }).await?;
    }
    Ok(())
}
