//! The newest page of a home feed, asked for again: it is as it was, until anything happens that shows on it. Every cause
//! is brought about by hand on another connection, as another process would. The truth is the same page asked for by
//! `max_id`, which is never kept.

use serde_json::Value;
use sqlx::AssertSqlSafe;
use tintype::actions::unmute;
use tintype::domain::audience::Audience;

use crate::support::http::{Answer, id};
use crate::support::{Person, TestServer};

const HOME: &str = "/api/v1/timelines/home";
const NEVER_KEPT: &str = "/api/v1/timelines/home?max_id=9223372036854775806";

struct Scene {
    server: TestServer,
    ana: Person,
    /// Follows Ana and Cy, and somebody elsewhere.
    bo: Person,
    cy: Person,
    /// What stands for what in SQL.
    names: Vec<(&'static str, String)>,
}

/// A post without its author's numbers, which may be some time old.
fn itself(status: &Value) -> Value {
    let mut status = status.clone();
    let account = status["account"].take();
    status["account"] = serde_json::json!([account["id"], account["display_name"]]);
    if status["reblog"].is_object() {
        status["reblog"] = itself(&status["reblog"]);
    }
    status
}

const ELSEWHERE: &str = "
    insert into hosts (authority, first_seen) values ('far.example', now());
    insert into accounts (id, host_id, username, uri, url, created_at, fetched_at)
    select :far, id, 'far', 'https://far.example/users/far', 'https://far.example/@far', now(), now() from hosts;
    insert into account_counts (account_id) values (:far);
    insert into follows (follower_id, followee_id, id, accepted, created_at) values (:bo, :far, 1, true, now());
    insert into posts (id, author_id, thread_id, audience, html, uri, created_at)
    values (:post + 2, :far, :post + 2, 0, '<p>from afar</p>', 'https://far.example/2', now());
    insert into post_counts (post_id) values (:post + 2);
    insert into home_feed (owner_id, post_id) values (:bo, :post + 2)";

async fn scene() -> Scene {
    let server = TestServer::start().await;
    // The owner cannot be suspended.
    server.person("first").await;
    let [ana, bo, cy, dee] = [
        server.person("ana").await,
        server.person("bo").await,
        server.person("cy").await,
        server.person("dee").await,
    ];
    bo.follows(&ana).await;
    bo.follows(&cy).await;
    let inner = dee.post("passed on").await;
    let post = ana.post("one").await;
    ana.post("two").await;
    ana.post("for followers").to(Audience::Followers).await;
    let repost = cy.reposts(&inner).await;
    let names = vec![
        (":ana", ana.id.clone()),
        (":bo", bo.id.clone()),
        (":cy", cy.id.clone()),
        (":dee", dee.id.clone()),
        (":far", server.app.ids.next().to_string()),
        (":post", id(&post)),
        (":inner", id(&inner)),
        (":repost", id(&repost)),
    ];
    server.settle().await;
    let scene = Scene {
        server,
        ana,
        bo,
        cy,
        names,
    };
    scene.by_hand(ELSEWHERE).await;
    assert_eq!(scene.home().await.len(), 5);
    scene
}

impl Scene {
    async fn by_hand(&self, sql: &str) {
        let replaced = |sql: String, (name, id): &(&str, String)| sql.replace(name, id);
        let sql = self.names.iter().fold(sql.to_owned(), replaced);
        sqlx::raw_sql(AssertSqlSafe(sql))
            .execute(self.server.db())
            .await
            .expect("it can be run");
        self.server.looks_anew();
    }

    /// Bo's newest page, which is the true one.
    async fn home(&self) -> Vec<Value> {
        let page = |statuses: Vec<Value>| statuses.iter().map(itself).collect::<Vec<_>>();
        let home = page(self.bo.get(HOME).await.list());
        assert_eq!(home, page(self.bo.get(NEVER_KEPT).await.list()));
        home
    }

    /// The same, once it is kept: from here on only what is noted ends it.
    async fn kept(&self) -> Vec<Value> {
        self.bo.get(HOME).await.ok();
        self.bo.get(HOME).await.ok();
        assert!(self.is_kept(), "it can be kept");
        self.home().await
    }

    fn is_kept(&self) -> bool {
        self.server.app.caches.pages.has(self.bo.account(), 20)
    }

    /// What was kept is given no more after this; gives the new page.
    async fn shows(&self, sql: &str) -> Vec<Value> {
        let before = self.kept().await;
        self.by_hand(sql).await;
        let after = self.home().await;
        assert_ne!(after, before, "{sql}");
        after
    }

    /// The page is another after the first and as before after the second.
    async fn shows_and_back(&self, there: &str, back: &str) -> Vec<Value> {
        let before = self.kept().await;
        let between = self.shows(there).await;
        assert_eq!(self.shows(back).await, before, "{back}");
        between
    }
}

fn texts(page: &[Value]) -> Vec<String> {
    let text = |status: &Value| status["content"].as_str().unwrap_or_default().to_owned();
    page.iter()
        .map(|status| text(status).replace("<p>", "").replace("</p>", ""))
        .collect()
}

#[tokio::test]
async fn a_page_is_kept_from_the_second_asking_on() {
    let scene = scene().await;
    assert!(!scene.is_kept(), "its reader asked once");
    scene.bo.get(HOME).await.ok();
    assert!(scene.is_kept());
}

#[tokio::test]
async fn a_kept_page_is_not_made_again_and_a_change_is_noted() {
    let scene = scene().await;
    scene.kept().await;
    // Behind the back of what notes changes: only a page that is not made again can miss it.
    scene
        .by_hand("alter table viewer_state disable trigger viewer_state_changed")
        .await;
    scene
        .by_hand("insert into viewer_state (account_id, post_id, flags) values (:bo, :post, 1)")
        .await;
    let favourited = async || scene.bo.get(HOME).await.list()[4]["favourited"].clone();
    assert_eq!(favourited().await, false);
    scene
        .by_hand("alter table viewer_state enable trigger viewer_state_changed")
        .await;
    // Somebody else's mark is nothing to this page.
    scene
        .by_hand("insert into viewer_state (account_id, post_id, flags) values (:cy, :post, 4)")
        .await;
    assert_eq!(favourited().await, false);
    scene
        .by_hand("update viewer_state set flags = 5 where account_id = :bo")
        .await;
    assert_eq!(favourited().await, true);
    scene.home().await;
}

#[tokio::test]
async fn marks_numbers_and_edits_show() {
    let scene = scene().await;
    for mark in [
        "insert into viewer_state (account_id, post_id, flags) values (:bo, :post, 1)",
        "update viewer_state set flags = 7 where account_id = :bo and post_id = :post",
        "delete from viewer_state where account_id = :bo and post_id = :post",
        "insert into viewer_state (account_id, post_id, flags) values (:bo, :inner, 16)",
        "update post_counts set likes = likes + 3 where post_id = :post",
        "insert into count_deltas (post_id, reposts) values (:post, 1)",
        "insert into count_deltas (post_id, likes) values (:inner, 1)",
        "update posts set html = 'edited', version = version + 1 where id = :post",
        "update posts set html = 'edited', version = version + 1 where id = :inner",
        "update accounts set display_name = 'Renamed', version = version + 1 where id = :ana",
        "update accounts set display_name = 'Renamed', version = version + 1 where id = :dee",
    ] {
        scene.shows(mark).await;
    }
    scene.server.settle().await;
    scene.home().await;
}

#[tokio::test]
async fn what_comes_and_what_goes_shows() {
    let scene = scene().await;
    const AUTHOR: &str = "insert into posts (id, author_id, thread_id, audience, html, created_at)";
    // One that comes late, into the middle, for one reader; then for several at once.
    let late = format!(
        "{AUTHOR} values (:post + 1, :ana, :post + 1, 0, 'late', now());
         insert into post_counts (post_id) values (:post + 1);
         insert into home_feed (owner_id, post_id) values (:bo, :post + 1)"
    );
    assert_eq!(texts(&scene.shows(&late).await)[4], "late");
    scene
        .shows_and_back(
            "delete from home_feed where owner_id = :bo and post_id = :post",
            "insert into home_feed (owner_id, post_id) values (:bo, :post)",
        )
        .await;
    scene
        .shows_and_back(
            "delete from home_feed where post_id = :post",
            "insert into home_feed (owner_id, post_id) values (:ana, :post), (:bo, :post)",
        )
        .await;
    scene
        .shows_and_back(
            "update home_feed set post_id = 1 where owner_id = :bo and post_id = :post",
            "update home_feed set post_id = :post where owner_id = :bo and post_id = 1",
        )
        .await;
    // The repost goes with what it passed on.
    for deleted in [":post", ":inner", ":post + 1"] {
        scene
            .shows(&format!("delete from posts where id = {deleted}"))
            .await;
    }
    assert_eq!(
        texts(&scene.kept().await),
        ["for followers", "two", "from afar"],
        "and what is left is kept, although entries lead nowhere"
    );
}

#[tokio::test]
async fn what_lies_between_people_shows() {
    let scene = scene().await;
    for (viewer, account, reasons) in [
        (":bo", ":ana", 4),
        (":bo", ":far", 2),
        (":bo", ":dee", 4),
        (":bo", ":dee", 2),
    ] {
        scene
            .shows_and_back(
                &format!("insert into hidden values ({viewer}, {account}, {reasons})"),
                &format!("delete from hidden where viewer_id = {viewer} and account_id = {account}"),
            )
            .await;
    }
    scene
        .shows_and_back(
            "insert into account_domain_blocks (account_id, domain, id) values (:bo, 'far.example', 1)",
            "delete from account_domain_blocks where account_id = :bo",
        )
        .await;
    for account in [":far", ":dee"] {
        for how in ["suspended_at", "deleted_at"] {
            scene
                .shows_and_back(
                    &format!("update accounts set {how} = now() where id = {account}"),
                    &format!("update accounts set {how} = null where id = {account}"),
                )
                .await;
        }
    }
    // Without a follow, what is for followers is out of sight; a mention brings it back, and takes it with it.
    let between = "from follows where follower_id = :bo and followee_id = :ana";
    let unfollowed = scene.shows(&format!("delete {between}")).await;
    assert_eq!(unfollowed.len(), 4);
    let narrow = "(select id from posts where author_id = :ana and audience = 2)";
    scene
        .by_hand(&format!(
            "insert into mentions (post_id, account_id) values ({narrow}, :bo)"
        ))
        .await;
    assert_eq!(scene.home().await.len(), 5);
    scene.shows("delete from mentions where account_id = :bo").await;
    assert!(!scene.is_kept(), "a mention would be news");
    scene
        .by_hand("insert into follows (follower_id, followee_id, id, accepted, created_at) values (:bo, :ana, 2, true, now())")
        .await;
    assert_eq!(scene.home().await.len(), 5);
    scene
        .shows("update follows set accepted = false where id = 2")
        .await;
    scene
        .by_hand("update follows set accepted = true where id = 2")
        .await;
    assert_eq!(scene.home().await.len(), 5);
}

#[tokio::test]
async fn posts_that_are_pulled_show() {
    let scene = scene().await;
    let pulled = |n: u32| {
        format!(
            "insert into posts (id, author_id, thread_id, audience, html, pushed, created_at)
             values (:repost + {n}, :ana, :repost + {n}, 0, 'pulled', false, now());
             insert into post_counts (post_id) values (:repost + {n})"
        )
    };
    let before = scene.kept().await;
    scene.by_hand(&pulled(1)).await;
    assert_eq!(scene.home().await, before, "nobody looks for it yet");
    scene
        .shows("update accounts set pulled = true where id = :ana")
        .await;
    scene.shows(&pulled(2)).await;
    scene
        .shows_and_back(
            "update posts set comment = true where id = :repost + 2",
            "update posts set comment = false where id = :repost + 2",
        )
        .await;
    scene
        .shows_and_back(
            "update posts set pushed = true where id = :repost + 2",
            "update posts set pushed = false where id = :repost + 2",
        )
        .await;
    scene.shows("delete from posts where id = :repost + 2").await;
    scene
        .shows("update follows set accepted = false where follower_id = :bo and followee_id = :ana")
        .await;
}

#[tokio::test]
async fn a_feed_that_is_retired_and_written_again_shows_everything() {
    let scene = scene().await;
    let before = scene.kept().await;
    let app = &scene.server.app;
    let mut db = app.db.acquire().await.unwrap();
    app.feeds.retire(&mut db, scene.bo.account()).await.unwrap();
    assert_eq!(scene.home().await, before);
    // Nothing is written for it, and nothing noted: so it is not kept.
    let post = "insert into posts (id, author_id, thread_id, audience, html, created_at)
                values (:repost + 1, :ana, :repost + 1, 0, 'meanwhile', now());
                insert into post_counts (post_id) values (:repost + 1)";
    scene.by_hand(post).await;
    assert_eq!(texts(&scene.home().await)[0], "meanwhile");
    assert!(!scene.is_kept());
    app.feeds.rebuild(&mut db, scene.bo.account()).await.unwrap();
    assert_eq!(texts(&scene.kept().await)[0], "meanwhile");
    scene
        .by_hand("update feeds set floor = :post + 2 where owner_id = :bo; delete from home_feed where owner_id = :bo and post_id < :post + 2")
        .await;
    assert_eq!(scene.home().await.len(), 6);
    assert!(!scene.is_kept());
}

#[tokio::test]
async fn what_people_do_shows() {
    let scene = scene().await;
    let kept = async || scene.kept().await.len();
    scene.ana.post("news").await;
    scene.server.fan_out().await;
    assert_eq!(kept().await, 6);
    scene.bo.unfollows(&scene.ana).await;
    assert_eq!(kept().await, 2);
    scene.bo.follows(&scene.ana).await;
    scene.server.fan_out().await;
    assert_eq!(kept().await, 6);
    scene.bo.post("own").await;
    scene.server.fan_out().await;
    assert_eq!(kept().await, 7);
    scene.bo.mutes(&scene.cy).await;
    assert_eq!(kept().await, 6);
    // It runs out.
    scene
        .by_hand("update mutes set expires_at = now() - interval '1 hour'")
        .await;
    assert_eq!(kept().await, 6);
    unmute::expire_mutes(&scene.server.app).await.unwrap();
    assert_eq!(kept().await, 7);
    scene.ana.blocks(&scene.bo).await;
    assert_eq!(kept().await, 3);
    scene.server.settle().await;
}

#[tokio::test]
async fn a_change_that_takes_its_time_shows_when_it_is_done() {
    let scene = scene().await;
    let before = scene.kept().await;
    let mut slow = scene.server.db().begin().await.unwrap();
    sqlx::query("update accounts set display_name = 'Slow', version = version + 1 where username = 'ana'")
        .execute(&mut *slow)
        .await
        .unwrap();
    // Others change, and pages are made and kept, meanwhile.
    for step in 0..3 {
        let like = format!("update post_counts set likes = {step} + 1 where post_id = :post");
        scene.shows(&like).await;
        assert!(scene.is_kept());
    }
    let between = scene.kept().await;
    assert_eq!(between[1]["account"], before[1]["account"]);
    slow.commit().await.unwrap();
    assert_ne!(scene.home().await, between);
}

fn tag(answer: &Answer) -> String {
    answer.header("etag").expect("a tag").to_owned()
}

#[tokio::test]
async fn who_has_the_page_is_told_so_until_it_is_another() {
    let scene = scene().await;
    let ask = async |path: &str, had: &[&str]| {
        let mut request = scene.bo.request(reqwest::Method::GET, path);
        for one in had {
            request = request.header("if-none-match", *one);
        }
        scene.bo.send(request).await
    };
    let whole = ask(HOME, &[]).await;
    let had = tag(&whole);
    assert!(had.starts_with('"') && had.ends_with('"'), "{had}");
    let weak = format!("W/{had}");
    let list = format!("\"other\", {weak}");
    for had in [&[&*had][..], &[&weak], &[&list], &["*"], &["\"other\"", &had]] {
        let same = ask(HOME, had).await;
        assert_eq!(same.status, 304, "{had:?}");
        assert!(same.body.is_empty());
        for name in ["etag", "link", "cache-control", "vary"] {
            assert_eq!(same.header(name), whole.header(name), "{name}");
        }
    }
    assert_eq!(whole.header("cache-control"), Some("private, no-cache"));
    assert!(whole.header("vary").unwrap().contains("Authorization"));
    for had in [&["\"other\""][..], &["other, \"one\""], &[""]] {
        let other = ask(HOME, had).await;
        assert_eq!(
            (other.status.as_u16(), &other.body),
            (200, &whole.body),
            "{had:?}"
        );
    }
    // The same page by another address has that address in its links.
    let limited = ask("/api/v1/timelines/home?limit=20&x=1", &[&had]).await;
    assert_eq!(limited.status, 304);
    let prev = limited.links().prev.unwrap();
    assert!(prev.contains("limit=20&x=1&min_id="), "{prev}");

    scene
        .shows("update post_counts set likes = 1 where post_id = :post")
        .await;
    let new = ask(HOME, &[&had]).await;
    assert_eq!(new.status, 200);
    assert_ne!(tag(&new), had);
    // Made anew, but as it was.
    scene
        .by_hand("update post_counts set likes = 0 where post_id = :post")
        .await;
    assert_eq!(ask(HOME, &[&had]).await.status, 304);
    // Other pages are as ever.
    let further = ask(NEVER_KEPT, &["*"]).await;
    assert_eq!((further.status.as_u16(), further.header("etag")), (200, None));
}

#[tokio::test]
async fn who_has_the_page_is_told_how_much_is_left_and_needs_a_token() {
    let server = TestServer::with(&[("TINTYPE_RATE_LIMITS", "on")]).await;
    let ana = server.person("ana").await;
    let had = tag(&ana.get(HOME).await);
    let ask = |client: &crate::support::http::Client| {
        let request = client.request(reqwest::Method::GET, HOME);
        request.header("if-none-match", &had)
    };
    let same = ana.send(ask(&ana)).await;
    assert_eq!(same.status, 304);
    assert_eq!(same.header("x-ratelimit-limit"), Some("300"));
    let narrow = server.token_for(&ana, "read:notifications").await;
    assert_eq!(narrow.send(ask(&narrow)).await.status, 403);
    assert_eq!(server.client.send(ask(&server.client)).await.status, 401);
    let bo = server.person("bo").await;
    bo.post("bo's").await;
    server.fan_out().await;
    assert_eq!(bo.send(ask(&bo)).await.list().len(), 1);
    server.settle().await;
}
