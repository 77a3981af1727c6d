//! The account that the server itself signs with, made at its first start. Never posts and follows nobody.

use sqlx::PgConnection;

use super::key_pair::{self, KeyPairError};
use super::new_local::{self, Identity};
use crate::app::App;
use crate::db;
use crate::domain::account::Kind;
use crate::domain::ids::AccountId;

#[derive(Debug, thiserror::Error)]
pub enum InstanceActorError {
    #[error(transparent)]
    Key(#[from] KeyPairError),
    /// The key file is another than the one that the accounts' keys were sealed with.
    #[error(
        "the key file does not open the keys in the database: put back the key file that belongs to it \
         (setting key_file; secret.key in the data directory), from the backup that this database is from"
    )]
    OtherKeyFile,
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

/// Nothing could be signed with another key file, and whoever starts a server should hear of it before its peers do.
async fn opens(app: &App, db: &mut PgConnection, id: AccountId) -> Result<(), InstanceActorError> {
    match db::keys::sealed(db, id).await? {
        Some(sealed) if app.seal.open(&key_pair::purpose(id), &sealed).is_err() => {
            Err(InstanceActorError::OtherKeyFile)
        }
        _ => Ok(()),
    }
}

/// The instance actor, made unless it is there. Named by the host, which no person's name can be.
pub async fn ensure_instance_actor(app: &App) -> Result<AccountId, InstanceActorError> {
    let uri = app.urls.instance_actor();
    let mut tx = app.db.begin().await?;
    if let Some(id) = db::accounts::id_by_uri(&mut tx, &uri).await? {
        opens(app, &mut tx, id).await?;
        return Ok(id);
    }
    // Making a key takes a while: not inside a transaction.
    tx.rollback().await?;
    let id = AccountId(app.ids.next());
    let key = key_pair::make(app, id).await?;
    let identity = Identity {
        id,
        username: &name(app.urls.authority()),
        kind: Kind::Application,
        actor: &uri,
        page: &app.urls.at("/"),
    };
    let mut tx = app.db.begin().await?;
    match new_local::insert(app, &mut tx, &identity, &key).await {
        Ok(()) => {
            tx.commit().await?;
            Ok(id)
        }
        // Another process was first.
        Err(error) if db::constraint(&error).is_some() => {
            drop(tx);
            let mut db = app.db.acquire().await?;
            let other = db::accounts::id_by_uri(&mut db, &uri).await?;
            other.ok_or(InstanceActorError::Database(error))
        }
        Err(error) => Err(error.into()),
    }
}

/// The host without its port: other servers take no colon in a name.
fn name(authority: &str) -> String {
    let host = match authority.rsplit_once(':') {
        Some((host, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => host,
        _ => authority,
    };
    host.trim_matches(['[', ']']).replace(':', "-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn its_name_can_be_part_of_a_handle() {
        for (authority, wanted) in [
            ("photos.example", "photos.example"),
            ("localhost:3000", "localhost"),
            ("[::1]:3000", "--1"),
        ] {
            assert_eq!(name(authority), wanted);
        }
    }
}
