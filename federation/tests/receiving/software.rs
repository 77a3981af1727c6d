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
    let Received::Like { emoji, .. } = envelope.received else {
        panic!("not a Like")
    };
    assert_eq!(emoji.as_deref(), Some(":star:"));
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
}

#[test]
fn a_peertube_video_has_its_first_author_and_its_page() {
    let video = Note::read(&fixture(include_str!("../fixtures/peertube/video.json"))).unwrap();
    assert_eq!(video.attributed_to, url("https://tube.example/accounts/ana"));
    assert_eq!(video.url, Some(url("https://tube.example/w/1")));
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
