//! Killed while a video is made ready.

use std::path::Path;

use reqwest::Method;

use super::hold::{Hold, end_leases};
use crate::support::Binary;
use crate::support::http::{Part, id};
use crate::support::waiting::eventually;
use crate::videos::clips::clip;

/// Programs that work below a folder.
fn workers_below(folder: &Path) -> usize {
    let processes = std::fs::read_dir("/proc").into_iter().flatten().flatten();
    let folders = processes.filter_map(|process| std::fs::read_link(process.path().join("cwd")).ok());
    folders.filter(|cwd| cwd.starts_with(folder)).count()
}

#[tokio::test]
async fn killed_at_the_end_of_a_step_a_video_goes_on_there() {
    let mut binary = Binary::start("one.test", &[]).await;
    let ana = binary.person("ana").await;
    let hold = Hold::before(&binary, "update on media when (old.step < 2 and new.step = 2)").await;
    let video = clip(1.0, &[]);
    let parts = [Part::File("file", "film.mp4", "video/mp4", &video)];
    let sent = ana.multipart(Method::POST, "/api/v2/media", &parts).await.value();
    let path = format!("/api/v1/media/{}", id(&sent));
    hold.reached().await;
    assert_eq!(ana.get(&path).await.status, 206, "nothing half-made is shown");
    binary.kill9().await;
    hold.release().await;
    end_leases(&binary).await;
    // Whoever made its stills once more would wait here for ever.
    let again = Hold::before(&binary, "update on media when (old.step = 0 and new.step = 1)").await;
    binary.start_again().await;
    let ready = eventually("the video is ready", async || {
        let answer = ana.get(&path).await;
        (answer.status == 200).then(|| answer.value())
    })
    .await;
    assert_eq!(ready["type"], "video");
    binary.quiet().await;
    again.release().await;
    let post = ana.post("It is here").with_media(&[&ready]).await;
    assert!(post["media_attachments"][0]["hls"]["url"].is_string(), "{post}");
    binary.quiet().await;
}

#[tokio::test]
async fn killed_in_the_middle_of_a_video_no_program_of_it_goes_on() {
    let mut binary = Binary::start("one.test", &[]).await;
    let ana = binary.person("ana").await;
    let video = clip(20.0, &["-vf", "scale=640:360"]);
    let parts = [Part::File("file", "film.mp4", "video/mp4", &video)];
    let sent = ana.multipart(Method::POST, "/api/v2/media", &parts).await.value();
    let folder = binary
        .data_dir()
        .canonicalize()
        .expect("it is there")
        .join("filming");
    eventually("somebody works on it", async || {
        (workers_below(&folder) > 0).then_some(())
    })
    .await;
    binary.kill9().await;
    eventually("nobody works on it", async || {
        (workers_below(&folder) == 0).then_some(())
    })
    .await;
    end_leases(&binary).await;
    binary.start_again().await;
    let path = format!("/api/v1/media/{}", id(&sent));
    eventually("the video is ready", async || {
        (ana.get(&path).await.status == 200).then_some(())
    })
    .await;
    binary.quiet().await;
}
