//! Moves all pictures from one place to another while people look at them: copies, has everybody use the new place, and takes
//! the former files away after some days. Removes nothing that it has not read back where it went.

use std::time::Duration;

use chrono::TimeDelta;
use futures::{StreamExt, TryStreamExt};
use sqlx::Connection as _;

use crate::actions::media_place::{self, PlaceError, Standing};
use crate::app::App;
use crate::config::Storage;
use crate::db;
use crate::db::media_move::State;
use crate::domain::clock::Time;
use crate::media::StoreError;
use crate::media::store::{Copied, Depot, ProbeError};

/// How often every process looks where pictures are.
pub const LOOK: Duration = Duration::from_secs(2);
/// When all of them have: those that began something before have ended it too.
const NOTICE: TimeDelta = TimeDelta::seconds(10);

#[derive(Debug, thiserror::Error)]
pub enum MoveError {
    #[error(transparent)]
    Database(#[from] sqlx::Error),
    #[error(transparent)]
    Place(#[from] PlaceError),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("the new place cannot be used: {0}")]
    Probe(#[from] ProbeError),
    #[error("media are in {0} already")]
    Same(String),
    #[error("media are being moved from {0} to {1} already: that has to end first")]
    Another(String, String),
    /// Copies have keys of their own there, and what moves would be among them.
    #[error("copies of other servers' pictures are in {0}: media need another place, such as another prefix")]
    OfCopies(String),
    #[error("copies of other servers' pictures are in {0} already")]
    SameCopies(String),
    #[error("copies of other servers' pictures are with all other media: `tintype media move` moves these")]
    NotApart,
    #[error("all other media are in {0}: copies of other servers' pictures need another place")]
    OfAll(String),
    #[error("no media are being moved")]
    Nothing,
    #[error("media are in {0}, and the settings do not say so: set them first")]
    SettingsFirst(String),
    #[error("another process is copying media at this moment")]
    Busy,
}

/// What was done, or is to be done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub files: u64,
    pub bytes: u64,
    /// Files that were there before.
    pub there: u64,
    /// Parts that were looked at, of all.
    pub parts: usize,
    pub of_parts: usize,
}

/// What a move to this place would copy.
pub async fn forecast(app: &App, to: &Storage) -> Result<Tally, MoveError> {
    let standing = media_place::standing(app).await?;
    let from = source(app, standing.as_ref(), to)?;
    let (from, to) = (open(app, &from)?, open(app, to)?);
    to.probe().await?;
    missing(&from, &to).await
}

/// What is in the one place and not in the other.
pub(super) async fn missing(from: &Depot, to: &Depot) -> Result<Tally, MoveError> {
    let mut tally = Tally::default();
    for shard in from.shards().await? {
        let (missing, there) = from.missing(to, &shard).await?;
        tally.there += there;
        tally.files += missing.len() as u64;
        tally.bytes += missing.iter().map(|(_, bytes)| bytes).sum::<u64>();
    }
    Ok(tally)
}

/// Notes a move, or that the one which is under way goes on; every process follows within moments.
pub async fn begin(app: &App, to: &Storage, keep_days: Option<i32>) -> Result<(), MoveError> {
    let standing = media_place::standing(app).await?;
    let from = source(app, standing.as_ref(), to)?;
    open(app, to)?.probe().await?;
    let (now, mut db) = (app.clock.now(), app.db.acquire().await?);
    let destination = media_place::noted(app, to);
    match standing {
        Some(standing) if standing.noted.state != State::Done => {
            db::media_move::renew(&mut db, &destination, now).await?;
            if let Some(days) = keep_days {
                db::media_move::keep(&mut db, days).await?;
            }
        }
        _ => {
            let source = media_place::noted(app, &from);
            let days = keep_days.unwrap_or(KEPT);
            if !db::media_move::begin(&mut db, &source, &destination, days, now).await? {
                return Err(MoveError::Busy);
            }
        }
    }
    drop(db);
    media_place::follow(app).await?;
    Ok(())
}

/// How long former files are kept when nobody says otherwise, in days.
pub const KEPT: i32 = 7;

/// Says anew how long former files are kept.
pub async fn keep(app: &App, days: i32) -> Result<(), MoveError> {
    db::media_move::keep(&mut *app.db.acquire().await?, days).await?;
    Ok(())
}

/// Where the pictures of a move to there are; an error where none is possible.
fn source(app: &App, standing: Option<&Standing>, to: &Storage) -> Result<Storage, MoveError> {
    if let Some(Standing {
        noted,
        source,
        destination,
    }) = standing
        && noted.state != State::Done
    {
        return match destination.name() == to.name() {
            true => Ok(source.clone()),
            false => Err(MoveError::Another(source.name(), destination.name())),
        };
    }
    if app
        .config
        .copies
        .as_ref()
        .is_some_and(|copies| copies.name() == to.name())
    {
        return Err(MoveError::OfCopies(to.name()));
    }
    let current = media_place::current(app, standing);
    let settings = app.config.storage.name();
    match (current.name(), to.name()) {
        (from, to) if from == to => Err(MoveError::Same(to)),
        // Processes know a move by the places that their settings say.
        (from, to) if from != settings && to != settings => Err(MoveError::SettingsFirst(from)),
        _ => Ok(current),
    }
}

/// Copies what is still to be copied, so many files at once, and switches. Does nothing where that is done.
pub async fn go_on(app: &App, hands: u8, tell: impl Fn(Tally)) -> Result<Standing, MoveError> {
    let standing = media_place::follow(app).await?.ok_or(MoveError::Nothing)?;
    if standing.noted.state != State::Copying {
        return Ok(standing);
    }
    alone(app, copy_and_switch(app, hands, &tell)).await
}

async fn copy_and_switch(app: &App, hands: u8, tell: &impl Fn(Tally)) -> Result<Standing, MoveError> {
    // Another process may have ended it in the meantime.
    let standing = media_place::follow(app).await?.ok_or(MoveError::Nothing)?;
    if standing.noted.state != State::Copying {
        return Ok(standing);
    }
    loop {
        let known_at = standing.noted.since + NOTICE;
        let began = app.clock.now();
        copy_standing(app, &standing, hands, tell).await?;
        if began >= known_at {
            break;
        }
        // What processes wrote that did not know of the move yet is found by one more look.
        let rest = (known_at - app.clock.now()).to_std().unwrap_or_default();
        tokio::time::sleep(rest).await;
    }
    advance(app, State::Copying, State::Switched).await?;
    media_place::follow(app).await?.ok_or(MoveError::Nothing)
}

/// Forgets a move that has not switched yet, or the former place once the settings say the new one: in both cases everything is
/// where the settings say. Files stay where they are.
pub async fn give_up(app: &App) -> Result<(), MoveError> {
    let standing = media_place::standing(app).await?.ok_or(MoveError::Nothing)?;
    alone(app, forget(app, &standing)).await?;
    media_place::follow(app).await?;
    Ok(())
}

async fn forget(app: &App, standing: &Standing) -> Result<(), MoveError> {
    let (settings, state) = (app.config.storage.name(), standing.noted.state);
    let place = match state {
        State::Copying => standing.source.name(),
        State::Switched | State::Leaving | State::Done => standing.destination.name(),
    };
    if settings != place {
        return Err(MoveError::SettingsFirst(place));
    }
    match db::media_move::forget(&mut *app.db.acquire().await?, state).await? {
        true => Ok(()),
        false => Err(MoveError::Busy),
    }
}

/// When the former files go, where that is known.
pub fn due(standing: &Standing) -> Option<Time> {
    let kept = TimeDelta::days(standing.noted.keep_days.into());
    match standing.noted.state {
        State::Copying | State::Done => None,
        State::Switched => Some(standing.noted.since + kept.max(NOTICE)),
        State::Leaving => Some(standing.noted.since + NOTICE),
    }
}

/// Follows, and takes former files away that are due.
pub async fn tidy(app: &App) -> Result<(), MoveError> {
    let Some(standing) = media_place::follow(app).await? else {
        return Ok(());
    };
    if due(&standing).is_none_or(|due| due > app.clock.now()) {
        return Ok(());
    }
    match alone(app, leave(app, &standing)).await {
        Err(MoveError::Busy) => return Ok(()),
        left => left?,
    }
    media_place::follow(app).await?;
    Ok(())
}

/// The next step away from former files that are due.
async fn leave(app: &App, standing: &Standing) -> Result<(), MoveError> {
    // Another process may have done it in the meantime.
    if media_place::standing(app).await?.map(|now| now.noted.since) != Some(standing.noted.since) {
        return Ok(());
    }
    match standing.noted.state {
        State::Switched => {
            copy_standing(app, standing, HANDS, &|_| {}).await?;
            advance(app, State::Switched, State::Leaving).await?;
        }
        State::Leaving => {
            empty(&open(app, &standing.source)?).await?;
            advance(app, State::Leaving, State::Done).await?;
            tracing::info!(
                from = standing.source.name(),
                "the former files of moved media are gone"
            );
        }
        State::Copying | State::Done => {}
    }
    Ok(())
}

/// How many files are copied at once when nobody says otherwise.
pub const HANDS: u8 = 8;

async fn copy_standing(
    app: &App,
    standing: &Standing,
    hands: u8,
    tell: &impl Fn(Tally),
) -> Result<Tally, MoveError> {
    let (from, to) = (open(app, &standing.source)?, open(app, &standing.destination)?);
    copy_all(&from, &to, hands, tell).await
}

/// Copies what is not there yet.
pub(super) async fn copy_all(
    from: &Depot,
    to: &Depot,
    hands: u8,
    tell: &impl Fn(Tally),
) -> Result<Tally, MoveError> {
    let shards = from.shards().await?;
    let mut tally = Tally {
        of_parts: shards.len(),
        ..Tally::default()
    };
    for shard in shards {
        let (missing, there) = from.missing(to, &shard).await?;
        let copies =
            futures::stream::iter(missing).map(|(path, _)| async move { from.copy(&path, to).await });
        let mut copies = copies.buffer_unordered(usize::from(hands.max(1)));
        while let Some(copied) = copies.try_next().await? {
            if let Copied::Whole(bytes) = copied {
                tally.files += 1;
                tally.bytes += bytes;
            }
        }
        tally.there += there;
        tally.parts += 1;
        tell(tally);
    }
    Ok(tally)
}

async fn empty(depot: &Depot) -> Result<(), StoreError> {
    for shard in depot.shards().await? {
        let paths = depot.sizes(&shard).await?.into_keys().collect();
        depot.remove(paths).await?;
    }
    Ok(())
}

fn open(app: &App, storage: &Storage) -> Result<Depot, StoreError> {
    media_place::depot(&app.config.data_dir, storage)
}

async fn advance(app: &App, from: State, to: State) -> Result<(), MoveError> {
    let now = app.clock.now();
    match db::media_move::advance(&mut *app.db.acquire().await?, from, to, now).await? {
        true => Ok(()),
        false => Err(MoveError::Busy),
    }
}

/// Does what only one process may do at a time. The right to it is given back by word, for Postgres notices a closed connection in
/// its own time; work that is abandoned gives it back with its connection.
pub(super) async fn alone<T>(
    app: &App,
    work: impl Future<Output = Result<T, MoveError>>,
) -> Result<T, MoveError> {
    let mut db = app.db.acquire().await?.detach();
    if !db::media_move::alone(&mut db).await? {
        return Err(MoveError::Busy);
    }
    let done = work.await;
    db::media_move::not_alone(&mut db).await?;
    db.close().await?;
    done
}
