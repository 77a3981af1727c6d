//! Who may say what. Never a letter that is malformed besides.

use crate::letter::*;
use serde_json::json;
use tintype_federation::inbox::*;
use tintype_federation::vocab::*;

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
fn only_who_was_asked_answers_a_follow() {
    let follow = |object: &str| json!({ "id": "https://here.example/follows/1", "type": "Follow", "actor": "https://here.example/users/ben", "object": object });
    for kind in ["Accept", "Reject"] {
        assert_eq!(
            letter(&from_ana(kind, follow("https://there.example/users/eve"))),
            Err(Refusal::NotTheirs)
        );
        assert!(letter(&from_ana(kind, follow(ANA))).is_ok());
        // A relay, which was asked for everybody: who asked knows whom.
        assert!(letter(&from_ana(kind, follow(PUBLIC))).is_ok());
        assert!(letter(&from_ana(kind, json!("https://here.example/follows/1"))).is_ok());
    }
    let Received::Accept { follow } = received(&from_ana("Accept", follow(ANA))) else {
        panic!("not an Accept")
    };
    assert_eq!(follow.follower, Some(url("https://here.example/users/ben")));
    let invitation = json!({ "id": "https://here.example/i/1", "type": "Invite", "actor": "https://here.example/users/ben" });
    assert_eq!(
        received(&from_ana("Accept", invitation)),
        Received::Unknown {
            kind: String::from("Accept")
        }
    );
}

#[test]
fn leave_to_quote_is_given_with_a_stamp_of_ones_own_server() {
    let asked = json!({
        "id": "https://here.example/q/1", "type": "QuoteRequest", "actor": "https://here.example/users/ben",
        "object": "https://there.example/posts/1", "instrument": { "id": "https://here.example/posts/2" },
    });
    let request = QuoteRef {
        id: Some(url("https://here.example/q/1")),
        instrument: Some(url("https://here.example/posts/2")),
    };
    let mut accept = from_ana("Accept", asked.clone());
    assert!(matches!(letter(&accept), Err(Refusal::Malformed(_))));
    accept["result"] = json!("https://there.example/stamps/1");
    let stamp = url("https://there.example/stamps/1");
    assert_eq!(
        received(&accept),
        Received::QuoteAccept {
            request: request.clone(),
            stamp
        }
    );
    accept["result"] = json!("https://victim.example/stamps/1");
    assert_eq!(letter(&accept), Err(Refusal::NotTheirs));
    assert_eq!(
        received(&from_ana("Reject", asked)),
        Received::QuoteReject { request }
    );
}

#[test]
fn only_ones_own_post_asks_to_quote() {
    let mut asked = from_ana("QuoteRequest", json!("https://here.example/posts/1"));
    assert!(matches!(letter(&asked), Err(Refusal::Malformed(_))));
    asked["instrument"] = json!("https://victim.example/posts/2");
    assert_eq!(letter(&asked), Err(Refusal::NotTheirs));
    asked["instrument"] = json!({
        "id": "https://there.example/posts/2", "type": "Note", "attributedTo": "https://there.example/users/eve",
    });
    assert_eq!(letter(&asked), Err(Refusal::NotTheirs));
    asked["instrument"]["attributedTo"] = json!(ANA);
    let Received::QuoteRequest {
        object,
        instrument,
        note,
    } = received(&asked)
    else {
        panic!("not a request")
    };
    assert_eq!(object, url("https://here.example/posts/1"));
    assert_eq!(note.map(|note| note.id), Some(instrument));
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
