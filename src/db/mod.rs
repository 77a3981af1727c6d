//! All SQL, one file for each subject. Makes no decisions and opens no transactions.

pub mod about;
pub mod accounts;
pub mod apps;
pub mod blocks;
pub mod browsers;
pub mod changes;
pub mod codes;
pub mod collections;
pub mod contacts;
pub mod domain_blocks;
pub mod erasing;
pub mod exports;
pub mod featured;
pub mod feeds;
pub mod finding;
pub mod fixtures;
pub mod follow_lists;
pub mod follows;
pub mod glances;
pub mod health;
pub mod hidden;
pub mod home_pages;
pub mod hosts;
pub mod imports;
pub mod instance;
pub mod invitations;
pub mod keys;
pub mod letters;
pub mod listed;
pub mod live;
pub mod mail_tokens;
pub mod mails;
pub mod markers;
pub mod media;
pub mod media_queue;
pub mod media_sweep;
pub mod moves;
pub mod mutes;
pub mod notification_lists;
pub mod notifications;
pub mod outbox;
pub mod outgoing;
pub mod pages;
pub mod pairs;
pub mod parked;
pub mod planner;
pub mod policies;
pub mod posts;
pub mod preferences;
pub mod push_subscriptions;
pub mod pushes;
pub mod reactions;
pub mod received;
pub mod recount;
pub mod relationships;
pub mod remote_accounts;
pub mod reports;
pub mod sessions;
pub mod throttle;
pub mod timelines;
pub mod tokens;
pub mod upkeep;
pub mod users;

/// The unique constraint that an error names, if it is one.
pub fn constraint(error: &sqlx::Error) -> Option<&str> {
    match error {
        sqlx::Error::Database(refused) => refused.constraint(),
        _ => None,
    }
}
