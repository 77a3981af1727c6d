//! All SQL, one file for each subject. Makes no decisions and opens no transactions.

pub mod accounts;
pub mod collections;
pub mod feeds;
pub mod hosts;
pub mod keys;
pub mod media;
pub mod notifications;
pub mod outbox;
pub mod outgoing;
pub mod parked;
pub mod policies;
pub mod posts;
pub mod reactions;
pub mod remote_accounts;
pub mod tokens;

/// The unique constraint that an error names, if it is one.
pub fn constraint(error: &sqlx::Error) -> Option<&str> {
    match error {
        sqlx::Error::Database(refused) => refused.constraint(),
        _ => None,
    }
}
