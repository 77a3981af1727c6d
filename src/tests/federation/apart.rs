//! Copies of other servers' pictures in a store of their own: what goes there, what was here before, and who knows of both.

use std::path::PathBuf;

use chrono::TimeDelta;
use serde_json::{Value, json};
use tintype::actions::move_media::{self, MoveError};
use tintype::actions::reconcile::{self, Options};
use tintype::actions::suspend;
use tintype::config;
use tintype::jobs::sweep_pictures;
use tintype::media::{FileName, MediaKey};

use super::scene::{Scene, find};
use crate::support::draft::small_photo;
use crate::support::folder::Folder;
use crate::support::http::id;
use crate::support::peer::Says;
use crate::support::s3::Bucket;

/// Where a picture is, by its address here.
fn key_of(url: &Value) -> MediaKey {
    let parts: Vec<&str> = url.as_str().expect("an address").rsplit('/').collect();
    MediaKey::parse(parts[1]).expect("a key")
}

fn path_of(url: &Value) -> String {
    let url = url::Url::parse(url.as_str().expect("an address")).expect("an address");
    url.path().to_owned()
}

/// A post of Zed's with a picture, which nobody has fetched yet.
async fn told_of(scene: &Scene, name: &str) -> Value {
    let path = format!("/{name}.jpg");
    let photo = Says::File("image/jpeg", small_photo().to_vec());
    scene.peer.says(&path, photo);
    let mut note = scene.zed.note(&format!("<p>{name}</p>"));
    let picture = json!({ "type": "Document", "mediaType": "image/jpeg", "url": scene.peer.url(&path) });
    note["attachment"] = json!([picture]);
    let creates = scene.zed.creates(&note);
    scene.zed.tells(&scene.server, &creates).await;
    while tintype::jobs::receive::batch(&scene.server.app).await.unwrap() > 0 {}
    note
}

async fn with_picture(scene: &Scene, name: &str) -> Value {
    let note = told_of(scene, name).await;
    scene.server.settle().await;
    scene.of_note(&note).await.expect("the post came in")
}

fn files_below(folder: PathBuf) -> usize {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let counted = entries.map(|entry| match entry.path().is_dir() {
        true => files_below(entry.path()),
        false => 1,
    });
    counted.sum()
}

/// Files of renditions in the data directory.
fn own(scene: &Scene) -> usize {
    files_below(scene.server.app.config.data_dir.join("media/media"))
}

async fn status(scene: &Scene, url: &Value) -> u16 {
    scene.ana.get(&path_of(url)).await.status.as_u16()
}

#[tokio::test]
async fn copies_go_to_their_own_store_and_uploads_do_not() {
    let bucket = Bucket::start().await;
    let scene = Scene::with(&bucket.settings_of_copies("copies")).await;
    let app = &scene.server.app;
    let theirs = with_picture(&scene, "harbour").await;
    let theirs = &theirs["media_attachments"][0];
    assert_eq!(own(&scene), 0);
    let there = bucket.names();
    assert!(
        !there.is_empty() && there.iter().all(|name| name.starts_with("copies/media/")),
        "{there:?}"
    );
    assert_eq!(status(&scene, &theirs["url"]).await, 200);
    let ours = scene.ana.post("here").with_photo().await;
    scene.server.settle().await;
    assert!(own(&scene) > 0);
    assert_eq!(bucket.names(), there);
    assert_eq!(status(&scene, &ours["media_attachments"][0]["url"]).await, 200);
    // All of it is known to whoever compares, and nothing is too much or missing.
    let older_than = TimeDelta::hours(-1);
    let tell = Options {
        older_than,
        deletes: false,
        mends: false,
    };
    let tally = reconcile::run(app, tell).await.unwrap();
    let originals = files_below(app.config.data_dir.join("media/originals"));
    assert_eq!(tally.all.files as usize, own(&scene) + originals + there.len());
    assert_eq!((tally.strays.files, tally.lost_copies, tally.pictures), (0, 0, 2));
    // What nothing names goes there too.
    let stray = app.store.key_of_copy(MediaKey::random().unwrap());
    let file = FileName::parse("640.jpg").unwrap();
    app.store.put(&stray, file, "stray".into()).await.unwrap();
    assert_eq!(bucket.names().len(), there.len() + 1);
    let delete = Options {
        deletes: true,
        ..tell
    };
    assert_eq!(reconcile::run(app, delete).await.unwrap().strays.files, 1);
    sweep_pictures::remove_files(app, app.clock.now()).await.unwrap();
    assert_eq!(bucket.names(), there);
    // A lost copy is fetched again, to where it was.
    for name in &there {
        bucket.remove(name);
    }
    let mend = Options { mends: true, ..tell };
    assert_eq!(reconcile::run(app, mend).await.unwrap().lost_copies, 1);
    assert_eq!(
        scene
            .number("select count(*) from media where state = 1 and $1 = ''", "")
            .await,
        1
    );
}

#[tokio::test]
async fn copies_go_from_their_own_store_when_nobody_looks_at_them() {
    let bucket = Bucket::start().await;
    let scene = Scene::with(&bucket.settings_of_copies("")).await;
    with_picture(&scene, "harbour").await;
    assert!(!bucket.names().is_empty());
    scene.server.wind(TimeDelta::days(31));
    sweep_pictures::once(&scene.server.app).await.unwrap();
    scene.server.wind(TimeDelta::hours(2));
    sweep_pictures::once(&scene.server.app).await.unwrap();
    assert!(bucket.names().is_empty(), "{:?}", bucket.names());
}

#[tokio::test]
async fn profile_pictures_and_emojis_of_others_go_to_the_store_of_copies() {
    let folder = Folder::new("copies");
    let place = folder.path().join("there").display().to_string();
    let scene = Scene::with(&[("TINTYPE_REMOTE_MEDIA_FOLDER", &place)]).await;
    let photo = || Says::File("image/jpeg", small_photo().to_vec());
    scene.peer.says("/me.jpg", photo());
    scene.peer.says("/cat.jpg", photo());
    let yan = scene.peer.actor("yan");
    let mut document = yan.document();
    document["icon"] =
        json!({ "type": "Image", "mediaType": "image/jpeg", "url": scene.peer.url("/me.jpg") });
    document["name"] = json!("Yan :cat:");
    document["tag"] = json!([{ "type": "Emoji", "name": ":cat:",
        "icon": { "type": "Image", "mediaType": "image/jpeg", "url": scene.peer.url("/cat.jpg") } }]);
    scene.peer.says("/users/yan", Says::Document(document));
    let path = format!("/api/v1/accounts/{}", find(&scene.ana, &yan.handle()).await);
    scene.server.settle().await;
    let shown = scene.ana.get(&path).await.ok();
    let emoji = path_of(&shown["emojis"][0]["static_url"]);
    let looking = scene.ana.get(&emoji);
    let working = async {
        crate::support::waiting::eventually("it is wanted", async || {
            let wanted = scene
                .number("select count(*) from media where queue > 0 and $1 = ''", "")
                .await;
            (wanted == 1).then_some(())
        })
        .await;
        scene.server.settle().await;
    };
    let (emoji, ()) = tokio::join!(looking, working);
    assert_eq!(emoji.status, 200);
    assert_eq!(status(&scene, &shown["avatar"]).await, 200);
    assert_eq!(own(&scene), 0);
    assert_eq!(
        files_below(folder.path().join("there/media")),
        16,
        "two pictures in eight files"
    );
}

#[tokio::test]
async fn what_was_copied_before_there_was_such_a_store_is_shown_and_goes_in_its_time() {
    let bucket = Bucket::start().await;
    let scene = Scene::with(&bucket.settings_of_copies("")).await;
    let app = &scene.server.app;
    let post = with_picture(&scene, "harbour").await;
    let key = key_of(&post["media_attachments"][0]["url"]);
    // As it would be, had the setting come later.
    let before = MediaKey::new([7; 16]);
    for name in FileName::all() {
        let bytes = app.store.get(&key, name).await.unwrap().expect("it is there");
        app.store
            .put(&before, name, bytes.collect().await.unwrap())
            .await
            .unwrap();
    }
    app.store.delete_prefix(&key).await.unwrap();
    sqlx::query("update media set key = $1 where key = $2")
        .bind(before.to_string())
        .bind(key.to_string())
        .execute(scene.server.db())
        .await
        .unwrap();
    assert!(bucket.names().is_empty() && own(&scene) == 8);
    assert_eq!(
        scene.ana.get(&format!("/media/{before}/640.jpg")).await.status,
        200
    );
    let tell = Options {
        older_than: TimeDelta::hours(-1),
        deletes: false,
        mends: false,
    };
    let tally = reconcile::run(app, tell).await.unwrap();
    assert_eq!((tally.strays.files, tally.lost_copies), (0, 0));
    sweep_pictures::note_views(app, app.clock.now()).await.unwrap();
    scene.server.wind(TimeDelta::days(31));
    sweep_pictures::once(app).await.unwrap();
    scene.server.wind(TimeDelta::hours(2));
    sweep_pictures::once(app).await.unwrap();
    assert_eq!(own(&scene), 0);
}

#[tokio::test]
async fn what_was_known_before_and_is_fetched_later_goes_there_and_is_found_under_its_former_address() {
    let bucket = Bucket::start().await;
    let scene = Scene::with(&bucket.settings_of_copies("")).await;
    let note = told_of(&scene, "harbour").await;
    let before = MediaKey::new([7; 16]);
    sqlx::query("update media set key = $1 where remote_url is not null")
        .bind(before.to_string())
        .execute(scene.server.db())
        .await
        .unwrap();
    let post = scene.of_note(&note).await.expect("the post came in");
    let former = post["media_attachments"][0]["url"].clone();
    assert_eq!(key_of(&former), before);
    scene.server.settle().await;
    assert_eq!(own(&scene), 0);
    assert_eq!(bucket.names().len(), 8);
    let now = scene.ana.sees(&post).await["media_attachments"][0]["url"].clone();
    assert_eq!(key_of(&now), before.of_copy());
    for url in [&former, &now] {
        assert_eq!(status(&scene, url).await, 200);
    }
}

#[tokio::test]
async fn a_copy_that_lies_with_all_else_is_found_there_although_its_key_is_of_the_other_store() {
    let scene = Scene::new().await;
    let post = with_picture(&scene, "harbour").await;
    let key = key_of(&post["media_attachments"][0]["url"]);
    assert!(!key.is_of_copy());
    // As whoever gave up a store of copies brings its files back.
    let marked = key.of_copy();
    let file = FileName::parse("640.jpg").unwrap();
    scene
        .server
        .app
        .store
        .put(&marked, file, "a copy".into())
        .await
        .unwrap();
    assert_eq!(
        scene.ana.get(&format!("/media/{marked}/640.jpg")).await.body,
        "a copy"
    );
    let apart = Folder::new("copies");
    let copies = tintype::media::store::Depot::local(apart.path()).unwrap();
    let both = scene.server.app.store.clone().with_copies(copies);
    let found = both.get(&marked, file).await.unwrap().expect("it is there");
    assert_eq!(found.collect().await.unwrap(), "a copy");
    assert_eq!(both.files(&marked).await.unwrap().len(), 1);
    both.delete_prefix(&marked).await.unwrap();
    assert!(both.get(&marked, file).await.unwrap().is_none());
}

#[tokio::test]
async fn copies_are_read_from_the_address_of_their_bucket_and_uploads_from_here() {
    let bucket = Bucket::start().await;
    let mut settings = bucket.settings_of_copies("copies").to_vec();
    settings.push(("TINTYPE_REMOTE_MEDIA_URL", "https://copies.test/x/"));
    let scene = Scene::with(&settings).await;
    let theirs = with_picture(&scene, "harbour").await;
    let url = theirs["media_attachments"][0]["url"]
        .as_str()
        .expect("an address")
        .to_owned();
    let name = url.strip_prefix("https://copies.test/x/").expect("their address");
    assert!(
        bucket.names().iter().any(|known| known == name),
        "{name} is in {:?}",
        bucket.names()
    );
    let ours = scene.ana.post("here").with_photo().await;
    scene.server.settle().await;
    let url = ours["media_attachments"][0]["url"]
        .as_str()
        .expect("an address")
        .to_owned();
    assert!(url.contains(scene.server.authority()), "{url}");
    let page = scene.server.client.get(&format!("/@ana/{}", id(&ours))).await;
    let policy = page.header("content-security-policy").expect("a policy");
    assert!(policy.contains("https://copies.test"), "{policy}");
}

#[tokio::test]
async fn media_do_not_move_to_where_copies_are() {
    let bucket = Bucket::start().await;
    let scene = Scene::with(&bucket.settings_of_copies("copies")).await;
    let place = |prefix: &str| {
        let text = bucket.table(prefix);
        config::storage_in(std::path::Path::new("new.toml"), &text).expect("the settings are good")
    };
    let moved = move_media::begin(&scene.server.app, &place("copies"), None).await;
    assert!(matches!(moved, Err(MoveError::OfCopies(_))), "{moved:?}");
    // Beside them is fine, and copies stay where they are.
    with_picture(&scene, "harbour").await;
    let there = bucket.names();
    scene.ana.post("here").with_photo().await;
    scene.server.settle().await;
    move_media::begin(&scene.server.app, &place("own"), None)
        .await
        .unwrap();
    scene.server.wind(TimeDelta::minutes(1));
    move_media::go_on(&scene.server.app, move_media::HANDS, |_| {})
        .await
        .unwrap();
    let after = bucket.names();
    let copies: Vec<&String> = after.iter().filter(|name| name.starts_with("copies/")).collect();
    assert!(copies.into_iter().eq(&there));
    assert!(after.iter().any(|name| name.starts_with("own/media/")));
}

#[tokio::test]
async fn copies_of_somebody_suspended_are_let_go_of_also_what_was_liked_and_come_back_when_they_do() {
    let bucket = Bucket::start().await;
    let mut settings = bucket.settings_of_copies("copies").to_vec();
    settings.push(("TINTYPE_MEDIA_URL", "https://photos.test/"));
    settings.push(("TINTYPE_REMOTE_MEDIA_URL", "https://copies.test/"));
    let scene = Scene::with(&settings).await;
    let app = &scene.server.app;
    let photo = Says::File("image/jpeg", small_photo().to_vec());
    scene.peer.says("/me.jpg", photo);
    let mut document = scene.zed.document();
    document["icon"] =
        json!({ "type": "Image", "mediaType": "image/jpeg", "url": scene.peer.url("/me.jpg") });
    scene.peer.says("/users/zed", Says::Document(document.clone()));
    scene.zed_tells(&scene.zed.does("Update", document)).await;
    let post = with_picture(&scene, "harbour").await;
    scene.ana.likes(&post).await;
    assert_eq!(bucket.names().len(), 16, "two pictures in eight files");
    let zed = scene.zed_id.parse().expect("an id");
    suspend::local(app, zed).await.unwrap();
    scene.server.settle().await;
    sweep_pictures::once(app).await.unwrap();
    // Until then pages name them that were made before.
    scene.server.wind(TimeDelta::hours(2));
    sweep_pictures::once(app).await.unwrap();
    assert!(bucket.names().is_empty(), "{:?}", bucket.names());
    suspend::undo(app, zed).await.unwrap();
    scene.server.settle().await;
    // Nobody would ask this server for the picture of a profile that is served elsewhere; the other comes when somebody looks.
    assert_eq!(bucket.names().len(), 8);
    let path = format!("/api/v1/statuses/{}", id(&post));
    let again = scene.ana.get(&path).await.ok();
    assert_ne!(
        again["media_attachments"][0]["url"],
        post["media_attachments"][0]["url"]
    );
}
