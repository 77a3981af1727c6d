//! Who asks for a document. Where anybody may read, nobody is fetched for it: whom we do not know sees what everybody sees.

use std::net::IpAddr;

use axum::extract::{FromRequestParts, OriginalUri};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Uri};
use tintype_federation::signature::Claim;

use super::answer::Keep;
use super::refusal::Refusal;
use super::{inbox, keys};
use crate::actions::policies;
use crate::app::App;
use crate::db::remote_accounts::Keyholder;
use crate::domain::ids::{AccountId, HostId};
use crate::web::address;

/// For whom something is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reader {
    pub account: AccountId,
    /// Their server.
    pub host: Option<HostId>,
    /// It is the server's own actor, who reads for those who live there.
    pub is_server: bool,
}

impl Reader {
    const ANYBODY: Self = Self {
        account: AccountId::NONE,
        host: None,
        is_server: false,
    };

    pub fn is_anybody(&self) -> bool {
        *self == Self::ANYBODY
    }

    /// The server for whose people is read.
    pub fn server(&self) -> Option<HostId> {
        self.host.filter(|_| self.is_server)
    }
}

impl From<Keyholder> for Reader {
    fn from(holder: Keyholder) -> Self {
        Self {
            account: holder.id,
            host: Some(holder.host),
            is_server: holder.is_program,
        }
    }
}

/// The signer of a GET, or nobody in particular where that is enough. A signature that is there but wrong is refused.
pub async fn of(app: &App, uri: &Uri, headers: &HeaderMap, from: IpAddr) -> Result<Reader, Refusal> {
    if app.config.authorized_fetch {
        return signed(app, uri, headers, from).await;
    }
    if !headers.contains_key("signature") {
        return Ok(Reader::ANYBODY);
    }
    let claim = claim(app, uri, headers).await?;
    let signer = keys::reader(app, &claim).await?;
    Ok(signer.map_or(Reader::ANYBODY, Reader::from))
}

/// The signer of a GET that has to have one, whoever it is.
pub async fn signed(app: &App, uri: &Uri, headers: &HeaderMap, from: IpAddr) -> Result<Reader, Refusal> {
    let claim = claim(app, uri, headers).await?;
    // In a box: nearly everybody who asks is known.
    Ok(Box::pin(keys::reader_met(app, &claim, from)).await?.into())
}

async fn claim(app: &App, uri: &Uri, headers: &HeaderMap) -> Result<Claim, Refusal> {
    let claim = inbox::claim(app, "GET", uri, headers, app.clock.now())?;
    match policies::is_address_suspended(app, &claim.key_id).await? {
        true => Err(Refusal::Suspended),
        false => Ok(claim),
    }
}

/// Leave to read what is the same for all who may read at all, and who may keep it.
#[derive(Clone, Copy, Debug)]
pub struct Admitted {
    pub keep: Keep,
}

impl Admitted {
    pub async fn of(app: &App, uri: &Uri, headers: &HeaderMap, from: IpAddr) -> Result<Self, Refusal> {
        if !app.config.authorized_fetch {
            return Ok(Self { keep: Keep::Anybody });
        }
        signed(app, uri, headers, from).await?;
        Ok(Self { keep: Keep::Nobody })
    }
}

impl FromRequestParts<App> for Admitted {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Refusal> {
        let OriginalUri(uri) = OriginalUri::from_request_parts(parts, app)
            .await
            .unwrap_or_else(|never| match never {});
        Self::of(app, &uri, &parts.headers, address::of(app, parts)).await
    }
}
