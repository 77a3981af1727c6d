//! Emojis on their way between servers: ours go out with their pictures, theirs are shown from here and fetched when somebody
//! looks.

use chrono::TimeDelta;
use serde_json::{Value, json};

use super::delivery::followed;
use super::scene::{Scene, find};
use crate::support::emoji::{add, moving_gif, png};
use crate::support::http::Answer;
use crate::support::peer::Says;

fn tag(name: &str, url: &str) -> Value {
    json!({ "type": "Emoji", "name": format!(":{name}:"), "icon": { "type": "Image", "url": url } })
}

async fn file(scene: &Scene, address: &Value) -> Answer {
    let address = address.as_str().expect("an address");
    let (_, path) = address
        .split_once(scene.server.authority())
        .unwrap_or_else(|| panic!("readers would ask another server: {address}"));
    scene.ana.get(path).await
}

/// Zed's post with these tags, as Ana has it.
async fn posts(scene: &Scene, html: &str, tags: Value) -> Value {
    let mut note = scene.zed.note(html);
    note["tag"] = tags;
    scene.zed_tells(&scene.zed.creates(&note)).await;
    scene.of_note(&note).await.expect("the post came in")
}

#[tokio::test]
async fn an_emoji_of_another_server_is_shown_from_here_and_fetched_once_somebody_looks() {
    let scene = Scene::new().await;
    scene
        .peer
        .says("/wave.gif", Says::File("image/gif", moving_gif()));
    let tags = json!([tag("wave", &scene.peer.url("/wave.gif"))]);
    let first = posts(&scene, "<p>Hi :wave:</p>", tags.clone()).await;
    let emoji = &first["emojis"][0];
    assert_eq!(
        (&emoji["shortcode"], &emoji["visible_in_picker"]),
        (&json!("wave"), &json!(false))
    );
    assert_eq!(
        scene.peer.asked_for("/wave.gif"),
        0,
        "nobody has looked at it yet"
    );
    let second = posts(&scene, "<p>Bye :wave:</p>", tags).await;
    assert_eq!(second["emojis"], first["emojis"], "one picture for all posts");
    let jobs = tokio_util::sync::CancellationToken::new();
    let working = tokio::spawn(tintype::jobs::pictures::run(
        scene.server.app.clone(),
        jobs.clone(),
    ));
    for address in [&emoji["url"], &emoji["static_url"]] {
        let shown = file(&scene, address).await;
        assert_eq!(
            (shown.status.as_u16(), shown.header("content-type")),
            (200, Some("image/webp"))
        );
    }
    assert_eq!(scene.peer.asked_for("/wave.gif"), 1);
    // The sweep of profile pictures does not take it away; that of unseen ones does, and then it comes back when somebody
    // looks, under the address that texts have.
    for hours in [0, 400 * 24, 2] {
        scene.server.wind(TimeDelta::hours(hours));
        tintype::jobs::sweep_pictures::once(&scene.server.app)
            .await
            .unwrap();
        tintype::jobs::sweep_pictures::profiles(&scene.server.app)
            .await
            .unwrap();
    }
    assert_eq!(scene.peer.asked_for("/wave.gif"), 1);
    assert_eq!(file(&scene, &emoji["url"]).await.status, 200);
    assert_eq!(scene.peer.asked_for("/wave.gif"), 2);
    jobs.cancel();
    working.await.expect("the workers end in order");
    scene.server.may_leave_work();
}

#[tokio::test]
async fn emojis_of_a_profile_are_kept_and_an_update_changes_them() {
    let scene = Scene::new().await;
    let yan = scene.peer.actor("yan");
    let mut document = yan.document();
    document["name"] = json!("Yan :sun:");
    document["tag"] = json!([tag("sun", &scene.peer.url("/sun.png"))]);
    scene.peer.says("/users/yan", Says::Document(document.clone()));
    let id = find(&scene.ana, &yan.handle()).await;
    let path = format!("/api/v1/accounts/{id}");
    let before = scene.ana.get(&path).await.ok();
    assert_eq!(before["emojis"][0]["shortcode"], "sun");
    document["name"] = json!("Yan :moon:");
    document["tag"] = json!([tag("moon", &scene.peer.url("/moon.png"))]);
    yan.tells(&scene.server, &yan.does("Update", document)).await;
    scene.server.settle().await;
    scene.server.forget();
    let after = scene.ana.get(&path).await.ok();
    assert_eq!(
        (
            after["emojis"].as_array().map(Vec::len),
            &after["emojis"][0]["shortcode"]
        ),
        (Some(1), &json!("moon"))
    );
}

#[tokio::test]
async fn another_picture_of_the_same_name_waits_an_hour_and_leaves_older_posts_as_they_were() {
    let scene = Scene::new().await;
    let tags = |file: &str| json!([tag("wave", &scene.peer.url(file))]);
    let first = posts(&scene, "<p>1</p>", tags("/a.png")).await;
    let soon = posts(&scene, "<p>2</p>", tags("/b.png")).await;
    assert_eq!(soon["emojis"], first["emojis"]);
    scene.server.wind(TimeDelta::minutes(61));
    let later = posts(&scene, "<p>3</p>", tags("/b.png")).await;
    assert_ne!(later["emojis"], first["emojis"]);
    assert_eq!(scene.ana.sees(&first).await["emojis"], first["emojis"]);
}

#[tokio::test]
async fn an_edit_elsewhere_brings_its_own_emojis() {
    let scene = Scene::new().await;
    let mut note = scene.zed.note("<p>:sun:</p>");
    note["tag"] = json!([tag("sun", &scene.peer.url("/sun.png"))]);
    scene.zed_tells(&scene.zed.creates(&note)).await;
    note["content"] = json!("<p>:moon:</p>");
    note["updated"] = json!(scene.server.app.clock.now().to_rfc3339());
    note["tag"] = json!([tag("moon", &scene.peer.url("/moon.png"))]);
    scene.zed_tells(&scene.zed.does("Update", note.clone())).await;
    let here = scene.of_note(&note).await.expect("it is there");
    assert_eq!(here["emojis"][0]["shortcode"], "moon", "{here}");
}

#[tokio::test]
async fn what_a_server_may_have_kept_of_its_emojis_is_bounded() {
    let scene = Scene::new().await;
    let many: Vec<Value> = (0..200)
        .map(|number| tag(&format!("e{number}"), &scene.peer.url(&format!("/{number}.png"))))
        .chain([
            tag("../../etc", &scene.peer.url("/x.png")),
            tag("script", "javascript:alert(1)"),
            json!({ "type": "Emoji", "name": ":no_icon:" }),
        ])
        .collect();
    let here = posts(&scene, "<p>many</p>", json!(many)).await;
    assert_eq!(here["emojis"].as_array().map(Vec::len), Some(30));
    let sql = "insert into remote_emojis (host_id, shortcode, media_id, url, updated_at)
               select host_id, 'x' || n, media_id, url, updated_at
               from (select * from remote_emojis limit 1) e, generate_series(1, 4980) n where $1 = ''";
    sqlx::query(sql)
        .bind("")
        .execute(scene.server.db())
        .await
        .unwrap();
    let here = posts(
        &scene,
        "<p>full</p>",
        json!([
            tag("e0", &scene.peer.url("/0.png")),
            tag("new", &scene.peer.url("/n.png"))
        ]),
    )
    .await;
    assert_eq!(
        (
            here["emojis"].as_array().map(Vec::len),
            &here["emojis"][0]["shortcode"]
        ),
        (Some(1), &json!("e0")),
        "those known are shown"
    );
}

#[tokio::test]
async fn our_emojis_go_out_with_posts_and_profiles() {
    let scene = followed().await;
    add(&scene.server, "cat", png(32)).await.unwrap();
    scene.ana.post("A :cat: and :dog:").await;
    scene.server.settle().await;
    let create = scene.peer.letter("Create").await;
    let emojis: Vec<&Value> = create["object"]["tag"]
        .as_array()
        .expect("tags")
        .iter()
        .filter(|tag| tag["type"] == "Emoji")
        .collect();
    assert_eq!((emojis.len(), &emojis[0]["name"]), (1, &json!(":cat:")));
    let url = &emojis[0]["icon"]["url"];
    assert_eq!(file(&scene, url).await.header("content-type"), Some("image/png"));
    let path = "/api/v1/accounts/update_credentials";
    let fields = [("display_name", "Ana :cat:")];
    scene.ana.form(reqwest::Method::PATCH, path, &fields).await.ok();
    scene.server.settle().await;
    let update = scene.peer.letter("Update").await;
    assert_eq!(
        (
            &update["object"]["tag"][0]["name"],
            &update["object"]["tag"][0]["icon"]["url"]
        ),
        (&json!(":cat:"), url)
    );
}
