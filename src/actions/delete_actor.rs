//! The end of an account. Its row stays, so that its name is never given again; all else of it goes.

use sqlx::PgConnection;

use crate::app::App;
use crate::db;
use crate::domain::account::Account;

/// A peer says that its actor is gone.
pub async fn remote(app: &App, db: &mut PgConnection, actor: &Account) -> sqlx::Result<()> {
    end(app, db, actor).await
}

async fn end(app: &App, db: &mut PgConnection, account: &Account) -> sqlx::Result<()> {
    db::accounts::end(db, account.id, app.clock.now()).await?;
    app.caches.forget_account(account.id);
    app.peers.keys.invalidate(&account.public_key_id);
    Ok(())
}
