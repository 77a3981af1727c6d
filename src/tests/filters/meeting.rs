//! What filters meet, and where they hide it.

use chrono::TimeDelta;
use reqwest::Method;
use serde_json::{Value, json};

use super::{a_filter, of, titles};
use crate::api::shape::Kind::Object;
use crate::api::shape::has;
use crate::api::small_shapes;
use crate::lists::{a_list, timeline};
use crate::support::draft::small_photo;
use crate::support::http::{id, ids};
use crate::support::{Person, TestServer};

struct Scene {
    server: TestServer,
    /// Follows Bo.
    ana: Person,
    bo: Person,
}

async fn scene() -> Scene {
    let server = TestServer::start().await;
    let (ana, bo) = (server.person("ana").await, server.person("bo").await);
    ana.follows(&bo).await;
    server.settle().await;
    Scene { server, ana, bo }
}

#[tokio::test]
async fn words_are_met_in_the_text_the_warning_the_pictures_and_the_tags() {
    let Scene { server, ana, bo } = scene().await;
    let filter = a_filter(&ana, "Spider", &["home"], "warn").await;
    let picture = bo.uploads(small_photo(), "a SPIDER on a leaf").await;
    let poll = json!({ "options": ["a spider", "a fly"], "expires_in": 600 });
    let met = [
        bo.post("Look,\na spider!").await,
        bo.post("Look").warning("spider inside").await,
        bo.post("Look").with_media(&[&picture]).await,
        bo.post("Look #spider").await,
        bo.post("Which?").with("poll", poll).await,
    ];
    let free = [
        bo.post("Look").await,
        bo.post("spiders").await,
        bo.post("<spide>r").await,
    ];
    for post in &met {
        let seen = ana.sees(post).await;
        let result = &seen["filtered"][0];
        has("a result", result, Object(small_shapes::filter_result));
        assert_eq!(
            (
                &result["filter"]["id"],
                &result["keyword_matches"],
                &result["status_matches"]
            ),
            (&filter["id"], &json!(["Spider"]), &Value::Null)
        );
    }
    for post in &free {
        assert_eq!(ana.sees(post).await["filtered"], json!([]), "{post}");
    }
    // A repost is met by what is inside, and says so on both.
    let repost = bo.reposts(&met[0]).await;
    let seen = ana.sees(&repost).await;
    assert_eq!(
        (titles(&seen), titles(&seen["reblog"])),
        (vec!["Spider"], vec!["Spider"])
    );
    // Not in what one wrote, and not for anybody else.
    let own = ana.post("my spider").await;
    assert_eq!(ana.sees(&own).await["filtered"], json!([]));
    assert_eq!(bo.sees(&met[0]).await["filtered"], json!([]));
    let open = server
        .client
        .get(&format!("/api/v1/statuses/{}", id(&met[0])))
        .await
        .ok();
    assert_eq!(open.get("filtered"), None);
    // An edit is met as it is now.
    let path = format!("/api/v1/statuses/{}", id(&met[0]));
    bo.form(Method::PUT, &path, &[("status", "nothing")]).await.ok();
    assert_eq!(ana.sees(&met[0]).await["filtered"], json!([]));
    server.settle().await;
}

#[tokio::test]
async fn a_filter_hides_where_it_is_meant_to_and_tells_everywhere_else() {
    let Scene { server, ana, bo } = scene().await;
    let list = a_list(&ana, &json!({ "title": "Bo" }), &[&bo]).await;
    let question = ana.post("What do you think?").await;
    let hidden = bo.post("@ana bad #news").answering(&question).await;
    let plain = bo.post("bad #news").await;
    bo.act(&format!("/api/v1/statuses/{}/pin", id(&plain))).await.ok();
    server.settle().await;
    let thread = format!("/api/v1/statuses/{}/context", id(&question));
    let of_bo = format!("/api/v1/accounts/{}/statuses", bo.id);
    let timelines = [
        ("home", "/api/v1/timelines/home".to_owned(), &plain),
        ("home", "/api/v1/timelines/home?limit=39".to_owned(), &plain),
        ("home", timeline(&list), &plain),
        ("public", "/api/v1/timelines/public".to_owned(), &plain),
        ("public", "/api/v1/timelines/tag/news".to_owned(), &plain),
        ("account", of_bo.clone(), &plain),
        ("account", format!("{of_bo}?pinned=true"), &plain),
        ("thread", thread, &hidden),
        (
            "notifications",
            "/api/v1/notifications?types[]=mention".to_owned(),
            &hidden,
        ),
    ];
    let shows = async |path: &str, post: &Value| -> Option<Value> {
        let mut found = match ana.get(path).await.ok() {
            Value::Array(items) => items,
            context => context["descendants"].as_array().unwrap().clone(),
        };
        for one in &mut found {
            if one["status"].is_object() {
                *one = one["status"].take();
            }
        }
        found.into_iter().find(|one| one["id"] == post["id"])
    };
    for context in ["home", "notifications", "public", "thread", "account"] {
        let filter = a_filter(&ana, "bad", &[context], "hide").await;
        for (at, path, post) in &timelines {
            let shown = shows(path, post).await;
            match *at == context {
                true => assert_eq!(shown, None, "{context} at {path}"),
                false => assert_eq!(titles(&shown.expect(path)), ["bad"], "{context} at {path}"),
            }
        }
        // Asked for by its address, it is there.
        assert_eq!(titles(&ana.sees(&plain).await), ["bad"]);
        for action in ["warn", "blur"] {
            let wishes = json!({ "filter_action": action });
            ana.json(Method::PUT, &of(&filter), &wishes).await.ok();
            for (_, path, post) in &timelines {
                let shown = shows(path, post).await.expect(path);
                assert_eq!(shown["filtered"][0]["filter"]["filter_action"], action);
            }
        }
        ana.delete(&of(&filter)).await.ok();
    }
    server.settle().await;
}

#[tokio::test]
async fn a_page_that_is_thinned_is_full_while_there_is_more() {
    let Scene { server, ana, bo } = scene().await;
    let mut wanted = Vec::new();
    for number in 0..40 {
        match number % 8 {
            0 => wanted.insert(0, id(&bo.post(&format!("good {number}")).await)),
            _ => drop(bo.post(&format!("bad {number}")).await),
        }
    }
    server.settle().await;
    a_filter(&ana, "bad", &["home", "public", "account"], "hide").await;
    let of_bo = format!("/api/v1/accounts/{}/statuses", bo.id);
    for path in ["/api/v1/timelines/home", "/api/v1/timelines/public", &of_bo] {
        for limit in [1, 2, 3] {
            let pages = ana.walks(&format!("{path}?limit={limit}")).await;
            let sizes: Vec<usize> = pages.iter().map(Vec::len).collect();
            assert!(
                sizes.iter().take(5 / limit).all(|size| *size == limit),
                "{path}: {sizes:?}"
            );
            assert_eq!(ids(&pages.concat()), wanted, "{path} by {limit}");
        }
    }
    server.settle().await;
}

#[tokio::test]
async fn a_filter_ends_when_it_is_said_to_also_on_the_kept_home_page() {
    let Scene { server, ana, bo } = scene().await;
    let post = bo.post("bad").await;
    server.settle().await;
    let filter = a_filter(&ana, "bad", &["home"], "hide").await;
    let wishes = json!({ "expires_in": 40 });
    ana.json(Method::PUT, &of(&filter), &wishes).await.ok();
    let home = async || ids(&ana.get("/api/v1/timelines/home").await.list());
    for _ in 0..3 {
        assert!(home().await.is_empty());
    }
    server.wind(TimeDelta::seconds(39));
    assert!(home().await.is_empty());
    server.wind(TimeDelta::seconds(2));
    assert_eq!(home().await, [id(&post)]);
    assert_eq!(ana.sees(&post).await["filtered"], json!([]));
    // It is still there, and can be given more time.
    assert_eq!(ids(&ana.get("/api/v2/filters").await.list()), [id(&filter)]);
    ana.json(Method::PUT, &of(&filter), &json!({ "expires_in": null }))
        .await
        .ok();
    assert!(home().await.is_empty());
    server.settle().await;
}

#[tokio::test]
async fn a_change_of_filters_shows_on_the_kept_home_page_at_once() {
    let Scene { server, ana, bo } = scene().await;
    let post = bo.post("bad").await;
    server.settle().await;
    let (home, never_kept) = (
        "/api/v1/timelines/home",
        "/api/v1/timelines/home?max_id=9223372036854775806",
    );
    let mut tags = Vec::new();
    let mut shown = async |titled: Option<&str>| {
        // Kept, given as it was kept, and true.
        for path in [home, home, never_kept] {
            let answer = ana.get(path).await;
            let page = answer.list();
            let met = page
                .first()
                .map(|status| titles(status).first().copied().unwrap_or("free"));
            assert_eq!(met, titled, "{path}");
            tags.extend(answer.header("etag").map(str::to_owned));
        }
    };
    shown(Some("free")).await;
    let filter = a_filter(&ana, "bad", &["home"], "warn").await;
    shown(Some("bad")).await;
    let titled = json!({ "title": "renamed" });
    ana.json(Method::PUT, &of(&filter), &titled).await.ok();
    shown(Some("renamed")).await;
    let hides = json!({ "filter_action": "hide" });
    ana.json(Method::PUT, &of(&filter), &hides).await.ok();
    shown(None).await;
    let keyword = format!("/api/v2/filters/keywords/{}", id(&filter["keywords"][0]));
    ana.form(Method::PUT, &keyword, &[("keyword", "worse")])
        .await
        .ok();
    shown(Some("free")).await;
    let statuses = format!("{}/statuses", of(&filter));
    let marked = ana.post_form(&statuses, &[("status_id", &id(&post))]).await.ok();
    shown(None).await;
    ana.delete(&format!("/api/v2/filters/statuses/{}", id(&marked)))
        .await
        .ok();
    shown(Some("free")).await;
    // By hand, as another process would.
    let by_hand = async |sql: &'static str| {
        sqlx::raw_sql(sql).execute(server.db()).await.unwrap();
    };
    by_hand("update filter_keywords set keyword = 'bad'").await;
    shown(None).await;
    by_hand("update filters set action = 0").await;
    shown(Some("renamed")).await;
    ana.delete(&of(&filter)).await.ok();
    shown(Some("free")).await;
    tags.sort();
    tags.dedup();
    assert_eq!(
        tags.len(),
        4,
        "free, bad, renamed, none: each page has its own tag"
    );
    server.settle().await;
}

#[tokio::test]
async fn what_is_hidden_among_notifications_makes_no_page_empty_and_is_not_counted() {
    let Scene { server, ana, bo } = scene().await;
    a_filter(&ana, "flood", &["notifications"], "hide").await;
    let mut shown = vec![id(&bo.post("@ana first").await)];
    for number in 0..30 {
        bo.post(&format!("@ana flood {number}")).await;
    }
    shown.push(id(&bo.post("@ana last").await));
    server.settle().await;
    shown.reverse();
    for (path, list, of) in [
        ("/api/v1/notifications", "", "/status/id"),
        ("/api/v2/notifications", "/notification_groups", "/status_id"),
    ] {
        let posts = |page: &Value| -> Vec<String> {
            let list = page.pointer(list).and_then(Value::as_array).expect("a list");
            let posts = list.iter().map(|one| one.pointer(of).and_then(Value::as_str));
            posts.map(|post| post.expect("a post").to_owned()).collect()
        };
        for (first, way) in [("", "next"), ("&min_id=1", "prev")] {
            let mut met: Vec<Vec<String>> = Vec::new();
            let mut page = ana.get(&format!("{path}?limit=1&types[]=mention{first}")).await;
            loop {
                let links = page.links();
                let found = posts(&page.ok());
                let next = if way == "next" { links.next } else { links.prev };
                if found.is_empty() {
                    assert_eq!(met.len(), shown.len(), "{path}: an empty page on the way");
                    break;
                }
                met.push(found);
                let Some(next) = next else { break };
                page = ana.get(&next).await;
            }
            if way == "prev" {
                met.reverse();
            }
            assert_eq!(met.concat(), shown, "{path} {way}");
        }
        let count = ana
            .get(&format!("{path}/unread_count?types[]=mention"))
            .await
            .ok();
        assert_eq!(count["count"], 2, "{path}");
    }
    let waiting = ana.get("/api/tintype/v1/unread").await.ok();
    // And that Bo is there at all.
    assert_eq!(waiting["notifications"], 2);
}
