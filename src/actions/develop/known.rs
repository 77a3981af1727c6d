//! Whether a picture is one that the list knows, and what it looks like. Makes no file.

use std::path::PathBuf;

use bytes::Bytes;
use sqlx::PgConnection;
use tokio::task::spawn_blocking;

use super::Trouble;
use crate::actions::known_bad;
use crate::app::App;
use crate::db;
use crate::db::known_bad::Found;
use crate::db::media_queue::{Settled, Taken};
use crate::domain::random;
use crate::media::{Foreign, Photo, VideoError};

/// What the list says of it; one that it refuses is refused.
pub(super) async fn find(
    app: &App,
    photo: &Photo,
    (file, foreign): (&Bytes, Option<Foreign>),
) -> Result<Option<Found>, Trouble> {
    let found = match foreign {
        // What was decoded only stands for it.
        Some(_) => known_bad::find(app, &random::sha256(file), photo.look).await?,
        None => known_bad::find(app, &photo.sha256, photo.look).await?,
    };
    match known_bad::refuses(app, found.as_ref()).await? {
        true => Err(Trouble::Lasting(known_bad::REFUSED.into())),
        false => Ok(found),
    }
}

/// The same of a video, by its file or by how its still looks.
pub(super) async fn find_film(app: &App, source: PathBuf, photo: &Photo) -> Result<Option<Found>, Trouble> {
    let sum = spawn_blocking(move || random::sha256_of(std::fs::File::open(source)?)).await;
    let sum = sum
        .unwrap_or_else(|error| Err(error.into()))
        .map_err(VideoError::from)?;
    let found = known_bad::find(app, &sum, photo.look).await?;
    match known_bad::refuses(app, found.as_ref()).await? {
        true => Err(Trouble::Lasting(known_bad::REFUSED.into())),
        false => Ok(found),
    }
}

/// Notes how a picture of somebody here looks, for finding the same again, and does what the list says.
pub(super) async fn remember(
    app: &App,
    db: &mut PgConnection,
    (taken, settled): (&Taken, Settled),
    photo: &Photo,
    found: Option<&Found>,
) -> sqlx::Result<()> {
    let is_ours = taken.original_key.is_some() && taken.of_post;
    if let Some(look) = photo.look.filter(|_| is_ours) {
        db::media_looks::put(db, taken.id, &look.to_string()).await?;
    }
    match found {
        Some(found) => known_bad::settle(app, db, taken.id, settled.post_id, found).await,
        None => Ok(()),
    }
}
