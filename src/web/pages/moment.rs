//! A point in time on a page. Always UTC and never "3 minutes ago": public pages are cached.

use chrono::{DateTime, SecondsFormat, Utc};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment(pub DateTime<Utc>);

impl Moment {
    /// For `<time datetime>`.
    pub fn machine(&self) -> String {
        self.0.to_rfc3339_opts(SecondsFormat::Secs, true)
    }

    pub fn day(&self) -> String {
        self.0.format("%-d %B %Y").to_string()
    }

    pub fn full(&self) -> String {
        self.0.format("%-d %B %Y, %H:%M UTC").to_string()
    }
}
