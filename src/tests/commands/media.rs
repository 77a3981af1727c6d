//! `tintype media …` beside a running server.

use std::path::PathBuf;

use serde_json::{Value, json};

use crate::support::binary::said;
use crate::support::draft::small_photo;
use crate::support::http::id;
use crate::support::peer::{Peer, Says};
use crate::support::s3::{Bucket, SECRET_KEY};
use crate::support::waiting::eventually;
use crate::support::{Binary, Person};

async fn runs(binary: &Binary, arguments: &[&str]) -> (bool, String) {
    let all: Vec<&str> = ["media"].iter().chain(arguments).copied().collect();
    let ended = binary.runs(&all, &[]).await;
    (ended.status.success(), said(&ended))
}

#[tokio::test]
async fn an_admin_sees_what_pictures_take_and_has_them_compared_pruned_and_made_anew() {
    let mut binary = Binary::start("127.0.0.1", &[]).await;
    let ana = binary.person("ana").await;
    let post = ana.post("a harbour").with_photo().await;
    binary.quiet().await;
    let (done, told) = runs(&binary, &["usage", "--top", "3"]).await;
    assert!(done, "{told}");
    let posts = told.lines().find(|line| line.starts_with("posts from here"));
    let numbers: Vec<&str> = posts.unwrap_or(&told).split_whitespace().skip(3).collect();
    assert_eq!((numbers[0], numbers[1], numbers[3]), ("1", "1", "kB"), "{told}");
    assert!(
        told.contains("at most 20.0 GB") && told.contains("ana "),
        "{told}"
    );
    let (done, told) = runs(&binary, &["prune", "--dry-run"]).await;
    assert!(done && told.contains("Copies that would go: 0"), "{told}");
    let (done, told) = runs(&binary, &["prune"]).await;
    assert!(done && told.contains("Copies that went: 0"), "{told}");
    let (done, told) = runs(&binary, &["reconcile"]).await;
    assert!(done && told.contains("All is as it should be."), "{told}");
    let (done, told) = runs(&binary, &["queue"]).await;
    assert!(done && told.contains("No picture waits."), "{told}");
    let (done, told) = runs(&binary, &["retry", "--host", "Photos.example"]).await;
    assert!(done && told.contains("waits: 0."), "{told}");
    for which in [&["--all"][..], &["--account", "ana"], &["--post", &id(&post)]] {
        let arguments: Vec<&str> = ["reprocess"].iter().chain(which).copied().collect();
        let (done, told) = runs(&binary, &arguments).await;
        assert!(done && told.contains("waits: 1."), "{which:?}: {told}");
        binary.quiet().await;
    }
    for wrong in [
        &["reprocess"][..],
        &["reprocess", "--all", "--account", "ana"],
        &["reprocess", "--account", "nobody"],
        &["reconcile", "--older-than", "0"],
        &["usage", "--top", "0"],
    ] {
        let (done, told) = runs(&binary, wrong).await;
        assert!(!done, "{wrong:?}: {told}");
    }
    assert!(binary.stop().await.success(), "{}", binary.log());
}

async fn shown(binary: &Binary, post: &Value) -> u16 {
    let url = url::Url::parse(post["media_attachments"][0]["url"].as_str().expect("an address"));
    binary
        .client
        .get(url.expect("an address").path())
        .await
        .status
        .as_u16()
}

/// A settings file of the new place.
fn written(binary: &Binary, text: &str) -> String {
    let path: PathBuf = binary.data_dir().join("new.toml");
    std::fs::write(&path, text).expect("it can be written");
    path.display().to_string()
}

#[tokio::test]
async fn an_admin_moves_media_to_a_bucket_while_the_server_serves_and_then_says_so_in_the_settings() {
    let bucket = Bucket::start().await;
    let mut binary = Binary::start("127.0.0.1", &[]).await;
    let ana = binary.person("ana").await;
    let post = ana.post("a harbour").with_photo().await;
    binary.quiet().await;
    let file = written(&binary, &bucket.table("a"));
    let (done, told) = runs(&binary, &["move", "--to", &file, "--dry-run"]).await;
    assert!(
        done && told.contains("To copy: ") && bucket.names().is_empty(),
        "{told}"
    );
    let (done, told) = runs(&binary, &["move", "--to", &file, "--keep-days", "0"]).await;
    assert!(done && told.contains("copied, 0 were there."), "{told}");
    assert!(told.contains("/photos/a. Say so in the settings"), "{told}");
    assert_eq!(shown(&binary, &post).await, 200);
    let told = said(&binary.runs(&["doctor"], &[]).await);
    assert!(
        told.contains("warn  media: They are in ") && told.contains("The settings say the data directory"),
        "{told}"
    );
    let (done, told) = runs(&binary, &["move"]).await;
    assert!(done && told.contains("All media are in "), "{told}");
    // As the settings say it from now on; also before that it would find everything.
    binary.stop().await;
    binary.start_again().await;
    assert_eq!(shown(&binary, &post).await, 200);
    binary.stop().await;
    let mut after = binary.on_other_settings(&bucket.settings("a"));
    after.start_again().await;
    assert_eq!(shown(&after, &post).await, 200);
    let (done, told) = runs(&after, &["reconcile"]).await;
    assert!(done && told.contains("All is as it should be."), "{told}");
    assert!(after.stop().await.success(), "{}", after.log());
}

#[tokio::test]
async fn a_move_that_cannot_be_is_refused_with_a_reason() {
    let bucket = Bucket::start().await;
    let mut binary = Binary::start("127.0.0.1", &[]).await;
    let wrong = written(&binary, &bucket.table("").replace(SECRET_KEY, "no such secret"));
    let (done, told) = runs(&binary, &["move", "--to", &wrong]).await;
    assert!(
        !done && told.contains("the new place cannot be used") && !told.contains("no such secret"),
        "{told}"
    );
    let nothing = written(&binary, "instance_name = \"A place\"");
    let half = ("s3_bucket = \"photos\"", "is missing");
    for (text, reason) in [
        ("instance_name = \"A place\"", "names no bucket"),
        ("s3_bucket = [", "cannot be used"),
        half,
    ] {
        let file = written(&binary, text);
        let (done, told) = runs(&binary, &["move", "--to", &file]).await;
        assert!(!done && told.contains(reason), "{text}: {told}");
    }
    for arguments in [
        &["move"][..],
        &["move", "--dry-run"],
        &["move", "--to", "folder"],
        &["move", "--to", "/nowhere"],
        &["move", "--give-up"],
        &["move", "--to", &nothing, "--give-up"],
        &["move", "--to", &nothing, "--hands", "0"],
        &["move", "--keep-days", "-1"],
    ] {
        let (done, told) = runs(&binary, arguments).await;
        assert!(!done, "{arguments:?}: {told}");
    }
    assert!(bucket.names().is_empty());
    assert!(binary.stop().await.success(), "{}", binary.log());
}

#[tokio::test]
async fn a_move_that_was_killed_goes_on_with_what_is_missing() {
    let bucket = Bucket::start().await;
    let mut binary = Binary::start("127.0.0.1", &[]).await;
    let ana = binary.person("ana").await;
    let post = ana.post("a harbour").with_photo().await;
    binary.quiet().await;
    let file = written(&binary, &bucket.table(""));
    // The first is only to see whether it can.
    bucket.takes_only(4);
    let mut moving = binary.begins(&["media", "move", "--to", &file, "--hands", "2"]);
    eventually("it waits for the bucket", async || {
        (bucket.asked() >= 6).then_some(())
    })
    .await;
    moving.kill().await.expect("it runs");
    let told = said(&binary.runs(&["doctor"], &[]).await);
    assert!(
        told.contains("warn  media: They are being moved from the data directory to "),
        "{told}"
    );
    assert_eq!(shown(&binary, &post).await, 200);
    bucket.takes_all();
    let told = eventually("it goes on", async || {
        let (done, told) = runs(&binary, &["move"]).await;
        assert!(done || told.contains("another process"), "{told}");
        done.then_some(told)
    })
    .await;
    assert!(
        !told.contains("copied, 0 were there.") && told.contains("All media are in "),
        "{told}"
    );
    assert_eq!(shown(&binary, &post).await, 200);
    assert!(binary.stop().await.success(), "{}", binary.log());
}

/// A post of Zed's with a picture, which is copied.
async fn of_zed(binary: &Binary, peer: &Peer, ana: &Person) -> Value {
    let zed = peer.actor("zed");
    peer.says("/harbour.jpg", Says::File("image/jpeg", small_photo().to_vec()));
    let mut note = zed.note("<p>a harbour</p>");
    note["attachment"] = json!([
        { "type": "Document", "mediaType": "image/jpeg", "url": peer.url("/harbour.jpg") }
    ]);
    peer.serves(&note);
    let address = note["id"].as_str().expect("an address");
    let path = format!("/api/v2/search?resolve=true&q={address}");
    let found = ana.get(&path).await.ok()["statuses"][0].clone();
    binary.quiet().await;
    ana.get(&format!("/api/v1/statuses/{}", id(&found))).await.ok()
}

#[tokio::test]
async fn an_admin_sees_how_much_is_in_the_store_of_copies() {
    let bucket = Bucket::start().await;
    let settings = bucket.settings_of_copies("copies");
    let mut binary = Binary::start("one.test", &settings).await;
    let (ana, peer) = (binary.person("ana").await, Peer::start("peer.test").await);
    ana.post("mine").with_photo().await;
    let theirs = of_zed(&binary, &peer, &ana).await;
    assert_eq!(shown(&binary, &theirs).await, 200);
    assert!(!bucket.names().is_empty());
    let (done, told) = runs(&binary, &["usage"]).await;
    assert!(done, "{told}");
    let line = told.lines().find(|line| line.starts_with("Of these "));
    let line = line.unwrap_or(&told);
    assert!(
        line.starts_with("Of these 1 (") && line.contains("/photos/copies; those from before"),
        "{told}"
    );
    let bytes: u64 = bucket
        .names()
        .iter()
        .map(|name| bucket.read(name).len() as u64)
        .sum();
    assert!(
        line.contains(&format!("({:.1} kB)", bytes as f64 / 1e3)) && told.contains("\npeer.test"),
        "{bytes}: {told}"
    );
    binary.stop().await;
    // Where they are with all else nothing is said of another place.
    let plain = Binary::start("127.0.0.1", &[]).await;
    let (done, told) = runs(&plain, &["usage"]).await;
    assert!(done && !told.contains("Of these "), "{told}");
}

/// A settings file that says where copies are.
fn of_copies(binary: &Binary, bucket: &Bucket, prefix: &str) -> String {
    let lines = bucket.settings_of_copies(prefix).map(|(name, value)| {
        let name = name.trim_start_matches("TINTYPE_").to_lowercase();
        format!("{name} = \"{value}\"\n")
    });
    let path = binary.data_dir().join(format!("{prefix}.toml"));
    std::fs::write(&path, lines.concat()).expect("it can be written");
    path.display().to_string()
}

fn of_prefix(bucket: &Bucket, prefix: &str) -> Vec<String> {
    let names = bucket.names().into_iter();
    names.filter(|name| name.starts_with(prefix)).collect()
}

#[tokio::test]
async fn copies_go_to_another_place_before_the_settings_say_so_and_what_came_meanwhile_follows() {
    let bucket = Bucket::start().await;
    let mut binary = Binary::start("one.test", &bucket.settings_of_copies("old")).await;
    let (ana, peer) = (binary.person("ana").await, Peer::start("peer.test").await);
    let theirs = of_zed(&binary, &peer, &ana).await;
    let (old, new) = (
        of_copies(&binary, &bucket, "old"),
        of_copies(&binary, &bucket, "new"),
    );
    let many = of_prefix(&bucket, "old/").len();
    assert!(many > 1);
    let (done, told) = runs(&binary, &["move-copies", "--to", &new, "--dry-run"]).await;
    assert!(
        done && told.contains(&format!("To copy: {many} files")) && of_prefix(&bucket, "new/").is_empty(),
        "{told}"
    );
    let (done, told) = runs(&binary, &["move-copies", "--to", &new]).await;
    assert!(
        done && told.contains(" copied, 0 were there.") && told.contains("/photos/new in the settings"),
        "{told}"
    );
    assert_eq!(of_prefix(&bucket, "new/").len(), many);
    // Broken off, it goes on with what is missing.
    bucket.remove(&of_prefix(&bucket, "new/")[0]);
    let (done, told) = runs(&binary, &["move-copies", "--to", &new]).await;
    let rest = format!(" copied, {} were there.", many - 1);
    assert!(
        done && told.contains("1 files (") && told.contains(&rest),
        "{told}"
    );
    binary.stop().await;
    // What came last before the settings said it.
    bucket.remove(&of_prefix(&bucket, "new/")[0]);
    let mut after = binary.on_other_settings(&[("TINTYPE_REMOTE_S3_PREFIX", "new")]);
    after.start_again().await;
    let (done, told) = runs(&after, &["move-copies", "--from", &old, "--remove"]).await;
    assert!(
        done && told.contains(&rest) && told.contains(&format!("{many} files removed from ")),
        "{told}"
    );
    assert!(of_prefix(&bucket, "old/").is_empty());
    assert_eq!(shown(&after, &theirs).await, 200);
    let (done, told) = runs(&after, &["reconcile"]).await;
    assert!(done && told.contains("All is as it should be."), "{told}");
    assert!(after.stop().await.success(), "{}", after.log());
}

#[tokio::test]
async fn copies_are_brought_nowhere_where_that_makes_no_sense() {
    let bucket = Bucket::start().await;
    let binary = Binary::start("127.0.0.1", &bucket.settings_of_copies("old")).await;
    let same = of_copies(&binary, &bucket, "old");
    let nothing = written(&binary, "instance_name = \"A place\"");
    let own = binary.data_dir().join("own.toml");
    let folder = binary.data_dir().join("media");
    std::fs::write(&own, format!("remote_media_folder = \"{}\"", folder.display()))
        .expect("it can be written");
    let own = own.display().to_string();
    for (way, file, reason) in [
        ("--to", &same, "already"),
        ("--from", &same, "already"),
        ("--to", &nothing, "names no place of copies"),
        ("--from", &own, "all other media are in"),
    ] {
        let (done, told) = runs(&binary, &["move-copies", way, file]).await;
        assert!(!done && told.contains(reason), "{way} {file}: {told}");
    }
    for arguments in [&["move-copies"][..], &["move-copies", "--to", &same, "--remove"]] {
        let (done, told) = runs(&binary, arguments).await;
        assert!(!done, "{arguments:?}: {told}");
    }
    let plain = Binary::start("127.0.0.1", &[]).await;
    let new = of_copies(&plain, &bucket, "new");
    let (done, told) = runs(&plain, &["move-copies", "--to", &new]).await;
    assert!(!done && told.contains("with all other media"), "{told}");
    assert!(bucket.names().is_empty());
}
