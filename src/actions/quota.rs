//! How much people here may keep: what holds, whether more fits, and an admin's word on one of them. Removes nothing of
//! those who keep more than they may by now.

use sqlx::PgConnection;

use super::audit::{self, About};
use crate::app::App;
use crate::db;
use crate::db::quotas::Own;
use crate::domain::audit::{Act, By};
use crate::domain::ids::AccountId;
use crate::domain::quota::{Full, Quota};

#[derive(Debug, thiserror::Error)]
pub enum QuotaError {
    #[error("not found")]
    NotFound,
    #[error("Limit is larger than any disk")]
    TooLarge,
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

#[derive(Debug, thiserror::Error)]
pub enum ClaimError {
    #[error(transparent)]
    Full(#[from] Full),
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

/// What an admin says of one person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Word {
    /// The same as for everybody.
    Default,
    NoBound,
    Bytes(u64),
}

/// What holds for somebody.
#[derive(Clone, Copy, Debug)]
pub struct Holds {
    /// Absent: there is no bound.
    pub limit: Option<u64>,
    pub used: u64,
    /// Said of this person, not of everybody.
    pub is_own: bool,
}

impl Holds {
    /// How much more fits; absent without a bound.
    pub fn left(self) -> Option<u64> {
        let used = self.used;
        self.limit.map(|limit| Quota { limit, used }.left())
    }
}

/// `None`: they do not live here.
pub async fn of(app: &App, account: AccountId) -> sqlx::Result<Option<Holds>> {
    let mut db = app.db.acquire().await?;
    let Some(own) = db::quotas::own(&mut db, account).await? else {
        return Ok(None);
    };
    Ok(Some(Holds {
        limit: limit(app, own.quota_bytes),
        used: used(app, &mut db, account).await?,
        is_own: own.quota_bytes.is_some(),
    }))
}

/// What bounds somebody's next upload; `None` where nothing does. Only [`claim`] holds it.
pub async fn bound(app: &App, account: AccountId) -> sqlx::Result<Option<Quota>> {
    let mut db = app.db.acquire().await?;
    let own = db::quotas::own(&mut db, account).await?;
    with_used(
        app,
        &mut db,
        account,
        own.and_then(|own| limit(app, own.quota_bytes)),
    )
    .await
}

/// Refuses so many bytes more if they do not fit. Of several that come at once each sees the ones before: whoever is let
/// through writes what it keeps in this transaction.
pub async fn claim(
    app: &App,
    db: &mut PgConnection,
    account: AccountId,
    bytes: u64,
) -> Result<(), ClaimError> {
    let limit = |own: Option<Own>| own.and_then(|own| limit(app, own.quota_bytes));
    // Most servers have no bounds, and then nobody waits for anybody.
    if limit(db::quotas::own(db, account).await?).is_none() {
        return Ok(());
    }
    let limit = limit(db::quotas::lock(db, account).await?);
    match with_used(app, db, account, limit).await? {
        Some(quota) => Ok(quota.takes(bytes)?),
        None => Ok(()),
    }
}

/// Says how much one person may keep.
pub async fn change(app: &App, by: By, account: AccountId, word: Word) -> Result<(), QuotaError> {
    let (quota_bytes, words) = match word {
        Word::Default => (None, "as everybody".to_owned()),
        Word::NoBound | Word::Bytes(0) => (Some(0), "no bound".to_owned()),
        Word::Bytes(bytes) => {
            let stored = i64::try_from(bytes).map_err(|_| QuotaError::TooLarge)?;
            (Some(stored), format!("{bytes} bytes"))
        }
    };
    let mut tx = app.db.begin().await?;
    let person = db::accounts::by_id(&mut tx, account).await?;
    let person = person.ok_or(QuotaError::NotFound)?;
    if !db::quotas::set(&mut tx, account, quota_bytes).await? {
        return Err(QuotaError::NotFound);
    }
    audit::note(
        app,
        &mut tx,
        by,
        Act::ChangeQuota,
        About::account(&person),
        &words,
    )
    .await?;
    tx.commit().await?;
    Ok(())
}

/// What holds where this was said of somebody; `None` is no bound.
pub fn limit(app: &App, own: Option<i64>) -> Option<u64> {
    let own = own.map(i64::unsigned_abs);
    Some(own.unwrap_or(app.config.quota_bytes)).filter(|bytes| *bytes > 0)
}

async fn with_used(
    app: &App,
    db: &mut PgConnection,
    account: AccountId,
    limit: Option<u64>,
) -> sqlx::Result<Option<Quota>> {
    let Some(limit) = limit else { return Ok(None) };
    let used = used(app, db, account).await?;
    Ok(Some(Quota { limit, used }))
}

async fn used(app: &App, db: &mut PgConnection, account: AccountId) -> sqlx::Result<u64> {
    Ok(db::quotas::used(db, account, app.clock.now())
        .await?
        .unsigned_abs())
}
