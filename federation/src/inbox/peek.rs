//! A first look at a letter, before its signature is checked. Never builds the whole document.

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, IgnoredAny, MapAccess, Visitor};
use url::Url;

use super::Refusal;
use crate::json::IdOnly;
use crate::origin::parse_web_address;

const LONGEST_KIND: usize = 100;

/// What a letter says it is. Nothing of it is proven.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Peek {
    /// The activity's address.
    pub id: Option<Url>,
    /// Its type.
    pub kind: String,
    /// Who is said to have written it.
    pub actor: Url,
    /// The address of what it is about.
    pub object: Option<Url>,
}

impl Peek {
    /// Whether an actor says that it is deleted: from an unknown one this is dropped before anything is fetched.
    pub fn deletes_its_actor(&self) -> bool {
        self.kind == "Delete" && self.object.as_ref() == Some(&self.actor)
    }
}

/// Reads `id`, `type`, `actor` and the address of `object`, and skips the rest.
pub fn peek_actor_and_id(body: &[u8]) -> Result<Peek, Refusal> {
    let raw: Raw = serde_json::from_slice(body).map_err(|_| Refusal::Malformed("not an activity in JSON"))?;
    let kind = raw
        .kind
        .0
        .filter(|kind| kind.len() <= LONGEST_KIND)
        .ok_or(Refusal::Malformed("no type"))?;
    let address = |id: IdOnly| id.0.as_deref().and_then(parse_web_address);
    Ok(Peek {
        id: address(raw.id),
        kind,
        actor: address(raw.actor).ok_or(Refusal::Malformed("no actor"))?,
        object: address(raw.object),
    })
}

#[derive(Default)]
struct Raw {
    id: IdOnly,
    kind: IdOnly,
    actor: IdOnly,
    object: IdOnly,
}

impl<'de> Deserialize<'de> for Raw {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(RawVisitor)
    }
}

struct RawVisitor;

impl<'de> Visitor<'de> for RawVisitor {
    type Value = Raw;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an activity")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Raw, A::Error> {
        let mut raw = Raw::default();
        let mut seen = [false; 4];
        while let Some(key) = entries.next_key::<String>()? {
            let (place, index) = match key.as_str() {
                "id" => (&mut raw.id, 0),
                "type" => (&mut raw.kind, 1),
                "actor" => (&mut raw.actor, 2),
                "object" => (&mut raw.object, 3),
                _ => {
                    entries.next_value::<IgnoredAny>()?;
                    continue;
                }
            };
            // The whole reader refuses repeated keys; a first look that took one of two would look at another letter.
            if std::mem::replace(&mut seen[index], true) {
                return Err(A::Error::custom("a key is given twice"));
            }
            *place = entries.next_value()?;
        }
        Ok(raw)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_first_look_finds_what_is_needed_in_every_shape() {
        let peek = peek_actor_and_id(
            br#"{"@context":["x",{}],"id":"https://h.example/1","type":["Delete"],
                "actor":{"id":"https://h.example/users/ana","type":"Person","publicKey":{"id":"https://h.example/no"}},
                "object":"https://h.example/users/ana"}"#,
        )
        .unwrap();
        assert_eq!(peek.actor.as_str(), "https://h.example/users/ana");
        assert!(peek.deletes_its_actor());
    }

    #[test]
    fn a_first_look_at_nonsense_is_a_refusal() {
        let deep = format!(
            "{{\"type\":\"A\",\"x\":{}{}}}",
            "[".repeat(100_000),
            "]".repeat(100_000)
        );
        for body in [
            "",
            "[]",
            "7",
            "{}",
            r#"{"type":"Like"}"#,
            r#"{"type":"Like","actor":7}"#,
            r#"{"type":"Like","actor":"https://h.example/a","actor":"https://h.example/b"}"#,
            r#"{"type":"Like","actor":{"id":"https://h.example/a","id":"https://h.example/b"}}"#,
            &deep,
        ] {
            assert!(peek_actor_and_id(body.as_bytes()).is_err(), "{:.60}", body);
        }
    }
}
