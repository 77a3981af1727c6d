//! Client programs that registered themselves. Their secrets are here as hashes only.

use sqlx::PgConnection;

use crate::domain::clock::Time;
use crate::domain::ids::AppId;

#[derive(Clone, Debug)]
pub struct ClientApp {
    pub id: AppId,
    pub client_id: String,
    pub secret_hash: Vec<u8>,
    pub name: String,
    pub website: Option<String>,
    pub redirect_uris: Vec<String>,
    pub scopes: String,
}

pub async fn insert(db: &mut PgConnection, app: &ClientApp, now: Time) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into apps (id, client_id, secret_hash, name, website, redirect_uris, scopes, created_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
        app.id.0,
        app.client_id,
        app.secret_hash,
        app.name,
        app.website,
        &app.redirect_uris,
        app.scopes,
        now,
    )
    .execute(db)
    .await?;
    Ok(())
}

pub async fn by_client_id(db: &mut PgConnection, client_id: &str) -> sqlx::Result<Option<ClientApp>> {
    sqlx::query_as!(
        ClientApp,
        r#"select id as "id: AppId", client_id, secret_hash, name, website, redirect_uris, scopes
           from apps where client_id = $1"#,
        client_id,
    )
    .fetch_optional(db)
    .await
}

pub async fn by_id(db: &mut PgConnection, id: AppId) -> sqlx::Result<Option<ClientApp>> {
    sqlx::query_as!(
        ClientApp,
        r#"select id as "id: AppId", client_id, secret_hash, name, website, redirect_uris, scopes
           from apps where id = $1"#,
        id.0,
    )
    .fetch_optional(db)
    .await
}
