//! What the questions for numbers have in common: their days, the tag or server they are about, sizes in words.

use chrono::{DateTime, NaiveDate};

use crate::domain::ids::TagId;
use crate::domain::names;
use crate::domain::span::Span;
use crate::web::error::{ApiError, ApiResult};
use crate::web::params::Params;

/// The most days of one question.
const MOST_DAYS: u64 = 366;

/// A day, of which a time may be told as well.
fn day(text: &str) -> Option<NaiveDate> {
    let time = DateTime::parse_from_rfc3339(text).map(|time| time.naive_utc().date());
    // What is no time may still begin with a day, as `2026-01-02T03:04`.
    time.ok().or_else(|| text.get(..10)?.parse().ok())
}

/// The day of a parameter; none where it is not there.
fn given(params: &Params, name: &str) -> ApiResult<Option<NaiveDate>> {
    match params.text(name).filter(|text| !text.trim().is_empty()) {
        Some(text) => match day(text.trim()) {
            Some(day) => Ok(Some(day)),
            None => Err(ApiError::invalid(format!("{name} is not a date"))),
        },
        None => Ok(None),
    }
}

/// From `start_at` to `end_at`; none unless both are there.
pub fn span(params: &Params) -> ApiResult<Option<Span>> {
    let Some((first, last)) = given(params, "start_at")?.zip(given(params, "end_at")?) else {
        return Ok(None);
    };
    let span = Span::new(first, last);
    span.map(Some)
        .ok_or_else(|| ApiError::invalid("start_at is not before end_at"))
}

/// The same, where it is not longer than what can be counted day by day.
pub fn short(span: Span) -> ApiResult<Span> {
    match span.length() {
        0..=MOST_DAYS => Ok(span),
        _ => Err(ApiError::invalid(format!(
            "The time from start_at to end_at is too long (maximum is {MOST_DAYS} days)"
        ))),
    }
}

/// `tag_uses[id]`. No tag has a number that is none.
pub fn tag(params: &Params, key: &str) -> ApiResult<TagId> {
    let id = params.node(key).get("id").text();
    let id = id.ok_or_else(|| ApiError::invalid(format!("{key}[id] can't be blank")))?;
    Ok(id.parse().unwrap_or(TagId::NONE))
}

/// `instance_accounts[domain]`.
pub fn domain(params: &Params, key: &str) -> ApiResult<String> {
    let domain = params.node(key).get("domain").text();
    let domain = domain.filter(|domain| !domain.trim().is_empty());
    let domain = domain.ok_or_else(|| ApiError::invalid(format!("{key}[domain] can't be blank")))?;
    names::parse_authority(domain.trim())
        .ok_or_else(|| ApiError::invalid(format!("{key}[domain] is not a valid domain name")))
}

/// What is asked for, each once, in the order in which it was asked.
pub fn keys(params: &Params) -> Vec<String> {
    let mut keys: Vec<String> = Vec::new();
    for key in params.texts("keys") {
        if !keys.contains(&key) {
            keys.push(key);
        }
    }
    keys
}

/// A size with three digits, as people read it.
pub fn size(bytes: i64) -> String {
    let mut value = bytes as f64;
    let mut units = ["Bytes", "KB", "MB", "GB", "TB", "PB"].into_iter();
    let mut unit = units.next().unwrap_or_default();
    for larger in units {
        if value < 1_024.0 {
            break;
        }
        value /= 1_024.0;
        unit = larger;
    }
    let digits = match value {
        ..10.0 => 2,
        ..100.0 => 1,
        _ => 0,
    };
    let number = format!("{value:.digits$}");
    let number = match number.contains('.') {
        true => number.trim_end_matches('0').trim_end_matches('.'),
        false => &number,
    };
    format!("{number} {unit}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_with_and_without_their_times() {
        for text in [
            "2026-01-02",
            "2026-01-02T03:04:05Z",
            "2026-01-02T03:04",
            "2026-01-02T23:30:00.000+00:00",
        ] {
            assert_eq!(day(text), NaiveDate::from_ymd_opt(2026, 1, 2), "{text}");
        }
        for text in ["", "yesterday", "2026-13-02", "2026-1-2", "ääääääääää"] {
            assert_eq!(day(text), None, "{text}");
        }
    }

    #[test]
    fn sizes_have_three_digits() {
        for (bytes, written) in [
            (0, "0 Bytes"),
            (1_023, "1023 Bytes"),
            (1_024, "1 KB"),
            (1_300, "1.27 KB"),
            (49_581_359_907, "46.2 GB"),
            (837_837_315_424, "780 GB"),
        ] {
            assert_eq!(size(bytes), written);
        }
    }
}
