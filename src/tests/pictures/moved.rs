//! All pictures move to another place while people look at them, post and delete: nobody misses one, and nothing is left over.

use std::path::PathBuf;

use chrono::TimeDelta;
use serde_json::Value;
use tintype::actions::move_media::{self, HANDS, MoveError, Tally};
use tintype::app::App;
use tintype::config::{self, Storage};
use tintype::jobs::sweep_pictures;

use super::path_of;
use crate::support::s3::{Bucket, SECRET_KEY};
use crate::support::waiting::eventually;
use crate::support::{Person, TestServer};

fn place(text: &str) -> Storage {
    config::storage_in(std::path::Path::new("new.toml"), text).expect("the settings are good")
}

async fn move_all(server: &TestServer, to: &Storage) {
    move_media::begin(&server.app, to, None).await.expect("it begins");
    server.wind(TimeDelta::minutes(1));
    move_media::go_on(&server.app, HANDS, |_| {})
        .await
        .expect("all is copied");
}

/// Once former files are due, in rounds as the server does it by itself.
async fn wait_out(server: &TestServer) {
    server.wind(TimeDelta::days(8));
    move_media::tidy(&server.app).await.expect("they can be compared");
    server.wind(TimeDelta::minutes(1));
    move_media::tidy(&server.app).await.expect("they can go");
}

async fn posted(server: &TestServer, ana: &Person) -> Value {
    let post = ana.post("here").with_photo().await;
    server.settle().await;
    post
}

async fn shown(ana: &Person, post: &Value) -> u16 {
    let path = path_of(&post["media_attachments"][0]["url"]);
    ana.client.get(&path).await.status.as_u16()
}

/// Files below the data directory's folder, by the names that a bucket would have for them.
fn in_folder(app: &App) -> Vec<String> {
    fn walk(folder: PathBuf, above: &str, names: &mut Vec<String>) {
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            let name = format!("{above}{}", entry.file_name().to_string_lossy());
            match entry.path().is_dir() {
                true => walk(entry.path(), &format!("{name}/"), names),
                false => names.push(name),
            }
        }
    }
    let mut names = Vec::new();
    walk(app.config.data_dir.join("media"), "", &mut names);
    names.sort();
    names
}

async fn deleted(server: &TestServer, ana: &Person, post: &Value) {
    ana.deletes(post).await;
    server.settle().await;
    // They stay as long as whoever deletes and writes anew may want them.
    server.wind(TimeDelta::hours(49));
    for _ in 0..2 {
        sweep_pictures::once(&server.app).await.unwrap();
    }
}

#[tokio::test]
async fn pictures_go_from_the_folder_to_a_bucket_and_the_former_files_a_week_later() {
    let bucket = Bucket::start().await;
    let server = TestServer::start().await;
    let ana = server.person("ana").await;
    let post = posted(&server, &ana).await;
    let before = in_folder(&server.app);
    let to = place(&bucket.table(""));
    let told = move_media::forecast(&server.app, &to).await.unwrap();
    assert_eq!((told.files, told.there), (before.len() as u64, 0));
    assert!(bucket.names().is_empty(), "it only told");
    move_all(&server, &to).await;
    assert_eq!(bucket.names(), before);
    assert_eq!(in_folder(&server.app), before, "they are kept for a while");
    for name in &before {
        let there = std::fs::read(server.app.config.data_dir.join("media").join(name)).unwrap();
        assert!(bucket.read(name) == there, "{name}");
    }
    server.wind(TimeDelta::days(6));
    move_media::tidy(&server.app).await.unwrap();
    assert_eq!(in_folder(&server.app), before);
    wait_out(&server).await;
    assert!(in_folder(&server.app).is_empty());
    assert_eq!(bucket.names(), before);
    assert_eq!(shown(&ana, &post).await, 200);
    let after = posted(&server, &ana).await;
    assert_eq!(shown(&ana, &after).await, 200);
    assert!(in_folder(&server.app).is_empty() && bucket.names().len() > before.len());
}

#[tokio::test]
async fn what_is_posted_and_deleted_meanwhile_is_right_in_both_places() {
    let (old, new) = (Bucket::start().await, Bucket::start().await);
    let server = TestServer::with(&old.settings("old")).await;
    let ana = server.person("ana").await;
    let (first, second) = (posted(&server, &ana).await, posted(&server, &ana).await);
    move_media::begin(&server.app, &place(&new.table("new")), None)
        .await
        .unwrap();
    let third = posted(&server, &ana).await;
    assert!(!new.names().is_empty(), "it is in the new place at once");
    deleted(&server, &ana, &first).await;
    server.wind(TimeDelta::minutes(1));
    move_media::go_on(&server.app, HANDS, |_| {}).await.unwrap();
    let without = |bucket: &Bucket, prefix: &str| -> Vec<String> {
        let names = bucket.names();
        let names = names
            .iter()
            .map(|name| name.trim_start_matches(prefix).to_owned());
        names.collect()
    };
    assert_eq!(without(&old, "old/"), without(&new, "new/"));
    // After the switch as before it.
    let fourth = posted(&server, &ana).await;
    deleted(&server, &ana, &second).await;
    assert_eq!(without(&old, "old/"), without(&new, "new/"));
    for (post, status) in [(&first, 404), (&second, 404), (&third, 200), (&fourth, 200)] {
        assert_eq!(shown(&ana, post).await, status);
    }
    wait_out(&server).await;
    assert!(old.names().is_empty(), "{:?}", old.names());
    for post in [&third, &fourth] {
        assert_eq!(shown(&ana, post).await, 200);
    }
}

#[tokio::test]
async fn nobody_misses_a_picture_that_one_of_the_two_places_does_not_have() {
    let bucket = Bucket::start().await;
    let server = TestServer::start().await;
    let ana = server.person("ana").await;
    let post = posted(&server, &ana).await;
    move_all(&server, &place(&bucket.table(""))).await;
    let path = path_of(&post["media_attachments"][0]["url"]);
    let name = path.rsplit('/').next().expect("a name");
    let lost = bucket
        .names()
        .into_iter()
        .find(|known| known.ends_with(&format!("/{name}")));
    let lost = lost.expect("it is there");
    bucket.remove(&lost);
    assert_eq!(shown(&ana, &post).await, 200);
    // What is missing at the end is brought over before it would be gone, and what was changed as well.
    let other = bucket.names().remove(0);
    bucket.write(&other, b"cut off");
    wait_out(&server).await;
    assert!(in_folder(&server.app).is_empty());
    assert!(bucket.names().contains(&lost) && bucket.read(&other) != b"cut off");
    assert_eq!(shown(&ana, &post).await, 200);
}

#[tokio::test]
async fn a_copy_that_was_broken_off_goes_on_where_it_was() {
    let bucket = Bucket::start().await;
    let server = TestServer::start().await;
    let ana = server.person("ana").await;
    posted(&server, &ana).await;
    let all = in_folder(&server.app);
    let to = place(&bucket.table("a"));
    move_media::begin(&server.app, &to, None).await.unwrap();
    server.wind(TimeDelta::minutes(1));
    let begun = bucket.asked();
    bucket.takes_only(3);
    let app = server.app.clone();
    let copying = tokio::spawn(async move { move_media::go_on(&app, 2, |_| {}).await });
    eventually("the bucket takes no more", async || {
        (bucket.asked() - begun >= 5).then_some(())
    })
    .await;
    let busy = move_media::go_on(&server.app, HANDS, |_| {}).await;
    assert!(matches!(busy, Err(MoveError::Busy)), "{busy:?}");
    copying.abort();
    copying.await.expect_err("it was ended");
    bucket.takes_all();
    eventually("what was on its way is there", async || {
        (bucket.names().len() >= 3).then_some(())
    })
    .await;
    let there = bucket.names().len() as u64;
    assert!(there < all.len() as u64);
    let end = eventually("the lock is given back", async || {
        let said = std::sync::Mutex::new(Tally::default());
        let done = move_media::go_on(&server.app, HANDS, |tally| *said.lock().unwrap() = tally).await;
        match done {
            Err(MoveError::Busy) => None,
            done => {
                done.expect("it goes on");
                Some(*said.lock().unwrap())
            }
        }
    })
    .await;
    assert!(
        end.there >= there && end.files + end.there == all.len() as u64,
        "{end:?}"
    );
    assert_eq!(bucket.names().len(), all.len());
}

#[tokio::test]
async fn a_place_that_cannot_be_used_or_is_none_is_refused_before_anything_is_noted() {
    let bucket = Bucket::start().await;
    let server = TestServer::start().await;
    let app = &server.app;
    let wrong = place(&bucket.table("").replace(SECRET_KEY, "another secret"));
    let refused = move_media::begin(app, &wrong, None).await;
    assert!(matches!(refused, Err(MoveError::Probe(_))), "{refused:?}");
    let same = move_media::begin(app, &Storage::Local, None).await;
    assert!(matches!(same, Err(MoveError::Same(_))), "{same:?}");
    for nothing in [
        move_media::go_on(app, HANDS, |_| {}).await.map(drop),
        move_media::give_up(app).await,
    ] {
        assert!(matches!(nothing, Err(MoveError::Nothing)), "{nothing:?}");
    }
    move_media::begin(app, &place(&bucket.table("a")), None)
        .await
        .unwrap();
    let other = move_media::begin(app, &place(&bucket.table("b")), None).await;
    assert!(matches!(other, Err(MoveError::Another(..))), "{other:?}");
    let sealed: Vec<u8> = sqlx::query_scalar("select destination from media_move")
        .fetch_one(server.db())
        .await
        .unwrap();
    let secret = SECRET_KEY.as_bytes();
    assert!(!sealed.windows(secret.len()).any(|part| part == secret));
    move_media::give_up(app).await.unwrap();
    // Again, to another, and then it is too late to give it up, or to go on to a third before the settings know.
    move_all(&server, &place(&bucket.table("b"))).await;
    let late = move_media::give_up(app).await;
    assert!(matches!(late, Err(MoveError::SettingsFirst(_))), "{late:?}");
    wait_out(&server).await;
    let third = move_media::begin(app, &place(&bucket.table("c")), None).await;
    assert!(matches!(third, Err(MoveError::SettingsFirst(_))), "{third:?}");
}

#[tokio::test]
async fn what_was_moved_can_be_moved_back_whether_or_not_the_settings_know() {
    let bucket = Bucket::start().await;
    let server = TestServer::start().await;
    let ana = server.person("ana").await;
    let before = posted(&server, &ana).await;
    move_all(&server, &place(&bucket.table(""))).await;
    wait_out(&server).await;
    move_media::begin(&server.app, &Storage::Local, Some(0))
        .await
        .unwrap();
    let meanwhile = posted(&server, &ana).await;
    for post in [&before, &meanwhile] {
        assert_eq!(shown(&ana, post).await, 200);
    }
    server.wind(TimeDelta::minutes(1));
    move_media::go_on(&server.app, HANDS, |_| {}).await.unwrap();
    assert_eq!(in_folder(&server.app), bucket.names());
    wait_out(&server).await;
    assert!(bucket.names().is_empty());
    for post in [&before, &meanwhile] {
        assert_eq!(shown(&ana, post).await, 200);
    }
    move_media::give_up(&server.app)
        .await
        .expect("the settings say the same");
    assert_eq!(shown(&ana, &before).await, 200);
}
