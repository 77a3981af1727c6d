//! Who sees what: one post of each audience, looked for by everybody at every address that shows posts.

use serde_json::Value;
use tintype::domain::audience::Audience;

use crate::support::http::{Client, Links, id, ids};
use crate::support::{Person, TestServer};

/// The addresses that may show a post of `ana`'s: all lists, and the post itself.
async fn met(client: &Client, ana: &Person, post: &Value, root: &Value) -> Vec<String> {
    let wanted = post["id"].as_str().unwrap();
    let mut met = Vec::new();
    let lists = [
        "/api/v1/timelines/public?limit=40".to_owned(),
        "/api/v1/timelines/public?local=true&limit=40".to_owned(),
        "/api/v1/timelines/tag/seen?limit=40".to_owned(),
        "/api/v1/timelines/home?limit=40".to_owned(),
        format!("/api/v1/accounts/{}/statuses?limit=40", ana.id),
        format!("/api/v1/accounts/{}/statuses?pinned=true", ana.id),
        "/api/v1/favourites".to_owned(),
        "/api/v1/bookmarks".to_owned(),
        format!("/api/v1/statuses?id[]={wanted}"),
    ];
    for list in lists {
        let answer = client.get(&list).await;
        if answer.status == 401 {
            continue;
        }
        let statuses = answer.list();
        let shows = |status: &Value| status["id"] == wanted || status["reblog"]["id"] == wanted;
        if statuses.iter().any(shows) {
            met.push(list.split('?').next().unwrap().replace(&ana.id, "ANA"));
        }
    }
    if client.get(&format!("/api/v1/statuses/{wanted}")).await.status == 200 {
        met.push("itself".into());
    }
    let context = client
        .get(&format!("/api/v1/statuses/{}/context", id(root)))
        .await
        .ok();
    if context["descendants"]
        .as_array()
        .unwrap()
        .iter()
        .any(|one| one["id"] == wanted)
    {
        met.push("thread".into());
    }
    let object = client
        .request(reqwest::Method::GET, &format!("/users/ana/posts/{wanted}"))
        .header("accept", "application/activity+json");
    if client.send(object).await.status == 200 {
        met.push("as an object".into());
    }
    met.sort();
    met.dedup();
    met
}

struct Cast {
    server: TestServer,
    ana: Person,
    follower: Person,
    named: Person,
    stranger: Person,
    blocked: Person,
    root: Value,
}

async fn cast() -> Cast {
    let server = TestServer::start().await;
    let ana = server.person("ana").await;
    let follower = server.person("follower").await;
    let named = server.person("named").await;
    let stranger = server.person("stranger").await;
    let blocked = server.person("blocked").await;
    follower.follows(&ana).await;
    ana.blocks(&blocked).await;
    let root = stranger.post("a question to all").await;
    Cast {
        server,
        ana,
        follower,
        named,
        stranger,
        blocked,
        root,
    }
}

impl Cast {
    /// An own post and an answer in a thread, each with everything on it that would show it elsewhere.
    async fn posts(&self, audience: Audience) -> [Value; 2] {
        let post = self.ana.post("#seen by @named").to(audience).await;
        let answer = self
            .ana
            .post("#seen by @named")
            .to(audience)
            .answering(&self.root)
            .await;
        for one in [&post, &answer] {
            for person in [&self.ana, &self.follower, &self.named, &self.stranger] {
                person.does("favourite", one).await;
                person.does("bookmark", one).await;
            }
        }
        self.server.settle().await;
        [post, answer]
    }

    async fn met(&self, client: &Client, post: &Value) -> Vec<String> {
        met(client, &self.ana, post, &self.root).await
    }
}

#[tokio::test]
async fn a_followers_only_post_is_seen_by_followers_only() {
    let cast = cast().await;
    let [post, answer] = cast.posts(Audience::Followers).await;
    for one in [&post, &answer] {
        assert_eq!(cast.met(&cast.server.client, one).await, [""; 0]);
        assert_eq!(cast.met(&cast.stranger, one).await, [""; 0]);
        assert_eq!(cast.met(&cast.blocked, one).await, [""; 0]);
        // Who is named may read it; it is in none of their feeds.
        let by_named = cast.met(&cast.named, one).await;
        assert!(by_named.contains(&"itself".to_owned()), "{by_named:?}");
        assert!(
            !by_named.iter().any(|place| place.contains("timelines")),
            "{by_named:?}"
        );
        let by_follower = cast.met(&cast.follower, one).await;
        for place in [
            "/api/v1/statuses",
            "/api/v1/favourites",
            "/api/v1/bookmarks",
            "itself",
        ] {
            assert!(
                by_follower.contains(&place.to_owned()),
                "{place}: {by_follower:?}"
            );
        }
        assert!(!by_follower.contains(&"as an object".to_owned()));
    }
    let home = "/api/v1/timelines/home".to_owned();
    assert!(cast.met(&cast.follower, &post).await.contains(&home));
    assert!(cast.met(&cast.ana, &post).await.contains(&home));
    assert!(
        cast.met(&cast.follower, &answer)
            .await
            .contains(&"thread".to_owned())
    );
    // A follow that ends takes it out of sight.
    cast.follower.unfollows(&cast.ana).await;
    assert_eq!(cast.met(&cast.follower, &post).await, [""; 0]);
    cast.server.settle().await;
}

#[tokio::test]
async fn a_direct_post_is_seen_by_those_it_names_only() {
    let cast = cast().await;
    let [post, answer] = cast.posts(Audience::Direct).await;
    for one in [&post, &answer] {
        for outsider in [&cast.follower, &cast.stranger, &cast.blocked] {
            assert_eq!(cast.met(outsider, one).await, [""; 0], "{}", outsider.name);
        }
        assert_eq!(cast.met(&cast.server.client, one).await, [""; 0]);
        for reader in [&cast.ana, &cast.named] {
            let places = cast.met(reader, one).await;
            assert!(
                places.contains(&"itself".to_owned()),
                "{}: {places:?}",
                reader.name
            );
            assert!(
                !places.iter().any(|place| place.contains("timelines")),
                "{}: {places:?}",
                reader.name
            );
        }
    }
    let told = cast
        .named
        .get("/api/v1/notifications?types[]=mention")
        .await
        .list();
    assert_eq!(told.len(), 2);
    assert!(
        cast.stranger
            .get("/api/v1/notifications?types[]=mention")
            .await
            .list()
            .is_empty()
    );
    cast.server.settle().await;
}

#[tokio::test]
async fn an_unlisted_post_is_seen_by_all_who_come_to_it() {
    let cast = cast().await;
    let [post, _] = cast.posts(Audience::Unlisted).await;
    for reader in [&cast.server.client, &cast.stranger.client, &cast.named.client] {
        let places = cast.met(reader, &post).await;
        assert!(
            places.contains(&"itself".to_owned()) && places.contains(&"as an object".to_owned()),
            "{places:?}"
        );
        assert!(
            places.contains(&"/api/v1/accounts/ANA/statuses".to_owned()),
            "{places:?}"
        );
        assert!(
            !places.iter().any(|place| place.contains("timelines")),
            "{places:?}"
        );
    }
    let home = "/api/v1/timelines/home".to_owned();
    assert!(cast.met(&cast.follower, &post).await.contains(&home));
    assert_eq!(cast.met(&cast.blocked, &post).await, ["as an object"]);
    cast.server.settle().await;
}

#[tokio::test]
async fn a_public_post_is_seen_by_all_but_whom_its_author_blocks() {
    let cast = cast().await;
    let [post, answer] = cast.posts(Audience::Public).await;
    for reader in [&cast.server.client, &cast.stranger.client] {
        let places = cast.met(reader, &post).await;
        for place in [
            "/api/v1/timelines/public",
            "/api/v1/timelines/tag/seen",
            "itself",
            "as an object",
        ] {
            assert!(places.contains(&place.to_owned()), "{place}: {places:?}");
        }
        let places = cast.met(reader, &answer).await;
        assert!(places.contains(&"thread".to_owned()), "{places:?}");
        assert!(
            !places.contains(&"/api/v1/timelines/public".to_owned()),
            "a comment is under its post: {places:?}"
        );
    }
    assert_eq!(cast.met(&cast.blocked, &post).await, ["as an object"]);
    cast.server.settle().await;
}

#[tokio::test]
async fn what_is_not_public_is_passed_on_by_its_author_only_and_to_no_more_people() {
    let cast = cast().await;
    let [followers, _] = cast.posts(Audience::Followers).await;
    let [direct, _] = cast.posts(Audience::Direct).await;
    cast.follower.does("reblog", &followers).await.refused(404);
    cast.stranger.does("reblog", &followers).await.refused(404);
    cast.named.does("reblog", &direct).await.refused(404);
    cast.ana.does("reblog", &direct).await.refused(404);
    let own = cast.ana.does("reblog", &followers).await;
    if own.status.is_success() {
        assert_eq!(own.value()["visibility"], "private");
        assert_eq!(cast.met(&cast.stranger, &followers).await, [""; 0]);
    }
    cast.server.settle().await;
}

#[tokio::test]
async fn somebody_suspended_is_out_of_sight_with_all_posts() {
    let server = TestServer::start().await;
    // The owner cannot be suspended.
    server.person("first").await;
    let [ana, bo] = [server.person("ana").await, server.person("bo").await];
    bo.follows(&ana).await;
    let post = ana.post("#seen").await;
    bo.reposts(&post).await;
    server.settle().await;
    assert_eq!(bo.home().await.len(), 2);
    tintype::actions::suspend::local(&server.app, ana.account())
        .await
        .unwrap();
    server.settle().await;
    assert!(bo.home().await.is_empty());
    bo.get(&format!("/api/v1/statuses/{}", id(&post)))
        .await
        .refused(404);
    assert!(
        server
            .client
            .get("/api/v1/timelines/tag/seen")
            .await
            .list()
            .is_empty()
    );
    ana.get("/api/v1/timelines/home").await.refused(401);
}

/// A page of a profile, and what its `Link` says.
async fn told(client: &Client, ana: &Person, query: &str) -> (Vec<String>, Links) {
    let answer = client
        .get(&format!("/api/v1/accounts/{}/statuses?{query}", ana.id))
        .await;
    (ids(&answer.list()), answer.links())
}

#[tokio::test]
async fn a_profile_does_not_tell_that_there_are_posts_for_others() {
    let server = TestServer::start().await;
    let (ana, bo) = (server.person("ana").await, server.person("bo").await);
    let open = ana.post("For all").await;
    let narrow = ana.post("#secret").to(Audience::Followers).await;
    for query in ["tagged=secret", &format!("limit=1&min_id={}", id(&open))] {
        let (seen, links) = told(&server.client, &ana, query).await;
        assert_eq!((seen, links), (Vec::new(), Links::default()), "{query}");
    }
    let (seen, links) = told(&server.client, &ana, "limit=1").await;
    assert_eq!(seen, [id(&open)]);
    for link in [links.next, links.prev].into_iter().flatten() {
        assert!(!link.contains(&id(&narrow)), "{link}");
    }
    let quoting = bo.post("See").with("quoted_status_id", id(&open));
    let quoting = quoting.to(Audience::Followers).await;
    let quotes = format!("/api/v1/statuses/{}/quotes", id(&open));
    let seen = ana.get(&quotes).await;
    assert_eq!((seen.list(), seen.links()), (Vec::new(), Links::default()));
    assert_eq!(ids(&bo.get(&quotes).await.list()), [id(&quoting)]);
    bo.follows(&ana).await;
    let (seen, _) = told(&bo.client, &ana, "tagged=secret").await;
    assert_eq!(seen, [id(&narrow)], "to followers it is there");
    server.settle().await;
}
