//! What posts and deeds become on the wire, and what comes in from it. Needs no database.

use serde_json::{Value, json};
use sqlx::types::Json;
use tintype_federation::vocab::Note;
use url::Url;

use super::{activity, note};
use crate::domain::audience::Audience;
use crate::domain::clock::Time;
use crate::domain::post::RemotePost;

const BEN: &str = "https://b.example/users/ben";
const FOLLOWERS: &str = "https://b.example/users/ben/followers";
const PUBLIC: &str = "https://www.w3.org/ns/activitystreams#Public";
const ANA: &str = "https://a.example/users/ana";

fn arrival() -> Time {
    Time::from_timestamp_millis(1_700_000_000_000).unwrap()
}

fn arrived(extra: Value) -> Option<RemotePost> {
    let mut document = json!({
        "id": "https://b.example/notes/1", "type": "Note", "attributedTo": BEN,
        "content": "<p>hello</p>", "to": [PUBLIC], "cc": [FOLLOWERS],
    });
    for (key, value) in extra.as_object().unwrap() {
        document[key] = value.clone();
    }
    note::remote(&Note::read(&document).unwrap(), FOLLOWERS, arrival())
}

#[test]
fn what_is_unclear_is_for_the_fewest() {
    let audience = |to: Value, cc: Value| arrived(json!({"to": to, "cc": cc})).unwrap().audience;
    assert_eq!(audience(json!("as:Public"), json!(null)), Audience::Public);
    assert_eq!(audience(json!(FOLLOWERS), json!(["Public"])), Audience::Unlisted);
    assert_eq!(audience(json!([FOLLOWERS]), json!([ANA])), Audience::Followers);
    assert_eq!(audience(json!([ANA]), json!([])), Audience::Direct);
    assert_eq!(
        audience(json!("https://c.example/users/eve/followers"), json!(null)),
        Audience::Direct
    );
    assert_eq!(audience(json!(null), json!(null)), Audience::Direct);
}

#[test]
fn a_name_alone_lets_nobody_see_a_post() {
    let tag = json!([{"type": "Mention", "href": ANA, "name": "@ana@a.example"}]);
    let named = arrived(json!({"to": [FOLLOWERS], "cc": [], "tag": tag})).unwrap();
    assert!(named.mentions.is_empty());
    let addressed = arrived(json!({"to": [FOLLOWERS], "cc": [ANA], "tag": tag})).unwrap();
    assert_eq!(addressed.mentions, [ANA]);
    let direct = arrived(json!({"to": [ANA], "cc": []})).unwrap();
    assert_eq!(direct.mentions, [ANA]);
}

#[test]
fn pictures_are_kept_to_a_bound_and_other_files_become_links() {
    let mut files: Vec<Value> = (0..25)
        .map(|n| json!({"type": "Document", "mediaType": "image/jpeg", "url": format!("https://b.example/{n}.jpg")}))
        .collect();
    files.insert(
        0,
        json!({"type": "Document", "mediaType": "audio/mpeg", "url": "https://b.example/song.mp3"}),
    );
    let post = arrived(json!({"attachment": files})).unwrap();
    assert_eq!(post.photos.len(), 20);
    assert!(post.html.contains("https://b.example/song.mp3") && post.html.starts_with("<p>hello</p>"));
}

#[test]
fn times_are_believed_within_reason() {
    assert_eq!(
        arrived(json!({"published": "2999-01-01T00:00:00Z"}))
            .unwrap()
            .published,
        arrival()
    );
    assert_eq!(
        arrived(json!({"published": "1066-10-14T00:00:00Z"}))
            .unwrap()
            .published,
        Time::UNIX_EPOCH
    );
    assert_eq!(arrived(json!({})).unwrap().published, arrival());
    let edited = json!({"published": "2020-01-02T00:00:00Z", "updated": "2020-01-01T00:00:00Z"});
    assert_eq!(arrived(edited).unwrap().updated, None);
}

#[test]
fn other_kinds_become_a_linked_title_and_votes_nothing() {
    let article =
        arrived(json!({"type": "Article", "name": "<b>News</b>", "url": "https://b.example/news"})).unwrap();
    assert!(
        article.html.contains("href=\"https://b.example/news\"") && article.html.contains("&lt;b&gt;News")
    );
    assert!(!article.html.contains("hello"));
    let vote = json!({"name": "Yes", "content": null, "inReplyTo": "https://a.example/users/ana/posts/1"});
    assert!(arrived(vote).is_none());
}

#[test]
fn a_posts_title_stands_above_its_text_and_is_no_warning() {
    let titled = json!({ "name": "We & you", "summary": "We &amp; you", "content": "<p>Soon</p>" });
    let post = arrived(titled.clone()).unwrap();
    assert_eq!(post.html, "<p><strong>We &amp; you</strong></p><p>Soon</p>");
    assert!(post.summary.is_empty() && !post.sensitive);
    let mut answer = titled.clone();
    answer["inReplyTo"] = json!("https://h.example/notes/0");
    assert_eq!(arrived(answer).unwrap().html, "<p>Soon</p>");
    let mut warned = titled;
    warned["sensitive"] = json!(true);
    assert_eq!(arrived(warned).unwrap().summary, "We & you");
    let repeated = json!({ "name": "Soon", "content": "<p>Soon, he said</p>" });
    assert_eq!(arrived(repeated).unwrap().html, "<p>Soon, he said</p>");
}

#[test]
fn markup_and_warnings_come_in_clean() {
    let post = arrived(json!({
        "content": "<p>a<img src=x onerror=y><script>z</script></p>",
        "summary": "<b>careful</b>\u{202e}",
        "tag": [{"type": "Hashtag", "name": "#Sunset"}, {"type": "Hashtag", "name": "sunset"}, {"type": "Hashtag", "name": "a b"}],
    }))
    .unwrap();
    assert_eq!(post.html, "<p>a</p>");
    assert_eq!(post.summary, "careful");
    assert!(post.sensitive);
    assert_eq!(post.tags, ["sunset"]);
}

fn sent(body: &str) -> Value {
    serde_json::from_str(body).unwrap()
}

#[test]
fn an_audience_is_written_so_that_others_read_it_the_same() {
    let ana = super::actor::tests::somebody_here();
    let named = [Url::parse(BEN).unwrap()];
    let of = |audience| {
        let (to, cc) = activity::recipients(&ana, audience, &named);
        let followers = Url::parse(&ana.followers_url).unwrap();
        let read = tintype_federation::vocab::Audience::of(&to, &cc, Some(&followers));
        assert!(to.contains(&named[0]) || cc.contains(&named[0]));
        read
    };
    use tintype_federation::vocab::Audience as Read;
    assert_eq!(of(Audience::Public), Read::Public);
    assert_eq!(of(Audience::Unlisted), Read::Unlisted);
    assert_eq!(of(Audience::Followers), Read::Followers);
    assert_eq!(of(Audience::Direct), Read::Direct);
}

#[test]
fn answers_and_undoings_carry_the_whole_original() {
    let ana = super::actor::tests::somebody_here();
    let accept = sent(&activity::accept(
        &ana,
        &format!("{ANA}#accepts/1"),
        "https://b.example/follows/7",
        BEN,
    ));
    assert_eq!(
        accept["object"],
        json!({"id": "https://b.example/follows/7", "type": "Follow", "actor": BEN, "object": ANA})
    );
    let undo = sent(&activity::undo_like(
        &ana,
        &format!("{ANA}#likes/3"),
        "https://b.example/notes/1",
    ));
    assert_eq!(undo["object"]["id"], json!(format!("{ANA}#likes/3")));
    assert_eq!(undo["object"]["object"], "https://b.example/notes/1");
    assert_eq!(undo["id"], json!(format!("{ANA}#likes/3/undo")));
}

#[test]
fn an_actor_document_can_be_read_back() {
    let mut ana = super::actor::tests::somebody_here();
    ana.fields = Json(vec![crate::domain::account::Field {
        name: "Site".into(),
        value: "x".into(),
        html: "<a href=\"https://x.example\">x</a>".into(),
        verified_at: None,
    }]);
    ana.locked = true;
    let urls = crate::domain::urls::Urls::new(&Url::parse("https://a.example").unwrap(), None);
    let document = super::actor::document(&urls, &ana);
    let value: Value = serde_json::from_slice(&document.to_bytes()).unwrap();
    let read = super::actor::remote(
        &tintype_federation::vocab::Actor::read(&value).unwrap(),
        arrival(),
    )
    .unwrap();
    assert_eq!(
        (read.uri.as_str(), read.username.as_str(), read.authority.as_str()),
        (ANA, "ana", "a.example")
    );
    assert!(read.locked && read.fields[0].name == "Site");
    assert_eq!(read.public_key_id, format!("{ANA}#main-key"));
    assert_eq!(read.shared_inbox.as_deref(), Some("https://a.example/inbox"));
}
