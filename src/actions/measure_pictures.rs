//! Finds out what pictures take of which nobody knows it: those from before it was noted. Changes no file.

use futures::StreamExt;

use crate::app::App;
use crate::db;
use crate::db::media_usage::Placed;
use crate::domain::ids::MediaId;
use crate::media::{MediaKey, OriginalKey, StoreError};

const BATCH: i64 = 200;
/// Batches of one round; what is left is for the next.
const ROUNDS: usize = 5;
const HANDS: usize = 8;

#[derive(Debug, thiserror::Error)]
pub enum MeasureError {
    #[error(transparent)]
    Database(#[from] sqlx::Error),
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Measures some; how many.
pub async fn round(app: &App) -> Result<usize, MeasureError> {
    let mut many = 0;
    for _ in 0..ROUNDS {
        let some = db::media_usage::unmeasured(&mut *app.db.acquire().await?, BATCH).await?;
        if some.is_empty() {
            break;
        }
        many += some.len();
        let sizes = futures::stream::iter(some).map(|placed| measured(app, placed));
        let sizes: Vec<_> = sizes.buffer_unordered(HANDS).collect().await;
        let sizes = sizes.into_iter().collect::<Result<Vec<_>, _>>()?;
        db::media_usage::measured(&mut *app.db.acquire().await?, &sizes).await?;
    }
    Ok(many)
}

async fn measured(app: &App, placed: Placed) -> Result<(MediaId, String, i64), StoreError> {
    let mut bytes = 0;
    let keys = [Some(placed.key.as_str()), placed.shared_key.as_deref()];
    for key in keys.into_iter().flatten().filter_map(MediaKey::parse) {
        let files = app.store.files(&key).await?;
        bytes += files.iter().map(|file| file.bytes).sum::<u64>();
    }
    if let Some(original) = placed.original_key.as_deref().and_then(OriginalKey::parse) {
        bytes += app.store.original_size(&original).await?.unwrap_or_default();
    }
    Ok((placed.id, placed.key, i64::try_from(bytes).unwrap_or(i64::MAX)))
}
