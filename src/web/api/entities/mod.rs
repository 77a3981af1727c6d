//! The JSON that clients read, each entity built in one place. Never null where the field is not nullable.

pub mod account;
pub mod admin_account;
pub mod admin_report;
pub mod album;
pub mod announcement;
pub mod cards;
pub use cards::Glanced;
pub mod conversation;
pub mod credential_account;
pub mod domain_block;
pub mod emoji;
pub mod filter;
pub mod filtered;
pub mod filters;
pub mod instance;
pub mod list;
pub mod media;
pub mod moving;
pub mod notification;
pub mod notification_group;
pub mod people;
pub mod place;
pub mod poll;
pub mod preferences;
pub mod profile;
pub mod relationship;
pub mod report;
pub mod role;
pub mod rule;
pub mod status;
pub mod tag;

use chrono::SecondsFormat;

use crate::domain::clock::Time;

/// RFC 3339 in UTC with three fraction digits: more of them, or none, and some clients refuse the page.
pub fn time(time: Time) -> String {
    time.to_rfc3339_opts(SecondsFormat::Millis, true)
}

/// A date that hides the hour.
pub fn midnight(time: Time) -> String {
    format!("{}T00:00:00.000Z", time.date_naive())
}
