//! Networks that are kept from signing up, or out: keeping the list, and asking it. What is asked for each request is asked
//! of this process' memory, which another process' change reaches within seconds.

use std::net::IpAddr;
use std::sync::Arc;

use chrono::TimeDelta;
use sqlx::{Postgres, Transaction};

use super::audit::{self, About};
use crate::app::App;
use crate::db;
use crate::db::ip_blocks::Block;
use crate::domain::audit::{Act, By};
use crate::domain::barred::{Barred, Rule, Severity};
use crate::domain::clock::Time;
use crate::domain::ids::IpBlockId;
use crate::domain::network::Network;

const LONGEST_COMMENT: usize = 2_000;
/// No block is for longer than that, other than for ever.
const LONGEST: i64 = 100 * 365 * 86_400;

#[derive(Debug, thiserror::Error)]
pub enum BarError {
    #[error("IP is not an address or a network such as 192.0.2.0/24")]
    Network,
    #[error("IP has already been taken")]
    Taken,
    /// Whoever does this would have no way to take it back.
    #[error("IP contains the address that you come from")]
    OwnAddress,
    #[error("Comment is too long (maximum is {} characters)", LONGEST_COMMENT)]
    Comment,
    #[error("Expires in is not a number of seconds to come")]
    Expiry,
    #[error("there is no such block")]
    NotFound,
    #[error(transparent)]
    Database(sqlx::Error),
}

impl From<sqlx::Error> for BarError {
    fn from(error: sqlx::Error) -> Self {
        match db::constraint(&error) {
            Some("ip_blocks_network_key") => Self::Taken,
            _ => Self::Database(error),
        }
    }
}

/// What a block is to be.
#[derive(Clone, Debug)]
pub struct Wish {
    pub network: String,
    pub severity: Severity,
    pub comment: String,
    /// In seconds; none: for ever.
    pub expires_in: Option<i64>,
}

/// What of a block is to change.
#[derive(Clone, Debug, Default)]
pub struct Change {
    pub network: Option<String>,
    pub severity: Option<Severity>,
    pub comment: Option<String>,
    /// In seconds; the inner none: for ever.
    pub expires_in: Option<Option<i64>>,
}

/// `from`: where whoever does it is, whom it must not keep out.
pub async fn add(app: &App, by: By, from: IpAddr, wish: Wish) -> Result<Block, BarError> {
    let now = app.clock.now();
    let block = Block {
        id: IpBlockId(app.ids.next()),
        network: network(&wish.network)?.to_string(),
        severity: wish.severity,
        comment: comment(&wish.comment)?,
        created_at: now,
        expires_at: expiry(wish.expires_in, now)?,
    };
    spare(&block, from)?;
    let mut tx = app.db.begin().await?;
    db::ip_blocks::insert(&mut tx, &block).await?;
    conclude(app, tx, by, Act::BlockIp, &block.network, &block.comment).await?;
    Ok(block)
}

pub async fn change(
    app: &App,
    by: By,
    from: IpAddr,
    id: IpBlockId,
    change: Change,
) -> Result<Block, BarError> {
    let mut tx = app.db.begin().await?;
    let mut block = db::ip_blocks::lock(&mut tx, id)
        .await?
        .ok_or(BarError::NotFound)?;
    if let Some(wanted) = change.network {
        block.network = network(&wanted)?.to_string();
    }
    if let Some(severity) = change.severity {
        block.severity = severity;
    }
    if let Some(text) = change.comment {
        block.comment = comment(&text)?;
    }
    if let Some(expires_in) = change.expires_in {
        block.expires_at = expiry(expires_in, app.clock.now())?;
    }
    spare(&block, from)?;
    db::ip_blocks::update(&mut tx, &block).await?;
    conclude(app, tx, by, Act::ChangeIpBlock, &block.network, &block.comment).await?;
    Ok(block)
}

/// Whether there was one.
pub async fn remove(app: &App, by: By, id: IpBlockId) -> sqlx::Result<bool> {
    let mut tx = app.db.begin().await?;
    let Some(network) = db::ip_blocks::delete(&mut tx, id).await? else {
        return Ok(false);
    };
    conclude(app, tx, by, Act::UnblockIp, &network, "").await?;
    Ok(true)
}

/// Notes what was done about a network, and has the list read again.
async fn conclude(
    app: &App,
    mut tx: Transaction<'_, Postgres>,
    by: By,
    act: Act,
    network: &str,
    words: &str,
) -> sqlx::Result<()> {
    audit::note(app, &mut tx, by, act, About::named(network), words).await?;
    tx.commit().await?;
    app.caches.barred.invalidate(&()).await;
    Ok(())
}

/// How far whoever comes from that address is kept out. While the list cannot be read nobody is: then nothing else can be
/// read either.
pub async fn severity(app: &App, address: IpAddr) -> Option<Severity> {
    let barred = match app.caches.barred.get(&()).await {
        Some(barred) => barred,
        // In a box: else every request would carry along what it takes to ask a database.
        None => Box::pin(app.caches.barred.try_get_with((), read(app)))
            .await
            .ok()?,
    };
    barred.severity(address, app.clock.now())
}

async fn read(app: &App) -> sqlx::Result<Arc<Barred>> {
    let blocks = db::ip_blocks::all(&mut *app.db.acquire().await?).await?;
    let rules = blocks.into_iter().filter_map(|block| {
        let rule = Rule {
            severity: block.severity,
            expires_at: block.expires_at,
        };
        Some((block.network.parse().ok()?, rule))
    });
    Ok(Arc::new(rules.collect()))
}

fn network(text: &str) -> Result<Network, BarError> {
    text.trim().parse().map_err(|_| BarError::Network)
}

fn comment(text: &str) -> Result<String, BarError> {
    let text = text.trim();
    match text.chars().count() {
        0..=LONGEST_COMMENT => Ok(text.to_owned()),
        _ => Err(BarError::Comment),
    }
}

fn expiry(seconds: Option<i64>, now: Time) -> Result<Option<Time>, BarError> {
    match seconds {
        None => Ok(None),
        Some(seconds @ 1..=LONGEST) => Ok(Some(now + TimeDelta::seconds(seconds))),
        Some(_) => Err(BarError::Expiry),
    }
}

fn spare(block: &Block, from: IpAddr) -> Result<(), BarError> {
    let contains = network(&block.network)?.contains(from);
    match block.severity {
        Severity::NoAccess if contains => Err(BarError::OwnAddress),
        _ => Ok(()),
    }
}
