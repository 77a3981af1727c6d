//! `tintype account …` beside a running server.

use tintype::media::synthetic::photograph;

use crate::accounts::program::Program;
use crate::support::binary::said;
use crate::support::browser::leads_to;
use crate::support::server::PASSWORD;
use crate::support::waiting::eventually;
use crate::support::{Binary, Browser};

/// What a command prints when it succeeds.
async fn tells(binary: &Binary, arguments: &[&str]) -> String {
    let all: Vec<&str> = ["account"].iter().chain(arguments).copied().collect();
    let ended = binary.runs(&all, &[]).await;
    assert!(ended.status.success(), "{arguments:?}: {}", said(&ended));
    String::from_utf8(ended.stdout).expect("text")
}

/// What it says when it does not.
async fn refuses(binary: &Binary, arguments: &[&str]) -> String {
    let all: Vec<&str> = ["account"].iter().chain(arguments).copied().collect();
    let ended = binary.runs(&all, &[]).await;
    assert_eq!(ended.status.code(), Some(1), "{arguments:?}: {}", said(&ended));
    String::from_utf8(ended.stderr).expect("text")
}

fn password(told: &str) -> &str {
    told.lines()
        .find_map(|line| line.strip_prefix("Password: "))
        .expect("a password")
}

#[tokio::test]
async fn accounts_are_made_listed_and_given_new_passwords_beside_the_servers_own_postgres() {
    let mut binary = Binary::with_own_postgres(&[("TINTYPE_REGISTRATION", "closed")]).await;
    let create = ["create", "--username", "Ana", "--email", "ana@mail.example"];
    let made = tells(&binary, &create).await;
    assert!(
        made.contains(&format!("Made @ana@{} (owner)", binary.authority)),
        "{made}"
    );
    let browser = Browser::new(&binary.client);
    leads_to(&browser.signs_in("ana", password(&made)).await);
    let bo = [
        "create",
        "--username",
        "bo",
        "--email",
        "bo@mail.example",
        "--role",
        "moderator",
        "--password",
        PASSWORD,
    ];
    let made = tells(&binary, &bo).await;
    assert!(made.contains("(moderator)") && !made.contains(PASSWORD), "{made}");
    let list = tells(&binary, &["list"]).await;
    let lines: Vec<Vec<&str>> = list.lines().map(|line| line.split('\t').collect()).collect();
    assert_eq!(lines[0][..4], ["ana", "ana@mail.example", "owner", "active"]);
    assert_eq!(lines[1][..4], ["bo", "bo@mail.example", "moderator", "active"]);
    assert_eq!(lines.len(), 2, "{list}");
    let new = tells(&binary, &["reset-password", "ana"]).await;
    assert!(!browser.is_signed_in().await, "a new password signs out");
    leads_to(&browser.signs_in("ana", password(&new)).await);
    for (arguments, words) in [
        (
            &create[..],
            "Username has already been taken; E-mail address has already been taken",
        ),
        (
            &["create", "--username", "admin", "--email", "x"],
            "Username is reserved; E-mail address is invalid",
        ),
        (
            &[
                "create",
                "--username",
                "kim",
                "--email",
                "kim@mail.example",
                "--password",
                "short",
            ],
            "Password is too short",
        ),
        (&["reset-password", "nobody"], "nobody is called “nobody” here"),
        (&["suspend", "ana"], "the owner cannot be suspended"),
        (&["approve", "bo"], "not waiting for approval"),
    ] {
        let told = refuses(&binary, arguments).await;
        assert!(told.contains(words), "{arguments:?}: {told}");
    }
    assert!(binary.stop().await.success(), "{}", binary.log());
    // Alone, a command starts that Postgres for itself.
    assert_eq!(tells(&binary, &["list"]).await.lines().count(), 2);
}

#[tokio::test]
async fn an_operator_decides_who_comes_in_and_who_goes() {
    let mut binary = Binary::start("127.0.0.1", &[("TINTYPE_REGISTRATION", "approval")]).await;
    binary.person("olga").await;
    for name in ["ana", "kim"] {
        let browser = Browser::new(&binary.client);
        let page = browser.get("/auth/sign_up").await;
        let email = format!("{name}@mail.example");
        let typed = [
            ("user[username]", name),
            ("user[email]", &email),
            ("user[password]", PASSWORD),
            ("user[reason]", "bridges\u{1b}[2J"),
            ("user[agreement]", "1"),
        ];
        assert_eq!(browser.submits(&page, "/auth/sign_up", &typed).await.status, 200);
    }
    let list = tells(&binary, &["list"]).await;
    assert_eq!(list.matches("waiting for approval").count(), 2, "{list}");
    assert!(list.contains("bridges") && !list.contains('\u{1b}'), "{list}");
    let ana = Browser::new(&binary.client);
    assert_eq!(ana.signs_in("ana", PASSWORD).await.status, 403);
    tells(&binary, &["approve", "ana"]).await;
    leads_to(&ana.signs_in("ana", PASSWORD).await);
    let told = tells(&binary, &["reject", "@kim"]).await;
    assert!(told.contains("the name is free again"), "{told}");
    assert_eq!(
        Browser::new(&binary.client)
            .signs_in("kim", PASSWORD)
            .await
            .status,
        401
    );
    let program = Program::of(&binary.client).await;
    let app = binary.client.with_token(&program.is_let_in(&ana, &[]).await);
    tells(&binary, &["suspend", "ana"]).await;
    assert!(!ana.is_signed_in().await);
    assert_eq!(ana.signs_in("ana", PASSWORD).await.status, 403);
    // The server remembers a token for some seconds.
    eventually("the token ends", async || {
        let answer = app.get("/api/v1/accounts/verify_credentials").await;
        (answer.status == 401).then_some(())
    })
    .await;
    assert!(
        tells(&binary, &["suspend", "ana"])
            .await
            .contains("was suspended already")
    );
    tells(&binary, &["unsuspend", "ana"]).await;
    leads_to(&ana.signs_in("ana", PASSWORD).await);
    let log = tells(&binary, &["log", "--about", "ana"]).await;
    let deeds: Vec<Vec<&str>> = log
        .lines()
        .map(|line| line.split('\t').skip(1).collect())
        .collect();
    let by_operator = |deed| vec!["the operator", deed, "@ana"];
    assert_eq!(deeds, ["unsuspend", "suspend", "approve"].map(by_operator));
    let log = tells(&binary, &["log"]).await;
    assert!(log.contains("reject\t@kim"), "who is gone is still named: {log}");
    let link = tells(&binary, &["invite", "--uses", "2"]).await;
    let path = link
        .trim()
        .strip_prefix(&format!("http://{}", binary.authority))
        .expect("a link to here");
    let invited = Browser::new(&binary.client).get(path).await;
    assert!(
        invited.status == 200 && invited.text().contains("user_invite_code"),
        "{}",
        invited.text()
    );
    assert!(binary.stop().await.success(), "{}", binary.log());
}

#[tokio::test]
async fn a_command_that_is_told_no_address_takes_the_servers_own() {
    let binary = Binary::with_own_postgres(&[]).await;
    let data_dir = binary.data_dir().display().to_string();
    let settings = [
        ("TINTYPE_DATA_DIR", data_dir.as_str()),
        ("PATH", "/usr/local/bin:/usr/bin:/bin"),
    ];
    let create = [
        "account",
        "create",
        "--username",
        "ana",
        "--email",
        "ana@mail.example",
    ];
    let ended = crate::support::binary::run(&create, &settings).await;
    assert!(ended.status.success(), "{}", said(&ended));
    let said = String::from_utf8(ended.stdout).expect("text");
    assert!(said.contains(&format!("@ana@{}", binary.authority)), "{said}");
}

#[tokio::test]
async fn an_admin_says_how_much_one_person_may_keep() {
    let mut binary = Binary::start("127.0.0.1", &[("TINTYPE_QUOTA_BYTES", "10 GB")]).await;
    let ana = binary.person("ana").await;
    ana.uploads(&photograph(4, 80, 60), "").await;
    for (size, told) in [
        (None, "of 10.0 GB (as everybody)."),
        (Some("2500 kB"), "of 2.5 MB (their own)."),
        (Some("none"), "without a bound (their own)."),
        (Some("default"), "of 10.0 GB (as everybody)."),
    ] {
        let arguments: Vec<&str> = ["quota", "ana"].into_iter().chain(size).collect();
        let answer = tells(&binary, &arguments).await;
        assert!(
            answer.starts_with("ana keeps ") && answer.trim_end().ends_with(told),
            "{answer}"
        );
        let usage = said(&binary.runs(&["media", "usage"], &[]).await);
        let own = usage
            .lines()
            .find(|line| line.starts_with("ana "))
            .unwrap_or(&usage);
        let limit = match told.starts_with("of") {
            true => &told[..told.find(" (").expect("whose it is")],
            false => "of no bound",
        };
        assert!(own.ends_with(limit), "{usage}");
    }
    for wrong in [["quota", "ana", "much"], ["quota", "nobody", "1 GB"]] {
        refuses(&binary, &wrong).await;
    }
    assert!(binary.stop().await.success(), "{}", binary.log());
}
