//! Writing down who somebody elsewhere is. Never waits for the network, and never touches a row of somebody who lives here.

use sqlx::PgConnection;
use tintype_federation::origin::parse_web_address;
use tintype_federation::vocab::Actor;

use super::KnowError;
use crate::actions::know_emojis;
use crate::app::App;
use crate::db;
use crate::db::remote_accounts::ProfilePicture;
use crate::domain::ids::{AccountId, MediaId};
use crate::domain::random;
use crate::domain::remote_account::RemoteAccount;
use crate::media::MediaKey;
use crate::translate;

/// Purposes of profile pictures, as stored.
const AVATAR: i16 = 1;
const HEADER: i16 = 2;

/// Stores what an actor's document says of itself: one that was fetched, or one inside its own `Update`. Runs inside
/// the caller's transaction, and waits for nobody. Wake `Queue::Media` after the commit.
pub async fn store(app: &App, db: &mut PgConnection, remote: &RemoteAccount) -> Result<AccountId, KnowError> {
    let ours = parse_web_address(&remote.uri).is_none_or(|url| app.urls.is_ours(&url));
    if ours || remote.authority == app.urls.authority() {
        return Err(KnowError::Unacceptable);
    }
    let now = app.clock.now();
    let mut remote = remote.clone();
    let known = db::remote_accounts::name(db, &remote.uri).await?;
    let host = match known {
        Some((host, username)) if !remote.confirmed => {
            remote.username = username;
            host
        }
        _ => db::hosts::meet(db, &remote.authority, now).await?,
    };
    if remote.confirmed {
        db::remote_accounts::displace(db, host, &remote.username, &remote.uri).await?;
    }
    let id = AccountId(app.ids.next());
    let emojis = know_emojis::know(app, db, host, &remote.emojis).await?;
    let stored = db::remote_accounts::upsert(db, id, (host, &emojis), &remote, now)
        .await
        .map_err(name_taken)?;
    let stored = stored.ok_or(KnowError::Unacceptable)?;
    let pictures = [
        (AVATAR, stored.avatar, &remote.avatar_url),
        (HEADER, stored.header, &remote.header_url),
    ];
    for (purpose, known, url) in pictures {
        let wanted = Picture {
            owner: stored.id,
            purpose,
            known,
            url: url.as_deref(),
        };
        picture(app, db, &wanted).await?;
    }
    app.peers.keys.invalidate(&remote.public_key_id);
    Ok(stored.id)
}

/// What an actor says of itself in an `Update`; a name that it changes there waits for WebFinger's word.
pub async fn update(app: &App, db: &mut PgConnection, actor: &Actor) -> Result<AccountId, KnowError> {
    let remote = translate::actor::remote(actor, app.clock.now()).ok_or(KnowError::Unacceptable)?;
    store(app, db, &remote).await
}

fn name_taken(error: sqlx::Error) -> KnowError {
    match db::constraint(&error) {
        Some("accounts_handle_key") => KnowError::Unacceptable,
        _ => error.into(),
    }
}

/// What a profile shows now, and what it should.
struct Picture<'a> {
    owner: AccountId,
    purpose: i16,
    known: Option<MediaId>,
    url: Option<&'a str>,
}

async fn picture(app: &App, db: &mut PgConnection, wanted: &Picture<'_>) -> Result<(), KnowError> {
    let known_url = match wanted.known {
        Some(id) => db::remote_accounts::picture_url(db, id).await?,
        None => None,
    };
    if known_url.as_deref() == wanted.url {
        return Ok(());
    }
    let Some(url) = wanted.url else {
        return Ok(db::remote_accounts::drop_picture(db, wanted.owner, wanted.purpose).await?);
    };
    let key = app.store.key_of_copy(MediaKey::new(random::bytes())).to_string();
    let new = ProfilePicture {
        id: MediaId(app.ids.next()),
        owner: wanted.owner,
        purpose: wanted.purpose,
        key: &key,
        url,
        now: app.clock.now(),
    };
    Ok(db::remote_accounts::set_picture(db, &new).await?)
}
