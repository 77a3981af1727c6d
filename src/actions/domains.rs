//! What an admin decides about a domain with all its subdomains, and what that means for the people of it that we know.

use crate::app::App;
use crate::db;
use crate::db::policies::{Policy, Severity};

/// Suspends a domain, limits it, or changes why. Its people are hidden at once, and follow and are followed no longer.
/// Gives how many people of it were known.
pub async fn decide(app: &App, domain: String, severity: Severity, reason: String) -> sqlx::Result<u64> {
    let now = app.clock.now();
    let mut tx = app.db.begin().await?;
    let policy = Policy {
        domain,
        severity,
        reason,
        created_at: now,
    };
    db::policies::set(&mut tx, &policy).await?;
    let known = match severity {
        Severity::Suspended => {
            db::policies::end_follows(&mut tx, &policy.domain).await?;
            db::policies::hide_people(&mut tx, &policy.domain, now).await?
        }
        Severity::Limited => {
            db::policies::show_people(&mut tx, &policy.domain).await?;
            db::policies::limit_people(&mut tx, &policy.domain, now).await?
        }
    };
    tx.commit().await?;
    app.peers.policies.invalidate(&());
    Ok(known)
}

/// Takes a decision back; whether there was one. Follows that it ended do not come back by themselves.
pub async fn undo(app: &App, domain: &str) -> sqlx::Result<bool> {
    let mut tx = app.db.begin().await?;
    let was = db::policies::remove(&mut tx, domain).await?;
    db::policies::show_people(&mut tx, domain).await?;
    tx.commit().await?;
    app.peers.policies.invalidate(&());
    Ok(was)
}
