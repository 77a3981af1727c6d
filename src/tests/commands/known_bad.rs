//! `tintype media known-bad …`: the list goes out as it came in.

use tintype::media::synthetic::photograph;

use crate::support::Binary;
use crate::support::binary::said;

async fn tells(binary: &Binary, arguments: &[&str]) -> (bool, String) {
    let all: Vec<&str> = ["media", "known-bad"].iter().chain(arguments).copied().collect();
    let ended = binary.runs(&all, &[]).await;
    (ended.status.success(), said(&ended))
}

#[tokio::test]
async fn the_list_is_read_written_shown_and_changed() {
    let mut binary = Binary::start("127.0.0.1", &[]).await;
    let file = |name: &str| binary.data_dir().join(name).display().to_string();
    let (list, picture, out) = (file("list.csv"), file("a.jpg"), file("out.csv"));
    std::fs::write(&picture, photograph(2, 600, 400)).unwrap();
    let (one, two) = ("0f".repeat(32), "a1".repeat(32));
    std::fs::write(
        &list,
        format!("kind,hash,action,comment\nsha256,{one},hide,\"a, b\"\npdq,{two}\n"),
    )
    .unwrap();
    let (done, told) = tells(&binary, &["import", &list, "--action", "report"]).await;
    assert!(done && told.contains("read: 2."), "{told}");
    let (done, told) = tells(&binary, &["add", "--file", &picture, "--comment", "seen"]).await;
    assert!(
        done && told.contains("sha256\t") && told.contains("pdq\t"),
        "{told}"
    );
    let (done, exported) = tells(&binary, &["export"]).await;
    assert!(done && exported.lines().count() == 5, "{exported}");
    assert!(
        exported.contains(&format!("sha256,{one},hide,\"a, b\"\n")),
        "{exported}"
    );
    assert!(exported.contains(&format!("pdq,{two},report,\n")), "{exported}");
    std::fs::write(&out, &exported).unwrap();
    for hash in [&one, &two] {
        let (done, told) = tells(&binary, &["remove", hash]).await;
        assert!(done, "{told}");
        let (done, _) = tells(&binary, &["remove", hash]).await;
        assert!(!done);
    }
    let (done, told) = tells(&binary, &["import", &out]).await;
    assert!(done && told.contains("read: 4."), "{told}");
    let (_, shown) = tells(&binary, &["list"]).await;
    assert_eq!(shown.lines().count(), 4, "{shown}");
    assert!(
        shown.contains(&format!("pdq\t{two}\treport\t0\tnever\t")),
        "{shown}"
    );
    std::fs::write(&list, format!("{one}\nnothing\n")).unwrap();
    let (done, told) = tells(&binary, &["import", &list]).await;
    assert!(!done && told.contains("row 2"), "{told}");
    for wrong in [
        &["add"][..],
        &["add", "12"],
        &["add", &one, "--action", "burn"],
        &["import", "/nowhere"],
    ] {
        let (done, told) = tells(&binary, wrong).await;
        assert!(!done, "{wrong:?}: {told}");
    }
    assert!(binary.stop().await.success(), "{}", binary.log());
}
