//! Videos through the front door: taken in, made ready, posted, served, streamed, let go of.

pub mod clips;
mod federated;
mod known;
mod refused;

use chrono::TimeDelta;
use reqwest::Method;
use serde_json::{Value, json};
use tintype::db::media_queue::{self, Due, Priority};
use tintype::jobs::sweep_pictures;
use tintype::media::synthetic::photograph;

use self::clips::{clip, probed, probed_at, silent, turned};
use crate::api::media_shapes;
use crate::api::shape::Kind::Object;
use crate::api::shape::has;
use crate::support::folder::Folder;
use crate::support::folder::files_below;
use crate::support::http::{Answer, Part, id};
use crate::support::{Person, TestServer};

pub async fn send(person: &Person, path: &str, kind: &str, bytes: &[u8]) -> Answer {
    let parts = [Part::File("file", "a-file", kind, bytes)];
    person.multipart(Method::POST, path, &parts).await
}

pub fn path_of(url: &Value) -> String {
    let url = url::Url::parse(url.as_str().expect("an address")).expect("an address");
    url.path().to_owned()
}

/// Sent, and made ready.
pub async fn uploaded(server: &TestServer, person: &Person, kind: &str, bytes: &[u8]) -> Value {
    let sent = send(person, "/api/v2/media", kind, bytes).await;
    assert_eq!(sent.status, 202, "{}", sent.text());
    server.settle().await;
    let path = format!("/api/v1/media/{}", id(&sent.value()));
    let ready = person.get(&path).await;
    assert_eq!(ready.status, 200, "{}", ready.text());
    ready.ok()
}

#[tokio::test]
async fn a_video_is_taken_in_made_ready_posted_served_and_streamed() {
    let server = TestServer::start().await;
    let ana = server.person("ana").await;
    let secret = [
        "-metadata",
        "title=secret-title",
        "-metadata:s:v:0",
        "title=secret-track",
    ];
    let sent = send(&ana, "/api/v2/media", "video/mp4", &clip(2.0, &secret)).await;
    assert_eq!(sent.status, 202, "{}", sent.text());
    let media = sent.value();
    assert_eq!((&media["type"], &media["url"]), (&json!("video"), &Value::Null));
    let path = format!("/api/v1/media/{}", id(&media));
    let waiting = ana.get(&path).await;
    assert_eq!(waiting.status, 206);
    assert_eq!(waiting.header("x-progress"), Some("0"));
    let too_early = ana.post("").with_media(&[&media]).send().await;
    too_early.refused(422);
    server.settle().await;
    let media = ana.get(&path).await.ok();
    has("a video", &media, Object(media_shapes::video));
    let original = &media["meta"]["original"];
    assert_eq!(
        (&original["width"], &original["height"]),
        (&json!(320), &json!(180))
    );
    assert_eq!(original["frame_rate"], "25/1");
    let seconds = original["duration"].as_f64().expect("a number");
    assert!((1.9..2.3).contains(&seconds), "{seconds}");
    assert!(original["bitrate"].as_i64().is_some_and(|rate| rate > 1_000));
    assert_eq!(media["meta"]["small"]["size"], "320x180");
    assert!(media["blurhash"].as_str().is_some_and(|hash| hash.len() > 10));
    let post = ana.post("A film").with_media(&[&media]).await;
    let shown = server
        .client
        .get(&format!("/api/v1/statuses/{}", id(&post)))
        .await
        .ok();
    let shown = &shown["media_attachments"][0];
    assert_eq!(shown["url"], media["url"]);
    plays_everywhere(&server, &path_of(&shown["url"])).await;
    let still = server.client.get(&path_of(&shown["preview_url"])).await;
    let still = image::load_from_memory(&still.body).expect("a picture");
    assert_eq!((still.width(), still.height()), (320, 180));
    is_streamed(&server, shown).await;
    server.settle().await;
}

/// A film in one red that does not say how its colours are meant.
fn red(size: &str, matrix: &str) -> Vec<u8> {
    let picture = format!("color=c=0xC81E1E:s={size}:r=10:d=1");
    let silent = format!(
        "format=gbrp,scale=out_color_matrix={matrix}:out_range=tv,format=yuv420p,setparams=colorspace=unknown"
    );
    let told = [
        "-f",
        "lavfi",
        "-i",
        &picture,
        "-vf",
        &silent,
        "-c:v",
        "libx264",
        "-preset",
        "ultrafast",
    ];
    clips::made(&told, "red.mp4")
}

#[tokio::test]
async fn a_film_that_does_not_say_how_its_colours_are_meant_is_taken_as_players_take_it() {
    let server = TestServer::start().await;
    let ana = server.person("ana").await;
    for (size, matrix) in [("1280x720", "bt709"), ("720x1280", "bt709"), ("320x180", "bt601")] {
        let film = red(size, matrix);
        let said = probed(&film, "red.mp4");
        assert_eq!(said["streams"][0].get("color_space"), None, "{said}");
        let media = uploaded(&server, &ana, "video/mp4", &film).await;
        let file = server.client.get(&path_of(&media["url"])).await;
        let played = clips::first_frame(&file.body);
        let still = server.client.get(&path_of(&media["preview_url"])).await;
        let still = image::load_from_memory(&still.body).expect("a picture").to_rgb8();
        for picture in [played, still] {
            let middle = picture.get_pixel(picture.width() / 2, picture.height() / 2).0;
            let off = [200u8, 30, 30]
                .iter()
                .zip(middle)
                .map(|(meant, is)| meant.abs_diff(is));
            assert!(off.max() < Some(8), "{size}: {middle:?}");
        }
    }
}

async fn plays_everywhere(server: &TestServer, path: &str) {
    let file = server.client.get(path).await;
    assert_eq!(file.header("content-type"), Some("video/mp4"));
    assert_eq!(file.header("x-content-type-options"), Some("nosniff"));
    let part = server
        .client
        .request(Method::GET, path)
        .header("range", "bytes=100-199");
    let part = server.client.send(part).await;
    assert_eq!(
        (part.status.as_u16(), &part.body[..]),
        (206, &file.body[100..200])
    );
    let place = |name: &[u8]| file.body.windows(4).position(|window| window == name);
    assert!(
        place(b"moov") < place(b"mdat"),
        "it can be played before it is all there"
    );
    let holds = |what: &[u8]| file.body.windows(what.len()).any(|window| window == what);
    assert!(!holds(b"secret"), "what stood beside the picture is gone");
    let said = probed(&file.body, "video.mp4");
    let [picture, sound] = &said["streams"].as_array().expect("tracks")[..] else {
        panic!("{said}");
    };
    assert_eq!(picture["codec_name"], "h264");
    assert_eq!(
        (&picture["pix_fmt"], &picture["color_space"]),
        (&json!("yuv420p"), &json!("bt709"))
    );
    assert_eq!(sound["codec_name"], "aac");
}

/// A player that is given the list of lists finds all that it names, in one folder.
async fn is_streamed(server: &TestServer, media: &Value) {
    let folder = Folder::new("stream");
    let mut urls = vec![&media["hls"]["url"]];
    for size in media["hls"]["sizes"].as_array().expect("sizes") {
        urls.extend([&size["url"], &size["file_url"]]);
    }
    for url in urls {
        let path = path_of(url);
        let file = server.client.get(&path).await;
        assert_eq!(file.status, 200, "{url}");
        let name = path.rsplit('/').next().expect("a name");
        std::fs::write(folder.path().join(name), &file.body).expect("the folder can be written to");
    }
    let list = server.client.get(&path_of(&media["hls"]["url"])).await;
    assert_eq!(list.header("content-type"), Some("application/vnd.apple.mpegurl"));
    let list = list.text();
    assert!(list.contains("RESOLUTION=320x180,CODECS=\"avc1."), "{list}");
    let said = probed_at(&folder.path().join("hls.m3u8"));
    assert_eq!(said["streams"].as_array().map(Vec::len), Some(2), "{said}");
    let seconds: f64 = said["format"]["duration"]
        .as_str()
        .expect("a number")
        .parse()
        .expect("a number");
    assert!((1.9..2.3).contains(&seconds), "{seconds}");
}

#[tokio::test]
async fn a_phones_video_is_upright_and_streamed_in_the_sizes_that_it_allows() {
    let server = TestServer::start().await;
    let ana = server.person("ana").await;
    let wide = clip(1.0, &["-vf", "scale=1280:720"]);
    let media = uploaded(&server, &ana, "video/quicktime", &turned(&wide)).await;
    let original = &media["meta"]["original"];
    assert_eq!(
        (&original["width"], &original["height"]),
        (&json!(720), &json!(1_280))
    );
    let file = server.client.get(&path_of(&media["url"])).await;
    let picture = &probed(&file.body, "video.mp4")["streams"][0];
    assert_eq!(
        (&picture["width"], &picture["height"]),
        (&json!(720), &json!(1_280))
    );
    assert!(picture["side_data_list"].is_null(), "nothing is left to turn");
    let sizes: Vec<_> = media["hls"]["sizes"]
        .as_array()
        .expect("sizes")
        .iter()
        .map(|size| size["width"].as_i64())
        .collect();
    assert_eq!(sizes, [Some(720), Some(480), Some(360)]);
    server.settle().await;
}

#[tokio::test]
async fn what_a_browser_recorded_is_taken_without_its_length() {
    let server = TestServer::start().await;
    let ana = server.person("ana").await;
    let recorded = silent(
        1.0,
        &["-c:v", "libvpx", "-b:v", "200k", "-live", "1"],
        "recorded.webm",
    );
    let media = uploaded(&server, &ana, "video/webm", &recorded).await;
    has("a video", &media, Object(media_shapes::video));
    assert_eq!(media["meta"]["duration"], 1.0);
    assert_eq!(media["hls"]["sizes"].as_array().map(Vec::len), Some(1));
    server.settle().await;
}

#[tokio::test]
async fn a_moving_gif_becomes_a_silent_loop_and_a_still_one_stays_a_picture() {
    let server = TestServer::start().await;
    let ana = server.person("ana").await;
    let media = uploaded(&server, &ana, "image/gif", &silent(0.5, &[], "loop.gif")).await;
    has("a loop", &media, Object(media_shapes::looping));
    assert!(media["hls"].is_null(), "it is short");
    let file = server.client.get(&path_of(&media["url"])).await;
    let said = probed(&file.body, "video.mp4");
    assert_eq!(said["streams"].as_array().map(Vec::len), Some(1), "no sound");
    assert_eq!(said["streams"][0]["nb_frames"], "5");
    let still = silent(0.1, &["-frames:v", "1"], "still.gif");
    let media = send(&ana, "/api/v1/media", "image/gif", &still).await.value();
    server.settle().await;
    let media = ana.get(&format!("/api/v1/media/{}", id(&media))).await.ok();
    assert_eq!(media["type"], "image");
    server.settle().await;
}

#[tokio::test]
async fn no_file_of_a_deleted_video_stays() {
    let server = TestServer::start().await;
    let ana = server.person("ana").await;
    let media = uploaded(&server, &ana, "video/mp4", &clip(1.0, &[])).await;
    let post = ana.post("for a day").with_media(&[&media]).await;
    ana.deletes(&post).await;
    server.settle().await;
    server.wind(TimeDelta::hours(49));
    for _ in 0..2 {
        sweep_pictures::once(&server.app).await.expect("it can be swept");
    }
    for url in [&media["url"], &media["preview_url"], &media["hls"]["url"]] {
        assert_eq!(server.client.get(&path_of(url)).await.status, 404, "{url}");
    }
    let folder = server.app.config.data_dir.join("media");
    assert_eq!(files_below(&folder), Vec::<std::path::PathBuf>::new());
    assert_eq!(
        files_below(&server.app.config.data_dir.join("filming")),
        Vec::<std::path::PathBuf>::new()
    );
    server.settle().await;
}

#[tokio::test]
async fn a_video_never_keeps_a_picture_waiting() {
    let server = TestServer::start().await;
    let ana = server.person("ana").await;
    send(&ana, "/api/v2/media", "video/mp4", &clip(1.0, &[]))
        .await
        .value();
    let photo = send(&ana, "/api/v2/media", "image/jpeg", &photograph(1, 64, 48)).await;
    let photo = id(&photo.value());
    let now = server.app.clock.now();
    let due = |priority| Due {
        remote: false,
        priority,
        until: now,
    };
    let mut db = server.app.db.acquire().await.expect("a connection");
    let pictures = media_queue::take(&mut db, due(Priority::Awaited), now, 10)
        .await
        .expect("the queue");
    let videos = media_queue::take(&mut db, due(Priority::Video), now, 10)
        .await
        .expect("the queue");
    drop(db);
    let pictures: Vec<_> = pictures.iter().map(|taken| taken.id.to_string()).collect();
    assert_eq!((pictures, videos.len()), (vec![photo], 1));
    server.settle().await;
}
