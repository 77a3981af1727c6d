//! Lists, as those hear them who stay connected.

use reqwest::Method;
use serde_json::json;

use super::{a_list, takes_out};
use crate::streaming::events::Here;
use crate::streaming::hearing::{EventSource, Socket};
use crate::support::http::id;

#[tokio::test]
async fn what_the_people_of_a_list_post_change_and_delete_is_heard_on_its_stream() {
    let here = Here::new().await;
    let list = a_list(
        &here.bo,
        &json!({ "title": "Apart", "exclusive": true }),
        &[&here.ana],
    )
    .await;
    let number = id(&list);
    let label = ["list", number.as_str()];
    let mut socket = Socket::open(&here.bo, &format!("list&list={number}")).await;
    let mut later = Socket::open(&here.bo, "user").await;
    later
        .says(&json!({ "type": "subscribe", "stream": "list", "list": number }))
        .await;
    let mut source = EventSource::open(&here.bo, &format!("list?list={number}")).await;
    let post = here.post("First").await;
    let as_asked = here.bo.sees(&post).await;
    for socket in [&mut socket, &mut later] {
        let heard = socket.hears().await;
        // Not on the home stream: the list is exclusive.
        heard.is(&label, "update", &post);
        assert_eq!(heard.payload, as_asked);
    }
    assert_eq!(source.hears().await, ("update".into(), None, as_asked));
    // An answer to a stranger is in no list that shows answers among its people.
    let other = here.bo.post("mine").await;
    let cy = here.server.person("cy").await;
    let strange = cy.post("strange").await;
    here.ana.post("to Cy").answering(&strange).await;
    let to_bo = here.ana.post("to Bo").answering(&other).await;
    here.server.settle().await;
    socket.hears().await.is(&label, "update", &to_bo);
    let path = format!("/api/v1/statuses/{}", id(&post));
    here.ana
        .form(Method::PUT, &path, &[("status", "Second")])
        .await
        .ok();
    here.server.settle().await;
    socket.hears().await.is(&label, "status.update", &post);
    here.ana.deletes(&post).await;
    here.server.settle().await;
    socket.hears().await.is(&label, "delete", &post);
    // Who is taken out is heard no more.
    takes_out(&here.bo, &list, &[&here.ana]).await.ok();
    here.server.settle().await;
    here.post("unheard there").await;
    let second = a_list(&here.bo, &json!({ "title": "Second" }), &[&here.ana]).await;
    socket
        .says(&json!({ "type": "subscribe", "stream": "list", "list": id(&second) }))
        .await;
    let last = here.post("heard by the other").await;
    let heard = socket.hears().await;
    heard.is(&["list", id(&second).as_str()], "update", &last);
}

#[tokio::test]
async fn a_list_is_heard_by_its_owner_alone() {
    let here = Here::new().await;
    let list = a_list(&here.bo, &json!({ "title": "Friends" }), &[&here.ana]).await;
    let path = format!("/api/v1/streaming/list?list={}", id(&list));
    here.ana.get(&path).await.refused(404);
    here.server.client.get(&path).await.refused(401);
    here.server
        .token_for(&here.bo, "write:lists")
        .await
        .get(&path)
        .await
        .refused(403);
    here.bo.get("/api/v1/streaming/list").await.refused(400);
    for wrong in ["7", "x", ""] {
        let status = if wrong.is_empty() { 400 } else { 404 };
        here.bo
            .get(&format!("/api/v1/streaming/list?list={wrong}"))
            .await
            .refused(status);
    }
    let mut socket = Socket::open(&here.ana, "user").await;
    let asked = json!({ "type": "subscribe", "stream": "list", "list": id(&list) });
    assert_eq!(socket.is_refused(&asked).await["status"], 404);
    here.server.settle().await;
}
