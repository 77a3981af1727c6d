//! Dates of HTTP headers (`Sun, 06 Nov 1994 08:49:37 GMT`). Never reads the two obsolete forms.

use chrono::{DateTime, NaiveDateTime, Utc};

const FORMAT: &str = "%a, %d %b %Y %H:%M:%S GMT";

pub(super) fn write(time: DateTime<Utc>) -> String {
    time.format(FORMAT).to_string()
}

pub(crate) fn parse(text: &str) -> Option<DateTime<Utc>> {
    // The date is 29 letters long; chrono is not asked about more.
    if text.len() > 40 {
        return None;
    }
    NaiveDateTime::parse_from_str(text, FORMAT)
        .ok()
        .map(|time| time.and_utc())
}
