//! Each verb once by somebody here and once by somebody elsewhere: the rows that it leaves are the same, apart from ids
//! and addresses, and saying it again changes nothing.

use serde_json::{Value, json};
use tintype::domain::audience::Audience;

use super::two_worlds::{Bo, World, both};

#[tokio::test]
async fn a_follow_by_a_person_here_and_by_a_peer_leaves_the_same_rows() {
    both(async |world| drop(world.bo_follows().await)).await;
}

#[tokio::test]
async fn a_request_to_follow_by_a_person_here_and_by_a_peer_leaves_the_same_rows() {
    both(async |world| {
        world
            .ana
            .form(
                reqwest::Method::PATCH,
                "/api/v1/accounts/update_credentials",
                &[("locked", "true")],
            )
            .await
            .ok();
        world.server.forget();
        world.bo_follows().await;
    })
    .await;
}

#[tokio::test]
async fn an_unfollow_by_a_person_here_and_by_a_peer_leaves_the_same_rows() {
    both(async |world| {
        let follow = world.bo_follows().await;
        match &world.bo {
            Bo::Here(bo) => drop(bo.unfollows(&world.ana).await),
            Bo::There(bo) => world.tell(&bo.does("Undo", follow)).await,
        }
    })
    .await;
}

/// Ana asks to follow Bo, who chooses his followers, and gets this answer.
async fn answered(world: &World, verb: &str, path: &str) {
    match &world.bo {
        Bo::Here(bo) => {
            bo.form(
                reqwest::Method::PATCH,
                "/api/v1/accounts/update_credentials",
                &[("locked", "true")],
            )
            .await
            .ok();
            world.server.forget();
            world.ana.follows(bo).await;
            world.server.settle().await;
            bo.act(&format!("/api/v1/follow_requests/{}/{path}", world.ana.id))
                .await
                .ok();
            bo.form(
                reqwest::Method::PATCH,
                "/api/v1/accounts/update_credentials",
                &[("locked", "false")],
            )
            .await
            .ok();
        }
        Bo::There(bo) => {
            world
                .ana
                .act(&format!("/api/v1/accounts/{}/follow", world.bo_id))
                .await
                .ok();
            world.server.settle().await;
            let peer = world.peer.as_ref().expect("Bo lives there");
            let follow = peer.letters_of("Follow").pop().expect("it was sent");
            world.tell(&bo.does(verb, follow)).await;
        }
    }
}

#[tokio::test]
async fn an_accept_by_a_person_here_and_by_a_peer_leaves_the_same_rows() {
    both(async |world| answered(world, "Accept", "authorize").await).await;
}

#[tokio::test]
async fn a_reject_by_a_person_here_and_by_a_peer_leaves_the_same_rows() {
    both(async |world| answered(world, "Reject", "reject").await).await;
}

#[tokio::test]
async fn a_like_by_a_person_here_and_by_a_peer_leaves_the_same_rows() {
    both(async |world| drop(like(world).await)).await;
}

#[tokio::test]
async fn an_unlike_by_a_person_here_and_by_a_peer_leaves_the_same_rows() {
    both(async |world| {
        let (post, like) = like(world).await;
        match &world.bo {
            Bo::Here(bo) => drop(bo.does("unfavourite", &post).await.ok()),
            Bo::There(bo) => world.tell(&bo.does("Undo", like)).await,
        }
    })
    .await;
}

async fn like(world: &World) -> (Value, Value) {
    let post = world.ana.post("Like me").await;
    world.server.settle().await;
    let mut like = Value::Null;
    match &world.bo {
        Bo::Here(bo) => drop(bo.likes(&post).await),
        Bo::There(bo) => {
            like = bo.does("Like", world.uri_of(&post));
            world.tell(&like).await;
        }
    }
    (post, like)
}

#[tokio::test]
async fn a_comment_by_a_person_here_and_by_a_peer_leaves_the_same_rows() {
    both(async |world| {
        let post = world.ana.post("Say something").await;
        world.server.settle().await;
        match &world.bo {
            Bo::Here(bo) => drop(bo.post("Something").answering(&post).await),
            Bo::There(bo) => {
                let mut note = bo.note("<p>Something</p>");
                note["inReplyTo"] = json!(world.uri_of(&post));
                world.tell(&bo.creates(&note)).await;
            }
        }
    })
    .await;
}

#[tokio::test]
async fn a_repost_by_a_person_here_and_by_a_peer_leaves_the_same_rows() {
    both(async |world| drop(repost(world).await)).await;
}

#[tokio::test]
async fn an_unrepost_by_a_person_here_and_by_a_peer_leaves_the_same_rows() {
    both(async |world| {
        let (post, announce) = repost(world).await;
        match &world.bo {
            Bo::Here(bo) => drop(bo.does("unreblog", &post).await.ok()),
            Bo::There(bo) => world.tell(&bo.does("Undo", announce)).await,
        }
    })
    .await;
}

async fn repost(world: &World) -> (Value, Value) {
    world.ana_follows().await;
    let post = world.ana.post("Pass me on").await;
    world.server.settle().await;
    let mut announce = Value::Null;
    match &world.bo {
        Bo::Here(bo) => drop(bo.reposts(&post).await),
        Bo::There(bo) => {
            announce = bo.does("Announce", world.uri_of(&post));
            announce["to"] = json!([crate::support::actor::PUBLIC]);
            announce["cc"] = json!([bo.followers()]);
            world.tell(&announce).await;
        }
    }
    (post, announce)
}

#[tokio::test]
async fn a_block_by_a_person_here_and_by_a_peer_leaves_the_same_rows() {
    both(async |world| drop(block(world).await)).await;
}

#[tokio::test]
async fn an_unblock_by_a_person_here_and_by_a_peer_leaves_the_same_rows() {
    both(async |world| {
        let block = block(world).await;
        match &world.bo {
            Bo::Here(bo) => drop(bo.toward("unblock", &world.ana).await),
            Bo::There(bo) => world.tell(&bo.does("Undo", block)).await,
        }
    })
    .await;
}

async fn block(world: &World) -> Value {
    world.ana_follows().await;
    world.bo_follows().await;
    let mut block = Value::Null;
    match &world.bo {
        Bo::Here(bo) => drop(bo.blocks(&world.ana).await),
        Bo::There(bo) => {
            block = bo.does("Block", world.uri());
            world.tell(&block).await;
        }
    }
    block
}

/// Bo, whom Ana does not follow, writes to her alone.
async fn letter(world: &World) {
    match &world.bo {
        Bo::Here(bo) => drop(bo.post("@ana, you alone").to(Audience::Direct).await),
        Bo::There(bo) => {
            let mut note = bo.note("<p>@ana, you alone</p>");
            note["to"] = json!([world.uri()]);
            note["cc"] = json!([]);
            note["tag"] = json!([{ "type": "Mention", "href": world.uri(), "name": "@ana" }]);
            world.tell(&bo.creates(&note)).await;
        }
    }
    world.server.settle().await;
}

/// What Ana has of it: notifications that are shown, and those that are set aside.
async fn told(world: &World) -> [i64; 2] {
    let count = async |aside: bool| -> i64 {
        sqlx::query_scalar("select count(*) from notifications where kind = 2 and filtered = $1")
            .bind(aside)
            .fetch_one(world.server.db())
            .await
            .expect("they can be counted")
    };
    [count(false).await, count(true).await]
}

#[tokio::test]
async fn a_policy_says_the_same_of_a_person_here_and_of_one_at_a_peer() {
    for (verdict, wanted) in [("accept", [1, 0]), ("filter", [0, 1]), ("drop", [0, 0])] {
        for world in [World::here().await, World::there().await] {
            let policy = [("for_private_mentions", verdict)];
            let path = "/api/v2/notifications/policy";
            world.ana.form(reqwest::Method::PATCH, path, &policy).await.ok();
            letter(&world).await;
            assert_eq!(told(&world).await, wanted, "{verdict}");
        }
    }
}

#[tokio::test]
async fn a_letter_of_a_person_here_and_of_one_at_a_peer_makes_the_same_talk() {
    for world in [World::here().await, World::there().await] {
        letter(&world).await;
        let talks: Vec<(String, bool, bool)> = sqlx::query_as(
            "select a.username, c.unread, c.last_post_id = c.thread_id
             from conversations c join accounts a on a.id = c.account_id where a.username = 'ana'",
        )
        .fetch_all(world.server.db())
        .await
        .expect("the talks can be read");
        assert_eq!(talks, [("ana".to_owned(), true, true)]);
        let shown = world.ana.get("/api/v1/conversations").await.list();
        assert_eq!(shown.len(), 1);
        assert_eq!(shown[0]["accounts"][0]["id"], world.bo_id.as_str());
    }
}
