//! Single values of lenient JSON. Never panics, and never returns more than it was asked for.

use chrono::{DateTime, Utc};
use serde_json::Value;
use url::Url;

use crate::origin::parse_web_address;

/// One or many, as a bounded sequence without nulls.
pub(crate) fn each(value: Option<&Value>, most: usize) -> impl Iterator<Item = &Value> {
    let values = match value {
        Some(Value::Array(values)) => values.as_slice(),
        Some(value) => std::slice::from_ref(value),
        None => &[],
    };
    values.iter().filter(|value| !value.is_null()).take(most)
}

/// The names in `type`, of which there may be several.
pub(crate) fn kinds(value: &Value) -> impl Iterator<Item = &str> {
    each(value.get("type"), 8).filter_map(Value::as_str)
}

/// Whether one of the names in `type` is this one.
pub(crate) fn is_kind(value: &Value, kind: &str) -> bool {
    kinds(value).any(|name| name == kind)
}

/// What something is called: its address, or its `id` when it is embedded; the first when there are many.
pub(crate) fn id(value: Option<&Value>) -> Option<Url> {
    each(value, 1).next().and_then(one_id)
}

/// The addresses of one or many things; what has none is left out.
pub(crate) fn ids(value: Option<&Value>, most: usize) -> Vec<Url> {
    each(value, most).filter_map(one_id).collect()
}

fn one_id(value: &Value) -> Option<Url> {
    match value {
        Value::String(text) => parse_web_address(text),
        Value::Object(map) => map.get("id").and_then(Value::as_str).and_then(parse_web_address),
        _ => None,
    }
}

/// An address to go to: a string, a `Link`, an object with `url`; of many, the page for people, else the first.
pub(crate) fn link(value: Option<&Value>) -> Option<Url> {
    let is_page = |value: &&Value| value.get("mediaType").and_then(Value::as_str) == Some("text/html");
    let page = each(value, 32).find(is_page).and_then(one_link);
    page.or_else(|| each(value, 32).find_map(one_link))
}

fn one_link(value: &Value) -> Option<Url> {
    match value {
        Value::String(text) => parse_web_address(text),
        Value::Object(map) => {
            let target = map.get("href").or_else(|| map.get("url"))?;
            each(Some(target), 1).next().and_then(|inner| match inner {
                Value::String(text) => parse_web_address(text),
                Value::Object(link) => link
                    .get("href")
                    .and_then(Value::as_str)
                    .and_then(parse_web_address),
                _ => None,
            })
        }
        _ => None,
    }
}

/// Text, cut after so many bytes (at a character's end); empty text is no text.
pub(crate) fn text(value: Option<&Value>, most: usize) -> Option<String> {
    let text = value?.as_str()?;
    let end = (0..=most.min(text.len()))
        .rev()
        .find(|end| text.is_char_boundary(*end))?;
    let cut: String = text[..end].chars().filter(|letter| *letter != '\0').collect();
    (!cut.is_empty()).then_some(cut)
}

/// True or false, also as text.
pub(crate) fn flag(value: Option<&Value>) -> Option<bool> {
    match value? {
        Value::Bool(value) => Some(*value),
        Value::String(text) => text.parse().ok(),
        _ => None,
    }
}

/// A moment in RFC 3339.
pub(crate) fn time(value: Option<&Value>) -> Option<DateTime<Utc>> {
    let text = value?.as_str()?;
    if text.len() > 64 {
        return None;
    }
    DateTime::parse_from_rfc3339(text).ok().map(|time| time.to_utc())
}

/// A number that counts something.
pub(crate) fn count(value: Option<&Value>) -> Option<u64> {
    value?.as_u64()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn an_address_is_found_in_every_shape_that_peers_use() {
        for shape in [
            json!("https://h.example/a"),
            json!(["https://h.example/a", "https://h.example/b"]),
            json!({ "type": "Link", "href": "https://h.example/a" }),
            json!([{ "href": "https://h.example/b", "mediaType": "video/mp4" }, { "href": "https://h.example/a", "mediaType": "text/html" }]),
            json!({ "type": "Image", "url": "https://h.example/a" }),
            json!({ "type": "Image", "url": [{ "href": "https://h.example/a" }] }),
            json!([null, 7, "https://h.example/a"]),
        ] {
            assert_eq!(
                link(Some(&shape)).map(String::from).as_deref(),
                Some("https://h.example/a"),
                "{shape}"
            );
        }
        for shape in [
            json!(null),
            json!("javascript:alert(1)"),
            json!({}),
            json!([]),
            json!(3),
            json!("data:x"),
        ] {
            assert_eq!(link(Some(&shape)), None, "{shape}");
            assert_eq!(id(Some(&shape)), None, "{shape}");
        }
    }

    #[test]
    fn long_text_is_cut_between_letters() {
        assert_eq!(text(Some(&json!("aéé")), 4).as_deref(), Some("aé"));
        assert_eq!(text(Some(&json!("")), 4), None);
        assert_eq!(text(Some(&json!("a\u{0}b")), 9).as_deref(), Some("ab"));
        assert_eq!(text(Some(&json!(5)), 4), None);
    }

    #[test]
    fn a_million_elements_are_not_visited() {
        let many = Value::Array(vec![json!("https://h.example/a"); 1_000]);
        assert_eq!(ids(Some(&many), 10).len(), 10);
    }
}
