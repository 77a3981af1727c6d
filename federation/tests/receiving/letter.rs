//! Letters from Ana, who is known to the tests. Never signs: that is another test.

use serde_json::{Value, json};
use tintype_federation::inbox::*;
use url::Url;

pub const ANA: &str = "https://there.example/users/ana";

pub fn url(text: &str) -> Url {
    Url::parse(text).unwrap()
}

pub fn letter(activity: &Value) -> Result<Envelope, Refusal> {
    read(activity.to_string().as_bytes(), &url(ANA))
}

pub fn received(activity: &Value) -> Received {
    letter(activity).unwrap().received
}

pub fn from_ana(kind: &str, object: Value) -> Value {
    json!({ "id": "https://there.example/activities/1", "type": kind, "actor": ANA, "object": object })
}

pub fn note(id: &str, author: &str) -> Value {
    json!({ "id": id, "type": "Note", "attributedTo": author, "content": "hello", "to": "as:Public" })
}

pub fn fixture(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}
