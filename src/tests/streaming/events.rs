//! What is told on which stream.

use reqwest::Method;
use serde_json::{Value, json};
use tintype::domain::audience::Audience;
use tintype::domain::ids::AccountId;
use tintype::domain::live::Event;
use tintype::domain::work::Work;

use super::hearing::{EventSource, Socket};
use crate::support::http::id;
use crate::support::{Person, TestServer};

pub struct Here {
    pub server: TestServer,
    pub ana: Person,
    /// Follows Ana.
    pub bo: Person,
}

impl Here {
    pub async fn new() -> Self {
        let server = TestServer::start().await;
        let (ana, bo) = (server.person("ana").await, server.person("bo").await);
        bo.follows(&ana).await;
        server.settle().await;
        Self { server, ana, bo }
    }

    /// A post that is there for everybody to hear of.
    pub async fn post(&self, text: &str) -> Value {
        let post = self.ana.post(text).await;
        self.server.settle().await;
        post
    }
}

#[tokio::test]
async fn a_post_is_heard_on_every_stream_that_shows_it() {
    let here = Here::new().await;
    let streams: [(&str, &[&str]); 8] = [
        ("user", &["user"]),
        ("public", &["public"]),
        ("public:local", &["public:local"]),
        ("public:media", &["public:media"]),
        ("public:local:media", &["public:local:media"]),
        ("public&only_media=true", &["public:media"]),
        ("hashtag&tag=Dawn", &["hashtag", "dawn"]),
        ("hashtag:local&tag=dawn", &["hashtag:local", "dawn"]),
    ];
    let mut sockets = Vec::new();
    for (stream, _) in streams {
        sockets.push(Socket::open(&here.bo, stream).await);
    }
    let paths = [
        "user",
        "public",
        "public/local",
        "public?only_media=1",
        "hashtag?tag=dawn",
        "hashtag/local?tag=dawn",
    ];
    let mut sources = Vec::new();
    for path in paths {
        sources.push(EventSource::open(&here.bo, path).await);
    }
    let post = here.ana.post("The harbour #dawn").with_photo().await;
    here.server.settle().await;
    let as_asked = here.bo.sees(&post).await;
    for (socket, (_, label)) in sockets.iter_mut().zip(streams) {
        let heard = socket.hears().await;
        heard.is(label, "update", &post);
        assert_eq!(heard.payload, as_asked);
    }
    for source in &mut sources {
        assert_eq!(source.hears().await, ("update".into(), None, as_asked.clone()));
    }
}

#[tokio::test]
async fn an_edit_and_an_end_are_heard_where_the_post_was() {
    let here = Here::new().await;
    let post = here.post("Frist #light").await;
    here.bo.likes(&post).await;
    let repost = here.bo.reposts(&post).await;
    here.server.settle().await;
    let mut home = Socket::open(&here.bo, "user").await;
    let mut tag = Socket::open(&here.bo, "hashtag&tag=light").await;
    let mut public = EventSource::open(&here.ana, "public").await;
    let path = format!("/api/v1/statuses/{}", id(&post));
    here.ana
        .form(Method::PUT, &path, &[("status", "First #light")])
        .await
        .ok();
    here.server.settle().await;
    let heard = home.hears().await;
    heard.is(&["user"], "status.update", &post);
    assert_eq!(heard.payload["favourited"], true);
    assert!(heard.payload["edited_at"].is_string());
    tag.hears()
        .await
        .is(&["hashtag", "light"], "status.update", &post);
    let (event, _, shown) = public.hears().await;
    assert_eq!(
        (event.as_str(), &shown["favourited"]),
        ("status.update", &false.into())
    );
    // Who passed it on is told of the change as well.
    let told = home.hears().await;
    assert_eq!(
        (told.event.as_str(), &told.payload["type"]),
        ("notification", &"update".into())
    );

    here.ana.deletes(&post).await;
    here.server.settle().await;
    home.hears().await.is(&["user"], "delete", &post);
    home.hears().await.is(&["user"], "delete", &repost);
    tag.hears().await.is(&["hashtag", "light"], "delete", &post);
    assert_eq!(public.hears().await, ("delete".into(), None, post["id"].clone()));
}

#[tokio::test]
async fn a_repost_is_heard_and_so_is_its_end_but_not_by_whoever_hides_reposts() {
    let here = Here::new().await;
    let (cy, dee) = (here.server.person("cy").await, here.server.person("dee").await);
    cy.follows(&here.bo).await;
    dee.post_form(
        &format!("/api/v1/accounts/{}/follow", here.bo.id),
        &[("reblogs", "false")],
    )
    .await
    .ok();
    let post = here.post("pass me on").await;
    let mut hears = Socket::open(&cy, "user").await;
    let mut hides = Socket::open(&dee, "user").await;
    let repost = here.bo.reposts(&post).await;
    here.server.settle().await;
    let heard = hears.hears().await;
    heard.is(&["user"], "update", &repost);
    assert_eq!(heard.payload["reblog"]["id"], post["id"]);
    here.bo.does("unreblog", &post).await.ok();
    here.server.settle().await;
    hears.hears().await.is(&["user"], "delete", &repost);
    let own = here.bo.post("my own").await;
    here.server.settle().await;
    hears.hears().await.is(&["user"], "update", &own);
    // An end is told to all followers: an id says nothing.
    hides.hears().await.is(&["user"], "delete", &repost);
    hides.hears().await.is(&["user"], "update", &own);
}

#[tokio::test]
async fn a_notification_is_heard_as_it_is_listed() {
    let here = Here::new().await;
    let post = here.post("like me").await;
    let mut home = Socket::open(&here.ana, "user").await;
    let mut alone = Socket::open(&here.ana, "user:notification").await;
    let mut source = EventSource::open(&here.ana, "user/notification").await;
    here.bo.likes(&post).await;
    here.server.settle().await;
    let listed = here
        .ana
        .get("/api/v1/notifications?types[]=favourite")
        .await
        .list();
    for (socket, label) in [(&mut home, "user"), (&mut alone, "user:notification")] {
        let heard = socket.hears().await;
        heard.is(&[label], "notification", &listed[0]);
        assert_eq!(heard.payload, listed[0]);
    }
    let (event, last, shown) = source.hears().await;
    assert_eq!((event.as_str(), &shown), ("notification", &listed[0]));
    assert_eq!(last, listed[0]["id"].as_str().map(str::to_owned));
}

#[tokio::test]
async fn a_comment_is_heard_under_its_tag_only_and_by_whom_it_names() {
    let here = Here::new().await;
    let post = here.post("ask me").await;
    let mut public = Socket::open(&here.bo, "public").await;
    let mut tag = Socket::open(&here.bo, "hashtag&tag=how").await;
    let mut author = Socket::open(&here.ana, "user").await;
    let comment = here.bo.post("@ana #how").answering(&post).await;
    here.server.settle().await;
    tag.hears().await.is(&["hashtag", "how"], "update", &comment);
    let heard = author.hears().await;
    assert_eq!(
        (heard.event.as_str(), &heard.payload["type"]),
        ("notification", &"mention".into())
    );
    let next = here.post("next").await;
    public.hears().await.is(&["public"], "update", &next);
}

#[tokio::test]
async fn words_without_more_reach_a_persons_own_streams() {
    let here = Here::new().await;
    let mut home = Socket::open(&here.ana, "user").await;
    let mut source = EventSource::open(&here.ana, "user").await;
    let mut other = Socket::open(&here.bo, "user").await;
    let account: AccountId = here.ana.account();
    let events = vec![
        Event::FiltersChanged { account },
        Event::NotificationsMerged { account },
    ];
    let mut db = here.server.db().acquire().await.unwrap();
    tintype::db::outbox::add(&mut db, &Work::Tell { events })
        .await
        .unwrap();
    drop(db);
    let post = here.ana.post("and then").to(Audience::Unlisted).await;
    here.server.settle().await;
    other.hears().await.is(&["user"], "update", &post);
    // New posts come first within a batch.
    home.hears().await.is(&["user"], "update", &post);
    for event in ["filters_changed", "notifications_merged"] {
        let heard = home.hears().await;
        assert_eq!((heard.event.as_str(), &heard.payload), (event, &Value::Null));
    }
    source.hears().await;
    assert_eq!(
        source.hears().await,
        ("filters_changed".into(), None, json!("undefined"))
    );
}
