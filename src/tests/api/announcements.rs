//! Announcements: everybody here meets those that are not over until they put them away, and says to them what they like
//! with an emoji.

use chrono::TimeDelta;
use reqwest::Method;
use serde_json::{Value, json};
use tintype::actions::announce::{self, AnnounceError, NewAnnouncement};
use tintype::domain::audience::Audience;

use super::document::Document;
use super::shape::Kind::Object;
use super::shape::all_have;
use super::small_shapes::announcement;
use crate::streaming::hearing::{EventSource, Socket};
use crate::support::http::{Answer, Client, id, ids};
use crate::support::{Person, TestServer};

const LIST: &str = "/api/v1/announcements";
const PARTY: &str = "%F0%9F%8E%89";

/// Its id.
async fn says(server: &TestServer, text: &str) -> String {
    let new = NewAnnouncement {
        text: text.to_owned(),
        ..NewAnnouncement::default()
    };
    let said = announce::local(&server.app, new).await.expect("it can be said");
    server.settle().await;
    said.to_string()
}

async fn meets(person: &Person) -> Vec<Value> {
    person.get(LIST).await.list()
}

async fn reacts(client: &Client, method: Method, id: &str, name: &str) -> Answer {
    client
        .form(method, &format!("{LIST}/{id}/reactions/{name}"), &[])
        .await
}

#[tokio::test]
async fn an_announcement_is_whole_for_everybody_here_and_for_nobody_else() {
    let server = TestServer::start().await;
    let (ana, bo) = (server.person("ana").await, server.person("bo").await);
    let open = ana.post("The rules").await;
    let closed = ana.post("Not for all").to(Audience::Followers).await;
    let (url, closed_url) = (open["url"].as_str().unwrap(), closed["url"].as_str().unwrap());
    let text = format!("<b>New</b> rules by @ana and @nobody: {url} {closed_url} #News\n\nOn Monday");
    let said = says(&server, &text).await;
    let found = meets(&bo).await;
    all_have("an announcement", &found, Object(announcement));
    let one = &found[0];
    assert_eq!(id(one), said);
    let html = one["content"].as_str().unwrap();
    assert!(
        html.starts_with("<p>&lt;b&gt;New") && html.contains("<p>On Monday</p>") && html.contains("@nobody"),
        "{html}"
    );
    let mentions = one["mentions"].as_array().unwrap();
    assert_eq!((mentions.len(), &mentions[0]["id"]), (1, &json!(ana.id)));
    // Only what the reader may see.
    assert_eq!(one["statuses"], json!([{ "id": id(&open), "url": url }]));
    assert_eq!(one["tags"][0]["name"], "news");
    assert_eq!((&one["read"], &one["all_day"]), (&json!(false), &json!(false)));
    assert_eq!((&one["starts_at"], &one["ends_at"]), (&Value::Null, &Value::Null));
    let answer = bo.get(LIST).await;
    Document::new().fits(&Method::GET, LIST, answer.status, &answer.value());
    server.client.get(LIST).await.refused(401);
}

#[tokio::test]
async fn one_that_is_put_away_or_over_is_met_no_more() {
    let server = TestServer::start().await;
    let (ana, bo) = (server.person("ana").await, server.person("bo").await);
    let older = says(&server, "Older").await;
    let now = server.app.clock.now();
    let timed = NewAnnouncement {
        text: "For an hour".into(),
        starts_at: Some(now + TimeDelta::minutes(10)),
        ends_at: Some(now + TimeDelta::hours(1)),
    };
    let timed = announce::local(&server.app, timed).await.unwrap().to_string();
    server.settle().await;
    let found = meets(&ana).await;
    assert_eq!(ids(&found), [timed.clone(), older.clone()], "newest first");
    all_have("announcements", &found, Object(announcement));
    assert!(found[0]["starts_at"].is_string() && found[0]["ends_at"].is_string());
    for _ in 0..2 {
        let done = ana.act(&format!("{LIST}/{older}/dismiss")).await;
        assert_eq!(done.ok(), json!({}));
    }
    assert_eq!(ids(&meets(&ana).await), std::slice::from_ref(&timed));
    assert_eq!(ids(&meets(&bo).await), [timed.clone(), older.clone()]);
    let all = ana.get(&format!("{LIST}?with_dismissed=true")).await.list();
    assert_eq!((all.len(), &all[1]["read"]), (2, &json!(true)));
    server.wind(TimeDelta::hours(2));
    assert_eq!(ids(&meets(&bo).await), [older]);
    ana.act(&format!("{LIST}/{timed}/dismiss")).await.refused(404);
    reacts(&ana, Method::PUT, &timed, PARTY).await.refused(404);
}

#[tokio::test]
async fn reactions_are_counted_and_say_who_looks_whether_they_are_among_them() {
    let server = TestServer::start().await;
    let (ana, bo) = (server.person("ana").await, server.person("bo").await);
    let said = says(&server, "Ten years").await;
    for person in [&ana, &bo, &ana] {
        assert_eq!(reacts(person, Method::PUT, &said, PARTY).await.ok(), json!({}));
    }
    reacts(&bo, Method::PUT, &said, "%E2%98%95").await.ok();
    server.settle().await;
    let found = meets(&ana).await;
    all_have("an announcement", &found, Object(announcement));
    let wanted = json!([{ "name": "🎉", "count": 2, "me": true }, { "name": "☕", "count": 1, "me": false }]);
    assert_eq!(found[0]["reactions"], wanted);
    reacts(&ana, Method::DELETE, &said, PARTY).await.ok();
    reacts(&ana, Method::DELETE, &said, PARTY).await.refused(404);
    assert_eq!(meets(&ana).await[0]["reactions"][0]["count"], 1);
    for word in ["hello", "7", "%20", "na%C3%AFve"] {
        let told = reacts(&ana, Method::PUT, &said, word).await.refused(422);
        assert!(told.contains("not a recognized emoji"), "{told}");
    }
    for number in 0..6 {
        let name: String = url::form_urlencoded::byte_serialize(
            ['🍎', '🍐', '🍊', '🍋', '🍌', '🍉'][number]
                .to_string()
                .as_bytes(),
        )
        .collect();
        reacts(&ana, Method::PUT, &said, &name).await.ok();
    }
    let told = reacts(&ana, Method::PUT, &said, "%F0%9F%8D%87")
        .await
        .refused(422);
    assert!(told.contains("at most 8 different reactions"), "{told}");
    // One that is there already takes more.
    reacts(&ana, Method::PUT, &said, PARTY).await.ok();
    server.settle().await;
}

#[tokio::test]
async fn announcements_are_heard_by_all_who_listen_to_their_own_stream() {
    let server = TestServer::start().await;
    let (ana, bo) = (server.person("ana").await, server.person("bo").await);
    let mut socket = Socket::open(&ana, "user").await;
    let mut source = EventSource::open(&bo, "user").await;
    let said = says(&server, "Back at noon").await;
    let heard = socket.hears().await;
    heard.is(&["user"], "announcement", &json!({ "id": said }));
    assert_eq!(heard.payload, meets(&ana).await[0]);
    let (event, _, shown) = source.hears().await;
    assert_eq!((event.as_str(), &shown), ("announcement", &heard.payload));

    reacts(&bo, Method::PUT, &said, PARTY).await.ok();
    server.settle().await;
    let heard = socket.hears().await;
    assert_eq!(heard.event, "announcement.reaction");
    assert_eq!(
        heard.payload,
        json!({ "name": "🎉", "count": 1, "announcement_id": said })
    );
    reacts(&bo, Method::DELETE, &said, PARTY).await.ok();
    server.settle().await;
    assert_eq!(socket.hears().await.payload["count"], 0);

    let gone = said.parse().expect("an id");
    assert!(announce::undo_local(&server.app, gone).await.unwrap());
    assert!(!announce::undo_local(&server.app, gone).await.unwrap());
    server.settle().await;
    let heard = socket.hears().await;
    assert_eq!(
        (heard.event.as_str(), &heard.payload),
        ("announcement.delete", &json!(said))
    );
    assert_eq!(meets(&ana).await, Vec::<Value>::new());
}

#[tokio::test]
async fn the_end_of_one_that_has_its_time_is_heard_when_it_comes() {
    let server = TestServer::start().await;
    let ana = server.person("ana").await;
    let timed = NewAnnouncement {
        text: "For an hour".into(),
        starts_at: None,
        ends_at: Some(server.app.clock.now() + TimeDelta::hours(1)),
    };
    let timed = announce::local(&server.app, timed).await.unwrap().to_string();
    server.settle().await;
    let mut socket = Socket::open(&ana, "user").await;
    for hours in [2, 2] {
        server.wind(TimeDelta::hours(hours));
        server.settle().await;
    }
    let after = says(&server, "After it").await;
    let heard = socket.hears().await;
    assert_eq!(
        (heard.event.as_str(), &heard.payload),
        ("announcement.delete", &json!(timed))
    );
    let heard = socket.hears().await;
    heard.is(&["user"], "announcement", &json!({ "id": after }));
}

#[tokio::test]
async fn what_cannot_be_announced_is_refused_in_a_sentence() {
    let server = TestServer::start().await;
    let now = server.app.clock.now();
    let of = |text: &str, starts: i64, ends: i64| NewAnnouncement {
        text: text.to_owned(),
        starts_at: Some(now + TimeDelta::hours(starts)),
        ends_at: Some(now + TimeDelta::hours(ends)),
    };
    for (new, words) in [
        (of(" \n\0", 0, 1), "needs a text"),
        (of(&"a".repeat(10_001), 0, 1), "at most 10000 characters"),
        (of("x", 2, 1), "end before it starts"),
        (of("x", -3, -2), "over already"),
    ] {
        let refused: AnnounceError = announce::local(&server.app, new).await.unwrap_err();
        assert!(refused.to_string().contains(words), "{refused}");
    }
}

#[tokio::test]
async fn routes_of_announcements_want_a_person_and_the_right_scope() {
    let server = TestServer::start().await;
    let ana = server.person("ana").await;
    let narrow = server.token_for(&ana, "read").await;
    let said = says(&server, "Hello").await;
    let dismiss = format!("{LIST}/{said}/dismiss");
    server.client.act(&dismiss).await.refused(401);
    narrow.act(&dismiss).await.refused(403);
    for method in [Method::PUT, Method::PATCH, Method::DELETE] {
        let refused = reacts(&server.client, method.clone(), &said, PARTY).await;
        refused.refused(401);
        reacts(&narrow, method.clone(), &said, PARTY).await.refused(403);
        for unknown in ["7", "seven"] {
            reacts(&ana, method.clone(), unknown, PARTY).await.refused(404);
        }
    }
    ana.act(&format!("{LIST}/7/dismiss")).await.refused(404);
    ana.act(&format!("{LIST}/seven/dismiss")).await.refused(404);
}
