//! `tintype emoji …` beside a running server.

use crate::support::Binary;
use crate::support::binary::said;
use crate::support::emoji::{moving_gif, png};
use crate::support::folder::Folder;

async fn runs(binary: &Binary, arguments: &[&str]) -> (bool, String) {
    let all: Vec<&str> = ["emoji"].iter().chain(arguments).copied().collect();
    let ended = binary.runs(&all, &[]).await;
    (ended.status.success(), said(&ended))
}

#[tokio::test]
async fn emojis_are_added_imported_listed_and_removed_by_the_operator() {
    let mut binary = Binary::start("127.0.0.1", &[]).await;
    let folder = Folder::new("emojis");
    let path = |name: &str| folder.path().join(name).display().to_string();
    for (name, bytes) in [
        ("cat.png", png(32)),
        ("spin.gif", moving_gif()),
        ("no good.png", png(32)),
        ("broken.webp", b"RIFF".to_vec()),
        ("notes.txt", b"x".to_vec()),
    ] {
        std::fs::write(folder.path().join(name), bytes).unwrap();
    }
    let (done, told) = runs(
        &binary,
        &["add", "dog", &path("cat.png"), "--category", "Animals"],
    )
    .await;
    assert!(done && told.contains("Added :dog:"), "{told}");
    let (done, told) = runs(&binary, &["add", "dog", &path("cat.png")]).await;
    assert!(!done && told.contains("there is an emoji of this name"), "{told}");
    let (done, told) = runs(
        &binary,
        &["add", "dog", &path("spin.gif"), "--overwrite", "--unlisted"],
    )
    .await;
    assert!(done, "{told}");
    let (done, told) = runs(&binary, &["import", &folder.path().display().to_string()]).await;
    assert!(
        !done && told.contains("Added 2; 0 were there already; 2 could not be added."),
        "{told}"
    );
    assert!(told.contains("no good") && told.contains("broken"), "{told}");
    let (_, list) = runs(&binary, &["list"]).await;
    let lines: Vec<&str> = list.lines().collect();
    assert_eq!(lines.len(), 3, "{list}");
    assert!(
        lines[1].starts_with(":dog:\tunlisted") && lines[1].ends_with("emoji.gif"),
        "{list}"
    );
    let listed = binary.client.get("/api/v1/custom_emojis").await.list();
    assert_eq!(listed.len(), 2, "{listed:?}");
    let (done, told) = runs(&binary, &["remove", "cat"]).await;
    assert!(done && told.contains("can be used no more"), "{told}");
    let (done, told) = runs(&binary, &["remove", "cat"]).await;
    assert!(!done && told.contains("there is no emoji :cat:"), "{told}");
    let (done, told) = runs(&binary, &["add", "gone", &path("gone.png")]).await;
    assert!(!done && told.contains("cannot be read"), "{told}");
    assert!(binary.stop().await.success(), "{}", binary.log());
}
