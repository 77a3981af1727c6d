//! Invitations are made here. Who may make them is the caller's to know.

use crate::app::App;
use crate::db;
use crate::db::invitations::NewInvitation;
use crate::domain::clock::Time;
use crate::domain::ids::AccountId;
use crate::domain::random;

/// Whether somebody could sign up with this code now.
pub async fn is_open(app: &App, code: &str) -> sqlx::Result<bool> {
    // Postgres has no zero byte in a text; no code has one either.
    if code.contains('\0') {
        return Ok(false);
    }
    let mut db = app.db.acquire().await?;
    db::invitations::is_open(&mut db, code, app.clock.now()).await
}

/// A code that lets so many people sign up.
pub async fn local(
    app: &App,
    by: Option<AccountId>,
    uses: u16,
    expires_at: Option<Time>,
) -> sqlx::Result<String> {
    let code = random::token();
    let new = NewInvitation {
        code: &code,
        created_by: by,
        uses: uses.into(),
        expires_at,
        now: app.clock.now(),
    };
    let mut db = app.db.acquire().await?;
    db::invitations::insert(&mut db, &new).await?;
    Ok(code)
}
