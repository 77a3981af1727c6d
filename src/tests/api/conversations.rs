//! Talks: a row for each person and thread of posts for named people, with the newest post that is to be seen.

use reqwest::Method;
use serde_json::{Value, json};
use tintype::domain::audience::Audience::Direct;

use super::shape::Kind::Object;
use super::shape::{all_have, has};
use super::shapes;
use crate::streaming::hearing::{EventSource, Socket};
use crate::support::http::{id, ids};
use crate::support::{Person, TestServer};

const LIST: &str = "/api/v1/conversations";

async fn talks(person: &Person) -> Vec<Value> {
    person.get(LIST).await.list()
}

fn people(talk: &Value) -> Vec<String> {
    ids(talk["accounts"].as_array().expect("a talk has people"))
}

struct Three {
    server: TestServer,
    ana: Person,
    bo: Person,
    cy: Person,
}

impl Three {
    async fn new() -> Self {
        let server = TestServer::start().await;
        let (ana, bo, cy) = (
            server.person("ana").await,
            server.person("bo").await,
            server.person("cy").await,
        );
        Self { server, ana, bo, cy }
    }
}

#[tokio::test]
async fn each_of_a_thread_has_one_talk_with_the_newest_post_and_the_others() {
    let Three { server, ana, bo, cy } = Three::new().await;
    let first = ana.post("@bo hello").to(Direct).await;
    let answer = bo.post("@ana yes?").answering(&first).to(Direct).await;
    bo.post("@ana in the open").await;
    let other = ana.post("@bo @cy hello both").to(Direct).await;
    let alone = ana.post("A note for me").to(Direct).await;
    server.settle().await;
    let of_ana = talks(&ana).await;
    all_have("a talk", &of_ana, Object(shapes::conversation));
    let last: Vec<Value> = of_ana
        .iter()
        .map(|talk| talk["last_status"]["id"].clone())
        .collect();
    assert_eq!(json!(last), json!([alone["id"], other["id"], answer["id"]]));
    assert_eq!(
        people(&of_ana[0]),
        std::slice::from_ref(&ana.id),
        "who is alone talks to themselves"
    );
    assert_eq!(people(&of_ana[1]), [bo.id.clone(), cy.id.clone()]);
    assert_eq!(people(&of_ana[2]), [bo.id.as_str()]);
    let unread = |talks: &[Value]| {
        talks
            .iter()
            .map(|talk| talk["unread"] == true)
            .collect::<Vec<_>>()
    };
    assert_eq!(unread(&of_ana), [false, false, true]);
    assert_eq!(unread(&talks(&bo).await), [true, false]);
    let of_cy = talks(&cy).await;
    assert_eq!(people(&of_cy[0]), [ana.id.clone(), bo.id.clone()]);
    assert_eq!(of_cy.len(), 1);
    let direct = |person: &Person| {
        let person = person.clone();
        async move { ids(&person.get("/api/v1/timelines/direct").await.list()) }
    };
    assert_eq!(direct(&ana).await, [&alone, &other, &answer, &first].map(id));
    assert_eq!(direct(&cy).await, [id(&other)]);
}

#[tokio::test]
async fn a_talk_is_read_unread_and_taken_away_by_its_owner_alone() {
    let Three { server, ana, bo, cy } = Three::new().await;
    let first = ana.post("@bo hello").to(Direct).await;
    server.settle().await;
    let path = format!("{LIST}/{}", id(&talks(&bo).await[0]));
    for (verb, unread) in [("read", false), ("unread", true), ("read", false)] {
        cy.act(&format!("{path}/{verb}")).await.refused(404);
        let talk = bo.act(&format!("{path}/{verb}")).await.ok();
        has("a talk", &talk, Object(shapes::conversation));
        assert_eq!(talk["unread"], unread);
        assert_eq!(talks(&bo).await, [talk]);
    }
    ana.delete(&path).await.refused(404);
    assert_eq!(bo.delete(&path).await.ok(), json!({}));
    bo.delete(&path).await.refused(404);
    bo.act(&format!("{path}/read")).await.refused(404);
    assert!(talks(&bo).await.is_empty());
    assert_eq!(talks(&ana).await.len(), 1);
    let next = ana.post("@bo are you there?").answering(&first).to(Direct).await;
    server.settle().await;
    assert_eq!(talks(&bo).await[0]["last_status"]["id"], next["id"]);
    for id in ["0", "-1", "junk", "99999999999999999999", "%00"] {
        for verb in ["read", "unread"] {
            bo.act(&format!("{LIST}/{id}/{verb}")).await.refused(404);
        }
        bo.delete(&format!("{LIST}/{id}")).await.refused(404);
    }
}

#[tokio::test]
async fn a_talk_whose_last_post_is_gone_shows_the_one_before_or_goes() {
    let Three { server, ana, bo, .. } = Three::new().await;
    let first = ana.post("@bo hello").to(Direct).await;
    let second = bo.post("@ana yes?").answering(&first).to(Direct).await;
    server.settle().await;
    bo.deletes(&second).await;
    server.settle().await;
    for person in [&ana, &bo] {
        let all = talks(person).await;
        all_have("a talk", &all, Object(shapes::conversation));
        assert_eq!(all[0]["last_status"]["id"], first["id"]);
    }
    ana.deletes(&first).await;
    server.settle().await;
    assert!(talks(&ana).await.is_empty());
    let left: i64 = sqlx::query_scalar("select count(*) from conversations")
        .fetch_one(server.db())
        .await
        .unwrap();
    assert_eq!(left, 0);
}

#[tokio::test]
async fn whom_one_blocks_or_mutes_is_in_no_talk_before_or_after() {
    for verb in ["block", "mute"] {
        let Three { server, ana, bo, cy } = Three::new().await;
        let first = ana.post("@bo @cy hello").to(Direct).await;
        bo.post("@ana @cy yes?").answering(&first).to(Direct).await;
        bo.post("@ana you alone").to(Direct).await;
        server.settle().await;
        assert_eq!(talks(&ana).await.len(), 2);
        ana.toward(verb, &bo).await;
        let shown = talks(&ana).await;
        assert_eq!(shown.len(), 1, "{verb}");
        assert_eq!(shown[0]["last_status"]["id"], first["id"], "{verb}");
        bo.post("@ana again").to(Direct).await;
        let later = cy.post("@ana and I").answering(&first).to(Direct).await;
        server.settle().await;
        let shown = talks(&ana).await;
        assert_eq!(shown.len(), 1, "{verb}");
        assert_eq!(shown[0]["last_status"]["id"], later["id"], "{verb}");
    }
}

#[tokio::test]
async fn talks_are_paged_by_link_both_ways() {
    let Three { server, ana, bo, .. } = Three::new().await;
    let mut first = Vec::new();
    for number in 0..7 {
        first.push(bo.post(&format!("@ana {number}")).to(Direct).await);
    }
    // An answer brings an old talk up.
    let answer = ana.post("@bo yes").answering(&first[0]).to(Direct).await;
    server.settle().await;
    let whole: Vec<Value> = talks(&ana).await;
    assert_eq!(whole.len(), 7);
    assert_eq!(whole[0]["last_status"]["id"], answer["id"]);
    let whole = ids(&whole);
    let (mut met, mut last) = (Vec::new(), None);
    let mut next = Some(format!("{LIST}?limit=3"));
    while let Some(page) = next {
        let answer = ana.get(&page).await;
        met.extend(ids(&answer.list()));
        let links = answer.links();
        (next, last) = (links.next, links.prev.or(last));
    }
    assert_eq!(met, whole);
    let mut upwards = Vec::new();
    while let Some(page) = last {
        let answer = ana.get(&page).await;
        let mut found = ids(&answer.list());
        found.extend(upwards);
        upwards = found;
        last = answer.links().prev;
    }
    assert_eq!(upwards, whole[..6]);
    let pages = ana.walks("/api/v1/timelines/direct?limit=3").await;
    assert_eq!(pages.iter().map(Vec::len).sum::<usize>(), 8);
    assert_eq!(
        bo.get("/api/v1/conversations?max_id=1").await.header("link"),
        None
    );
}

#[tokio::test]
async fn something_new_in_a_talk_is_told_on_its_stream() {
    let Three { server, ana, bo, cy } = Three::new().await;
    let mut socket = Socket::open(&bo, "direct").await;
    let mut source = EventSource::open(&bo, "direct").await;
    let mut other = Socket::open(&cy, "direct").await;
    ana.post("@bo in the open").await;
    ana.post("@bo you alone").to(Direct).await;
    ana.post("@bo @cy both").to(Direct).await;
    server.settle().await;
    let of_bo = talks(&bo).await;
    for talk in of_bo.iter().rev() {
        let heard = socket.hears().await;
        heard.is(&["direct"], "conversation", talk);
        assert_eq!(heard.payload, *talk);
        assert_eq!(source.hears().await, ("conversation".into(), None, talk.clone()));
    }
    let heard = other.hears().await;
    assert_eq!(heard.payload, talks(&cy).await[0]);
}

#[tokio::test]
async fn who_is_named_by_an_edit_joins_and_who_is_no_longer_named_leaves() {
    let Three { server, ana, bo, cy } = Three::new().await;
    let post = ana.post("@bo hello").to(Direct).await;
    server.settle().await;
    assert!(talks(&cy).await.is_empty());
    server.wind(chrono::TimeDelta::minutes(1));
    let path = format!("/api/v1/statuses/{}", id(&post));
    ana.form(Method::PUT, &path, &[("status", "@cy hello")])
        .await
        .ok();
    server.settle().await;
    assert_eq!(people(&talks(&cy).await[0]), [ana.id.as_str()]);
    assert!(talks(&bo).await.is_empty());
    assert_eq!(people(&talks(&ana).await[0]), [cy.id.as_str()]);
}

#[tokio::test]
async fn nobody_reads_talks_without_a_token_for_it() {
    let server = TestServer::start().await;
    let ana = server.person("ana").await;
    let reader = server.token_for(&ana, "read:statuses").await;
    let writer = server.token_for(&ana, "write:conversations").await;
    for path in [LIST, "/api/v1/timelines/direct"] {
        server.client.get(path).await.refused(401);
        writer.get(path).await.refused(403);
        assert!(reader.get(path).await.list().is_empty());
    }
    for (method, path) in [
        (Method::POST, "/api/v1/conversations/7/read"),
        (Method::POST, "/api/v1/conversations/7/unread"),
        (Method::DELETE, "/api/v1/conversations/7"),
    ] {
        server.client.form(method.clone(), path, &[]).await.refused(401);
        reader.form(method.clone(), path, &[]).await.refused(403);
        writer.form(method, path, &[]).await.refused(404);
    }
}
