//! `tintype rule …` beside a running server.

use serde_json::Value;

use crate::support::Binary;
use crate::support::binary::said;

async fn tells(binary: &Binary, arguments: &[&str]) -> String {
    let all: Vec<&str> = ["rule"].iter().chain(arguments).copied().collect();
    let ended = binary.runs(&all, &[]).await;
    assert!(ended.status.success(), "{arguments:?}: {}", said(&ended));
    String::from_utf8(ended.stdout).expect("text")
}

async fn adds(binary: &Binary, text: &str) -> String {
    let told = tells(binary, &["add", text, "--hint", "Why"]).await;
    let id = told.trim().strip_prefix("Added as ");
    let id = id.and_then(|rest| rest.strip_suffix('.')).expect("its id");
    id.to_owned()
}

async fn read(binary: &Binary) -> Vec<Value> {
    binary.client.get("/api/v1/instance/rules").await.list()
}

#[tokio::test]
async fn rules_are_added_listed_changed_moved_and_removed_by_the_operator() {
    let mut binary = Binary::start("127.0.0.1", &[]).await;
    let (kind, light) = (
        adds(&binary, "Be kind\u{1b}[2J").await,
        adds(&binary, "Own light").await,
    );
    tells(&binary, &["move", &light, "1"]).await;
    let list = tells(&binary, &["list"]).await;
    let lines: Vec<&str> = list.lines().collect();
    assert!(lines[0].starts_with(&format!("1\t{light}\tOwn light")), "{list}");
    assert!(
        lines[1].starts_with(&format!("2\t{kind}")) && !list.contains('\u{1b}'),
        "{list}"
    );
    tells(&binary, &["change", &kind, "--text", "Be kind"]).await;
    let german = ["change", &kind, "--language", "de", "--text", "Sei freundlich"];
    tells(&binary, &german).await;
    let told = read(&binary).await;
    assert_eq!(
        (&told[1]["text"], &told[1]["hint"]),
        (&"Be kind".into(), &"Why".into())
    );
    assert_eq!(told[1]["translations"]["de"]["text"], "Sei freundlich");
    tells(&binary, &["remove", &light]).await;
    assert_eq!(read(&binary).await.len(), 1);
    for (wrong, why) in [
        (&["remove", &light][..], "no such rule"),
        (&["change", &kind], "say what is to change"),
        (&["add", " "], "can't be blank"),
        (
            &["change", &kind, "--language", "xx", "--text", "x"],
            "Language xx",
        ),
    ] {
        let all: Vec<&str> = ["rule"].iter().chain(wrong).copied().collect();
        let ended = binary.runs(&all, &[]).await;
        assert_eq!(ended.status.code(), Some(1), "{wrong:?}");
        assert!(said(&ended).contains(why), "{wrong:?}: {}", said(&ended));
    }
    assert!(binary.stop().await.success(), "{}", binary.log());
}
