//! What we send and serve, in the shapes that peers demand. Never compares more than what a peer looks at.

use chrono::{DateTime, TimeDelta, TimeZone, Utc};
use serde_json::{Value, json};
use tintype_federation::inbox::{Received, Undone, read};
use tintype_federation::vocab::outgoing::activity::{self, Deed};
use tintype_federation::vocab::outgoing::{
    ActorDocument, AttachmentDocument, Document, Endpoints, HashtagLink, NoteDocument, PageItem,
    QuoteDocument, VideoDocument, collection, page, quote, tombstone,
};
use tintype_federation::vocab::{
    Actor, ActorKind, Audience, Collection, MediaKind, Mention, Note, Place, QuoteStamp, public,
};
use url::Url;

fn url(text: &str) -> Url {
    Url::parse(text).unwrap()
}

fn ana() -> Url {
    url("https://here.example/users/ana")
}

fn now() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2020, 5, 17, 12, 0, 0).unwrap()
}

fn json_of(document: &Document) -> Value {
    serde_json::from_slice(&document.to_bytes()).unwrap()
}

fn photo() -> AttachmentDocument {
    AttachmentDocument {
        url: url("https://here.example/media/1.jpg"),
        media_type: String::from("image/jpeg"),
        name: Some(String::from("a sea")),
        blurhash: Some(String::from("UBL_:rOpGG-oBUNG,qRj2so|=eE1w^n4S5NH")),
        width: Some(4096),
        height: Some(6000),
        focal_point: Some((0.0, 0.5)),
        exif: Vec::new(),
        video: None,
    }
}

fn note() -> NoteDocument {
    NoteDocument {
        id: url("https://here.example/users/ana/posts/1"),
        attributed_to: ana(),
        url: url("https://here.example/@ana/1"),
        content_html: String::from("<p>hello</p>"),
        language: Some(String::from("en")),
        summary: None,
        sensitive: false,
        in_reply_to: None,
        quote: Some(QuoteDocument {
            object: url("https://there.example/posts/7"),
            stamp: Some(url("https://there.example/stamps/7")),
        }),
        can_quote: Vec::new(),
        published: now(),
        updated: None,
        to: vec![public()],
        cc: vec![
            url("https://here.example/users/ana/followers"),
            url("https://there.example/users/ben"),
        ],
        mentions: vec![Mention {
            href: url("https://there.example/users/ben"),
            name: Some(String::from("@ben@there.example")),
        }],
        hashtags: vec![HashtagLink {
            name: String::from("sea"),
            href: url("https://here.example/tags/sea"),
        }],
        emojis: Vec::new(),
        attachments: vec![photo()],
        poll: None,
        place: Some(Place {
            name: "Lisboa".into(),
            country: Some("Portugal".into()),
        }),
        comments_enabled: false,
        replies: None,
        likes: Some((url("https://here.example/users/ana/posts/1/likes"), 3)),
        shares: None,
    }
}

fn actor() -> ActorDocument {
    ActorDocument {
        id: ana(),
        kind: ActorKind::Person,
        preferred_username: String::from("ana"),
        webfinger: String::from("ana@here.example"),
        name: String::new(),
        summary_html: String::new(),
        url: url("https://here.example/@ana"),
        endpoints: Endpoints {
            inbox: url("https://here.example/users/ana/inbox"),
            outbox: url("https://here.example/users/ana/outbox"),
            followers: Some(url("https://here.example/users/ana/followers")),
            following: Some(url("https://here.example/users/ana/following")),
            featured: None,
            shared_inbox: Some(url("https://here.example/inbox")),
        },
        public_key_pem: String::from("-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n"),
        icon: None,
        image: None,
        manually_approves_followers: false,
        discoverable: true,
        indexable: true,
        published: Some(now()),
        fields: vec![(String::from("Site"), String::from("x"))],
        also_known_as: Vec::new(),
        moved_to: None,
        emojis: Vec::new(),
        suspended: false,
    }
}

fn deed<'a>(id: &'a Url, actor: &'a Url) -> Deed<'a> {
    Deed { id, actor }
}

fn depth(value: &Value) -> usize {
    match value {
        Value::Array(values) => 1 + values.iter().map(depth).max().unwrap_or(0),
        Value::Object(map) => 1 + map.values().map(depth).max().unwrap_or(0),
        _ => 0,
    }
}

/// Every word that a document uses and ActivityStreams or the security vocabulary do not have must be defined.
fn assert_words_are_defined(document: &Value) {
    let known = [
        "manuallyApprovesFollowers",
        "discoverable",
        "indexable",
        "featured",
        "webfinger",
        "sensitive",
        "blurhash",
        "focalPoint",
        "commentsEnabled",
        "interactionPolicy",
        "canReply",
        "canQuote",
        "quote",
        "quoteAuthorization",
        "quoteUri",
        "quoteUrl",
        "_misskey_quote",
        "interactingObject",
        "interactionTarget",
        "automaticApproval",
        "value",
        "alsoKnownAs",
        "movedTo",
        "country",
    ];
    let context = document["@context"].to_string();
    let body = {
        let mut body = document.clone();
        body.as_object_mut().unwrap().remove("@context");
        body.to_string()
    };
    for word in known.iter().filter(|word| body.contains(&format!("\"{word}\":"))) {
        assert!(
            context.contains(&format!("\"{word}\":")),
            "{word} is not defined in {context}"
        );
    }
}

#[test]
fn an_actor_says_all_that_pixelfed_and_fedify_need() {
    let document = json_of(&actor().build());
    assert_eq!(document["@context"][0], "https://www.w3.org/ns/activitystreams");
    assert_eq!(document["@context"][1], "https://w3id.org/security/v1");
    for field in [
        "name",
        "summary",
        "url",
        "outbox",
        "following",
        "followers",
        "publicKey",
    ] {
        assert!(document.get(field).is_some(), "{field}");
    }
    assert_eq!(
        document["publicKey"]["id"],
        "https://here.example/users/ana#main-key"
    );
    assert_eq!(document["publicKey"]["owner"], document["id"]);
    assert_words_are_defined(&document);
    let read = Actor::read(&document).unwrap();
    assert_eq!(read.key(&actor().key_id()).unwrap().id, actor().key_id());
    assert_eq!(read.shared_inbox, actor().endpoints.shared_inbox);
}

#[test]
fn a_video_goes_with_a_still_of_it_and_its_length() {
    let film = |millis| AttachmentDocument {
        url: url("https://here.example/media/1/video.mp4"),
        media_type: String::from("video/mp4"),
        video: Some(VideoDocument {
            still: url("https://here.example/media/1/1080.jpg"),
            duration: TimeDelta::milliseconds(millis),
        }),
        ..photo()
    };
    let document = NoteDocument {
        attachments: vec![film(8_500), film(60_000)],
        ..note()
    };
    let document = json_of(&document.build());
    let (first, second) = (&document["attachment"][0], &document["attachment"][1]);
    assert_eq!(first["mediaType"], "video/mp4");
    assert_eq!(
        first["icon"],
        json!({ "type": "Image", "mediaType": "image/jpeg", "url": "https://here.example/media/1/1080.jpg" })
    );
    assert_eq!(
        (&first["duration"], &second["duration"]),
        (&json!("PT8.500S"), &json!("PT60S"))
    );
    assert_words_are_defined(&document);
    let read = Note::read(&document).unwrap();
    assert_eq!(read.attachments[0].kind, MediaKind::Video);
}

#[test]
fn a_post_is_a_note_whose_pictures_pixelfed_accepts() {
    let document = json_of(&note().build());
    assert_eq!(document["type"], "Note");
    let picture = &document["attachment"][0];
    assert_eq!(
        (&picture["type"], &picture["width"]),
        (&json!("Document"), &json!(4096))
    );
    assert!(
        picture.get("height").is_none(),
        "6000 is more than Pixelfed takes"
    );
    assert_eq!(
        (&document["commentsEnabled"], &document["likes"]["totalItems"]),
        (&json!(false), &json!(3))
    );
    assert_words_are_defined(&document);
    let read = Note::read(&document).unwrap();
    assert_eq!(read.audience(None), Audience::Public);
    assert_eq!(
        (read.language.as_deref(), read.hashtags.as_slice()),
        (Some("en"), &[String::from("sea")][..])
    );
    assert_eq!(read.like_total, Some(3));
    assert_eq!(read.place, note().place);
}

#[test]
fn create_has_the_recipients_and_the_date_of_its_post_and_stays_shallow() {
    let id = url("https://here.example/users/ana/posts/1/activity");
    let document = json_of(&activity::create(deed(&id, &ana()), &note().build()));
    for key in ["to", "cc", "published"] {
        assert_eq!(document[key], document["object"][key], "{key}");
    }
    assert!(document["object"].get("@context").is_none());
    assert!(depth(&document) < 8, "{}", depth(&document));
    assert_words_are_defined(&document);
    let read = read(document.to_string().as_bytes(), &ana()).unwrap();
    assert!(matches!(read.received, Received::Create(_)));
}

#[test]
fn likes_shares_and_follows_name_their_objects_by_address() {
    let (id, object) = (
        url("https://here.example/activities/1"),
        url("https://there.example/posts/1"),
    );
    for document in [
        activity::like(deed(&id, &ana()), &object),
        activity::follow(deed(&id, &ana()), &object),
        activity::block(deed(&id, &ana()), &object),
        activity::announce(deed(&id, &ana()), &object, now(), &[public()], &[]),
    ] {
        let document = json_of(&document);
        assert_eq!(document["object"], json!(object));
        assert_eq!(document["actor"], json!(ana()));
        assert_eq!(document["@context"], "https://www.w3.org/ns/activitystreams");
    }
}

#[test]
fn an_answer_to_a_follow_holds_the_whole_follow() {
    let (id, follow_id) = (
        url("https://here.example/activities/1"),
        url("https://there.example/follows/1"),
    );
    let ben = url("https://there.example/users/ben");
    for document in [
        activity::accept(deed(&id, &ana()), deed(&follow_id, &ben)),
        activity::reject(deed(&id, &ana()), deed(&follow_id, &ben)),
    ] {
        let follow = &json_of(&document)["object"];
        assert_eq!(
            *follow,
            json!({ "id": follow_id, "type": "Follow", "actor": ben, "object": ana() })
        );
    }
}

#[test]
fn an_undo_holds_the_original() {
    let (id, like_id) = (
        url("https://here.example/activities/2"),
        url("https://here.example/activities/1"),
    );
    let object = url("https://there.example/posts/1");
    let like = activity::like(deed(&like_id, &ana()), &object);
    let undo = json_of(&activity::undo(deed(&id, &ana()), &like));
    assert_eq!(undo["object"]["type"], "Like");
    let read = read(undo.to_string().as_bytes(), &ana()).unwrap();
    assert_eq!(
        read.received,
        Received::Undo(Undone::Like {
            id: Some(like_id),
            object,
            reaction: None,
        })
    );
}

#[test]
fn deletes_updates_and_reports_have_the_shapes_that_peers_check() {
    let (id, post) = (
        url("https://here.example/activities/3"),
        url("https://here.example/users/ana/posts/1"),
    );
    let delete = json_of(&activity::delete(deed(&id, &ana()), &post, &[public()], &[]));
    assert_eq!(delete["object"], json!({ "id": post, "type": "Tombstone" }));
    let gone = json_of(&activity::delete_actor(deed(&id, &ana()), &[public()]));
    assert_eq!(gone["object"], gone["actor"]);
    let update = json_of(&activity::update(
        deed(&id, &ana()),
        &actor().build(),
        &[public()],
        &[],
    ));
    assert_eq!(
        (&update["object"]["id"], &update["to"]),
        (&json!(ana()), &json!([public()]))
    );
    assert_eq!(update["@context"][1], "https://w3id.org/security/v1");
    let changed = json_of(&activity::update(deed(&id, &ana()), &note().build(), &[], &[]));
    assert_eq!(changed["to"], changed["object"]["to"]);
    let reported = [
        url("https://there.example/users/ben"),
        url("https://there.example/posts/1"),
    ];
    let flag = json_of(&activity::flag(deed(&id, &ana()), &reported, "spam"));
    assert_eq!(
        (&flag["object"], &flag["content"]),
        (&json!(reported), &json!("spam"))
    );
    assert_eq!(json_of(&tombstone(&post))["type"], "Tombstone");
}

#[test]
fn a_hidden_collection_has_a_count_and_no_page() {
    let id = url("https://here.example/users/ana/followers");
    let hidden = json_of(&collection(&id, 7, None));
    assert!(hidden.get("first").is_none());
    assert_eq!(Collection::read(&hidden).unwrap().total_items, Some(7));
}

#[test]
fn a_page_brings_the_words_of_its_items() {
    let (id, whole) = (url("https://here.example/users/ana/outbox"), note().build());
    let first = url("https://here.example/users/ana/outbox?page=1");
    let address = url("https://here.example/users/ana/posts/2");
    let items = [PageItem::Whole(&whole), PageItem::Address(&address)];
    let document = json_of(&page(&first, &id, None, &items));
    assert_words_are_defined(&document);
    assert_eq!(Collection::read(&document).unwrap().items, [note().id, address]);
}

#[test]
fn leave_to_quote_is_asked_for_given_and_proved_in_words_that_are_defined() {
    let (id, ben) = (
        url("https://here.example/users/ana/posts/1#quote-request"),
        url("https://there.example/users/ben"),
    );
    let object = url("https://there.example/posts/7");
    let request = json_of(&quote::request(deed(&id, &ana()), &object, &note().build(), &ben));
    assert_words_are_defined(&request);
    assert!(request["@context"].to_string().contains("\"QuoteRequest\":"));
    assert!(depth(&request) < 8, "{}", depth(&request));
    let received = read(request.to_string().as_bytes(), &ana()).unwrap().received;
    let Received::QuoteRequest { note: inside, .. } = received else {
        panic!("not a request")
    };
    assert_eq!(inside.map(|note| note.id), Some(note().id));
    let (answer, stamp, quoting) = (
        url("https://here.example/users/ana#accepts/1"),
        url("https://here.example/users/ana/stamps/1"),
        url("https://there.example/posts/8"),
    );
    let asked = quote::QuoteRequest {
        deed: deed(&object, &ben),
        object: &object,
        instrument: &quoting,
    };
    let accept = json_of(&quote::accept(deed(&answer, &ana()), asked, &stamp));
    let received = read(accept.to_string().as_bytes(), &ana()).unwrap().received;
    assert!(matches!(received, Received::QuoteAccept { stamp: given, .. } if given == stamp));
    let proof = json_of(&quote::stamp(&stamp, &ana(), &quoting, &object));
    assert_words_are_defined(&proof);
    let read = QuoteStamp::read(&proof).unwrap();
    assert_eq!(
        (read.interacting_object, read.interaction_target),
        (quoting, object)
    );
}
