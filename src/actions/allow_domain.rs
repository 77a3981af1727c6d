//! Which servers are on the list of those with which this one speaks, where it speaks with no others. Whether the list
//! counts is a setting; it is kept in any case.

use super::audit::{self, About};
use crate::app::App;
use crate::db;
use crate::db::domain_allows::Allow;
use crate::domain::audit::{Act, By};
use crate::domain::federation::Federation;
use crate::domain::ids::DomainAllowId;
use crate::domain::names;

#[derive(Debug, thiserror::Error)]
pub enum AllowError {
    /// Not the name of a server, or our own.
    #[error("Domain is not a valid domain name")]
    Invalid,
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

/// Puts a server on the list; gives what is there already, if it is.
pub async fn add(app: &App, by: By, domain: &str) -> Result<Allow, AllowError> {
    let domain = names::parse_host(domain.trim())
        .filter(|host| Some(host.as_str()) != app.config.public_url.host_str())
        .ok_or(AllowError::Invalid)?;
    let mut tx = app.db.begin().await?;
    let allow = Allow {
        id: DomainAllowId(app.ids.next()),
        domain,
        created_at: app.clock.now(),
    };
    if !db::domain_allows::insert(&mut tx, &allow).await? {
        let known = db::domain_allows::by_domain(&mut tx, &allow.domain).await?;
        // Taken off at this moment by somebody else, it is as new as it was.
        return Ok(known.unwrap_or(allow));
    }
    db::domain_allows::show_people(&mut tx, &allow.domain).await?;
    audit::note(
        app,
        &mut tx,
        by,
        Act::AllowDomain,
        About::named(&allow.domain),
        "",
    )
    .await?;
    tx.commit().await?;
    forget(app);
    Ok(allow)
}

/// Takes one off; whether it was on it. Where the list counts, its people are hidden for as long as it is not.
pub async fn remove(app: &App, by: By, id: DomainAllowId) -> sqlx::Result<bool> {
    let mut tx = app.db.begin().await?;
    let Some(domain) = db::domain_allows::delete(&mut tx, id).await? else {
        return Ok(false);
    };
    if app.config.federation == Federation::Listed {
        db::domain_allows::hide_people(&mut tx, &domain, app.clock.now()).await?;
    }
    audit::note(app, &mut tx, by, Act::DisallowDomain, About::named(&domain), "").await?;
    tx.commit().await?;
    forget(app);
    Ok(true)
}

fn forget(app: &App) {
    app.peers.allowed.invalidate(&());
    app.caches.people.invalidate_all();
}
