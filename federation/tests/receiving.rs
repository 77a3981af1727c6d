//! Letters and documents as other software writes them, and as an attacker would. Never needs a network.

use proptest::prelude::*;
use serde_json::{Value, json};
use tintype_federation::inbox::{Envelope, Received, Refusal, Undone, Updated, peek_actor_and_id, read};
use tintype_federation::vocab::{Actor, Audience, MediaKind, Note, NoteKind, VocabError};
use url::Url;

const ANA: &str = "https://there.example/users/ana";

fn url(text: &str) -> Url {
    Url::parse(text).unwrap()
}

fn letter(activity: &Value) -> Result<Envelope, Refusal> {
    read(activity.to_string().as_bytes(), &url(ANA))
}

fn received(activity: &Value) -> Received {
    letter(activity).unwrap().received
}

fn from_ana(kind: &str, object: Value) -> Value {
    json!({ "id": "https://there.example/activities/1", "type": kind, "actor": ANA, "object": object })
}

fn note(id: &str, author: &str) -> Value {
    json!({ "id": id, "type": "Note", "attributedTo": author, "content": "hello", "to": "as:Public" })
}

fn fixture(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

#[test]
fn a_pixelfed_post_with_two_pictures_is_read() {
    let body = include_bytes!("fixtures/pixelfed/create_note_two_images.json");
    let envelope = read(body, &url("https://pix.example/users/ana")).unwrap();
    let Received::Create(note) = envelope.received else {
        panic!("not a Create")
    };
    assert_eq!(note.attachments.len(), 2);
    assert_eq!(note.attachments[0].name.as_deref(), Some("Waves"));
    assert_eq!(
        (note.comments_enabled, note.hashtags.as_slice()),
        (Some(false), &[String::from("sea")][..])
    );
    let followers = url("https://pix.example/users/ana/followers");
    assert_eq!(note.audience(Some(&followers)), Audience::Public);
}

#[test]
fn a_mastodon_person_is_read() {
    let actor = Actor::read(&fixture(include_str!("fixtures/mastodon/person.json"))).unwrap();
    assert!(actor.manually_approves_followers && !actor.is_bot());
    assert_eq!(actor.shared_inbox, Some(url("https://mast.example/inbox")));
    assert_eq!(actor.fields[0].0, "Site");
    assert_eq!((actor.discoverable, actor.indexable), (Some(true), Some(false)));
    assert_eq!(actor.moved_to, Some(url("https://new.example/users/ana")));
    assert!(
        actor
            .key(&url("https://mast.example/users/ana#main-key"))
            .is_some()
    );
    assert_eq!(actor.emojis[0].shortcode, "cat");
}

#[test]
fn a_misskey_reaction_is_a_like_with_an_emoji() {
    let body = include_bytes!("fixtures/misskey/like_reaction.json");
    let envelope = read(body, &url("https://miss.example/users/ana")).unwrap();
    let Received::Like { emoji, .. } = envelope.received else {
        panic!("not a Like")
    };
    assert_eq!(emoji.as_deref(), Some(":star:"));
}

#[test]
fn a_lemmy_page_keeps_its_title_and_picture() {
    let body = include_bytes!("fixtures/lemmy/create_page.json");
    let envelope = read(body, &url("https://lem.example/u/ana")).unwrap();
    let Received::Create(page) = envelope.received else {
        panic!("not a Create")
    };
    assert_eq!(
        (page.kind, page.name.as_deref()),
        (NoteKind::Page, Some("A camera"))
    );
    assert_eq!(
        (page.attachments.len(), page.attachments[0].kind),
        (1, MediaKind::Image)
    );
}

#[test]
fn a_peertube_video_has_its_first_author_and_its_page() {
    let video = Note::read(&fixture(include_str!("fixtures/peertube/video.json"))).unwrap();
    assert_eq!(video.attributed_to, url("https://tube.example/accounts/ana"));
    assert_eq!(video.url, Some(url("https://tube.example/w/1")));
}

#[test]
fn a_gotosocial_key_stub_is_not_an_actor_yet() {
    let stub = fixture(include_str!("fixtures/gotosocial/key_stub.json"));
    assert_eq!(Actor::read(&stub), Err(VocabError::Missing("inbox")));
}

#[test]
fn only_the_signer_speaks_even_on_one_server() {
    let activity = from_ana("Like", json!("https://here.example/posts/1"));
    for signer in [
        "https://there.example/users/ben",
        "https://evil.example/users/ana",
        "https://there.example:8443/users/ana",
    ] {
        assert_eq!(
            read(activity.to_string().as_bytes(), &url(signer)),
            Err(Refusal::NotTheirs),
            "{signer}"
        );
    }
}

#[test]
fn an_activity_lives_on_its_actors_server() {
    for id in ["https://evil.example/1", "https://there.example:8443/1"] {
        let mut activity = from_ana("Like", json!("https://here.example/posts/1"));
        activity["id"] = json!(id);
        assert_eq!(letter(&activity), Err(Refusal::NotTheirs));
    }
}

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
fn a_post_counts_only_for_its_own_author() {
    let mine = "https://there.example/posts/1";
    assert!(matches!(
        received(&from_ana("Create", note(mine, ANA))),
        Received::Create(_)
    ));
    for author in [
        "https://there.example/users/ben",
        "https://victim.example/users/ben",
    ] {
        assert_eq!(
            letter(&from_ana("Create", note(mine, author))),
            Err(Refusal::NotTheirs),
            "{author}"
        );
    }
    let mut shared = note(mine, ANA);
    shared["attributedTo"] = json!([ANA, "https://victim.example/users/ben"]);
    let Received::Create(read) = received(&from_ana("Create", shared.clone())) else {
        panic!("not a Create")
    };
    assert_eq!(read.attributed_to, url(ANA));
    shared["attributedTo"] = json!(["https://victim.example/users/ben", ANA]);
    assert_eq!(letter(&from_ana("Create", shared)), Err(Refusal::NotTheirs));
}

#[test]
fn a_post_of_another_server_is_only_an_address() {
    let foreign = "https://victim.example/posts/1";
    let by_id = Received::CreateById(url(foreign));
    assert_eq!(
        received(&from_ana(
            "Create",
            note(foreign, "https://victim.example/users/ben")
        )),
        by_id
    );
    assert_eq!(received(&from_ana("Create", json!(foreign))), by_id);
    assert_eq!(
        Note::read(&note(
            "https://there.example/1",
            "https://victim.example/users/ben"
        )),
        Err(VocabError::WrongOrigin("attributedTo"))
    );
}

#[test]
fn an_update_changes_only_what_is_the_actors_own() {
    let mine = from_ana("Update", note("https://there.example/posts/1", ANA));
    assert!(matches!(received(&mine), Received::Update(Updated::Note(_))));
    for object in [
        note("https://there.example/posts/1", "https://there.example/users/ben"),
        note("https://victim.example/posts/1", ANA),
        json!({ "type": "Person", "id": "https://there.example/users/ben" }),
        json!("https://victim.example/posts/1"),
    ] {
        assert_eq!(
            letter(&from_ana("Update", object.clone())),
            Err(Refusal::NotTheirs),
            "{object}"
        );
    }
    let person =
        json!({ "type": "Person", "id": ANA, "inbox": format!("{ANA}/inbox"), "preferredUsername": "ana" });
    assert!(matches!(
        received(&from_ana("Update", person)),
        Received::Update(Updated::Actor(_))
    ));
}

#[test]
fn nothing_of_another_server_is_deleted_or_undone() {
    let foreign = "https://victim.example/posts/1";
    assert_eq!(
        letter(&from_ana("Delete", json!(foreign))),
        Err(Refusal::NotTheirs)
    );
    assert_eq!(
        letter(&from_ana("Delete", json!({ "id": foreign, "type": "Tombstone" }))),
        Err(Refusal::NotTheirs)
    );
    assert_eq!(letter(&from_ana("Undo", json!(foreign))), Err(Refusal::NotTheirs));
    let theirs = json!({ "id": "https://there.example/f/1", "type": "Follow", "actor": "https://there.example/users/ben", "object": "https://here.example/users/eve" });
    assert_eq!(letter(&from_ana("Undo", theirs)), Err(Refusal::NotTheirs));
    let Received::Delete { is_actor, .. } = received(&from_ana("Delete", json!(ANA))) else {
        panic!("not a Delete")
    };
    assert!(is_actor);
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
            },
        ),
        (
            "EmojiReact",
            Undone::Like {
                id: id.clone(),
                object: object.clone(),
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
fn only_who_was_asked_answers_a_follow() {
    let follow = |object: &str| json!({ "id": "https://here.example/follows/1", "type": "Follow", "actor": "https://here.example/users/ben", "object": object });
    for kind in ["Accept", "Reject"] {
        assert_eq!(
            letter(&from_ana(kind, follow("https://there.example/users/eve"))),
            Err(Refusal::NotTheirs)
        );
        assert!(letter(&from_ana(kind, follow(ANA))).is_ok());
        assert!(letter(&from_ana(kind, json!("https://here.example/follows/1"))).is_ok());
    }
    let Received::Accept { follow } = received(&from_ana("Accept", follow(ANA))) else {
        panic!("not an Accept")
    };
    assert_eq!(follow.follower, Some(url("https://here.example/users/ben")));
    let quote = json!({ "id": "https://here.example/q/1", "type": "QuoteRequest", "actor": "https://here.example/users/ben" });
    assert_eq!(
        received(&from_ana("Accept", quote)),
        Received::Unknown {
            kind: String::from("Accept")
        }
    );
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
fn only_the_actor_moves_itself() {
    let mut moved = from_ana("Move", json!(ANA));
    moved["target"] = json!("https://new.example/users/ana");
    assert!(matches!(received(&moved), Received::Move { .. }));
    moved["object"] = json!("https://there.example/users/ben");
    assert_eq!(letter(&moved), Err(Refusal::NotTheirs));
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
fn linked_data_that_rearranges_meaning_is_not_followed() {
    let mut activity = from_ana("Like", json!("https://here.example/posts/1"));
    activity["@graph"] = json!([{ "type": "Delete", "actor": "https://victim.example/users/ben" }]);
    activity["@included"] = activity["@graph"].clone();
    activity["signature"] =
        json!({ "type": "RsaSignature2017", "creator": "https://victim.example/users/ben#main-key" });
    assert!(matches!(received(&activity), Received::Like { .. }));
}

#[test]
fn an_actor_has_no_keys_and_places_of_others() {
    let key = |id: &str, owner: &str| json!({ "id": id, "owner": owner, "publicKeyPem": "x" });
    let mut document = json!({
        "type": ["Person", "Thing"], "id": ANA, "inbox": format!("{ANA}/inbox"), "preferredUsername": "ana",
        "followers": "https://victim.example/followers", "endpoints": { "sharedInbox": "https://victim.example/inbox" },
        "url": "javascript:alert(1)",
        "publicKey": [
            key(&format!("{ANA}#main-key"), ANA),
            key("https://there.example/users/ben#main-key", "https://there.example/users/ben"),
            key("https://victim.example/users/ben#main-key", ANA),
        ],
    });
    let actor = Actor::read(&document).unwrap();
    assert_eq!(actor.public_keys.len(), 1);
    assert_eq!(
        (actor.followers, actor.shared_inbox, actor.url),
        (None, None, None)
    );
    document["inbox"] = json!("https://victim.example/inbox");
    assert_eq!(Actor::read(&document), Err(VocabError::WrongOrigin("inbox")));
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
