//! The rows of an account that lives here: itself, its numbers, its key. Asks nobody whether it may be.

use sqlx::PgConnection;

use super::key_pair::KeyPair;
use crate::app::App;
use crate::db;
use crate::db::accounts::NewLocal;
use crate::domain::account::Kind;
use crate::domain::ids::AccountId;

/// Who it is, and where it is found for ever.
#[derive(Debug)]
pub struct Identity<'a> {
    pub id: AccountId,
    pub username: &'a str,
    pub kind: Kind,
    pub actor: &'a str,
    pub page: &'a str,
}

/// Fails on `accounts_handle_key` or `accounts_uri_key` when the name is taken, or was once.
pub async fn insert(
    app: &App,
    db: &mut PgConnection,
    identity: &Identity<'_>,
    key: &KeyPair,
) -> sqlx::Result<()> {
    let below = |path: &str| format!("{}{path}", identity.actor);
    let new = NewLocal {
        id: identity.id,
        username: identity.username,
        kind: identity.kind as i16,
        uri: identity.actor,
        url: identity.page,
        inbox: &below("/inbox"),
        shared_inbox: &app.urls.shared_inbox(),
        outbox: &below("/outbox"),
        followers_url: &below("/followers"),
        following_url: &below("/following"),
        featured_url: &below("/collections/featured"),
        public_key_id: &below("#main-key"),
        public_key_pem: &key.public_pem,
        created_at: app.clock.now(),
    };
    db::accounts::insert_local(&mut *db, &new).await?;
    db::keys::insert(db, identity.id, &key.sealed).await
}
