//! Filters and what clients hear that stay connected.

use reqwest::Method;
use serde_json::{Value, json};

use super::{a_filter, of, titles};
use crate::lists::a_list;
use crate::streaming::events::Here;
use crate::streaming::hearing::{EventSource, Socket};
use crate::support::http::id;

#[tokio::test]
async fn a_change_of_filters_is_told_to_the_owners_clients_alone() {
    let here = Here::new().await;
    let mut own = Socket::open(&here.bo, "user").await;
    let mut source = EventSource::open(&here.bo, "user").await;
    let mut other = Socket::open(&here.ana, "user").await;
    let filter = a_filter(&here.bo, "bad", &["home"], "warn").await;
    here.server.settle().await;
    let heard = own.hears().await;
    assert_eq!(
        (heard.event.as_str(), &heard.payload),
        ("filters_changed", &Value::Null)
    );
    assert_eq!(source.hears().await.0, "filters_changed");
    let keywords = format!("{}/keywords", of(&filter));
    let keyword = here.bo.post_form(&keywords, &[("keyword", "worse")]).await.ok();
    let old = format!("/api/v1/filters/{}", id(&keyword));
    for (method, path) in [
        (Method::PUT, &of(&filter)),
        (Method::DELETE, &old),
        (Method::DELETE, &of(&filter)),
    ] {
        here.server.settle().await;
        assert_eq!(own.hears().await.event, "filters_changed");
        here.bo.form(method, path, &[]).await.ok();
    }
    here.server.settle().await;
    assert_eq!(own.hears().await.event, "filters_changed");
    let post = here.ana.post("and then").await;
    here.server.settle().await;
    other.hears().await.is(&["user"], "update", &post);
    own.hears().await.is(&["user"], "update", &post);
}

#[tokio::test]
async fn live_posts_are_filtered_as_their_timelines_are() {
    let here = Here::new().await;
    let list = a_list(&here.bo, &json!({ "title": "Ana" }), &[&here.ana]).await;
    let number = id(&list);
    let cy = here.server.person("cy").await;
    a_filter(&here.bo, "bad", &["home"], "hide").await;
    a_filter(&here.bo, "odd", &["public"], "warn").await;
    here.server.settle().await;
    let mut home = Socket::open(&here.bo, "user").await;
    let mut listed = Socket::open(&here.bo, &format!("list&list={number}")).await;
    let mut public = Socket::open(&here.bo, "public").await;
    let mut others = Socket::open(&cy, "public").await;
    let bad = here.post("bad").await;
    let odd = here.post("odd").await;
    for (socket, label) in [(&mut home, vec!["user"]), (&mut listed, vec!["list", &number])] {
        let heard = socket.hears().await;
        heard.is(&label, "update", &odd);
        assert_eq!(titles(&heard.payload), ["odd"]);
        assert_eq!(heard.payload, here.bo.sees(&odd).await);
    }
    for (post, met) in [(&bad, "bad"), (&odd, "odd")] {
        let heard = public.hears().await;
        heard.is(&["public"], "update", post);
        assert_eq!(titles(&heard.payload), [met]);
        let heard = others.hears().await;
        heard.is(&["public"], "update", post);
        assert_eq!(heard.payload["filtered"], json!([]));
    }
    // An edit that is bad now is hidden as well; its end is told, an id says nothing.
    let path = format!("/api/v1/statuses/{}", id(&odd));
    here.ana.form(Method::PUT, &path, &[("status", "bad")]).await.ok();
    here.server.settle().await;
    // What is gone before an ear could read it is not told of: the edit is heard before the end.
    public.hears().await.is(&["public"], "status.update", &odd);
    here.ana.deletes(&odd).await;
    here.server.settle().await;
    home.hears().await.is(&["user"], "delete", &odd);
    public.hears().await.is(&["public"], "delete", &odd);
}

#[tokio::test]
async fn a_notification_about_a_hidden_post_is_neither_heard_nor_listed() {
    let here = Here::new().await;
    a_filter(&here.bo, "bad", &["notifications"], "hide").await;
    a_filter(&here.bo, "odd", &["notifications"], "warn").await;
    here.server.settle().await;
    let mut socket = Socket::open(&here.bo, "user:notification").await;
    let mut source = EventSource::open(&here.bo, "user/notification").await;
    here.ana.post("@bo bad").await;
    here.server.settle().await;
    let odd = here.ana.post("@bo odd").await;
    here.server.settle().await;
    let heard = socket.hears().await;
    assert_eq!(heard.payload["status"]["id"], odd["id"]);
    assert_eq!(titles(&heard.payload["status"]), ["odd"]);
    assert_eq!(source.hears().await.2["status"]["id"], odd["id"]);
    let listed = here.bo.get("/api/v1/notifications?types[]=mention").await.list();
    assert_eq!(listed.len(), 1);
    assert_eq!(listed[0]["status"]["id"], odd["id"]);
    // Page by page, what is hidden leaves no empty page before the end.
    for number in 0..5 {
        here.ana.post(&format!("@bo bad {number}")).await;
    }
    here.server.settle().await;
    let first = here
        .bo
        .get("/api/v1/notifications?types[]=mention&limit=2")
        .await
        .list();
    assert_eq!(first.len(), 1, "{first:?}");
    assert_eq!(first[0]["status"]["id"], odd["id"]);
}
