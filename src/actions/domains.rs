//! What an admin decides about a domain with all its subdomains, and what that means for the people of it that we know.
//! Decides nothing about one person: that stays when a decision about their server is taken back.

use sqlx::PgConnection;

use super::audit::{self, About};
use super::rejected_media;
use crate::app::App;
use crate::db;
use crate::db::policies::{Policy, Severity};
use crate::domain::audit::{Act, By};
use crate::domain::ids::DomainBlockId;
use crate::domain::names;
use crate::media::key::NoRandomness;

/// Most characters of what is said about a domain.
const LONGEST: usize = 5_000;

#[derive(Debug, thiserror::Error)]
pub enum DomainsError {
    #[error("Domain is not a valid domain name")]
    NotADomain,
    #[error("Domain is this server")]
    Ourselves,
    #[error("Comment is too long (maximum is {LONGEST} characters)")]
    TooLong,
    /// Something is decided about it that is at least as hard.
    #[error("What is decided about {} is at least as strict already", .0.domain)]
    Exists(Box<Policy>),
    #[error("not found")]
    NotFound,
    #[error(transparent)]
    NoRandomness(#[from] NoRandomness),
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

/// What is decided, or is to be another; absent means as it was, or as it is for any domain.
#[derive(Clone, Debug, Default)]
pub struct Wishes {
    pub severity: Option<Severity>,
    pub reject_media: Option<bool>,
    pub reject_reports: Option<bool>,
    pub reason: Option<String>,
    pub public_comment: Option<String>,
    pub obfuscate: Option<bool>,
}

impl Wishes {
    fn apply(&self, policy: &mut Policy) -> Result<(), DomainsError> {
        let too_long =
            |text: &Option<String>| text.as_ref().is_some_and(|text| text.chars().count() > LONGEST);
        if too_long(&self.reason) || too_long(&self.public_comment) {
            return Err(DomainsError::TooLong);
        }
        policy.severity = self.severity.unwrap_or(policy.severity);
        policy.reject_media = self.reject_media.unwrap_or(policy.reject_media);
        policy.reject_reports = self.reject_reports.unwrap_or(policy.reject_reports);
        policy.obfuscate = self.obfuscate.unwrap_or(policy.obfuscate);
        if let Some(reason) = &self.reason {
            policy.reason.clone_from(reason);
        }
        if let Some(comment) = &self.public_comment {
            policy.public_comment.clone_from(comment);
        }
        Ok(())
    }
}

/// Whoever runs the server suspends a domain, limits it, or changes why, whatever was decided before. Gives how many people
/// of it are known.
pub async fn decide(
    app: &App,
    domain: String,
    severity: Severity,
    reason: String,
) -> Result<i64, DomainsError> {
    let wishes = Wishes {
        severity: Some(severity),
        reason: Some(reason),
        ..Wishes::default()
    };
    let mut tx = app.db.begin().await?;
    let known = db::policies::nearest(&mut tx, &domain).await?;
    let (policy, did) = match known.filter(|policy| policy.domain == domain) {
        Some(mut policy) => {
            wishes.apply(&mut policy)?;
            db::policies::update(&mut tx, &policy).await?;
            (policy, Act::ChangeDomainBlock)
        }
        None => (insert(app, &mut tx, domain, &wishes).await?, Act::BlockDomain),
    };
    hold(&mut tx, &policy).await?;
    note(app, &mut tx, By::Operator, did, &policy).await?;
    let people = db::policies::people(&mut tx, &policy.domain).await?;
    tx.commit().await?;
    settle(app, &policy).await?;
    Ok(people)
}

/// Somebody who may decides about a domain, unless what holds for it is at least as hard.
pub async fn block(app: &App, by: By, domain: &str, wishes: &Wishes) -> Result<Policy, DomainsError> {
    let domain = names::parse_authority(domain.trim()).ok_or(DomainsError::NotADomain)?;
    let own = app.config.public_url.host_str();
    if domain == app.urls.authority() || own == Some(domain.as_str()) {
        return Err(DomainsError::Ourselves);
    }
    let mut tx = app.db.begin().await?;
    let known = db::policies::nearest(&mut tx, &domain).await?;
    let policy = insert(app, &mut tx, domain, wishes).await?;
    if let Some(known) = known.filter(|known| !is_harder(&policy, known)) {
        return Err(DomainsError::Exists(Box::new(known)));
    }
    hold(&mut tx, &policy).await?;
    note(app, &mut tx, by, Act::BlockDomain, &policy).await?;
    tx.commit().await?;
    settle(app, &policy).await?;
    Ok(policy)
}

pub async fn change(app: &App, by: By, id: DomainBlockId, wishes: &Wishes) -> Result<Policy, DomainsError> {
    let mut tx = app.db.begin().await?;
    let policy = db::policies::lock(&mut tx, id).await?;
    let mut policy = policy.ok_or(DomainsError::NotFound)?;
    wishes.apply(&mut policy)?;
    db::policies::update(&mut tx, &policy).await?;
    hold(&mut tx, &policy).await?;
    note(app, &mut tx, by, Act::ChangeDomainBlock, &policy).await?;
    tx.commit().await?;
    settle(app, &policy).await?;
    Ok(policy)
}

/// Takes a decision back. Follows that it ended do not come back by themselves.
pub async fn unblock(app: &App, by: By, id: DomainBlockId) -> Result<(), DomainsError> {
    let mut tx = app.db.begin().await?;
    let policy = db::policies::lock(&mut tx, id).await?;
    let policy = policy.ok_or(DomainsError::NotFound)?;
    db::policies::remove(&mut tx, id).await?;
    db::policies::show_people(&mut tx, &policy.domain, policy.created_at).await?;
    note(app, &mut tx, by, Act::UnblockDomain, &policy).await?;
    tx.commit().await?;
    settle(app, &policy).await
}

/// Whoever runs the server takes a decision back; whether there was one.
pub async fn undo(app: &App, domain: &str) -> Result<bool, DomainsError> {
    let known = db::policies::nearest(&mut *app.db.acquire().await?, domain).await?;
    let Some(policy) = known.filter(|policy| policy.domain == domain) else {
        return Ok(false);
    };
    match unblock(app, By::Operator, policy.id).await {
        Err(DomainsError::NotFound) => Ok(false),
        done => done.map(|()| true),
    }
}

async fn insert(
    app: &App,
    db: &mut PgConnection,
    domain: String,
    wishes: &Wishes,
) -> Result<Policy, DomainsError> {
    let mut policy = Policy {
        id: DomainBlockId(app.ids.next()),
        domain,
        severity: Severity::Limited,
        reject_media: false,
        reject_reports: false,
        reason: String::new(),
        public_comment: String::new(),
        obfuscate: false,
        created_at: app.clock.now(),
    };
    wishes.apply(&mut policy)?;
    match db::policies::insert(db, &policy).await? {
        None => Ok(policy),
        Some(known) => Err(DomainsError::Exists(Box::new(known))),
    }
}

/// Whether a new policy says more than one that holds for its domain already.
fn is_harder(new: &Policy, known: &Policy) -> bool {
    new.severity == Severity::Suspended
        || (new.severity >= known.severity
            && (new.reject_media || !known.reject_media)
            && (new.reject_reports || !known.reject_reports))
}

/// The people of a domain are as its policy says from now on. Suspended, they follow and are followed no longer.
async fn hold(db: &mut PgConnection, policy: &Policy) -> sqlx::Result<()> {
    let (domain, stamp) = (&policy.domain, policy.created_at);
    db::policies::show_people(db, domain, stamp).await?;
    match policy.severity {
        Severity::Suspended => {
            db::policies::end_follows(db, domain).await?;
            db::policies::hide_people(db, domain, stamp).await
        }
        Severity::Limited => db::policies::limit_people(db, domain, stamp).await,
        Severity::Noop => Ok(()),
    }
}

async fn note(app: &App, db: &mut PgConnection, by: By, did: Act, policy: &Policy) -> sqlx::Result<()> {
    audit::note(app, db, by, did, About::named(&policy.domain), &policy.reason).await
}

/// What follows once it is committed; a second call ends what a crash left.
async fn settle(app: &App, policy: &Policy) -> Result<(), DomainsError> {
    app.peers.policies.invalidate(&());
    app.caches.about.invalidate("domain blocks");
    rejected_media::settle(app, &policy.domain).await
}
