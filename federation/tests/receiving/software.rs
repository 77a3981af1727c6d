//! Documents in the shapes of the software that they are filed under. Never a copy of a real one.

use crate::letter::*;
use tintype_federation::inbox::*;
use tintype_federation::vocab::*;

#[test]
fn a_pixelfed_post_with_two_pictures_is_read() {
    let body = include_bytes!("../fixtures/pixelfed/create_note_two_images.json");
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
    let actor = Actor::read(&fixture(include_str!("../fixtures/mastodon/person.json"))).unwrap();
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
    let body = include_bytes!("../fixtures/misskey/like_reaction.json");
    let envelope = read(body, &url("https://miss.example/users/ana")).unwrap();
    let Received::Like { reaction, .. } = envelope.received else {
        panic!("not a Like")
    };
    let reaction = reaction.expect("it has an emoji");
    assert_eq!(reaction.name, ":star:");
    let picture = reaction.picture.expect("it has a picture");
    assert_eq!(picture.icon_url, url("https://miss.example/star.png"));
}

#[test]
fn a_lemmy_page_keeps_its_title_and_picture() {
    let body = include_bytes!("../fixtures/lemmy/create_page.json");
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
    assert_eq!(page.links, [url("https://shop.example/camera")]);
}

#[test]
fn what_a_lemmy_group_passes_on_is_only_an_address() {
    let page: serde_json::Value = fixture(include_str!("../fixtures/lemmy/create_page.json"));
    let group = url("https://lem.example/c/photos");
    let announce = |kind: &str| {
        let mut passed = page.clone();
        passed["type"] = kind.into();
        serde_json::json!({
            "id": "https://lem.example/activities/announce/1", "type": "Announce", "actor": group.as_str(),
            "object": passed, "to": ["https://www.w3.org/ns/activitystreams#Public"],
            "cc": ["https://lem.example/c/photos/followers"],
        })
    };
    let received = |kind: &str| {
        read(announce(kind).to_string().as_bytes(), &group)
            .unwrap()
            .received
    };
    let address = url("https://lem.example/post/1");
    for (kind, expected) in [
        ("Create", PassedOn::Created(address.clone())),
        ("Update", PassedOn::Changed(address.clone())),
        ("Delete", PassedOn::Deleted(address)),
    ] {
        let Received::PassOn { what, to, .. } = received(kind) else {
            panic!("{kind} is not passed on")
        };
        assert_eq!((what, to), (expected, vec![public()]));
    }
    for kind in ["Like", "Dislike", "Undo", "Flag"] {
        assert!(matches!(received(kind), Received::Unknown { .. }), "{kind}");
    }
}

#[test]
fn a_peertube_video_has_its_first_author_and_its_page() {
    let video = Note::read(&fixture(include_str!("../fixtures/peertube/video.json"))).unwrap();
    assert_eq!(video.attributed_to, url("https://tube.example/accounts/ana"));
    assert_eq!(video.url, Some(url("https://tube.example/w/1")));
    let pictures: Vec<_> = video.attachments.iter().map(|file| &file.url).collect();
    assert_eq!(pictures, [&url("https://tube.example/lazy/large.jpg")]);
}

#[test]
fn a_wordpress_article_has_its_picture_and_its_short_text() {
    let article = Note::read(&fixture(include_str!("../fixtures/wordpress/article.json"))).unwrap();
    assert!(article.kind.is_titled());
    assert_eq!(article.summary.as_deref(), Some("<p>What I saw in June</p>\n"));
    assert_eq!(article.attachments[0].name.as_deref(), Some("A meadow"));
}

#[test]
fn a_mobilizon_event_has_its_banner_its_place_and_its_page() {
    let event = Note::read(&fixture(include_str!("../fixtures/mobilizon/event.json"))).unwrap();
    assert_eq!(event.place.unwrap().name, "Old harbour");
    assert_eq!(
        (event.attachments.len(), event.links),
        (1, vec![url("https://walk.example/route")])
    );
}

#[test]
fn a_funkwhale_sound_has_its_cover() {
    let sound = Note::read(&fixture(include_str!("../fixtures/funkwhale/audio.json"))).unwrap();
    assert_eq!(sound.url, Some(url("https://sound.example/library/tracks/1")));
    assert_eq!(
        sound.attachments[0].url,
        url("https://sound.example/media/rain.png")
    );
    assert_eq!(sound.audience(None), Audience::Public);
}

#[test]
fn a_gotosocial_key_stub_is_not_an_actor_yet() {
    let stub = fixture(include_str!("../fixtures/gotosocial/key_stub.json"));
    assert_eq!(Actor::read(&stub), Err(VocabError::Missing("inbox")));
}

#[test]
fn a_mastodon_quote_names_its_stamp_and_who_may_quote_it() {
    let body = include_bytes!("../fixtures/mastodon/create_quote.json");
    let envelope = read(body, &url("https://mast.example/users/ana")).unwrap();
    let Received::Create(note) = envelope.received else {
        panic!("not a Create")
    };
    assert_eq!(note.quote, Some(url("https://photo.example/users/ben/posts/1")));
    assert_eq!(
        note.quote_stamp,
        Some(url("https://photo.example/users/ben/stamps/9"))
    );
    let expected = CanQuote {
        automatic: vec![url("https://mast.example/users/ana/followers")],
        manual: vec![public()],
    };
    assert_eq!(note.can_quote, expected);
}

#[test]
fn a_misskey_quote_is_one_without_a_stamp() {
    let body = include_bytes!("../fixtures/misskey/create_quote.json");
    let envelope = read(body, &url("https://miss.example/users/ana")).unwrap();
    let Received::Create(note) = envelope.received else {
        panic!("not a Create")
    };
    assert_eq!(note.quote, Some(url("https://photo.example/users/ben/posts/1")));
    assert_eq!((note.quote_stamp, note.can_quote), (None, CanQuote::default()));
}
