//! Links in mails: made, looked at, used once. What a link does is told by whoever takes it.

use chrono::TimeDelta;
use sqlx::PgConnection;

use crate::app::App;
use crate::db;
use crate::db::mail_tokens::{NewToken, Token};
use crate::domain::ids::AccountId;
use crate::domain::mail::{Purpose, Says};
use crate::domain::random;

/// For how long a link can be used.
pub fn lives(purpose: Purpose) -> TimeDelta {
    match purpose {
        Purpose::Confirm => TimeDelta::days(2),
        Purpose::ResetPassword => TimeDelta::hours(6),
    }
}

/// A link for this address, in place of the earlier one; gives what the mail says. Only its hash is kept.
pub async fn make(
    app: &App,
    db: &mut PgConnection,
    account: AccountId,
    email: &str,
    purpose: Purpose,
) -> sqlx::Result<Says> {
    let token = random::token();
    let new = NewToken {
        account,
        purpose: purpose as i16,
        hash: &random::hash(&token),
        email,
        expires_at: app.clock.now() + lives(purpose),
    };
    db::mail_tokens::replace(db, &new).await?;
    Ok(match purpose {
        Purpose::Confirm => Says::Confirm { token },
        Purpose::ResetPassword => Says::ResetPassword { token },
    })
}

/// Whether a link could be used now.
pub async fn is_open(app: &App, purpose: Purpose, token: &str) -> sqlx::Result<bool> {
    let mut db = app.db.acquire().await?;
    let hash = random::hash(token);
    let found = db::mail_tokens::open(&mut db, purpose as i16, &hash, app.clock.now()).await?;
    Ok(found.is_some())
}

/// Uses a link up.
pub async fn take(
    app: &App,
    db: &mut PgConnection,
    purpose: Purpose,
    token: &str,
) -> sqlx::Result<Option<Token>> {
    db::mail_tokens::take(db, purpose as i16, &random::hash(token), app.clock.now()).await
}
