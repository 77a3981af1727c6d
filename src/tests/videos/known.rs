//! Videos that are on the server's list of known pictures: by their very file, or by how their still looks.

use tintype::actions::redevelop::{self, Whose};
use tintype::domain::known_bad::Action;

use super::clips::clip;
use super::{path_of, uploaded};
use crate::admin::desk::one_of;
use crate::pictures::known::{exact, lists, look};
use crate::support::TestServer;
use crate::support::http::id;

#[tokio::test]
async fn a_video_that_is_to_be_hidden_makes_its_post_sensitive() {
    let server = TestServer::start().await;
    let ana = server.person("ana").await;
    let video = clip(1.0, &[]);
    lists(&server, exact(&video), Action::Hide).await;
    let media = uploaded(&server, &ana, "video/mp4", &video).await;
    let post = ana.post("light").with_media(&[&media]).await;
    assert_eq!(post["sensitive"], true);
    let other = uploaded(&server, &ana, "video/mp4", &clip(1.2, &[])).await;
    let other = ana.post("other").with_media(&[&other]).await;
    assert_eq!(other["sensitive"], false);
    server.settle().await;
}

#[tokio::test]
async fn moderators_are_told_once_of_a_video_whose_still_is_to_be_reported() {
    let server = TestServer::start().await;
    server.person("olga").await;
    let mona = one_of(&server, "mona", tintype::domain::role::Role::Moderator).await;
    let ana = server.person("ana").await;
    let first = uploaded(&server, &ana, "video/mp4", &clip(1.0, &[])).await;
    let still = ana.get(&path_of(&first["preview_url"])).await.body;
    lists(&server, look(&still), Action::Report).await;
    // Another file that looks the same.
    let media = uploaded(&server, &ana, "video/mp4", &clip(1.0, &["-crf", "40"])).await;
    let post = ana.post("light").with_media(&[&media]).await;
    assert_eq!(post["sensitive"], false);
    redevelop::anew(&server.app, Whose::Post(id(&post).parse().expect("an id")))
        .await
        .unwrap();
    server.settle().await;
    let reports = mona.get("/api/v1/admin/reports").await.list();
    assert_eq!(reports.len(), 1, "{reports:?}");
    assert_eq!(reports[0]["target_account"]["username"], "ana");
    let words = reports[0]["comment"].as_str().unwrap_or_default();
    assert!(words.contains(&id(&media)), "{words}");
}

#[tokio::test]
async fn a_video_that_is_shown_already_is_covered_when_it_is_looked_at_again() {
    let server = TestServer::start().await;
    let ana = server.person("ana").await;
    let video = clip(1.0, &[]);
    let media = uploaded(&server, &ana, "video/mp4", &video).await;
    let post = ana.post("light").with_media(&[&media]).await;
    server.settle().await;
    lists(&server, exact(&video), Action::Hide).await;
    redevelop::anew(&server.app, Whose::Everybody).await.unwrap();
    server.settle().await;
    server.looks_anew();
    assert_eq!(ana.sees(&post).await["sensitive"], true);
}
