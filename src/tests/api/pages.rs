//! The pages for people without an account, as browsers and other programs read them.

use reqwest::Method;
use serde_json::Value;
use tintype::domain::audience::Audience;
use tintype::media::synthetic::photograph;

use crate::support::TestServer;
use crate::support::http::{Answer, id};

fn path_of(url: &Value) -> String {
    url::Url::parse(url.as_str().expect("an address"))
        .expect("an address")
        .path()
        .to_owned()
}

async fn page(server: &TestServer, path: &str) -> Answer {
    let request = server
        .client
        .request(Method::GET, path)
        .header("accept", "text/html,*/*;q=0.8");
    server.client.send(request).await
}

/// The values of an attribute in the tags that begin so.
fn values(html: &str, tag: &str, attribute: &str) -> Vec<String> {
    let mark = format!("{attribute}=\"");
    let tags = html
        .split('<')
        .filter(|part| part.starts_with(tag))
        .filter_map(|part| part.split('>').next());
    let values = tags.filter_map(|tag| tag.split_once(&mark)?.1.split('"').next());
    values
        .map(|value| value.replace("&amp;", "&").replace("&#38;", "&"))
        .collect()
}

fn property(html: &str, name: &str) -> Option<String> {
    values(html, &format!("meta property=\"{name}\""), "content").pop()
}

#[tokio::test]
async fn a_posts_page_shows_its_photos_with_words_sizes_and_cards() {
    let server = TestServer::start().await;
    let ana = server.person("ana").await;
    let photo = ana
        .uploads(&photograph(6, 1_400, 1_000), "A \"red\" boat & a gull")
        .await;
    let post = ana.post("Low tide #sea").with_media(&[&photo]).await;
    let path = path_of(&post["url"]);
    assert_eq!(path, format!("/@ana/{}", id(&post)));
    let answer = page(&server, &path).await;
    assert_eq!(answer.status, 200);
    let html = answer.text();
    assert!(html.contains("Low tide") && !html.contains("<script"), "{html}");
    let words = values(&html, "img", "alt");
    assert!(
        words
            .iter()
            .any(|alt| alt.contains("boat") && alt.contains("gull")),
        "{words:?}"
    );
    let sets: Vec<String> = values(&html, "img", "srcset")
        .into_iter()
        .chain(values(&html, "source", "srcset"))
        .collect();
    assert!(!sets.is_empty());
    for candidate in sets.iter().flat_map(|set| set.split(", ")) {
        let (url, width) = candidate.rsplit_once(' ').expect("an address and a width");
        let file = server.client.get(url::Url::parse(url).unwrap().path()).await;
        assert_eq!(file.status, 200, "{candidate}");
        let shown = image::load_from_memory(&file.body).expect("a picture");
        assert_eq!(format!("{}w", shown.width()), width, "{candidate}");
    }
    assert!(!values(&html, "img", "width").is_empty() && !values(&html, "img", "height").is_empty());
    assert_eq!(property(&html, "og:url").as_deref(), post["url"].as_str());
    let card = property(&html, "og:image").expect("a card has a picture");
    assert_eq!(
        server
            .client
            .get(url::Url::parse(&card).unwrap().path())
            .await
            .header("content-type"),
        Some("image/jpeg")
    );
    assert!(
        property(&html, "og:image:alt").is_some_and(|alt| alt.contains("boat")),
        "{html}"
    );
    let alternates = values(&html, "link rel=\"alternate\"", "href");
    assert!(
        alternates
            .iter()
            .any(|href| Some(href.as_str()) == post["uri"].as_str()),
        "{alternates:?}"
    );
    let canonical = values(&html, "link rel=\"canonical\"", "href");
    assert_eq!(canonical, [post["url"].as_str().unwrap()]);
    assert!(html.contains("name=\"viewport\""));
    server.settle().await;
}

#[tokio::test]
async fn a_covered_post_keeps_its_photo_and_words_out_of_cards() {
    let server = TestServer::start().await;
    let ana = server.person("ana").await;
    let post = ana
        .post("the secret ending")
        .with_photo()
        .warning("spoiler")
        .await;
    let html = page(&server, &path_of(&post["url"])).await.text();
    assert!(
        property(&html, "og:image").is_none_or(|card| !card.contains("/media/")),
        "{html}"
    );
    for name in ["og:title", "og:description"] {
        assert!(
            property(&html, name).is_none_or(|text| !text.contains("ending")),
            "{name}"
        );
    }
    assert!(html.contains("spoiler"));
    server.settle().await;
}

#[tokio::test]
async fn a_profile_is_a_grid_in_pages_that_ends() {
    let server = TestServer::start().await;
    let ana = server.person("ana").await;
    let mut posts = Vec::new();
    for number in 0..26 {
        posts.push(ana.post(&format!("number {number}")).with_photo().await);
    }
    ana.post("not for all").with_photo().to(Audience::Followers).await;
    server.settle().await;
    let mut met = Vec::new();
    let mut next = Some("/@ana".to_owned());
    while let Some(path) = next {
        let answer = page(&server, &path).await;
        assert_eq!(answer.status, 200, "{path}");
        let html = answer.text();
        assert!(html.contains("@ana@"), "{html}");
        let links = values(&html, "a", "href");
        let here: Vec<String> = links
            .iter()
            .filter_map(|href| Some(href.rsplit_once("/@ana/")?.1.to_owned()))
            .collect();
        met.extend(
            here.into_iter()
                .filter(|id| id.bytes().all(|byte| byte.is_ascii_digit())),
        );
        let older = links.iter().find(|href| href.contains("?max_id="));
        next = older.map(|href| href[href.find("/@ana").expect("the same profile")..].to_owned());
        assert!(met.len() < 100, "the grid has no end");
    }
    let mut wanted: Vec<String> = posts.iter().map(id).collect();
    wanted.reverse();
    assert_eq!(met, wanted);
    for odd in [
        "?max_id=-1",
        "?max_id=x",
        "?max_id=99999999999999999999",
        "?max_id[]=1",
        "?%FF=%00",
    ] {
        assert_eq!(page(&server, &format!("/@ana{odd}")).await.status, 200, "{odd}");
    }
}

#[tokio::test]
async fn what_a_stranger_may_not_see_has_the_page_of_what_is_not_there() {
    let server = TestServer::start().await;
    let (ana, bo) = (server.person("ana").await, server.person("bo").await);
    let missing = page(&server, "/@ana/116589300842954752").await;
    assert_eq!(missing.status, 404);
    assert!(
        missing
            .header("content-type")
            .is_some_and(|kind| kind.starts_with("text/html"))
    );
    let without_id = |answer: &Answer| {
        let id = answer.header("x-request-id").unwrap_or_default().to_owned();
        answer.text().replace(&id, "")
    };
    for audience in [Audience::Followers, Audience::Direct] {
        let post = ana.post("not for all").with_photo().to(audience).await;
        let hidden = page(&server, &format!("/@ana/{}", id(&post))).await;
        assert_eq!(hidden.status, 404, "{audience:?}");
        assert_eq!(without_id(&hidden), without_id(&missing), "{audience:?}");
    }
    // Under another's name it is not there either.
    let post = ana.post("for all").await;
    assert_eq!(page(&server, &format!("/@bo/{}", id(&post))).await.status, 404);
    assert_eq!(page(&server, &format!("/@ANA/{}", id(&post))).await.status, 200);
    ana.deletes(&post).await;
    assert_eq!(page(&server, &format!("/@ana/{}", id(&post))).await.status, 410);
    for path in [
        "/@nobody",
        "/@",
        "/@ana@elsewhere.example",
        "/nothing/here",
        "/%FF",
    ] {
        let answer = page(&server, path).await;
        assert!(
            matches!(answer.status.as_u16(), 400 | 404),
            "{path}: {}",
            answer.status
        );
        assert!(answer.text().contains("<html"), "{path}: {}", answer.text());
    }
    tintype::actions::suspend::local(&server.app, bo.account())
        .await
        .unwrap();
    server.forget();
    let gone = page(&server, "/@bo").await;
    assert_eq!(gone.status, 410);
    assert!(!gone.text().contains("<img class=\"tile"));
    server.settle().await;
}

#[tokio::test]
async fn the_front_and_its_parts_are_all_there() {
    let server = TestServer::start().await;
    let ana = server.person("ana").await;
    let post = ana.post("").with_photo().await;
    let quiet = ana.post("").with_photo().to(Audience::Unlisted).await;
    server.settle().await;
    let answer = page(&server, "/").await;
    let html = answer.text();
    assert!(html.contains(&format!("/@ana/{}", id(&post))), "{html}");
    assert!(!html.contains(&id(&quiet)), "what is unlisted is on no list");
    for (tag, attribute) in [
        ("link rel=\"stylesheet\"", "href"),
        ("link rel=\"icon\"", "href"),
        ("img", "src"),
    ] {
        let found = values(&html, tag, attribute);
        assert!(!found.is_empty(), "{tag}");
        for url in found {
            let url = url::Url::parse(&server.client.base).unwrap().join(&url).unwrap();
            assert_eq!(server.client.get(url.path()).await.status, 200, "{url}");
        }
    }
    for path in [
        "/auth/sign_in",
        "/auth/sign_up",
        "/about",
        "/tags/light",
        "/@ana/follow",
    ] {
        let answer = page(&server, path).await;
        assert_eq!(answer.status, 200, "{path}");
        assert!(answer.text().contains("name=\"viewport\""), "{path}");
        assert!(answer.header("content-security-policy").is_some(), "{path}");
    }
    let sign_in = page(&server, "/auth/sign_in").await.text();
    assert!(sign_in.contains("id=\"user_email\"") && sign_in.contains("id=\"user_password\""));
    let actor = server
        .client
        .request(Method::GET, "/@ana")
        .header("accept", "application/activity+json");
    assert_eq!(server.client.send(actor).await.ok()["preferredUsername"], "ana");
}

#[tokio::test]
async fn explore_and_tags_are_readable_without_scripts_and_say_what_they_are() {
    let server = TestServer::start().await;
    let empty = page(&server, "/explore").await.text();
    assert!(empty.contains("No photos have been posted here yet."), "{empty}");
    let ana = server.person("ana").await;
    let post = ana.post("low tide #sea").with_photo().await;
    server.settle().await;
    for (path, title) in [("/explore", "Explore"), ("/tags/sea", "#sea")] {
        let html = page(&server, path).await.text();
        let address = server.app.urls.at(path);
        assert!(html.contains(path_of(&post["url"]).as_str()), "{path}: {html}");
        assert_eq!(property(&html, "og:url").as_deref(), Some(address.as_str()));
        assert!(property(&html, "og:title").is_some_and(|said| said.starts_with(title)));
        assert!(property(&html, "og:description").is_some_and(|said| !said.is_empty()));
        assert_eq!(
            values(&html, "link rel=\"canonical\"", "href"),
            [address.as_str()]
        );
        assert!(html.contains("<meta name=\"description\" content=\""), "{path}");
    }
}
