//! Pictures of servers whose pictures are not kept: they go when that is decided, and may come again when it is taken back.
//! Decides about no server.

use super::domains::DomainsError;
use crate::app::App;
use crate::db;
use crate::media::MediaKey;

/// Why such a picture is not shown, for people. It is also how such pictures are found again.
pub const REFUSED: &str = "This server keeps no pictures of the server that it is from.";
/// Pictures that are looked at in one transaction.
const BATCH: i64 = 200;

/// Brings the pictures of a domain's people in line with what is decided about it.
pub(super) async fn settle(app: &App, domain: &str) -> Result<(), DomainsError> {
    while reject_some(app, domain).await? > 0 {}
    while restore_some(app, domain).await? > 0 {}
    Ok(())
}

/// Gives how many.
async fn reject_some(app: &App, domain: &str) -> Result<usize, DomainsError> {
    let mut tx = app.db.begin().await?;
    let shown = db::rejected_media::shown(&mut tx, domain, BATCH).await?;
    let fresh = shown
        .iter()
        .map(|_| MediaKey::random().map(|key| key.to_string()));
    let fresh = fresh.collect::<Result<Vec<_>, _>>()?;
    let now = app.clock.now();
    for post in db::rejected_media::reject(&mut tx, &shown, &fresh, REFUSED, now).await? {
        db::posts::touch(&mut tx, post).await?;
    }
    tx.commit().await?;
    Ok(shown.len())
}

/// Gives how many.
async fn restore_some(app: &App, domain: &str) -> Result<usize, DomainsError> {
    let mut tx = app.db.begin().await?;
    let posts = db::rejected_media::restore(&mut tx, domain, REFUSED, BATCH).await?;
    for post in posts.iter().copied().flatten() {
        db::posts::touch(&mut tx, post).await?;
    }
    tx.commit().await?;
    Ok(posts.len())
}
