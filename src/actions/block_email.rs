//! With which mail nobody signs up: whole providers, and single addresses in all their spellings. Touches nobody who lives
//! here already.

use super::audit::{self, About};
use crate::app::App;
use crate::db;
use crate::db::{email_blocks, email_domain_blocks};
use crate::domain::audit::{Act, By};
use crate::domain::email::Email;
use crate::domain::ids::{EmailBlockId, EmailDomainBlockId};
use crate::domain::names;

#[derive(Debug, thiserror::Error)]
pub enum BlockEmailError {
    #[error("Domain is not a valid domain name")]
    Domain,
    #[error("Domain has already been taken")]
    DomainTaken,
    #[error("Email is invalid")]
    Email,
    #[error("Canonical email hash is invalid")]
    Hash,
    #[error("Canonical email hash has already been taken")]
    HashTaken,
    #[error(transparent)]
    Database(sqlx::Error),
}

impl From<sqlx::Error> for BlockEmailError {
    fn from(error: sqlx::Error) -> Self {
        match db::constraint(&error) {
            Some("email_domain_blocks_domain_key") => Self::DomainTaken,
            Some("email_blocks_hash_key") => Self::HashTaken,
            _ => Self::Database(error),
        }
    }
}

/// Addresses at this provider and below it are taken no more.
pub async fn provider(
    app: &App,
    by: By,
    domain: &str,
) -> Result<email_domain_blocks::Block, BlockEmailError> {
    let domain = domain.trim().trim_start_matches('@');
    let block = email_domain_blocks::Block {
        id: EmailDomainBlockId(app.ids.next()),
        domain: names::parse_host(domain).ok_or(BlockEmailError::Domain)?,
        created_at: app.clock.now(),
    };
    let mut tx = app.db.begin().await?;
    db::email_domain_blocks::insert(&mut tx, &block).await?;
    audit::note(
        app,
        &mut tx,
        by,
        Act::BlockEmailDomain,
        About::named(&block.domain),
        "",
    )
    .await?;
    tx.commit().await?;
    Ok(block)
}

/// Whether it was blocked.
pub async fn undo_provider(app: &App, by: By, id: EmailDomainBlockId) -> sqlx::Result<bool> {
    let mut tx = app.db.begin().await?;
    let Some(domain) = db::email_domain_blocks::delete(&mut tx, id).await? else {
        return Ok(false);
    };
    audit::note(
        app,
        &mut tx,
        by,
        Act::UnblockEmailDomain,
        About::named(&domain),
        "",
    )
    .await?;
    tx.commit().await?;
    Ok(true)
}

/// By what an address is blocked and looked for.
pub fn hash_of(email: &str) -> Result<String, BlockEmailError> {
    let email = Email::parse(email).map_err(|_| BlockEmailError::Email)?;
    Ok(email.canonical_hash())
}

/// One address is taken no more, however it is spelled. `hash`: as `hash_of` gives it, or as another server did.
pub async fn address(app: &App, by: By, hash: &str) -> Result<email_blocks::Block, BlockEmailError> {
    let hash = hash.trim().to_ascii_lowercase();
    if hash.len() != 64 || !hash.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return Err(BlockEmailError::Hash);
    }
    let block = email_blocks::Block {
        id: EmailBlockId(app.ids.next()),
        hash,
    };
    let mut tx = app.db.begin().await?;
    db::email_blocks::insert(&mut tx, &block, app.clock.now()).await?;
    audit::note(app, &mut tx, by, Act::BlockEmail, About::named(&block.hash), "").await?;
    tx.commit().await?;
    Ok(block)
}

/// Whether it was blocked.
pub async fn undo_address(app: &App, by: By, id: EmailBlockId) -> sqlx::Result<bool> {
    let mut tx = app.db.begin().await?;
    let Some(hash) = db::email_blocks::delete(&mut tx, id).await? else {
        return Ok(false);
    };
    audit::note(app, &mut tx, by, Act::UnblockEmail, About::named(&hash), "").await?;
    tx.commit().await?;
    Ok(true)
}
