//! What a value of the API may be, and the same as a JSON Schema. Knows no entity.

use serde_json::{Map, Value, json};

/// Nothing is null, and nothing may be missing, unless it says so.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    /// A decimal number as text.
    Id,
    Text,
    /// An absolute address.
    Address,
    Flag,
    Whole,
    Number,
    /// RFC 3339, in UTC.
    Time,
    Day,
    OneOf(&'static [&'static str]),
    /// An entity by its name.
    Of(&'static str),
    List(&'static Kind),
    Fields(&'static [Field]),
    /// One of these.
    Either(&'static [Kind]),
    /// An object with any names.
    Named(&'static Kind),
    /// May be null, and is there.
    OrNull(&'static Kind),
    /// May be left out.
    OrAbsent(&'static Kind),
    /// The bytes of a file, in a multipart body.
    File,
    Any,
}

pub type Field = (&'static str, Kind);

/// An object without fields.
pub const NOTHING: Kind = Kind::Fields(&[]);

impl Kind {
    pub fn schema(&self) -> Value {
        match self {
            Self::Id => json!({ "type": "string", "pattern": "^[0-9]+$" }),
            Self::Text => json!({ "type": "string" }),
            Self::Address => json!({ "type": "string", "format": "uri" }),
            Self::Flag => json!({ "type": "boolean" }),
            Self::Whole => json!({ "type": "integer" }),
            Self::Number => json!({ "type": "number" }),
            Self::Time => json!({ "type": "string", "format": "date-time" }),
            Self::Day => json!({ "type": "string", "format": "date" }),
            Self::OneOf(words) => json!({ "type": "string", "enum": words }),
            Self::Of(name) => json!({ "$ref": format!("#/components/schemas/{name}") }),
            Self::List(kind) => json!({ "type": "array", "items": kind.schema() }),
            Self::Fields(fields) => object(fields.iter()),
            Self::Either(kinds) => {
                json!({ "anyOf": kinds.iter().map(Kind::schema).collect::<Vec<_>>() })
            }
            Self::Named(kind) => json!({ "type": "object", "additionalProperties": kind.schema() }),
            Self::OrNull(kind) => json!({ "anyOf": [kind.schema(), { "type": "null" }] }),
            Self::OrAbsent(kind) => kind.schema(),
            Self::File => json!({ "type": "string", "contentMediaType": "application/octet-stream" }),
            Self::Any => json!({}),
        }
    }

    pub fn may_be_absent(&self) -> bool {
        matches!(self, Self::OrAbsent(_))
    }
}

/// The schema of an object; of two fields with one name the later counts.
pub fn object<'a>(fields: impl Iterator<Item = &'a Field>) -> Value {
    let mut properties = Map::new();
    let mut required = Vec::new();
    for (name, kind) in fields {
        required.retain(|known| known != name);
        if !kind.may_be_absent() {
            required.push(*name);
        }
        properties.insert((*name).to_owned(), kind.schema());
    }
    json!({ "type": "object", "properties": properties, "required": required })
}
