//! Whether JSON has the shape that strict clients decode: every field there, of its kind, null only where it may be.
//! Knows no entity.

use chrono::{DateTime, NaiveDate};
use serde_json::Value;

/// What a value may be. Nothing is null unless it says so, and no object has a field that is not named.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    /// A decimal number as text.
    Id,
    Text,
    /// Text that says something.
    Words,
    /// An absolute address.
    Address,
    Flag,
    Whole,
    Number,
    /// RFC 3339 in UTC with three digits of a second.
    Time,
    /// A time that hides the hour.
    Midnight,
    Day,
    OneOf(&'static [&'static str]),
    Object(fn() -> Shape),
    List(&'static Kind),
    /// May be null, and is there.
    OrNull(&'static Kind),
    /// May be left out, and is not null.
    OrAbsent(&'static Kind),
    /// There only when it is true.
    TrueOrAbsent,
    /// What we never have.
    Null,
    Empty,
}

pub type Shape = Vec<(&'static str, Kind)>;

/// A shape with more fields.
pub fn and(mut shape: Shape, more: Shape) -> Shape {
    shape.extend(more);
    shape
}

/// These instead of what the shape says of fields of their names.
pub fn but(mut shape: Shape, other: Shape) -> Shape {
    shape.retain(|(name, _)| other.iter().all(|(changed, _)| changed != name));
    and(shape, other)
}

/// Panics with all that is wrong with `value`.
#[track_caller]
pub fn has(what: &str, value: &Value, kind: Kind) {
    let mut faults = Vec::new();
    look(what, Some(value), kind, &mut faults);
    assert!(faults.is_empty(), "{}\nin {value:#}", faults.join("\n"));
}

/// The same for each of a list, which has some.
#[track_caller]
pub fn all_have(what: &str, values: &[Value], kind: Kind) {
    assert!(!values.is_empty(), "{what}: there is none to look at");
    for value in values {
        has(what, value, kind);
    }
}

fn look(path: &str, value: Option<&Value>, kind: Kind, faults: &mut Vec<String>) {
    let Some(value) = value else {
        if !matches!(kind, Kind::OrAbsent(_) | Kind::TrueOrAbsent) {
            faults.push(format!("{path} is missing"));
        }
        return;
    };
    match (kind, value) {
        (Kind::OrNull(_), Value::Null) => {}
        (Kind::OrNull(kind) | Kind::OrAbsent(kind), _) => look(path, Some(value), *kind, faults),
        (Kind::List(kind), Value::Array(items)) => {
            for (place, item) in items.iter().enumerate() {
                look(&format!("{path}[{place}]"), Some(item), *kind, faults);
            }
        }
        (Kind::Object(shape), Value::Object(fields)) => {
            let shape = shape();
            for (name, kind) in &shape {
                look(&format!("{path}.{name}"), fields.get(*name), *kind, faults);
            }
            let unknown = fields
                .keys()
                .filter(|name| shape.iter().all(|(known, _)| known != name));
            faults.extend(unknown.map(|name| format!("{path}.{name} is in no shape")));
        }
        _ if fits(kind, value) => {}
        _ => faults.push(format!("{path} is {value}, not {kind:?}")),
    }
}

fn fits(kind: Kind, value: &Value) -> bool {
    let text = value.as_str();
    match kind {
        Kind::Id => text.is_some_and(|text| text.parse::<u64>().is_ok_and(|id| id.to_string() == text)),
        Kind::Text => text.is_some(),
        Kind::Words => text.is_some_and(|text| !text.trim().is_empty()),
        Kind::Address => text.is_some_and(is_address),
        Kind::Flag => value.is_boolean(),
        Kind::TrueOrAbsent => *value == Value::Bool(true),
        Kind::Whole => value.is_i64() || value.is_u64(),
        Kind::Number => value.is_number(),
        Kind::Time => text.is_some_and(is_time),
        Kind::Midnight => text.is_some_and(|text| is_time(text) && text.ends_with("T00:00:00.000Z")),
        Kind::Day => text.is_some_and(|text| NaiveDate::parse_from_str(text, "%Y-%m-%d").is_ok()),
        Kind::OneOf(words) => text.is_some_and(|text| words.contains(&text)),
        Kind::Null => value.is_null(),
        Kind::Empty => *value == Value::Array(Vec::new()),
        Kind::Object(_) | Kind::List(_) | Kind::OrNull(_) | Kind::OrAbsent(_) => false,
    }
}

fn is_address(text: &str) -> bool {
    url::Url::parse(text)
        .is_ok_and(|url| matches!(url.scheme(), "http" | "https" | "ws" | "wss") && url.host().is_some())
}

fn is_time(text: &str) -> bool {
    text.len() == "2026-01-02T03:04:05.678Z".len()
        && text.ends_with('Z')
        && text.as_bytes()[19] == b'.'
        && DateTime::parse_from_rfc3339(text).is_ok()
}

#[test]
fn what_clients_stumble_over_is_found() {
    use serde_json::json;
    let of_kind = |value: Value, kind| {
        let mut faults = Vec::new();
        look("it", Some(&value), kind, &mut faults);
        faults.is_empty()
    };
    for (good, bad, kind) in [
        (json!("12"), json!(12), Kind::Id),
        (json!("0"), json!("012"), Kind::Id),
        (json!(""), json!(null), Kind::Text),
        (json!("https://h.example/a.png"), json!(""), Kind::Address),
        (json!("https://h.example/a.png"), json!("/a.png"), Kind::Address),
        (json!(false), json!("false"), Kind::Flag),
        (json!(3), json!("3"), Kind::Whole),
        (
            json!("2026-01-02T03:04:05.000Z"),
            json!("2026-01-02T03:04:05Z"),
            Kind::Time,
        ),
        (
            json!("2026-01-02T00:00:00.000Z"),
            json!("2026-01-02T03:04:05.000Z"),
            Kind::Midnight,
        ),
        (json!("2026-01-02"), json!("2026-01-02T00:00:00.000Z"), Kind::Day),
        (json!(["1"]), json!([null]), Kind::List(&Kind::Id)),
        (json!(null), json!(1), Kind::OrNull(&Kind::Id)),
        (json!("1"), json!(null), Kind::OrAbsent(&Kind::Id)),
        (json!(true), json!(false), Kind::TrueOrAbsent),
        (
            json!({ "a": "" }),
            json!({}),
            Kind::Object(|| vec![("a", Kind::Text)]),
        ),
        (
            json!({ "a": "" }),
            json!({ "a": "", "b": 1 }),
            Kind::Object(|| vec![("a", Kind::Text)]),
        ),
    ] {
        assert!(of_kind(good.clone(), kind), "{good} is {kind:?}");
        assert!(!of_kind(bad.clone(), kind), "{bad} is not {kind:?}");
    }
}
