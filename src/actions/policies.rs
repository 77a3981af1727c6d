//! Whether we speak with a domain. Never asks the database more than every few seconds.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use url::Url;

use crate::app::App;
use crate::db;
use crate::db::policies::Severity;
use crate::domain::federation::Federation;
use crate::domain::urls::authority_of;

/// Whether this authority (host, with or without a port) is suspended, itself or as a subdomain of one that is.
pub async fn is_suspended(app: &App, authority: &str) -> sqlx::Result<bool> {
    Ok(severity(app, authority).await? == Some(Severity::Suspended))
}

/// The same for an address; what has no host is spoken to by nobody.
pub async fn is_address_suspended(app: &App, url: &Url) -> sqlx::Result<bool> {
    match authority_of(url) {
        Some(authority) => is_suspended(app, &authority).await,
        None => Ok(true),
    }
}

/// The hardest policy that holds for an authority. Where this server speaks with none but those on the list, all others are
/// as good as suspended.
pub async fn severity(app: &App, authority: &str) -> sqlx::Result<Option<Severity>> {
    if app.config.federation == Federation::Listed && !is_listed(app, authority).await? {
        return Ok(Some(Severity::Suspended));
    }
    let policies = match app.peers.policies.get(&()) {
        Some(policies) => policies,
        None => {
            let mut db = app.db.acquire().await?;
            let all = db::policies::all(&mut db).await?;
            let policies: HashMap<_, _> = all
                .into_iter()
                .map(|policy| (normal(&policy.domain), policy.severity))
                .collect();
            let policies = Arc::new(policies);
            app.peers.policies.insert((), policies.clone());
            policies
        }
    };
    Ok(hardest(&policies, authority))
}

async fn is_listed(app: &App, authority: &str) -> sqlx::Result<bool> {
    let allowed = match app.peers.allowed.get(&()) {
        Some(allowed) => allowed,
        None => {
            let mut db = app.db.acquire().await?;
            let allowed: HashSet<String> = db::domain_allows::domains(&mut db).await?.into_iter().collect();
            let allowed = Arc::new(allowed);
            app.peers.allowed.insert((), allowed.clone());
            allowed
        }
    };
    Ok(authority == app.urls.authority() || allowed.contains(&host_of(&normal(authority))))
}

/// Without its port. An IPv6 address keeps its brackets, so the last colon after them is the port's.
fn host_of(authority: &str) -> String {
    match authority.rsplit_once(':') {
        Some((host, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => normal(host),
        _ => authority.to_owned(),
    }
}

/// Lower case, without dots at the end.
fn normal(domain: &str) -> String {
    domain.trim_end_matches('.').to_lowercase()
}

fn hardest(policies: &HashMap<String, Severity>, authority: &str) -> Option<Severity> {
    if policies.is_empty() {
        return None;
    }
    let authority = normal(authority);
    let host = host_of(&authority);
    let parents = host.match_indices('.').map(|(at, _)| &host[at + 1..]);
    [authority.as_str(), host.as_str()]
        .into_iter()
        .chain(parents)
        .filter_map(|name| policies.get(name))
        .max()
        .copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_policy_holds_for_subdomains_ports_and_other_spellings() {
        let policies = HashMap::from([
            ("bad.example".to_owned(), Severity::Suspended),
            ("loud.bad.example".to_owned(), Severity::Limited),
            ("127.0.0.1:3001".to_owned(), Severity::Suspended),
        ]);
        for host in [
            "bad.example",
            "a.bad.example",
            "loud.bad.example",
            "BAD.example.",
            "bad.example:8443",
            "bad.example.:80",
        ] {
            assert_eq!(hardest(&policies, host), Some(Severity::Suspended), "{host}");
        }
        for host in ["notbad.example", "example", "bad.example.org", "127.0.0.1:3002"] {
            assert_eq!(hardest(&policies, host), None, "{host}");
        }
        assert_eq!(hardest(&policies, "127.0.0.1:3001"), Some(Severity::Suspended));
    }
}
