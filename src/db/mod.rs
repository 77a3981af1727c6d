//! All SQL, one file for each subject. Makes no decisions and opens no transactions.

pub mod about;
pub mod accounts;
pub mod admin_accounts;
pub mod albums;
pub mod announcements;
pub mod app_settings;
pub mod apps;
pub mod archive;
pub mod audit;
pub mod blocks;
pub mod browsers;
pub mod changes;
pub mod codes;
pub mod collections;
pub mod contacts;
pub mod conversations;
pub mod devices;
pub mod dimensions;
pub mod direct_timeline;
pub mod direct_uploads;
pub mod directory;
pub mod domain_allows;
pub mod domain_blocks;
pub mod email_blocks;
pub mod email_domain_blocks;
pub mod emoji_reactions;
pub mod emojis;
pub mod endorsements;
pub mod erasing;
pub mod exports;
pub mod featured;
pub mod featured_tags;
pub mod feeds;
pub mod filters;
pub mod finding;
pub mod fixtures;
pub mod follow_lists;
pub mod follower_statements;
pub mod followers;
pub mod follows;
pub mod glances;
pub mod health;
pub mod hidden;
pub mod home_pages;
pub mod hosts;
pub mod imports;
pub mod instance;
pub mod instance_measures;
pub mod invitations;
pub mod ip_blocks;
pub mod keys;
pub mod known_bad;
pub mod letters;
pub mod letters_desk;
pub mod list_timelines;
pub mod listed;
pub mod lists;
pub mod live;
pub mod mail_tokens;
pub mod mails;
pub mod markers;
pub mod measures;
pub mod media;
pub mod media_backlog;
pub mod media_better;
pub mod media_inventory;
pub mod media_looks;
pub mod media_move;
pub mod media_progress;
pub mod media_pruning;
pub mod media_queue;
pub mod media_sweep;
pub mod media_usage;
pub mod media_video;
pub mod media_waits;
pub mod moderation;
pub mod moves;
pub mod mutes;
pub mod notification_groups;
pub mod notification_lists;
pub mod notification_policies;
pub mod notification_requests;
pub mod notifications;
pub mod outbox;
pub mod outgoing;
pub mod pages;
pub mod pairs;
pub mod parked;
pub mod places;
pub mod planned_media;
pub mod planner;
pub mod policies;
pub mod polls;
pub mod posts;
pub mod preferences;
pub mod profile_pictures;
pub mod push_subscriptions;
pub mod pushes;
pub mod quotability;
pub mod quotas;
pub mod quote_checks;
pub mod quotes;
pub mod reactions;
pub mod received;
pub mod recount;
pub mod rejected_media;
pub mod relationships;
pub mod relays;
pub mod remote_accounts;
pub mod remote_emojis;
pub mod remote_media;
pub mod report_desk;
pub mod reports;
pub mod resumable_uploads;
pub mod rules;
pub mod said_totals;
pub mod scheduled;
pub mod sessions;
pub mod suggestions;
pub mod tag_feeds;
pub mod tag_rules;
pub mod tags;
pub mod throttle;
pub mod timelines;
pub mod tokens;
pub mod trends;
pub mod upkeep;
pub mod user_addresses;
pub mod users;
pub mod withheld;

use std::borrow::Cow;

/// The unique constraint that an error names, if it is one.
pub fn constraint(error: &sqlx::Error) -> Option<&str> {
    match error {
        sqlx::Error::Database(refused) => refused.constraint(),
        _ => None,
    }
}

/// The SQLSTATE that the database gave, if it was the database that failed.
pub fn code(error: &sqlx::Error) -> Option<Cow<'_, str>> {
    error.as_database_error().and_then(|error| error.code())
}

/// Whether a transaction ended because it and another waited for each other: done anew, it may well succeed.
pub fn is_deadlock(error: &sqlx::Error) -> bool {
    code(error).as_deref() == Some("40P01")
}
