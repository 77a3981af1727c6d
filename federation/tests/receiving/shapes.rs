//! Shapes that letters come in. Never a question of authority.

use crate::letter::*;
use serde_json::{Value, json};
use tintype_federation::inbox::*;
use tintype_federation::vocab::*;

#[test]
fn a_missing_id_is_made_up_only_where_repeating_does_no_harm() {
    let nameless = |kind: &str, object: Value| {
        let mut activity = from_ana(kind, object);
        activity["id"] = Value::Null;
        letter(&activity)
    };
    let follow = json!({ "type": "Follow", "actor": "https://here.example/users/ben", "object": ANA });
    let one = nameless("Accept", follow.clone()).unwrap();
    assert_eq!(one.id, nameless("Accept", follow).unwrap().id);
    assert!(
        one.id
            .as_str()
            .starts_with("https://there.example/users/ana#activity-")
    );
    for kind in ["Follow", "Create", "Announce", "Flag", "Move", "Update"] {
        assert_eq!(
            nameless(kind, json!(ANA)),
            Err(Refusal::Malformed("no id")),
            "{kind}"
        );
    }
    let mut odd = from_ana("Like", json!("https://here.example/posts/1"));
    odd["id"] = json!(7);
    assert!(matches!(letter(&odd), Err(Refusal::Malformed(_))));
}

#[test]
fn an_undo_names_what_is_undone() {
    let inner = |kind: &str| json!({ "id": "https://there.example/x/1", "type": kind, "actor": ANA, "object": "https://here.example/y" });
    let id = Some(url("https://there.example/x/1"));
    let object = url("https://here.example/y");
    for (kind, undone) in [
        (
            "Follow",
            Undone::Follow {
                id: id.clone(),
                object: object.clone(),
            },
        ),
        (
            "Like",
            Undone::Like {
                id: id.clone(),
                object: object.clone(),
                reaction: None,
            },
        ),
        (
            "EmojiReact",
            Undone::Like {
                id: id.clone(),
                object: object.clone(),
                reaction: None,
            },
        ),
        (
            "Announce",
            Undone::Announce {
                id: id.clone(),
                object: object.clone(),
            },
        ),
        (
            "Block",
            Undone::Block {
                id: id.clone(),
                object,
            },
        ),
        (
            "Travel",
            Undone::Unknown {
                id: url("https://there.example/x/1"),
            },
        ),
    ] {
        assert_eq!(
            received(&from_ana("Undo", inner(kind))),
            Received::Undo(undone),
            "{kind}"
        );
    }
    let by_id = received(&from_ana("Undo", json!("https://there.example/x/1")));
    assert!(matches!(by_id, Received::Undo(Undone::Unknown { .. })));
}

#[test]
fn an_embedded_shared_post_is_only_an_address() {
    let shared = from_ana(
        "Announce",
        note(
            "https://victim.example/posts/1",
            "https://victim.example/users/ben",
        ),
    );
    let Received::Announce { object, .. } = received(&shared) else {
        panic!("not an Announce")
    };
    assert_eq!(object, url("https://victim.example/posts/1"));
}

#[test]
fn unknown_activities_are_known_as_such() {
    for kind in ["Listen", "View", "Dislike", "Story:Reaction"] {
        assert_eq!(
            received(&from_ana(kind, json!(null))),
            Received::Unknown {
                kind: kind.to_owned()
            }
        );
    }
}

#[test]
fn a_chat_message_is_a_post_for_whom_it_is_sent_to() {
    let message = json!({
        "id": "https://there.example/messages/1", "type": "ChatMessage", "attributedTo": ANA,
        "to": ["https://here.example/users/ben"], "content": "<p>Hi</p>",
    });
    let Received::Create(note) = received(&from_ana("Create", message)) else {
        panic!("not a Create of a post")
    };
    assert_eq!(
        (note.kind, note.audience(None)),
        (NoteKind::Note, Audience::Direct)
    );
}

#[test]
fn what_is_added_without_an_address_is_no_pin() {
    let mut activity = from_ana("Add", json!({ "type": "Hashtag", "name": "#sea" }));
    activity["target"] = json!("https://there.example/users/ana/collections/featured");
    let unknown = Received::Unknown {
        kind: String::from("Add"),
    };
    assert_eq!(received(&activity), unknown);
    activity["object"] = json!("https://there.example/users/ana/posts/1");
    assert!(matches!(received(&activity), Received::Add { .. }));
    activity["target"] = json!(null);
    assert_eq!(received(&activity), unknown);
}

#[test]
fn linked_data_that_rearranges_meaning_is_not_followed() {
    let mut activity = from_ana("Like", json!("https://here.example/posts/1"));
    activity["@graph"] = json!([{ "type": "Delete", "actor": "https://victim.example/users/ben" }]);
    activity["@included"] = activity["@graph"].clone();
    activity["signature"] =
        json!({ "type": "RsaSignature2017", "creator": "https://victim.example/users/ben#main-key" });
    assert!(matches!(received(&activity), Received::Like { .. }));
}

#[test]
fn long_and_many_things_are_cut() {
    let many = |value: Value| Value::Array(vec![value; 100_000]);
    let mut long = note("https://there.example/posts/1", ANA);
    long["tag"] = many(json!({ "type": "Hashtag", "name": "#a" }));
    long["to"] = many(json!("https://there.example/users/ben"));
    long["attachment"] = many(json!({ "type": "Image", "url": "https://there.example/1.jpg" }));
    long["content"] = json!("é".repeat(500_000));
    let note = Note::read(&long).unwrap();
    assert!(note.hashtags.len() <= 256 && note.to.len() <= 500 && note.attachments.len() <= 32);
    assert!(note.content_html.unwrap().len() <= 128 * 1024);
}
