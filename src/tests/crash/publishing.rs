//! Killed while somebody here posts.

use reqwest::Method;
use rustix::process::{Pid, Signal, kill_process};

use super::hold::{Hold, end_leases};
use crate::support::Binary;
use crate::support::draft::small_photo;
use crate::support::http::{Part, id, ids};
use crate::support::waiting::eventually;

#[tokio::test]
async fn killed_after_commit_before_fan_out_nothing_is_lost() {
    let mut binary = Binary::start("one.test", &[]).await;
    let (ana, bo) = (binary.person("ana").await, binary.person("bo").await);
    bo.follows(&ana).await;
    binary.quiet().await;
    let hold = Hold::dispatcher(&binary).await;
    let mut posted = Vec::new();
    for number in 0..10 {
        posted.push(ana.post(&format!("{number}")).await);
    }
    assert!(
        bo.home().await.is_empty(),
        "it was written to feeds already: nothing is tested"
    );
    binary.kill9().await;
    hold.release().await;
    binary.start_again().await;
    binary.quiet().await;
    posted.reverse();
    assert_eq!(ids(&bo.home().await), ids(&posted));
    let me = ana.get("/api/v1/accounts/verify_credentials").await.ok();
    assert_eq!(me["statuses_count"], 10);
}

#[tokio::test]
async fn killed_in_the_fan_out_every_feed_has_every_post_once() {
    let mut binary = Binary::start("one.test", &[]).await;
    let (ana, bo) = (binary.person("ana").await, binary.person("bo").await);
    bo.follows(&ana).await;
    binary.quiet().await;
    // Its author finds it at once in their own.
    let of_bo = format!("insert on home_feed when (new.owner_id = {})", bo.id);
    let hold = Hold::before(&binary, &of_bo).await;
    let first = ana.post("first").await;
    hold.reached().await;
    let second = ana.post("second").await;
    binary.kill9().await;
    hold.release().await;
    binary.start_again().await;
    binary.quiet().await;
    assert_eq!(ids(&bo.home().await), [id(&second), id(&first)]);
}

#[tokio::test]
async fn killed_mid_media_the_photo_becomes_ready() {
    let mut binary = Binary::start("one.test", &[]).await;
    let ana = binary.person("ana").await;
    let hold = Hold::before(&binary, "update on media when (old.state = 0 and new.state = 1)").await;
    let parts = [
        Part::Text("description", "A boat"),
        Part::File("file", "boat.jpg", "image/jpeg", small_photo()),
    ];
    let taken = ana.multipart(Method::POST, "/api/v2/media", &parts).await.ok();
    hold.reached().await;
    binary.kill9().await;
    hold.release().await;
    end_leases(&binary).await;
    binary.start_again().await;
    let path = format!("/api/v1/media/{}", id(&taken));
    let ready = eventually("the photo is ready", async || {
        let answer = ana.get(&path).await;
        (answer.status == 200).then(|| answer.value())
    })
    .await;
    let post = ana.post("Here it is").with_media(&[&ready]).await;
    let photo = &post["media_attachments"][0];
    assert_eq!(photo["description"], "A boat");
    for url in [&photo["url"], &photo["preview_url"]] {
        let url = url.as_str().expect("an address");
        let (_, path) = url.split_once(&binary.authority).expect("on this server");
        let file = ana.get(path).await;
        assert_eq!(file.status, 200, "{url}");
        assert!(file.body.starts_with(&[0xFF, 0xD8]), "{url} is no JPEG");
    }
    binary.quiet().await;
}

#[tokio::test]
async fn postgres_killed_under_the_server_comes_back() {
    let mut binary = Binary::start("127.0.0.1", &[("TINTYPE_DATABASE_URL", "")]).await;
    let ana = binary.person("ana").await;
    let before = ana.post("before").await;
    let pid_file = binary.data_dir().join("pg/postmaster.pid");
    let first = postmaster(&pid_file).expect("Postgres runs");
    kill_process(first, Signal::KILL).expect("it can be killed");
    // One key: however often the app tries, it is one post.
    let after = eventually("posting works again", async || {
        let answer = ana.post("after").with_key("again").send().await;
        let status = answer.status.as_u16();
        assert!(status == 200 || status >= 500, "{status}: {}", answer.text());
        (status == 200).then(|| answer.value())
    })
    .await;
    // What it had begun may still have been answered by those that it left behind.
    eventually("another one runs", async || {
        let ready = binary.client.get("/ready").await.status == 200;
        let another = postmaster(&pid_file).filter(|pid| *pid != first);
        another.filter(|_| ready)
    })
    .await;
    let path = format!("/api/v1/accounts/{}/statuses", ana.id);
    assert_eq!(ids(&ana.get(&path).await.list()), [id(&after), id(&before)]);
    assert_eq!(binary.client.get("/ready").await.status, 200);
    assert!(binary.stop().await.success(), "{}", binary.log());
}

fn postmaster(pid_file: &std::path::Path) -> Option<Pid> {
    let text = std::fs::read_to_string(pid_file).ok()?;
    Pid::from_raw(text.lines().next()?.trim().parse().ok()?)
}
