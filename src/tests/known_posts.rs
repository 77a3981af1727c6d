//! Pages of posts that the process has read before: every change shows in the next answer, whoever made it, also by hand
//! on another connection, as another process would. The truth is a post asked for alone, which is never remembered.

use reqwest::Method;
use serde_json::{Value, json};
use tintype::actions::suspend;
use tintype::domain::audience::Audience;
use tintype::domain::ids::PostId;

use crate::support::http::{id, ids};
use crate::support::random::Random;
use crate::support::{Person, TestServer};

struct Scene {
    server: TestServer,
    ana: Person,
    bo: Person,
    cy: Person,
    /// Ana's, oldest first; the last is for followers.
    posts: Vec<Value>,
}

/// A post without its author's numbers, which may be some seconds old.
fn itself(status: &Value) -> Value {
    let mut status = status.clone();
    status["account"] = status["account"]["id"].take();
    status
}

/// Bo follows Ana and has read her posts, twice: so they are known.
async fn scene() -> Scene {
    let server = TestServer::start().await;
    // The owner cannot be suspended.
    server.person("first").await;
    let [ana, bo, cy] = [
        server.person("ana").await,
        server.person("bo").await,
        server.person("cy").await,
    ];
    bo.follows(&ana).await;
    let mut posts = Vec::new();
    for text in ["one", "two", "three", "four"] {
        posts.push(ana.post(text).await);
    }
    posts.push(ana.post("for followers").to(Audience::Followers).await);
    server.settle().await;
    let scene = Scene {
        server,
        ana,
        bo,
        cy,
        posts,
    };
    for _ in 0..2 {
        assert_eq!(scene.home().await.len(), 5);
    }
    scene
}

impl Scene {
    /// Bo's page, each post as it is when it is asked for alone.
    async fn home(&self) -> Vec<Value> {
        let home = self.bo.home().await;
        for status in &home {
            assert_eq!(itself(status), itself(&self.bo.sees(status).await));
        }
        home
    }

    async fn texts(&self) -> Vec<String> {
        let home = self.home().await;
        home.iter()
            .map(|status| {
                status["content"]
                    .as_str()
                    .unwrap()
                    .replace("<p>", "")
                    .replace("</p>", "")
            })
            .collect()
    }

    /// As another process would.
    async fn by_hand(&self, sql: &'static str, post: &Value) {
        let post: PostId = id(post).parse().unwrap();
        sqlx::query(sql)
            .bind(post)
            .execute(self.server.db())
            .await
            .expect("it can be run");
        self.server.looks_anew();
    }
}

#[tokio::test]
async fn a_known_post_is_not_looked_up_again_and_a_change_is_noted() {
    let scene = scene().await;
    let likes = async || scene.bo.home().await[1]["favourites_count"].as_i64().unwrap();
    let post = &scene.posts[3];
    // Behind the back of what notes changes: only a page that looks nothing up can miss it.
    sqlx::query("alter table post_counts disable trigger post_counts_changed")
        .execute(scene.server.db())
        .await
        .unwrap();
    scene
        .by_hand("update post_counts set likes = 7 where post_id = $1", post)
        .await;
    assert_eq!(likes().await, 0);
    sqlx::query("alter table post_counts enable trigger post_counts_changed")
        .execute(scene.server.db())
        .await
        .unwrap();
    scene
        .by_hand("update post_counts set reposts = 3 where post_id = $1", post)
        .await;
    assert_eq!(likes().await, 7);
    scene.home().await;
}

#[tokio::test]
async fn a_deleted_post_is_gone_from_the_next_page() {
    let scene = scene().await;
    scene.ana.deletes(&scene.posts[1]).await;
    assert_eq!(scene.texts().await, ["for followers", "four", "three", "one"]);
    scene
        .by_hand("delete from posts where id = $1", &scene.posts[4])
        .await;
    assert_eq!(scene.texts().await, ["four", "three", "one"]);
    scene.server.settle().await;
}

#[tokio::test]
async fn an_edit_and_a_number_show_in_the_next_page() {
    let scene = scene().await;
    let path = format!("/api/v1/statuses/{}", id(&scene.posts[0]));
    let change = json!({ "status": "changed" });
    scene.ana.json(Method::PUT, &path, &change).await.ok();
    assert_eq!(scene.texts().await.last().unwrap(), "changed");
    scene
        .by_hand(
            "update posts set html = 'by hand', version = version + 1 where id = $1",
            &scene.posts[0],
        )
        .await;
    assert_eq!(scene.texts().await.last().unwrap(), "by hand");

    let numbers = async || {
        let home = scene.home().await;
        ["favourites_count", "reblogs_count", "replies_count"].map(|name| home[4][name].as_i64().unwrap())
    };
    scene.cy.likes(&scene.posts[0]).await;
    scene.cy.reposts(&scene.posts[0]).await;
    scene.bo.post("an answer").answering(&scene.posts[0]).await;
    assert_eq!(numbers().await, [1, 1, 1]);
    // Adding up changes nothing.
    scene.server.settle().await;
    assert_eq!(numbers().await, [1, 1, 1]);
    scene.cy.does("unfavourite", &scene.posts[0]).await.ok();
    assert_eq!(numbers().await, [0, 1, 1]);
    scene.bo.likes(&scene.posts[0]).await;
    assert_eq!(scene.home().await[4]["favourited"], true);
    scene.server.settle().await;
}

#[tokio::test]
async fn a_suspension_and_a_lost_follow_show_in_the_next_page() {
    let scene = scene().await;
    let profile = format!("/api/v1/accounts/{}/statuses", scene.ana.id);
    let seen = async || ids(&scene.bo.get(&profile).await.list()).len();
    assert_eq!(seen().await, 5);
    scene.bo.unfollows(&scene.ana).await;
    assert_eq!(seen().await, 4, "one is for followers");
    scene.bo.follows(&scene.ana).await;
    assert_eq!(seen().await, 5);

    suspend::local(&scene.server.app, scene.ana.account())
        .await
        .unwrap();
    assert!(scene.home().await.is_empty());
    suspend::undo(&scene.server.app, scene.ana.account())
        .await
        .unwrap();
    scene.server.settle().await;
    assert_eq!(scene.home().await.len(), 5);
    scene
        .by_hand(
            "update accounts set suspended_at = now() where id = (select author_id from posts where id = $1)",
            &scene.posts[0],
        )
        .await;
    assert!(scene.home().await.is_empty());
    suspend::undo(&scene.server.app, scene.ana.account())
        .await
        .unwrap();

    assert_eq!(seen().await, 5);
    scene.server.settle().await;
}

#[tokio::test]
async fn a_mute_and_a_block_show_in_the_next_page() {
    let scene = scene().await;
    scene.bo.mutes(&scene.ana).await;
    assert!(scene.home().await.is_empty());
    scene.bo.toward("unmute", &scene.ana).await;
    assert_eq!(scene.home().await.len(), 5);
    scene.ana.blocks(&scene.bo).await;
    assert!(scene.home().await.is_empty());
    let public = scene.bo.get("/api/v1/timelines/public").await.list();
    assert!(public.is_empty(), "{public:?}");
    scene.server.settle().await;
}

#[tokio::test]
async fn a_change_that_takes_its_time_shows_when_it_is_done_and_never_when_it_is_undone() {
    let scene = scene().await;
    let post: PostId = id(&scene.posts[0]).parse().unwrap();
    let change = async |html: &'static str| {
        let mut slow = scene.server.db().begin().await.unwrap();
        sqlx::query("update posts set html = $2, version = version + 1 where id = $1")
            .bind(post)
            .bind(html)
            .execute(&mut *slow)
            .await
            .unwrap();
        slow
    };
    let last = async || scene.texts().await.pop().unwrap();
    let slow = change("late").await;
    // Other changes are made, read and learned meanwhile.
    for _ in 0..2 {
        scene.cy.likes(&scene.posts[1]).await;
        assert_eq!(last().await, "one");
        scene.cy.does("unfavourite", &scene.posts[1]).await.ok();
        assert_eq!(last().await, "one");
    }
    slow.commit().await.unwrap();
    assert_eq!(last().await, "late");
    let slow = change("never").await;
    assert_eq!(last().await, "late");
    slow.rollback().await.unwrap();
    assert_eq!(last().await, "late");
    scene.server.settle().await;
}

#[tokio::test]
async fn whatever_happens_a_page_is_what_its_posts_are() {
    let scene = scene().await;
    let mut random = Random::new(11);
    let people = [&scene.bo, &scene.cy];
    let verbs = [
        "favourite",
        "unfavourite",
        "reblog",
        "unreblog",
        "bookmark",
        "unbookmark",
        "mute",
        "unmute",
    ];
    for step in 0..60 {
        let post = random.one_of(&scene.posts[..4]);
        let person = *random.one_of(&people);
        match random.below(10) {
            0 => {
                let path = format!("/api/v1/statuses/{}", id(post));
                let change = json!({ "status": format!("step {step}") });
                scene.ana.json(Method::PUT, &path, &change).await.ok();
            }
            1 => scene.server.settle().await,
            _ => {
                let verb = *random.one_of(&verbs);
                person.does(verb, post).await.ok();
            }
        }
        // A reader who has done nothing, and one who has.
        for reader in [&scene.bo, &scene.cy, &scene.ana] {
            for status in reader.get("/api/v1/timelines/public").await.list() {
                let truth = reader.sees(&status).await;
                assert_eq!(itself(&status), itself(&truth), "step {step}");
            }
        }
    }
    scene.server.settle().await;
    assert_eq!(scene.bo.get("/api/v1/timelines/public").await.list().len(), 4);
}
