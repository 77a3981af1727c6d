//! Copies of other servers' pictures go when nobody looked at them for long, or when they take more room than they may. What
//! people here liked, saved or passed on stays, and nothing that is somebody's here is ever touched.

use chrono::TimeDelta;

use crate::app::App;
use crate::db;
use crate::db::media_pruning::{Candidate, Forecast, Which};
use crate::domain::clock::Time;
use crate::domain::ids::MediaId;
use crate::media::MediaKey;
use crate::media::key::NoRandomness;

/// Copies that are looked at in one transaction.
const BATCH: i64 = 200;
/// Transactions of one round; what is left is for the next.
const ROUNDS: usize = 50;
/// Transactions in a row in which nothing could go, after which the round ends. What is kept has its next turn in an hour.
const IN_VAIN: usize = 10;
/// What somebody saw so lately does not go for want of room: it would be fetched again at once.
const LATELY: TimeDelta = TimeDelta::hours(1);

#[derive(Debug, thiserror::Error)]
pub enum PruneError {
    #[error(transparent)]
    Database(#[from] sqlx::Error),
    #[error(transparent)]
    NoRandomness(#[from] NoRandomness),
}

/// What went.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pruned {
    pub pictures: u64,
    pub bytes: u64,
    /// What would have gone, but for people here.
    pub kept: u64,
}

/// Why copies go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reason {
    Age,
    Size,
}

impl Pruned {
    pub fn and(self, other: Self) -> Self {
        Self {
            pictures: self.pictures + other.pictures,
            bytes: self.bytes + other.bytes,
            kept: self.kept + other.kept,
        }
    }
}

/// One round: what is too old, then what is too much. Bounded, so that whatever else is to be done has its turn.
pub async fn round(app: &App) -> Result<Pruned, PruneError> {
    Ok(batches(app, Reason::Age)
        .await?
        .and(batches(app, Reason::Size).await?))
}

/// What rounds would let go of, all together.
pub async fn forecast(app: &App) -> Result<Pruned, PruneError> {
    let mut db = app.db.acquire().await?;
    let (aged, lately) = (which(app, Reason::Age), which(app, Reason::Size));
    let old = db::media_pruning::too_old(&mut db, aged).await?;
    let room = excess(app, &mut db).await? - old.bytes;
    let many = match room {
        ..=0 => Forecast::default(),
        room => db::media_pruning::too_many(&mut db, lately, aged.seen_by, room).await?,
    };
    Ok(pruned(old.pictures, old.bytes).and(pruned(many.pictures, many.bytes)))
}

async fn batches(app: &App, reason: Reason) -> Result<Pruned, PruneError> {
    let (mut all, mut in_vain) = (Pruned::default(), 0);
    for _ in 0..ROUNDS {
        let Some(batch) = batch(app, reason).await? else {
            break;
        };
        all = all.and(batch);
        in_vain = if batch.pictures == 0 { in_vain + 1 } else { 0 };
        if in_vain == IN_VAIN {
            break;
        }
    }
    if all.pictures > 0 {
        let name = match reason {
            Reason::Age => "age",
            Reason::Size => "size",
        };
        metrics::counter!("tintype_pictures_pruned_total", "reason" => name).increment(all.pictures);
        metrics::counter!("tintype_pictures_pruned_bytes_total", "reason" => name).increment(all.bytes);
        tracing::info!(
            pictures = all.pictures,
            bytes = all.bytes,
            reason = name,
            "copies were let go of"
        );
    }
    Ok(all)
}

/// None: there is nothing left to look at, or another process does it.
async fn batch(app: &App, reason: Reason) -> Result<Option<Pruned>, PruneError> {
    let now = app.clock.now();
    let mut tx = app.db.begin().await?;
    let mut room = i64::MAX;
    if reason == Reason::Size {
        if !db::media_pruning::lock(&mut tx).await? {
            return Ok(None);
        }
        room = excess(app, &mut tx).await?;
    }
    if room <= 0 {
        return Ok(None);
    }
    let next = db::media_pruning::next(&mut tx, which(app, reason), BATCH).await?;
    if next.is_empty() {
        return Ok(None);
    }
    let (kept, gone) = divide(&next, room);
    db::media_pruning::keep(&mut tx, &kept, now).await?;
    let fresh = || MediaKey::random().map(|key| app.store.key_of_copy(key).to_string());
    let fresh = gone.iter().map(|_| fresh());
    let fresh = fresh.collect::<Result<Vec<_>, _>>()?;
    let ids: Vec<MediaId> = gone.iter().map(|one| one.id).collect();
    for post in db::media_pruning::put_away(&mut tx, &ids, &fresh, now).await? {
        db::posts::touch(&mut tx, post).await?;
    }
    tx.commit().await?;
    Ok(Some(Pruned {
        pictures: gone.len() as u64,
        bytes: gone.iter().map(|one| one.bytes.unsigned_abs()).sum(),
        kept: kept.len() as u64,
    }))
}

/// Those that stay, and of the others as many as are needed for so much room.
fn divide(next: &[Candidate], room: i64) -> (Vec<MediaId>, Vec<Candidate>) {
    let (mut kept, mut gone, mut made) = (Vec::new(), Vec::new(), 0_i64);
    for one in next {
        if one.kept {
            kept.push(one.id);
        } else if made < room {
            made = made.saturating_add(one.bytes);
            gone.push(*one);
        }
    }
    (kept, gone)
}

fn which(app: &App, reason: Reason) -> Which {
    let kept_for = match reason {
        Reason::Age => TimeDelta::days(app.config.remote_media_days.into()),
        Reason::Size => LATELY,
    };
    let seen_by: Time = app.clock.now() - kept_for;
    Which {
        seen_by,
        // Where a bucket or CDN serves them, profiles name their pictures there, where nothing would fetch them again.
        spare_profiles: app.config.media_url.is_some() || app.config.copies_url.is_some(),
    }
}

/// By how many bytes all copies together are more than they may be.
async fn excess(app: &App, db: &mut sqlx::PgConnection) -> sqlx::Result<i64> {
    let totals = db::media_usage::totals(db).await?;
    let copies = totals.iter().filter(|total| total.elsewhere);
    let most = i64::try_from(app.config.remote_media_bytes).unwrap_or(i64::MAX);
    Ok(copies.map(|total| total.bytes).sum::<i64>() - most)
}

fn pruned(pictures: i64, bytes: i64) -> Pruned {
    Pruned {
        pictures: pictures.unsigned_abs(),
        bytes: bytes.unsigned_abs(),
        kept: 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_more_goes_than_makes_the_room_and_what_is_kept_makes_none() {
        let one = |id, bytes, kept| Candidate {
            id: MediaId(id),
            bytes,
            kept,
        };
        let next = [
            one(1, 50, true),
            one(2, 40, false),
            one(3, 40, false),
            one(4, 40, false),
        ];
        let (kept, gone) = divide(&next, 60);
        assert_eq!(kept, [MediaId(1)]);
        assert_eq!(gone.iter().map(|one| one.id.0).collect::<Vec<_>>(), [2, 3]);
        assert_eq!(divide(&next, i64::MAX).1.len(), 3);
    }
}
