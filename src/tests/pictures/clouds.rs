//! What is promised of every place of media, in Azure and with Google.

use std::path::Path;

use chrono::TimeDelta;
use reqwest::Method;
use tintype::actions::move_media::{self, HANDS};
use tintype::actions::reconcile::{self, Options};
use tintype::config::{self, Config, Storage};
use tintype::jobs::sweep_pictures;
use tintype::media::store::{ByteRange, StoreError};
use tintype::media::{FileName, MediaKey, Store};

use super::bucket::keeps_large_ones;
use super::path_of;
use crate::support::binary::said;
use crate::support::clouds::{Cloud, lent};
use crate::support::folder::Folder;
use crate::support::{Binary, TestServer};

fn name(name: &str) -> FileName {
    FileName::parse(name).expect("a name")
}

fn store(cloud: &Cloud, prefix: &str) -> Store {
    let settings = cloud.settings(prefix);
    let config = Config::from_parts(None, lent(&settings)).expect("the settings are good");
    tintype::cli::open::store(&config).expect("nothing is sent yet")
}

fn place(text: &str) -> Storage {
    config::storage_in(Path::new("new.toml"), text).expect("the settings are good")
}

async fn keeps_what_is_put(cloud: Cloud) {
    let (store, key) = (store(&cloud, "a/b"), MediaKey::random().unwrap());
    let file = name("640.webp");
    for _ in 0..2 {
        store.put(&key, file, "a picture".into()).await.unwrap();
    }
    let other = store.put(&key, file, "another".into()).await;
    assert!(matches!(other, Err(StoreError::Changed { .. })), "{other:?}");
    assert_eq!(cloud.names().await, [store.public_path(&key, file)]);
    let stored = store.get(&key, file).await.unwrap().unwrap();
    assert_eq!((stored.size, stored.content_type), (9, "image/webp"));
    assert_eq!(stored.collect().await.unwrap(), "a picture");
    for (range, part) in [
        (ByteRange::Last { count: 7 }, "picture"),
        (ByteRange::Between { first: 2, last: 5 }, "pict"),
        (ByteRange::From { first: 8 }, "e"),
    ] {
        let found = store.get_range(&key, file, range).await.unwrap().unwrap();
        assert_eq!(found.collect().await.unwrap(), part);
    }
    let outside = store.get_range(&key, file, ByteRange::From { first: 9 }).await;
    assert!(matches!(outside, Err(StoreError::OutOfRange { size: 9 })));
    assert!(store.exists(&key, file).await.unwrap());
    assert!(!store.exists(&key, name("640.jpg")).await.unwrap());
    assert!(store.get(&key, name("640.jpg")).await.unwrap().is_none());
    let files = store.files(&key).await.unwrap();
    assert!(files.len() == 1 && files[0].bytes == 9, "{files:?}");
    keeps_large_ones(&store, &key).await;
    // What only S3 can do is nowhere.
    assert!(store.bucket().is_none() && store.buckets().is_empty());
    store.probe().await.unwrap();
    store.delete_prefix(&key).await.unwrap();
    store.delete_prefix(&key).await.unwrap();
    assert!(cloud.names().await.is_empty(), "{:?}", cloud.names().await);
}

#[tokio::test]
async fn what_was_put_into_azure_is_there_whole_in_part_and_never_changes() {
    keeps_what_is_put(Cloud::azure().await).await;
}

#[tokio::test]
async fn what_was_put_into_googles_cloud_is_there_whole_in_part_and_never_changes() {
    keeps_what_is_put(Cloud::google().await).await;
}

/// From its upload to its end: shown, compared with the database, withheld, given back, and gone with its post.
async fn serves_pictures(cloud: Cloud) {
    let settings = cloud.settings("a");
    let server = TestServer::with(&lent(&settings)).await;
    super::withheld::goes_and_comes_back(&server).await;
    let ana = server.person("ana").await;
    let before = cloud.names().await;
    assert!(before.iter().all(|name| name.starts_with("a/")), "{before:?}");
    let post = ana.post("here").with_photo().await;
    server.settle().await;
    let path = path_of(&post["media_attachments"][0]["url"]);
    let shown = ana.get(&path).await;
    assert_eq!(shown.status, 200);
    let part = ana
        .client
        .request(Method::GET, &path)
        .header("range", "bytes=0-2");
    let part = ana.client.send(part).await;
    assert_eq!((part.status.as_u16(), &part.body[..]), (206, &shown.body[..3]));
    let (_, file) = path.split_once("/media/").expect("it is below /media");
    let names = cloud.names().await;
    let rendition = names.iter().find(|name| name.ends_with(file));
    cloud.remove(rendition.expect("it is there")).await;
    assert_eq!(ana.get(&path).await.status, 404);
    let options = Options {
        older_than: TimeDelta::hours(-1),
        deletes: true,
        mends: true,
    };
    assert_eq!(reconcile::run(&server.app, options).await.unwrap().remakable, 1);
    server.settle().await;
    // Under a new address: what was made is never changed.
    let mended = ana.sees(&post).await;
    let path = path_of(&mended["media_attachments"][0]["url"]);
    assert_eq!(ana.get(&path).await.status, 200);
    ana.deletes(&post).await;
    server.settle().await;
    server.wind(TimeDelta::hours(49));
    for _ in 0..2 {
        sweep_pictures::once(&server.app).await.unwrap();
    }
    let after = cloud.names().await;
    let left: Vec<_> = after.iter().filter(|name| !before.contains(name)).collect();
    assert!(left.is_empty(), "{left:?}");
}

#[tokio::test]
async fn pictures_in_azure_are_shown_withheld_mended_and_removed() {
    serves_pictures(Cloud::azure().await).await;
}

#[tokio::test]
async fn pictures_in_googles_cloud_are_shown_withheld_mended_and_removed() {
    serves_pictures(Cloud::google().await).await;
}

async fn moves(server: &TestServer, to: &Storage) {
    let app = &server.app;
    move_media::begin(app, to, Some(0)).await.unwrap();
    server.wind(TimeDelta::minutes(1));
    move_media::go_on(app, HANDS, |_| {}).await.unwrap();
    // The two are compared, and then the former files go.
    for _ in 0..2 {
        server.wind(TimeDelta::minutes(1));
        move_media::tidy(app).await.unwrap();
    }
}

async fn takes_all_and_gives_it_back(cloud: Cloud) {
    let server = TestServer::start().await;
    let ana = server.person("ana").await;
    let post = ana.post("here").with_photo().await;
    server.settle().await;
    let path = path_of(&post["media_attachments"][0]["url"]);
    moves(&server, &place(&cloud.table("a"))).await;
    let there = cloud.names().await;
    assert!(
        there.len() == 9 && there.iter().all(|name| name.starts_with("a/")),
        "{there:?}"
    );
    assert_eq!(ana.get(&path).await.status, 200);
    let sealed: Vec<u8> = sqlx::query_scalar("select destination from media_move")
        .fetch_one(server.db())
        .await
        .unwrap();
    let secret = cloud.secret().into_bytes();
    assert!(!sealed.windows(secret.len()).any(|part| part == secret));
    moves(&server, &Storage::Local).await;
    assert!(cloud.names().await.is_empty(), "{:?}", cloud.names().await);
    assert_eq!(ana.get(&path).await.status, 200);
}

#[tokio::test]
async fn pictures_move_to_azure_and_back() {
    takes_all_and_gives_it_back(Cloud::azure().await).await;
}

#[tokio::test]
async fn pictures_move_to_googles_cloud_and_back() {
    takes_all_and_gives_it_back(Cloud::google().await).await;
}

/// All that is said of a check.
fn said_of(told: &str, check: &str) -> String {
    const MARKS: [&str; 4] = ["ok    ", "-     ", "warn  ", "BAD   "];
    let is_check = |line: &str| MARKS.iter().any(|mark| line.starts_with(mark));
    let is_wanted = |line: &str| is_check(line) && line[6..].starts_with(&format!("{check}: "));
    let mut lines = told.lines().skip_while(|line| !is_wanted(line));
    let first = lines.next().unwrap_or_else(|| panic!("{check}: {told}"));
    let rest: Vec<&str> = lines.take_while(|line| !is_check(line)).collect();
    format!("{first}\n{}", rest.join("\n"))
}

async fn is_looked_at(cloud: Cloud, begin: &str) {
    let (own, copies) = (cloud.settings("own"), cloud.settings_of_copies("copies"));
    let all: Vec<(String, String)> = own.into_iter().chain(copies).collect();
    let mut binary = Binary::start("127.0.0.1", &lent(&all)).await;
    let told = said(&binary.runs(&["doctor"], &[]).await);
    assert!(said_of(&told, "storage").starts_with("ok    "), "{told}");
    let copies = said_of(&told, "storage of copies");
    assert!(
        copies.starts_with("ok    ") && copies.contains("/photos/copies"),
        "{told}"
    );
    assert!(cloud.names().await.is_empty(), "it leaves nothing behind");
    let (name, value) = cloud.wrong_key();
    let (own, remote) = (format!("TINTYPE_{name}"), format!("TINTYPE_REMOTE_{name}"));
    let looked = binary
        .runs(&["doctor"], &[(&own, &value), (&remote, &value)])
        .await;
    let told = said(&looked);
    assert_eq!(looked.status.code(), Some(1), "{told}");
    for (check, begin) in [
        ("storage", begin.to_owned()),
        ("storage of copies", format!("remote_{begin}")),
    ] {
        let line = said_of(&told, check);
        assert!(
            line.starts_with("BAD   ") && line.contains(&format!("the {begin} settings")),
            "{told}"
        );
    }
    assert!(!told.contains(&value) || name.ends_with("FILE"), "{told}");
    // Uploads straight into it are refused before anything is opened.
    let direct = [("TINTYPE_S3_DIRECT_UPLOADS", "on")];
    let refused = binary.runs(&["doctor"], &direct).await;
    assert_eq!(refused.status.code(), Some(2), "{}", said(&refused));
    assert!(
        said(&refused).contains("only a bucket of S3"),
        "{}",
        said(&refused)
    );
    assert!(binary.stop().await.success());
    assert!(!binary.log().contains(&cloud.secret()), "{}", binary.log());
}

#[tokio::test]
async fn the_doctor_tries_azure_out_and_says_which_settings_are_wrong() {
    is_looked_at(Cloud::azure().await, "azure_").await;
}

#[tokio::test]
async fn the_doctor_tries_googles_cloud_out_and_says_which_settings_are_wrong() {
    is_looked_at(Cloud::google().await, "gcs_").await;
}

#[tokio::test]
async fn a_key_file_that_is_missing_or_none_is_named_and_not_quoted() {
    let folder = Folder::new("key");
    let path = folder.path().join("key.json");
    let settings = [
        ("TINTYPE_GCS_BUCKET", "photos"),
        ("TINTYPE_GCS_KEY_FILE", path.to_str().expect("a path")),
    ];
    let fails = || {
        let config = Config::from_parts(None, settings).expect("the settings are good");
        format!(
            "{:#}",
            tintype::cli::open::store(&config).expect_err("there is no key")
        )
    };
    assert!(fails().contains("key.json cannot be read: "), "{}", fails());
    for text in ["hunter2", "{\"private_key\": \"hunter2\"}", "[\"hunter2\"]"] {
        std::fs::write(&path, text).unwrap();
        let says = fails();
        assert!(says.contains("key.json is no key of a service account"), "{says}");
        assert!(!says.contains("hunter2"), "{says}");
    }
    let wrong = r#"{"private_key": "hunter2", "private_key_id": "1", "client_email": "ana@a.test"}"#;
    std::fs::write(&path, wrong).unwrap();
    assert!(fails().contains("is no key of a service account") && !fails().contains("hunter2"));
}
