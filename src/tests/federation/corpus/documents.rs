//! The documents that other software really sends, from the folder that the tests are given. Copies none of them.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::blanks;

pub struct Document {
    /// Folder and file.
    pub name: String,
    pub value: Value,
}

pub struct Corpus {
    pub documents: Vec<Document>,
    /// By their addresses, the last of those that have the same.
    by_id: HashMap<String, Value>,
}

impl Corpus {
    /// `None` where the tests were given no folder.
    pub fn open() -> Option<Self> {
        #[expect(
            clippy::disallowed_methods,
            reason = "the folder of documents is given to the tests, not to the program"
        )]
        let folder = PathBuf::from(std::env::var("TINTYPE_TEST_CORPUS").ok()?);
        let mut documents = Vec::new();
        for source in entries(&folder).into_iter().filter(|path| path.is_dir()) {
            for file in entries(&source) {
                if file.extension().is_some_and(|extension| extension == "json") {
                    documents.push(read(&folder, &file));
                }
            }
        }
        let by_id = documents
            .iter()
            .filter_map(|document| Some((document.value["id"].as_str()?.to_owned(), document.value.clone())))
            .collect();
        Some(Self { documents, by_id })
    }

    pub fn with_id(&self, id: &str) -> Option<&Value> {
        self.by_id.get(id)
    }
}

fn read(folder: &Path, file: &Path) -> Document {
    let bytes = std::fs::read(file).expect("it can be read");
    let value = serde_json::from_slice(&bytes).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    Document {
        name: file
            .strip_prefix(folder)
            .expect("it is below")
            .display()
            .to_string(),
        value: blanks::filled(&value),
    }
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let read = std::fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut paths: Vec<_> = read.map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    paths
}

const ACTORS: [&str; 5] = ["Person", "Group", "Service", "Application", "Organization"];
const POSTS: [&str; 10] = [
    "Note",
    "ChatMessage",
    "Question",
    "Article",
    "Page",
    "Video",
    "Event",
    "Image",
    "Audio",
    "Album",
];
/// Shown by their titles, with a link.
const TITLED: [&str; 6] = ["Article", "Page", "Video", "Event", "Image", "Audio"];

/// What a document is, by which a peer lets it be known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Sent as it is.
    Activity,
    /// Sent in a Create by its author.
    Post,
    /// Looked up.
    Actor,
    /// Found by who looks for it: a collection, a tombstone, a part of something.
    Other,
}

pub fn kind(value: &Value) -> Kind {
    let is_ones = author(value).is_some();
    if is_one(value, &ACTORS) && is_ones {
        Kind::Actor
    } else if is_one(value, &POSTS) && is_ones {
        Kind::Post
    } else if value["actor"].is_null() {
        Kind::Other
    } else {
        Kind::Activity
    }
}

/// Whose a document is, where it is anybody's.
pub fn author(value: &Value) -> Option<String> {
    if is_one(value, &ACTORS) {
        id_of(&value["id"])
    } else if is_one(value, &POSTS) {
        id_of(&value["id"])?;
        id_of(&value["attributedTo"])
    } else {
        id_of(&value["actor"])
    }
}

/// The first of its types.
pub fn type_of(value: &Value) -> &str {
    let first = value["type"].as_array().and_then(|many| many.first());
    first.unwrap_or(&value["type"]).as_str().unwrap_or_default()
}

pub fn is_actor(value: &Value) -> bool {
    is_one(value, &ACTORS) && value["inbox"].is_string()
}

/// The post that a document is or carries.
pub fn post(value: &Value) -> Option<&Value> {
    [value, &value["object"]]
        .into_iter()
        .find(|inner| is_one(inner, &POSTS))
}

/// What others did that a group passes on, where a document is that.
pub fn passed_on(value: &Value) -> Option<&Value> {
    let inner = &value["object"];
    (type_of(value) == "Announce" && kind(inner) == Kind::Activity).then_some(inner)
}

pub fn is_titled(post: &Value) -> bool {
    is_one(post, &TITLED)
}

fn is_one(value: &Value, kinds: &[&str]) -> bool {
    let is = |kind: &Value| kind.as_str().is_some_and(|kind| kinds.contains(&kind));
    is(&value["type"]) || value["type"].as_array().is_some_and(|many| many.iter().any(is))
}

/// The address of what is named or embedded; the first where there are several.
pub fn id_of(value: &Value) -> Option<String> {
    match value {
        Value::String(id) => Some(id.clone()),
        Value::Array(many) => many.first().and_then(id_of),
        Value::Object(map) => map.get("id").and_then(id_of),
        _ => None,
    }
}

/// All that is embedded in a document under an address of its own, itself included.
pub fn embedded(value: &Value) -> Vec<(&str, &Value)> {
    let mut found = Vec::new();
    let mut left = vec![value];
    while let Some(value) = left.pop() {
        match value {
            Value::Object(map) => {
                if let (Some(id), Some(_)) = (map.get("id").and_then(Value::as_str), map.get("type")) {
                    found.push((id, value));
                }
                left.extend(map.values());
            }
            Value::Array(values) => left.extend(values),
            _ => {}
        }
    }
    found
}

/// All texts of a document that may be addresses.
pub fn addresses(value: &Value) -> Vec<&str> {
    match value {
        Value::String(text) => vec![text],
        Value::Array(values) => values.iter().flat_map(addresses).collect(),
        Value::Object(map) => map.values().flat_map(addresses).collect(),
        _ => Vec::new(),
    }
}

/// The same document with other texts.
pub fn rewritten(value: &Value, text: &mut impl FnMut(&str) -> String) -> Value {
    match value {
        Value::String(old) => Value::String(text(old)),
        Value::Array(values) => values.iter().map(|value| rewritten(value, text)).collect(),
        Value::Object(map) => map
            .iter()
            .map(|(key, value)| (key.clone(), rewritten(value, text)))
            .collect(),
        other => other.clone(),
    }
}
