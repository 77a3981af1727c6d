//! The end of an account here: what is left of it, and what other servers are told.

use chrono::TimeDelta;
use serde_json::Value;
use tintype::actions::delete_actor::{self, DeleteError, Erased};
use tintype::actions::register::{self, NewPerson};
use tintype::domain::role::Role;
use tintype::jobs::upkeep;

use super::scene::{Scene, befriend, find};
use crate::support::Person;
use crate::support::http::id;
use crate::support::peer::{Peer, Says};

/// Bo lives with Ana; Zed, elsewhere, follows him.
pub async fn with_bo() -> (Scene, Person) {
    let scene = Scene::new().await;
    let bo = scene.server.person("bo").await;
    scene.zed_tells(&scene.zed.does("Follow", scene.uri(&bo))).await;
    (scene, bo)
}

async fn delete(scene: &Scene, person: &Person) -> Result<bool, DeleteError> {
    let deleted = delete_actor::local(&scene.server.app, person.account()).await;
    scene.server.settle().await;
    deleted
}

/// A document as any server may ask for it: status and body.
pub async fn document(scene: &Scene, path: &str) -> (u16, Value) {
    let request = scene.server.client.request(reqwest::Method::GET, path);
    let answer = scene
        .server
        .client
        .send(request.header("accept", "application/activity+json"))
        .await;
    let body = serde_json::from_slice(&answer.body).unwrap_or_default();
    (answer.status.as_u16(), body)
}

pub async fn webfinger(scene: &Scene, name: &str) -> u16 {
    let path = format!(
        "/.well-known/webfinger?resource=acct:{name}@{}",
        scene.server.authority()
    );
    scene.server.client.get(&path).await.status.as_u16()
}

async fn keys(scene: &Scene, name: &str) -> i64 {
    let sql =
        "select count(*) from account_keys k join accounts a on a.id = k.account_id where a.username = $1";
    scene.number(sql, name).await
}

#[tokio::test]
async fn a_deleted_account_is_told_to_all_who_know_it_and_its_address_is_gone() {
    let (scene, bo) = with_bo().await;
    let (followee, named) = (Peer::start("four.test").await, Peer::start("three.test").await);
    let (wanda, vic) = (followee.actor("wanda"), named.actor("vic"));
    befriend(&scene.server, &bo, &followee, &wanda).await;
    find(&bo, &vic.handle()).await;
    let post = bo.post(&format!("{} look", vic.handle())).await;
    scene.server.settle().await;
    assert!(delete(&scene, &bo).await.expect("Bo is not the owner"));
    let uri = scene.uri(&bo);
    for peer in [&scene.peer, &followee, &named] {
        let letters = peer.letters_of("Delete");
        assert_eq!(letters.len(), 1, "{letters:?}");
        assert_eq!(
            (&letters[0]["object"], &letters[0]["actor"]),
            (&Value::from(uri.clone()), &Value::from(uri.clone()))
        );
    }
    let (status, tombstone) = document(&scene, "/users/bo").await;
    assert_eq!((status, &tombstone["type"]), (410, &Value::from("Tombstone")));
    let (status, _) = document(&scene, &format!("/users/bo/posts/{}", id(&post))).await;
    assert_eq!(status, 410);
    assert_eq!(document(&scene, "/users/bo/outbox").await.0, 410);
    assert_eq!(webfinger(&scene, "bo").await, 410);
    // Once more changes nothing and tells nobody.
    assert!(!delete(&scene, &bo).await.expect("it is no mistake"));
    assert_eq!(scene.peer.letters_of("Delete").len(), 1);
}

#[tokio::test]
async fn nothing_of_a_deleted_account_is_left_but_its_name() {
    let (scene, bo) = with_bo().await;
    let mine = scene.ana.post("Ana's").await;
    let his = bo.post("Bo's").with_photo().await;
    scene.ana.follows(&bo).await;
    bo.follows(&scene.ana).await;
    bo.likes(&mine).await;
    bo.bookmarks(&mine).await;
    bo.reposts(&mine).await;
    scene.ana.reposts(&his).await;
    bo.post("An answer").answering(&mine).await;
    scene.server.settle().await;
    let seen = scene.ana.sees(&mine).await;
    assert_eq!(
        (&seen["favourites_count"], &seen["reblogs_count"]),
        (&Value::from(1), &Value::from(1))
    );
    delete(&scene, &bo).await.expect("Bo is not the owner");
    for rows in [
        "select count(*) from posts where author_id::text = $1 or repost_author_id::text = $1",
        "select count(*) from follows where $1 in (follower_id::text, followee_id::text)",
        "select count(*) from likes where account_id::text = $1",
        "select count(*) from bookmarks where account_id::text = $1",
        "select count(*) from notifications where $1 in (account_id::text, from_id::text)",
        "select count(*) from media where owner_id::text = $1",
        "select count(*) from users where account_id::text = $1",
        "select count(*) from oauth_tokens where account_id::text = $1",
        "select count(*) from home_feed where owner_id::text = $1",
        "select count(*) from viewer_state where account_id::text = $1",
    ] {
        assert_eq!(scene.number(rows, &bo.id).await, 0, "{rows}");
    }
    scene.server.forget();
    let seen = scene.ana.sees(&mine).await;
    for number in ["favourites_count", "reblogs_count", "replies_count"] {
        assert_eq!(seen[number], 0, "{number}");
    }
    let ana = scene.ana.get("/api/v1/accounts/verify_credentials").await.ok();
    // Ana's own post is left; Zed is the one whom she follows.
    assert_eq!(
        (
            &ana["followers_count"],
            &ana["following_count"],
            &ana["statuses_count"]
        ),
        (&Value::from(0), &Value::from(1), &Value::from(1))
    );
    assert_eq!(bo.get("/api/v1/accounts/verify_credentials").await.status, 401);
    let again = NewPerson {
        username: "Bo".to_owned(),
        email: "bo@mail.example".to_owned(),
        password: "correct horse battery".to_owned(),
        ..NewPerson::default()
    };
    let again = register::by_operator(&scene.server.app, again, Role::Member).await;
    assert!(again.is_err(), "the name was given again");
}

#[tokio::test]
async fn an_account_with_many_posts_goes_in_batches_that_may_be_done_twice() {
    let (scene, bo) = with_bo().await;
    sqlx::query(
        "with made as (
             insert into posts (id, author_id, thread_id, audience, created_at)
             select g, $1, g, 0, now() from generate_series(1, 1300) g returning id)
         insert into post_counts (post_id) select id from made",
    )
    .bind(bo.account().0)
    .execute(scene.server.db())
    .await
    .expect("they can be written");
    let mut db = scene.server.db().acquire().await.expect("a connection");
    let alive = delete_actor::erase(&mut db, bo.account())
        .await
        .expect("it works");
    assert_eq!(
        (alive, scene.posts().await),
        (Erased::All, 1300),
        "Bo is still there"
    );
    delete_actor::local(&scene.server.app, bo.account())
        .await
        .expect("Bo is not the owner");
    let first = delete_actor::erase(&mut db, bo.account())
        .await
        .expect("it works");
    assert_eq!((first, scene.posts().await), (Erased::Some, 1280));
    scene.server.settle().await;
    assert_eq!(scene.posts().await, 0);
    let after = delete_actor::erase(&mut db, bo.account())
        .await
        .expect("it works");
    assert_eq!(after, Erased::All);
}

#[tokio::test]
async fn the_key_of_a_deleted_account_is_kept_until_its_letters_are_delivered() {
    let (scene, bo) = with_bo().await;
    scene.peer.says_to_letters([Says::Status(503)]);
    delete(&scene, &bo).await.expect("Bo is not the owner");
    upkeep::round(&scene.server.app).await.expect("it works");
    assert_eq!(
        keys(&scene, "bo").await,
        1,
        "the letter could not be signed any more"
    );
    scene.server.wind(TimeDelta::minutes(5));
    scene.server.settle().await;
    let sent = scene.peer.letters_of("Delete");
    assert_eq!(sent.len(), 2, "once in vain");
    upkeep::round(&scene.server.app).await.expect("it works");
    assert_eq!(keys(&scene, "bo").await, 0);
    assert_eq!(keys(&scene, "ana").await, 1);
}

#[tokio::test]
async fn the_owner_and_the_servers_own_actor_are_not_deleted() {
    let scene = Scene::new().await;
    assert!(matches!(
        delete(&scene, &scene.ana).await,
        Err(DeleteError::Owner)
    ));
    let actor = scene
        .number(
            "select id from accounts where uri like '%/actor' and host_id is null and $1 = ''",
            "",
        )
        .await;
    let actor = tintype::domain::ids::AccountId(actor);
    let refused = delete_actor::local(&scene.server.app, actor).await;
    assert!(matches!(refused, Err(DeleteError::NotHere)));
    let zed = scene.zed_id.parse().expect("an id");
    let refused = delete_actor::local(&scene.server.app, zed).await;
    assert!(
        matches!(refused, Err(DeleteError::NotHere)),
        "it is not ours to say"
    );
}
