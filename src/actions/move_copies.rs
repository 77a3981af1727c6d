//! Brings copies of other servers' pictures from one place of theirs to another; run again, it goes on with what is missing. Where
//! they are is for the settings to say: nothing is noted, and nobody follows.

use super::media_place;
use super::move_media::{MoveError, Tally, alone, copy_all, missing};
use crate::app::App;
use crate::config::Copies;
use crate::db::media_move::State;
use crate::media::store::Depot;

/// To or from where the settings say that they are.
#[derive(Clone, Debug)]
pub enum Way {
    /// To a place that the settings are to say next.
    To(Copies),
    /// From the one that they said before.
    From(Copies),
}

impl Way {
    pub fn other(&self) -> &Copies {
        match self {
            Self::To(other) | Self::From(other) => other,
        }
    }
}

/// What would be copied.
pub async fn forecast(app: &App, way: &Way) -> Result<Tally, MoveError> {
    let (from, to) = places(app, way).await?;
    to.probe().await?;
    missing(&from, &to).await
}

/// Copies what is not there yet, so many files at once.
pub async fn bring(app: &App, way: &Way, hands: u8, tell: impl Fn(Tally)) -> Result<Tally, MoveError> {
    let (from, to) = places(app, way).await?;
    to.probe().await?;
    alone(app, copy_all(&from, &to, hands, &tell)).await
}

/// Takes away what is in the former place and in the one that the settings say, as large. Gives how many files.
pub async fn leave(app: &App, former: &Copies) -> Result<u64, MoveError> {
    let (from, to) = places(app, &Way::From(former.clone())).await?;
    alone(app, remove(&from, &to)).await
}

async fn remove(from: &Depot, to: &Depot) -> Result<u64, MoveError> {
    let mut removed = 0;
    for shard in from.shards().await? {
        let there = to.sizes(&shard).await?;
        let mut here = from.sizes(&shard).await?;
        here.retain(|path, size| there.get(path) == Some(size));
        removed += here.len() as u64;
        from.remove(here.into_keys().collect()).await?;
    }
    Ok(removed)
}

async fn places(app: &App, way: &Way) -> Result<(Depot, Depot), MoveError> {
    let other = way.other();
    let here = here(app, way).await?;
    refuse_own(app, other)?;
    let other = media_place::depot_of_copies(other)?;
    Ok(match way {
        Way::To(_) => (here, other),
        Way::From(_) => (other, here),
    })
}

/// Where copies are by the settings: with all other media where these name no place of theirs.
async fn here(app: &App, way: &Way) -> Result<Depot, MoveError> {
    if let Some(copies) = &app.config.copies {
        return match copies.name() == way.other().name() {
            true => Err(MoveError::SameCopies(copies.name())),
            false => Ok(media_place::depot_of_copies(copies)?),
        };
    }
    if matches!(way, Way::To(_)) {
        return Err(MoveError::NotApart);
    }
    let standing = media_place::standing(app).await?;
    if let Some(standing) = &standing
        && standing.noted.state != State::Done
    {
        return Err(MoveError::Another(
            standing.source.name(),
            standing.destination.name(),
        ));
    }
    let storage = media_place::current(app, standing.as_ref());
    Ok(media_place::depot(&app.config.data_dir, &storage)?)
}

/// All other media are no copies: they are brought nowhere, and nothing of them goes.
fn refuse_own(app: &App, other: &Copies) -> Result<(), MoveError> {
    let is_own = match (other, &app.config.storage) {
        (Copies::Bucket(bucket), own) => bucket.name() == own.name(),
        (Copies::Folder(folder), _) => {
            let own = app.config.data_dir.join("media");
            let real = |path: &std::path::Path| path.canonicalize().unwrap_or_else(|_| path.to_owned());
            real(folder) == real(&own)
        }
    };
    match is_own {
        true => Err(MoveError::OfAll(other.name())),
        false => Ok(()),
    }
}
