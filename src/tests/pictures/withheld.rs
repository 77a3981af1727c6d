//! Pictures of somebody suspended: nobody has them any more who has their addresses, nothing of them is lost, and they come
//! back under the same addresses.

use chrono::TimeDelta;
use reqwest::Method;
use serde_json::Value;
use tintype::actions::move_media::{self, HANDS};
use tintype::actions::reconcile::{self, Options, Tally};
use tintype::actions::suspend;
use tintype::config;
use tintype::jobs::sweep_pictures;
use tintype::media::{MediaKey, Size, StoredFile};

use super::path_of;
use crate::admin::ACCOUNTS;
use crate::admin::desk::{Staff, staff};
use crate::support::draft::small_photo;
use crate::support::http::{Part, id};
use crate::support::s3::Bucket;
use crate::support::waiting::eventually;
use crate::support::{Person, TestServer};

async fn sweep(server: &TestServer) {
    sweep_pictures::once(&server.app).await.expect("it can be swept");
}

async fn suspended(server: &TestServer, person: &Person) {
    suspend::local(&server.app, person.account()).await.unwrap();
}

async fn let_back(server: &TestServer, person: &Person) {
    suspend::undo(&server.app, person.account()).await.unwrap();
}

/// The paths of all files that a post's picture has by its addresses.
fn files_of(post: &Value) -> Vec<String> {
    let picture = &post["media_attachments"][0];
    let variants = picture["variants"].as_array().expect("variants").iter();
    let urls = variants.map(|variant| &variant["url"]);
    let urls = urls.chain([&picture["url"], &picture["preview_url"]]);
    urls.chain(picture["original_file"].get("url"))
        .map(path_of)
        .collect()
}

async fn posted(server: &TestServer, person: &Person) -> Value {
    let post = person
        .post("here")
        .with_photo()
        .with("offer_originals", true)
        .await;
    server.settle().await;
    person.sees(&post).await
}

async fn with_avatar(server: &TestServer, person: &Person) -> String {
    let photo = [Part::File("avatar", "me.jpg", "image/jpeg", small_photo())];
    let path = "/api/v1/accounts/update_credentials";
    // It is answered when the picture is ready.
    let working = async {
        let waits = "select exists (select 1 from media where purpose = 1 and queue > 0)";
        let waits = async || sqlx::query_scalar::<_, bool>(waits).fetch_one(server.db()).await;
        eventually("it waits", async || waits().await.unwrap().then_some(())).await;
        server.settle().await;
    };
    let (sent, ()) = tokio::join!(person.multipart(Method::PATCH, path, &photo), working);
    sent.ok();
    let me = person.get("/api/v1/accounts/verify_credentials").await.ok();
    path_of(&me["avatar"])
}

#[track_caller]
fn all_are(found: &[(String, u16)], status: u16) {
    let others: Vec<_> = found.iter().filter(|(_, found)| *found != status).collect();
    assert!(others.is_empty() && !found.is_empty(), "not {status}: {others:?}");
}

async fn asked_for(server: &TestServer, paths: &[String]) -> Vec<(String, u16)> {
    let mut found = Vec::new();
    for path in paths {
        let answer = server.client.get(path).await;
        found.push((path.clone(), answer.status.as_u16()));
    }
    found
}

/// Compares the store with the rows, and mends and removes whatever seems wrong: nothing.
async fn nothing_is_amiss(server: &TestServer) {
    let options = Options {
        older_than: TimeDelta::hours(-1),
        deletes: true,
        mends: true,
    };
    let tally = reconcile::run(&server.app, options).await.unwrap();
    let well = Tally {
        all: tally.all,
        pictures: tally.pictures,
        ..Tally::default()
    };
    assert_eq!(tally, well);
    sweep(server).await;
}

pub(super) async fn goes_and_comes_back(server: &TestServer) {
    let Staff {
        moderator, member, ..
    } = staff(server).await;
    let mut paths = files_of(&posted(server, &member).await);
    paths.push(with_avatar(server, &member).await);
    let others = files_of(&posted(server, &moderator).await);
    all_are(&asked_for(server, &paths).await, 200);

    let action = format!("{ACCOUNTS}/{}/action", member.id);
    moderator.post_form(&action, &[("type", "suspend")]).await.ok();
    server.settle().await;
    sweep(server).await;
    all_are(&asked_for(server, &paths).await, 404);
    all_are(&asked_for(server, &others).await, 200);
    nothing_is_amiss(server).await;
    all_are(&asked_for(server, &paths).await, 404);

    let back = format!("{ACCOUNTS}/{}/unsuspend", member.id);
    moderator.act(&back).await.ok();
    server.settle().await;
    sweep(server).await;
    all_are(&asked_for(server, &paths).await, 200);
    nothing_is_amiss(server).await;
    all_are(&asked_for(server, &paths).await, 200);
}

#[tokio::test]
async fn pictures_of_somebody_suspended_cannot_be_had_and_come_back_under_their_addresses() {
    goes_and_comes_back(&TestServer::start().await).await;
}

#[tokio::test]
async fn the_same_in_a_bucket_of_which_nobody_reads_what_is_not_below_media() {
    let bucket = Bucket::start().await;
    let server = TestServer::with(&bucket.settings("a/b")).await;
    goes_and_comes_back(&server).await;
    let before = bucket.names();
    let bo = server.person("bo").await;
    posted(&server, &bo).await;
    suspended(&server, &bo).await;
    sweep(&server).await;
    let public = |names: Vec<String>| names.into_iter().filter(|name| name.starts_with("a/b/media/"));
    let (before, now) = (public(before).collect::<Vec<_>>(), public(bucket.names()));
    assert_eq!(now.collect::<Vec<_>>(), before);
    server.settle().await;
}

#[tokio::test]
async fn what_is_withheld_goes_with_its_owner() {
    let bucket = Bucket::start().await;
    let server = TestServer::with(&bucket.settings("")).await;
    let Staff { admin, member, .. } = staff(&server).await;
    posted(&server, &member).await;
    with_avatar(&server, &member).await;
    suspended(&server, &member).await;
    sweep(&server).await;
    assert!(bucket.names().iter().any(|name| name.starts_with("withheld/")));
    let path = format!("{ACCOUNTS}/{}", member.id);
    admin.delete(&path).await.ok();
    server.settle().await;
    server.wind(TimeDelta::hours(49));
    for _ in 0..2 {
        sweep(&server).await;
    }
    assert!(bucket.names().is_empty(), "{:?}", bucket.names());
    assert_eq!(noted(&server).await, 0);
}

async fn noted(server: &TestServer) -> i64 {
    sqlx::query_scalar("select count(*) from withheld_files")
        .fetch_one(server.db())
        .await
        .unwrap()
}

#[tokio::test]
async fn whoever_ended_half_way_is_followed_by_one_who_ends_it() {
    let bucket = Bucket::start().await;
    let server = TestServer::with(&bucket.settings("")).await;
    // The owner cannot be suspended.
    server.person("first").await;
    let ana = server.person("ana").await;
    let paths = files_of(&posted(&server, &ana).await);
    let before = bucket.names();
    let public: Vec<&String> = before.iter().filter(|name| name.starts_with("media/")).collect();
    let away = |name: &str| name.replacen("media/", "withheld/", 1);
    suspended(&server, &ana).await;
    // One was moved, another was copied; then the process was killed, with all of it in hand.
    let (now, retry_at) = (
        server.app.clock.now(),
        server.app.clock.now() + TimeDelta::minutes(5),
    );
    let mut db = server.app.db.acquire().await.unwrap();
    let taken = tintype::db::withheld::take(&mut db, now, retry_at, 10).await;
    assert!(taken.unwrap().iter().all(|due| due.is_withheld));
    drop(db);
    for name in &public[..2] {
        bucket.write(&away(name), &bucket.read(name));
    }
    bucket.remove(public[0]);
    sweep(&server).await;
    assert_eq!(bucket.names().len(), before.len() + 1, "another has it in hand");
    server.wind(TimeDelta::minutes(6));
    sweep(&server).await;
    all_are(&asked_for(&server, &paths).await, 404);
    assert!(bucket.names().iter().all(|name| !name.starts_with("media/")));
    assert_eq!(bucket.names().len(), before.len());
    // The same on the way back, and it is suspended anew before all of it is there.
    let_back(&server, &ana).await;
    bucket.write(public[0], &bucket.read(&away(public[0])));
    bucket.remove(&away(public[0]));
    suspended(&server, &ana).await;
    sweep(&server).await;
    all_are(&asked_for(&server, &paths).await, 404);
    let_back(&server, &ana).await;
    sweep(&server).await;
    all_are(&asked_for(&server, &paths).await, 200);
    assert_eq!(bucket.names(), before);
    assert_eq!(noted(&server).await, 0);
    server.settle().await;
}

#[tokio::test]
async fn what_a_worker_stores_after_the_suspension_is_withheld_too_and_nothing_more_is_begun() {
    let server = TestServer::start().await;
    // The owner cannot be suspended.
    server.person("first").await;
    let ana = server.person("ana").await;
    let path = files_of(&posted(&server, &ana).await).remove(0);
    let waiting = super::send(&ana, "/api/v2/media", "image/jpeg", small_photo())
        .await
        .ok();
    suspended(&server, &ana).await;
    sweep(&server).await;
    server.settle().await;
    let state = async || -> i16 {
        sqlx::query_scalar("select state from media where id = $1::text::bigint")
            .bind(id(&waiting))
            .fetch_one(server.db())
            .await
            .unwrap()
    };
    assert_eq!(state().await, 0, "nobody made it ready");

    let key = MediaKey::parse(path.split('/').nth(2).expect("a key")).expect("a key");
    let file = StoredFile::Avif(Size::Small320);
    server.app.store.put(&key, file, "late".into()).await.unwrap();
    sqlx::query("update media set renditions = 3 where key = $1")
        .bind(key.to_string())
        .execute(server.db())
        .await
        .unwrap();
    sweep(&server).await;
    let late = format!("/media/{key}/{file}");
    assert_eq!(server.client.get(&late).await.status, 404);

    let_back(&server, &ana).await;
    sweep(&server).await;
    server.settle().await;
    assert_eq!(server.client.get(&late).await.status, 200);
    assert_eq!(server.client.get(&path).await.status, 200);
    assert_eq!(state().await, 1);
}

#[tokio::test]
async fn what_is_withheld_or_given_back_while_all_media_move_is_lost_in_neither_place() {
    let bucket = Bucket::start().await;
    let server = TestServer::start().await;
    server.person("first").await;
    let [ana, bo] = [server.person("ana").await, server.person("bo").await];
    let of_ana = files_of(&posted(&server, &ana).await);
    let of_bo = files_of(&posted(&server, &bo).await);
    suspended(&server, &bo).await;
    sweep(&server).await;
    let to = config::storage_in(std::path::Path::new("new.toml"), &bucket.table("")).unwrap();
    move_media::begin(&server.app, &to, None).await.unwrap();
    // Nothing was copied yet; whoever copies may be past these names.
    suspended(&server, &ana).await;
    let_back(&server, &bo).await;
    sweep(&server).await;
    let begun = bucket.names();
    let below = |folder: &str| begun.iter().filter(|name| name.starts_with(folder)).count();
    assert!(below("withheld/") > 0 && below("media/") > 0, "{begun:?}");
    assert_eq!(below("withheld/"), below("media/"));
    server.wind(TimeDelta::minutes(1));
    move_media::go_on(&server.app, HANDS, |_| {}).await.unwrap();
    all_are(&asked_for(&server, &of_ana).await, 404);
    all_are(&asked_for(&server, &of_bo).await, 200);
    suspended(&server, &bo).await;
    sweep(&server).await;
    for step in [TimeDelta::days(8), TimeDelta::minutes(1)] {
        server.wind(step);
        move_media::tidy(&server.app).await.unwrap();
    }
    all_are(&asked_for(&server, &of_bo).await, 404);
    for person in [&ana, &bo] {
        let_back(&server, person).await;
    }
    sweep(&server).await;
    all_are(&asked_for(&server, &of_ana).await, 200);
    all_are(&asked_for(&server, &of_bo).await, 200);
    nothing_is_amiss(&server).await;
    server.settle().await;
}
