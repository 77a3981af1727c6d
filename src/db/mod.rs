//! All SQL, one file for each subject. Makes no decisions and opens no transactions.

pub mod accounts;
pub mod feeds;
pub mod keys;
pub mod media;
pub mod media_queue;
pub mod media_sweep;
pub mod notifications;
pub mod outbox;
pub mod outgoing;
pub mod posts;
pub mod tokens;

/// The unique constraint that an error names, if it is one.
pub fn constraint(error: &sqlx::Error) -> Option<&str> {
    match error {
        sqlx::Error::Database(refused) => refused.constraint(),
        _ => None,
    }
}
