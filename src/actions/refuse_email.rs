//! Whether somebody may have this mail address, as far as moderators blocked some. Whether it is free is not asked here.

use std::net::IpAddr;

use sqlx::PgConnection;

use crate::app::App;
use crate::db;
use crate::domain::email::Email;
use crate::domain::network::neighbourhood;
use crate::domain::random;

/// Why not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    #[error("is of a provider that is not taken here")]
    Provider,
    /// Told as if somebody had it: who was thrown out shall not learn by which of their addresses they are known.
    #[error("has already been taken")]
    Address,
}

/// A try with a provider that is blocked is counted, by where it came from.
pub async fn reason(
    app: &App,
    db: &mut PgConnection,
    email: &Email,
    from: Option<IpAddr>,
) -> sqlx::Result<Option<Refused>> {
    if let Some(block) = db::email_domain_blocks::of_any(db, &email.domains()).await? {
        let source = from.map_or_else(String::new, |from| neighbourhood(from).to_string());
        let today = app.clock.now().date_naive();
        db::email_domain_blocks::tried(db, block, today, &random::hash(&source)).await?;
        return Ok(Some(Refused::Provider));
    }
    let known = db::email_blocks::by_hash(db, &email.canonical_hash()).await?;
    Ok(known.map(|_| Refused::Address))
}
