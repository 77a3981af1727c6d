//! Ends that by which somebody is signed in, all or in part: sessions, tokens, and codes and links on the way. Leaves the account as it is.

use sqlx::PgConnection;

use crate::app::App;
use crate::db;
use crate::domain::ids::{AccountId, AppId, SessionId, TokenId};

/// Hashes of the tokens that are gone, to be forgotten after the commit.
#[must_use = "the tokens are remembered until they are forgotten"]
#[derive(Debug)]
pub struct Ended(Vec<Vec<u8>>);

/// What stays, of whoever does it themselves.
#[derive(Clone, Copy, Debug, Default)]
pub struct Staying {
    pub session: Option<SessionId>,
    pub token: Option<TokenId>,
}

pub async fn everywhere(db: &mut PgConnection, account: AccountId) -> sqlx::Result<Ended> {
    everywhere_but(db, account, Staying::default()).await
}

pub async fn everywhere_but(
    db: &mut PgConnection,
    account: AccountId,
    staying: Staying,
) -> sqlx::Result<Ended> {
    db::sessions::delete_of(&mut *db, account, staying.session).await?;
    db::codes::delete_of(&mut *db, account).await?;
    // They are known by the password that was typed there.
    db::devices::delete_of(&mut *db, account).await?;
    // Links that were mailed open the account too.
    db::mail_tokens::delete_of(&mut *db, account).await?;
    Ok(Ended(db::tokens::delete_of(db, account, staying.token).await?))
}

/// Nothing is deleted, but what is remembered of somebody's tokens holds no longer: they may not be used for now.
pub async fn for_now(db: &mut PgConnection, account: AccountId) -> sqlx::Result<Ended> {
    Ok(Ended(db::tokens::hashes_of(db, account).await?))
}

/// Ends one session of somebody; whether there was one.
pub async fn of_session(app: &App, account: AccountId, session: SessionId) -> sqlx::Result<bool> {
    let mut db = app.db.acquire().await?;
    let there_was = db::sessions::end(&mut db, account, session).await?;
    app.streams.doubt();
    Ok(there_was)
}

/// Ends all sessions of somebody but this one; what apps may do stays.
pub async fn of_other_sessions(app: &App, account: AccountId, but: Option<SessionId>) -> sqlx::Result<()> {
    let mut db = app.db.acquire().await?;
    db::sessions::delete_of(&mut db, account, but).await?;
    app.streams.doubt();
    Ok(())
}

/// Takes back all that one app may do for somebody; whether it might do anything.
pub async fn of_app(app: &App, account: AccountId, client: AppId) -> sqlx::Result<bool> {
    let mut tx = app.db.begin().await?;
    db::codes::delete_of_app(&mut tx, account, client).await?;
    let ended = Ended(db::tokens::delete_of_app(&mut tx, account, client).await?);
    tx.commit().await?;
    let there_was = !ended.0.is_empty();
    ended.forget(app);
    Ok(there_was)
}

impl Ended {
    /// To be called once the transaction has committed. Other processes notice within seconds.
    pub fn forget(self, app: &App) {
        for hash in self.0 {
            forget(app, &hash);
        }
    }
}

/// Forgets what one token allowed.
pub fn forget(app: &App, hash: &[u8]) {
    if let Ok(key) = <[u8; 32]>::try_from(hash) {
        app.caches.grants.invalidate(&key);
    }
    app.streams.doubt();
}
