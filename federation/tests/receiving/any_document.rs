//! Real documents and arbitrary ones: read or refused. Never a panic.

use crate::letter::*;
use proptest::prelude::*;
use serde_json::{Value, json};
use tintype_federation::inbox::*;
use tintype_federation::vocab::*;

#[test]
fn the_public_collection_of_real_documents_is_read_or_refused() {
    #[expect(
        clippy::disallowed_methods,
        reason = "the folder of documents is given to the tests, not to the program"
    )]
    let Ok(folder) = std::env::var("TINTYPE_TEST_CORPUS") else {
        println!("corpus: not run");
        return;
    };
    let mut read_count = 0;
    let mut folders = vec![std::path::PathBuf::from(folder)];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
            if entry.path().is_dir() {
                folders.push(entry.path());
            } else if entry
                .path()
                .extension()
                .is_some_and(|extension| extension == "json")
            {
                let name = entry.path();
                read_count += 1;
                if let Some(problem) = try_document(&std::fs::read(&name).unwrap()) {
                    println!("{}: {problem}", name.display());
                }
            }
        }
    }
    assert!(read_count > 0);
}

/// Reads a document as everything that it could be; says why when it is nothing that we know.
fn try_document(bytes: &[u8]) -> Option<String> {
    let value = match tintype_federation::json::parse(bytes) {
        Ok(value) => value,
        Err(error) => return Some(error.to_string()),
    };
    let (actor, note) = (Actor::read(&value), Note::read(&value));
    let collection = tintype_federation::vocab::Collection::read(&value);
    let letter = peek_actor_and_id(bytes).and_then(|peek| read(bytes, &peek.actor));
    if actor.is_ok() || note.is_ok() || collection.is_ok() || letter.is_ok() {
        return None;
    }
    let kind = &value["type"];
    Some(format!(
        "{kind}: actor {:?}, note {:?}, letter {:?}",
        actor.err(),
        note.err(),
        letter.err()
    ))
}

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        "[ -~é]{0,12}".prop_map(Value::from),
        Just(json!(ANA)),
        Just(json!("https://there.example/x")),
        prop::sample::select(
            &[
                "Note",
                "Person",
                "Follow",
                "Image",
                "Mention",
                "Emoji",
                "as:Public"
            ][..]
        )
        .prop_map(Value::from),
    ];
    let keys = prop::sample::select(
        &[
            "id",
            "type",
            "actor",
            "object",
            "to",
            "tag",
            "url",
            "href",
            "name",
            "icon",
            "content",
            "contentMap",
            "attributedTo",
            "attachment",
            "publicKey",
            "inbox",
            "first",
            "items",
            "width",
            "focalPoint",
            "target",
        ][..],
    );
    leaf.prop_recursive(4, 64, 8, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            prop::collection::btree_map(keys.clone().prop_map(str::to_owned), inner, 0..8)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn no_document_causes_a_panic(mut value in any_json(), kind in "Create|Update|Undo|Accept|Flag|Delete|Note|Person|Collection") {
        let _ = try_document(value.to_string().as_bytes());
        if let Value::Object(map) = &mut value {
            map.insert("type".to_owned(), json!(kind));
            map.insert("actor".to_owned(), json!(ANA));
            map.insert("id".to_owned(), json!("https://there.example/1"));
            let _ = try_document(value.to_string().as_bytes());
        }
    }

    #[test]
    fn no_bytes_cause_a_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = try_document(&bytes);
        prop_assert!(read(&bytes, &url(ANA)).is_err());
    }
}
