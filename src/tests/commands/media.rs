//! `tintype media …` beside a running server.

use crate::support::Binary;
use crate::support::binary::said;
use crate::support::http::id;

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
