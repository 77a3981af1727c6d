//! Whom somebody followed, blocked or muted elsewhere: read from a file, and done one by one as if by hand. Takes nothing
//! away that is there.

use chrono::TimeDelta;

use super::follow::{self, FollowError};
use super::mute::{self, Muting};
use super::parties::PartyError;
use super::{block, know_account};
use crate::app::App;
use crate::bus::Queue;
use crate::db;
use crate::db::follows::Wishes;
use crate::db::imports::{Lines, Taken};
use crate::domain::csv;
use crate::domain::ids::AccountId;
use crate::domain::names::Handle;
use crate::peers::{Behalf, KnowError};

/// Most people of one person that wait at a time.
pub const MOST: usize = 10_000;
/// After so many tries a server that does not answer is not asked any more.
const MOST_TRIES: i16 = 4;

/// What a file is of, as stored in `imports.kind`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(i16)]
pub enum Kind {
    Following = 1,
    Blocks = 2,
    Mutes = 3,
}

impl Kind {
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "following" => Some(Self::Following),
            "blocks" => Some(Self::Blocks),
            "mutes" => Some(Self::Mutes),
            _ => None,
        }
    }

    fn from_stored(number: i16) -> Option<Self> {
        [Self::Following, Self::Blocks, Self::Mutes]
            .into_iter()
            .find(|kind| *kind as i16 == number)
    }
}

#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    #[error("Data holds nobody's address")]
    Nobody,
    #[error("Data holds more people than {MOST}, or as many wait already")]
    TooMany,
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

/// Writes down whom a file names. Gives how many are new.
pub async fn local(app: &App, me: AccountId, kind: Kind, text: &str) -> Result<u64, ImportError> {
    let lines = lines(app, kind, text);
    if lines.handles.is_empty() {
        return Err(ImportError::Nobody);
    }
    let mut tx = app.db.begin().await?;
    let waiting = usize::try_from(db::imports::waiting_of(&mut tx, me).await?).unwrap_or(MOST);
    if lines.handles.len() + waiting > MOST {
        return Err(ImportError::TooMany);
    }
    let added = db::imports::add(&mut tx, me, kind as i16, &lines, app.clock.now()).await?;
    tx.commit().await?;
    app.bus.wake(Queue::Imports);
    Ok(added)
}

/// The rows that name somebody; a heading does not.
fn lines(app: &App, kind: Kind, text: &str) -> Lines {
    let mut lines = Lines::default();
    for row in csv::read(text) {
        let Some(handle) = row.first().and_then(|field| Handle::parse(field.trim())) else {
            continue;
        };
        let authority = handle.authority.as_deref().unwrap_or(app.urls.authority());
        let handle = format!("{}@{authority}", handle.name.to_lowercase());
        let is = |column: usize, usual: bool| match row.get(column).map(|field| field.trim().to_lowercase()) {
            Some(text) if !text.is_empty() => text == "true",
            _ => usual,
        };
        let notify = kind == Kind::Following && is(2, false);
        lines.handles.push(handle);
        lines.with_more.push(is(1, true));
        lines.notify.push(notify);
    }
    lines
}

/// What became of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Done, or never to be.
    Over,
    Later,
}

/// Does one line as its person would by hand.
pub async fn one(app: &App, line: &Taken) -> sqlx::Result<Outcome> {
    let (Some(handle), Some(kind)) = (Handle::parse(&line.handle), Kind::from_stored(line.kind)) else {
        return Ok(Outcome::Over);
    };
    let target = match know_account::by_handle(app, Behalf::Work, &handle).await {
        Ok(target) => target,
        Err(KnowError::Busy | KnowError::Unreachable | KnowError::Internal) if line.tries < MOST_TRIES => {
            return Ok(Outcome::Later);
        }
        Err(_) => return Ok(Outcome::Over),
    };
    match kind {
        Kind::Following => {
            let wishes = Wishes {
                shows_reposts: Some(line.with_more),
                notifies: Some(line.notify),
                languages: None,
            };
            // Refused as it would be by hand.
            if let Err(FollowError::Database(error)) = follow::local(app, line.account, target, &wishes).await
            {
                return Err(error);
            }
        }
        Kind::Blocks => settled(block::local(app, line.account, target).await)?,
        Kind::Mutes => {
            let muting = Muting {
                notifications: line.with_more,
                lasts: None,
            };
            settled(mute::local(app, line.account, target, muting).await)?;
        }
    }
    Ok(Outcome::Over)
}

fn settled(result: Result<(), PartyError>) -> sqlx::Result<()> {
    match result {
        Err(PartyError::Database(error)) => Err(error),
        Ok(()) | Err(PartyError::NotFound) => Ok(()),
    }
}

/// Until when a line is left alone.
pub fn pause(tries: i16) -> TimeDelta {
    TimeDelta::minutes(5 * i64::from(tries.max(1)))
}
