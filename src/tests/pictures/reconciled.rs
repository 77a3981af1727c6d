//! The store against the rows: what nothing names goes, what is missing is told, and what can be mended is.

use std::path::{Path, PathBuf};

use chrono::TimeDelta;
use tintype::actions::reconcile::{self, Options, Tally};
use tintype::app::App;
use tintype::jobs::sweep_pictures;
use tintype::media::{FileName, MediaKey, OriginalKey};

use super::path_of;
use crate::support::s3::Bucket;
use crate::support::{Person, TestServer};

const TELL: Options = Options {
    older_than: TimeDelta::hours(24),
    deletes: false,
    mends: false,
};

async fn run(app: &App, options: Options) -> Tally {
    reconcile::run(app, options)
        .await
        .expect("the store can be looked through")
}

/// Files that nothing names: a rendition and an original.
async fn stray(app: &App) {
    let key = MediaKey::random().unwrap();
    let name = FileName::parse("640.jpg").unwrap();
    app.store.put(&key, name, "stray".into()).await.unwrap();
    let kind = tintype::media::sniff::Kind::Jpeg;
    let original = OriginalKey::random().unwrap();
    app.store
        .put_original(&original, kind, "strayed".into())
        .await
        .unwrap();
}

fn media(server: &TestServer) -> PathBuf {
    server.app.config.data_dir.join("media")
}

async fn posted(server: &TestServer, ana: &Person) -> PathBuf {
    let post = ana.post("here").with_photo().await;
    server.settle().await;
    let path = path_of(&post["media_attachments"][0]["url"]);
    let key = path.split('/').nth(2).expect("a key");
    media(server)
        .join("media")
        .join(&key[..2])
        .join(&key[2..4])
        .join(key)
}

fn files_below(folder: &Path) -> usize {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return 0;
    };
    let counted = entries.flatten().map(|entry| match entry.path().is_dir() {
        true => files_below(&entry.path()),
        false => 1,
    });
    counted.sum()
}

#[tokio::test]
async fn where_all_is_well_nothing_is_found_and_nothing_goes() {
    let server = TestServer::start().await;
    let ana = server.person("ana").await;
    posted(&server, &ana).await;
    let all = Options {
        older_than: TimeDelta::hours(-1),
        deletes: true,
        mends: true,
    };
    let tally = run(&server.app, all).await;
    let expected = Tally {
        all: tally.all,
        pictures: 1,
        ..Tally::default()
    };
    assert_eq!(tally, expected);
    assert_eq!(tally.all.files as usize, files_below(&media(&server)));
    let noted: i64 = sqlx::query_scalar("select sum(stored_bytes)::bigint from media")
        .fetch_one(server.db())
        .await
        .unwrap();
    assert_eq!(
        tally.all.bytes,
        noted.unsigned_abs(),
        "what rows say is what is there"
    );
}

#[tokio::test]
async fn files_that_nothing_names_go_when_they_are_old_enough_and_it_is_wanted() {
    let server = TestServer::start().await;
    let ana = server.person("ana").await;
    posted(&server, &ana).await;
    let before = files_below(&media(&server));
    stray(&server.app).await;
    std::fs::write(media(&server).join("media/notes.txt"), "an admin's own").unwrap();
    let tally = run(&server.app, TELL).await;
    assert_eq!(
        (tally.strays.files, tally.young.files, tally.strange.files),
        (0, 2, 1)
    );
    server.wind(TimeDelta::hours(25));
    let tally = run(&server.app, TELL).await;
    assert_eq!(
        (tally.strays.files, tally.strays.bytes, tally.young.files),
        (2, 12, 0)
    );
    assert_eq!(files_below(&media(&server)), before + 3, "it only told");
    let deletes = Options {
        deletes: true,
        ..TELL
    };
    run(&server.app, deletes).await;
    sweep_pictures::remove_files(&server.app, server.app.clock.now())
        .await
        .unwrap();
    assert_eq!(files_below(&media(&server)), before + 1);
    assert_eq!(run(&server.app, TELL).await.strays.files, 0);
}

#[tokio::test]
async fn an_upload_that_is_on_its_way_is_not_taken_for_a_stray() {
    let server = TestServer::start().await;
    let ana = server.person("ana").await;
    // Noted and stored, but its row is not written yet.
    let (original, kind) = (OriginalKey::random().unwrap(), tintype::media::sniff::Kind::Jpeg);
    let due = server.app.clock.now() + TimeDelta::hours(1);
    let mut db = server.app.db.acquire().await.unwrap();
    tintype::db::media_sweep::note_original(&mut db, &original.to_string(), due)
        .await
        .unwrap();
    drop(db);
    server
        .app
        .store
        .put_original(&original, kind, "an upload".into())
        .await
        .unwrap();
    // Another waits for a worker.
    super::send(
        &ana,
        "/api/v2/media",
        "image/jpeg",
        crate::support::draft::small_photo(),
    )
    .await;
    let all = Options {
        older_than: TimeDelta::hours(-1),
        deletes: true,
        mends: true,
    };
    let tally = run(&server.app, all).await;
    assert_eq!(
        (tally.all.files, tally.strays.files, tally.young.files),
        (2, 0, 0)
    );
    server.settle().await;
}

#[tokio::test]
async fn pictures_without_their_files_are_made_again_where_that_can_be() {
    let server = TestServer::start().await;
    let ana = server.person("ana").await;
    let (kept, lost) = (posted(&server, &ana).await, posted(&server, &ana).await);
    std::fs::remove_file(kept.join("320.webp")).unwrap();
    std::fs::remove_dir_all(&lost).unwrap();
    let second = "update media set original_key = null where key = $1";
    sqlx::query(second)
        .bind(lost.file_name().unwrap().to_str())
        .execute(server.db())
        .await
        .unwrap();
    let tally = run(&server.app, TELL).await;
    assert_eq!((tally.pictures, tally.remakable, tally.lost_in_all), (2, 1, 1));
    assert_eq!(tally.lost.len(), 1);
    let mends = Options { mends: true, ..TELL };
    run(&server.app, mends).await;
    server.settle().await;
    let tally = run(&server.app, TELL).await;
    assert_eq!((tally.pictures, tally.remakable, tally.lost_in_all), (2, 0, 1));
}

#[tokio::test]
async fn what_nobody_measured_yet_is_measured_by_and_by() {
    let server = TestServer::start().await;
    let ana = server.person("ana").await;
    posted(&server, &ana).await;
    let sum = async || -> i64 {
        let asked = sqlx::query_scalar("select coalesce(sum(bytes), 0)::bigint from media_usage");
        asked.fetch_one(server.db()).await.unwrap()
    };
    sweep_pictures::once(&server.app).await.unwrap();
    let known = sum().await;
    assert!(known > 0);
    // As before this was noted.
    sqlx::query("update media set stored_bytes = null")
        .execute(server.db())
        .await
        .unwrap();
    sweep_pictures::add_up(&server.app).await.unwrap();
    assert_eq!(sum().await, 0);
    for _ in 0..2 {
        sweep_pictures::once(&server.app).await.unwrap();
    }
    assert_eq!(sum().await, known);
    // And gone with its picture.
    sqlx::query("delete from media")
        .execute(server.db())
        .await
        .unwrap();
    sweep_pictures::add_up(&server.app).await.unwrap();
    assert_eq!(sum().await, 0);
}

#[tokio::test]
async fn a_bucket_is_looked_through_like_a_folder() {
    let bucket = Bucket::start().await;
    let server = TestServer::with(&bucket.settings("ana/pictures")).await;
    let ana = server.person("ana").await;
    for _ in 0..2 {
        ana.post("here").with_photo().await;
    }
    server.settle().await;
    let before = bucket.names();
    assert_eq!(before.len(), 2 * 9, "{before:?}");
    assert!(before.iter().all(|name| name.starts_with("ana/pictures/")));
    stray(&server.app).await;
    server
        .app
        .store
        .probe()
        .await
        .expect("the bucket can be written to");
    server.wind(TimeDelta::hours(25));
    let tally = run(&server.app, TELL).await;
    assert_eq!(
        (
            tally.all.files,
            tally.pictures,
            tally.strays.files,
            tally.wrong_sizes
        ),
        (20, 2, 2, 0)
    );
    let deletes = Options {
        deletes: true,
        ..TELL
    };
    run(&server.app, deletes).await;
    sweep_pictures::remove_files(&server.app, server.app.clock.now())
        .await
        .unwrap();
    assert_eq!(bucket.names(), before);
    let lost = before.iter().find(|name| name.ends_with("/640.jpg"));
    bucket.remove(lost.expect("a rendition"));
    assert_eq!(run(&server.app, TELL).await.remakable, 1);
    let mends = Options { mends: true, ..TELL };
    run(&server.app, mends).await;
    server.settle().await;
    assert_eq!(run(&server.app, TELL).await.remakable, 0);
}
