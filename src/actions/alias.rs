//! Somebody says under which other addresses they are known: what a move from there needs. Believes nobody's word about
//! another's account; that one has to name this one itself when it moves.

use super::know_account;
use super::letters::{self, Activity};
use crate::app::App;
use crate::bus::Queue;
use crate::db;
use crate::domain::ids::AccountId;
use crate::domain::work::Recipients;
use crate::peers::{Behalf, KnowError};
use crate::translate;

/// Most other addresses of one account.
pub const MOST: usize = 20;

#[derive(Debug, thiserror::Error)]
pub enum AliasError {
    #[error("Also known as uris are more than {MOST}")]
    TooMany,
    #[error("Also known as uris hold one of nobody that can be found: {0}")]
    Nobody(String),
    #[error("Also known as uris hold your own account")]
    Oneself,
    #[error("not found")]
    NotFound,
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

/// These, instead of those before.
pub async fn local(app: &App, me: AccountId, uris: &[String]) -> Result<(), AliasError> {
    if uris.len() > MOST {
        return Err(AliasError::TooMany);
    }
    let mut found: Vec<String> = Vec::new();
    for uri in uris {
        let other = know_account::by_uri(app, Behalf::Here(me), uri)
            .await
            .map_err(|error| nobody(uri, &error))?;
        if other == me {
            return Err(AliasError::Oneself);
        }
        let mut db = app.db.acquire().await?;
        let account = db::accounts::by_id(&mut db, other).await?;
        let account = account.ok_or_else(|| AliasError::Nobody(uri.clone()))?;
        if !found.contains(&account.uri) {
            found.push(account.uri);
        }
    }
    let mut tx = app.db.begin().await?;
    db::moves::set_aliases(&mut tx, me, &found).await?;
    let account = db::accounts::by_id(&mut tx, me)
        .await?
        .ok_or(AliasError::NotFound)?;
    let actor = translate::actor::document(&app.urls, &account);
    let activity = Activity {
        body: translate::activity::update_actor(&account, &actor, app.clock.now()),
        post: None,
        lasting: false,
    };
    letters::send(app, &mut tx, me, &activity, Recipients::followers(me)).await?;
    tx.commit().await?;
    app.caches.forget_account(me);
    app.bus.wake(Queue::Outbox);
    Ok(())
}

fn nobody(uri: &str, error: &KnowError) -> AliasError {
    tracing::debug!(%error, "an alias cannot be found");
    AliasError::Nobody(uri.to_owned())
}
