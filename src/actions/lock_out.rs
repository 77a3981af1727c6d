//! Ends everything by which somebody is signed in: sessions, tokens and codes on the way. Leaves the account as it is.

use sqlx::PgConnection;

use crate::app::App;
use crate::db;
use crate::domain::ids::AccountId;

/// Hashes of the tokens that are gone, to be forgotten after the commit.
#[must_use = "the tokens are remembered until they are forgotten"]
#[derive(Debug)]
pub struct Ended(Vec<Vec<u8>>);

pub async fn everywhere(db: &mut PgConnection, account: AccountId) -> sqlx::Result<Ended> {
    db::sessions::delete_of(&mut *db, account).await?;
    db::codes::delete_of(&mut *db, account).await?;
    Ok(Ended(db::tokens::delete_of(db, account).await?))
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
