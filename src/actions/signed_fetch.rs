//! Documents of other servers, asked for in this one's name and in the way that each of them understands. Never decides
//! whether a server may be asked, nor what its document means.

use tintype_federation::fetch::{FetchError, FetchedObject, Signer};
use tintype_federation::origin::{origin, same_origin};
use tintype_federation::signature::Scheme;
use url::Url;

use super::know_account::{self, KnowError};
use crate::app::App;
use crate::db;
use crate::domain::federation::Signing;
use crate::translate::signing;

/// Fetches the object of this address. How its server understood us is remembered for all processes.
pub async fn object(app: &App, url: &Url) -> Result<FetchedObject, KnowError> {
    let authority = origin(url).ok_or(KnowError::Unknown)?;
    let known = {
        let mut db = app.db.acquire().await?;
        db::hosts::signing(&mut db, &authority).await?
    };
    let signer = Signer {
        scheme: signing::scheme(known),
        ..know_account::signer(app).await?.clone()
    };
    let fetched = app.peers.get_object(url, Some(&signer), app.clock.now()).await;
    let understood = match &fetched {
        Ok(fetched) if same_origin(&fetched.url, url) => signing::signing(fetched.scheme),
        // Neither way was understood: what was known is worth nothing any more.
        Err(FetchError::Status(400 | 401)) => signing::signing(Scheme::Cavage),
        // About this server that says nothing.
        _ => known,
    };
    if understood != known {
        remember(app, &authority, understood).await?;
    }
    Ok(fetched?)
}

/// A server that is met for the first time is written down with what it understands.
async fn remember(app: &App, authority: &str, understood: Signing) -> sqlx::Result<()> {
    let mut db = app.db.acquire().await?;
    let host = db::hosts::meet(&mut db, authority, app.clock.now()).await?;
    db::hosts::understands(&mut db, host, understood).await
}
