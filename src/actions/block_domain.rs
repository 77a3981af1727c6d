//! Blocking a whole server for oneself, and ending that. Says nothing about the instance's own policies.

use super::follow_letters;
use super::unfollow;
use crate::app::App;
use crate::bus::Queue;
use crate::db;
use crate::db::domain_blocks::Neighbours;
use crate::domain::account::Account;
use crate::domain::ids::{AccountId, RelationId};
use crate::domain::names;

/// How many people's follows end in one transaction.
const AT_ONCE: i64 = 100;

#[derive(Debug, thiserror::Error)]
pub enum DomainError {
    /// Not the name of a server, or our own.
    #[error("the domain is not a valid one")]
    Invalid,
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

fn parse(app: &App, domain: &str) -> Result<String, DomainError> {
    names::parse_authority(domain.trim())
        .filter(|authority| authority != app.urls.authority())
        .ok_or(DomainError::Invalid)
}

/// Somebody here does not want to meet anybody of that server; follows with its people end, both ways.
/// The block is first, so that no new follow comes while the old ones go; a second call ends what a crash left.
pub async fn local(app: &App, me: AccountId, domain: &str) -> Result<(), DomainError> {
    let domain = parse(app, domain)?;
    let id = RelationId(app.ids.next());
    db::domain_blocks::insert(&mut *app.db.acquire().await?, id, me, &domain).await?;
    while end_some(app, me, &domain).await? > 0 {}
    app.bus.wake(Queue::Outbox);
    Ok(())
}

/// What a block of that server would end: how many of its people follow somebody, and how many they follow.
pub async fn preview(app: &App, me: AccountId, domain: &str) -> Result<Neighbours, DomainError> {
    let domain = parse(app, domain)?;
    let mut db = app.db.acquire().await?;
    Ok(db::domain_blocks::neighbours(&mut db, me, &domain).await?)
}

/// Ends follows with some of the people of that server; with how many.
async fn end_some(app: &App, me: AccountId, domain: &str) -> sqlx::Result<usize> {
    let mut tx = app.db.begin().await?;
    let found = db::follows::neighbours_at(&mut tx, me, domain, AT_ONCE).await?;
    let Some(me) = db::accounts::by_id(&mut tx, me).await? else {
        return Ok(0);
    };
    let mut others: Vec<Account> = db::accounts::by_ids(&mut tx, &found).await?;
    others.sort_unstable_by_key(|other| other.id);
    for other in &others {
        db::pairs::lock(&mut tx, me.id, other.id).await?;
        if let Some(follow) = unfollow::end(app, &mut tx, &me, other).await? {
            follow_letters::take_back(app, &mut tx, &me, other, &follow).await?;
        }
        if let Some(follow) = unfollow::end(app, &mut tx, other, &me).await? {
            follow_letters::end(app, &mut tx, &me, other, &follow).await?;
        }
        db::notifications::forget_from(&mut tx, me.id, other.id).await?;
    }
    tx.commit().await?;
    Ok(others.len())
}

/// Somebody here meets the people of that server again; follows do not come back.
pub async fn end(app: &App, me: AccountId, domain: &str) -> Result<(), DomainError> {
    let domain = parse(app, domain)?;
    db::domain_blocks::delete(&mut *app.db.acquire().await?, me, &domain).await?;
    Ok(())
}
