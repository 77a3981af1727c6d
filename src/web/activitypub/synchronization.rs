//! Who on another server follows somebody here (FEP-8fcf): told to that server alone; and what other servers say of theirs.
//! Compares nothing.

use axum::extract::{OriginalUri, Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use tintype_federation::synchronization::Stated;
use tintype_federation::vocab::outgoing::whole;
use url::Url;

use super::answer::{self, Keep};
use super::refusal::Refusal;
use super::{collections, reader};
use crate::actions::synchronize::{self, MOST};
use crate::app::App;
use crate::db;
use crate::peers::KnownKey;
use crate::translate::address;
use crate::web::address::ClientAddress;

/// The followers of somebody here who live on the server that asks, whoever signs for it.
pub async fn followers(
    State(app): State<App>,
    Path(name): Path<String>,
    OriginalUri(uri): OriginalUri,
    ClientAddress(from): ClientAddress,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let reader = reader::signed(&app, &uri, &headers, from).await?;
    let account = collections::active(&app, &name).await?;
    let host = reader.host.ok_or(Refusal::NotFound)?;
    let mut db = app.db.acquire().await?;
    let followers = db::followers::at(&mut db, account.id, host, MOST as i64 + 1).await?;
    if followers.len() > MOST {
        // Whoever is told a part of them takes the rest for no followers.
        return Err(Refusal::NotFound);
    }
    let id = address(&format!("{}/followers_synchronization", account.uri));
    let urls: Vec<Url> = followers.iter().map(|uri| address(uri)).collect();
    Ok(answer::document(&whole(&id, &urls), Keep::Nobody, &headers))
}

/// Notes what a letter says beside itself, if anything. Whoever sent it is verified.
pub async fn note(app: &App, headers: &HeaderMap, signer: &KnownKey) -> sqlx::Result<()> {
    let stated = Url::parse(&signer.actor)
        .ok()
        .and_then(|sender| Stated::read(headers, &sender));
    match stated {
        Some(stated) => synchronize::stated(app, signer.account, &stated).await,
        None => Ok(()),
    }
}
