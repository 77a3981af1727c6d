//! JSON as peers send it. Never accepts the same key twice in one object, or nesting beyond 128.

use std::fmt;

use serde::de::{Deserialize, DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

/// Parses a whole document. Two readers that disagree about a repeated key can be played against each other
/// (the one that verifies and the one that acts), so a repeated key makes the document invalid.
pub fn parse(bytes: &[u8]) -> Result<Value, serde_json::Error> {
    let mut deserializer = serde_json::Deserializer::from_slice(bytes);
    let value = Strict.deserialize(&mut deserializer)?;
    deserializer.end()?;
    Ok(value)
}

struct Strict;

impl<'de> DeserializeSeed<'de> for Strict {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Strict {
    type Value = Value;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(Number::from_f64(value).map_or(Value::Null, Value::Number))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::String(value.to_owned()))
    }

    fn visit_string<E>(self, value: String) -> Result<Value, E> {
        Ok(Value::String(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut sequence: A) -> Result<Value, A::Error> {
        let mut values = Vec::new();
        while let Some(value) = sequence.next_element_seed(Strict)? {
            values.push(value);
        }
        Ok(Value::Array(values))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let mut map = Map::new();
        while let Some(key) = entries.next_key::<String>()? {
            let value = entries.next_value_seed(Strict)?;
            if map.insert(key, value).is_some() {
                return Err(A::Error::custom("a key is given twice"));
            }
        }
        Ok(Value::Object(map))
    }
}

/// A value that may name something: a string, or an object with an `id`; the first of a list. Reads nothing else,
/// so that a look at a large document costs little.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct IdOnly(pub Option<String>);

impl<'de> Deserialize<'de> for IdOnly {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(IdVisitor)
    }
}

struct IdVisitor;

impl<'de> Visitor<'de> for IdVisitor {
    type Value = IdOnly;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a string or an object with an id")
    }

    fn visit_unit<E>(self) -> Result<IdOnly, E> {
        Ok(IdOnly(None))
    }

    fn visit_bool<E>(self, _: bool) -> Result<IdOnly, E> {
        Ok(IdOnly(None))
    }

    fn visit_i64<E>(self, _: i64) -> Result<IdOnly, E> {
        Ok(IdOnly(None))
    }

    fn visit_u64<E>(self, _: u64) -> Result<IdOnly, E> {
        Ok(IdOnly(None))
    }

    fn visit_f64<E>(self, _: f64) -> Result<IdOnly, E> {
        Ok(IdOnly(None))
    }

    fn visit_str<E>(self, value: &str) -> Result<IdOnly, E> {
        Ok(IdOnly(Some(value.to_owned())))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut sequence: A) -> Result<IdOnly, A::Error> {
        let first = sequence.next_element::<IdOnly>()?.unwrap_or_default();
        while sequence.next_element::<serde::de::IgnoredAny>()?.is_some() {}
        Ok(first)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<IdOnly, A::Error> {
        let mut id = None;
        while let Some(key) = entries.next_key::<String>()? {
            if key != "id" {
                entries.next_value::<serde::de::IgnoredAny>()?;
                continue;
            }
            if id.is_some() {
                return Err(A::Error::custom("a key is given twice"));
            }
            id = Some(entries.next_value::<Value>()?);
        }
        Ok(IdOnly(id.and_then(|value| value.as_str().map(str::to_owned))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_is_read_as_serde_json_reads_it() {
        let text = br#"{"a":[1,-2,2.5,null,true,"x\u00e9"],"b":{"c":{}}}"#;
        assert_eq!(
            parse(text).unwrap(),
            serde_json::from_slice::<Value>(text).unwrap()
        );
    }

    #[test]
    fn a_repeated_key_is_refused_at_any_depth() {
        assert!(parse(br#"{"actor":"a","actor":"b"}"#).is_err());
        assert!(parse(br#"{"object":[{"id":"a","id":"b"}]}"#).is_err());
    }

    #[test]
    fn nesting_huge_numbers_and_trailing_text_are_refused() {
        let deep = format!("{}{}", "[".repeat(10_000), "]".repeat(10_000));
        assert!(parse(deep.as_bytes()).is_err());
        assert!(parse(b"1e999999").is_err());
        assert!(parse(b"{} {}").is_err());
        assert!(parse(b"\xff\xfe").is_err());
    }
}
