//! The two people of a relation, found and looked at together. Decides nothing between them.

use sqlx::PgConnection;
use url::Url;

use crate::db;
use crate::domain::account::Account;
use crate::domain::ids::AccountId;

/// What a verb between two people can be refused for when it needs no more than both of them.
#[derive(Debug, thiserror::Error)]
pub enum PartyError {
    /// Nobody of that id, or nothing between the two that the verb is about.
    #[error("not found")]
    NotFound,
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

/// Somebody here and the one they have to do with, who may be themselves. Who was deleted is nobody.
pub async fn both(
    db: &mut PgConnection,
    me: AccountId,
    other: AccountId,
) -> Result<(Account, Account), PartyError> {
    let accounts = db::accounts::by_ids(db, &[me, other]).await?;
    let find = |id| {
        accounts
            .iter()
            .find(|account| account.id == id && account.is_known())
            .cloned()
    };
    find(me).zip(find(other)).ok_or(PartyError::NotFound)
}

/// Somebody who lives here and is active, by the address that peers know them by.
pub async fn here(db: &mut PgConnection, address: &Url) -> sqlx::Result<Option<Account>> {
    let Some(id) = db::accounts::id_by_uri(db, address.as_str()).await? else {
        return Ok(None);
    };
    let account = db::accounts::by_id(db, id).await?;
    Ok(account.filter(|account| account.is_local() && account.is_active()))
}

/// Somebody who lives here, by id; also one who is suspended: what they had still ends.
pub async fn here_by_id(db: &mut PgConnection, id: AccountId) -> sqlx::Result<Option<Account>> {
    let account = db::accounts::by_id(db, id).await?;
    Ok(account.filter(Account::is_local))
}
