//! Settings that cannot be used end the program before it does anything; and what it says about itself.

use std::os::unix::fs::PermissionsExt as _;
use std::os::unix::process::CommandExt as _;
use std::path::Path;

use url::Url;

use crate::support::Binary;
use crate::support::binary::{run, said};
use crate::support::cluster::Database;
use crate::support::folder::Folder;

#[tokio::test]
async fn a_setting_that_is_wrong_or_unknown_ends_every_command_with_2_and_is_named() {
    let folder = Folder::new("settings");
    let data = folder.path().join("data").display().to_string();
    for (name, value, told) in [
        ("TINTYPE_LISTEN", "nowhere", "TINTYPE_LISTEN"),
        ("TINTYPE_LISTENN", "127.0.0.1:0", "Did you mean TINTYPE_LISTEN?"),
        ("TINTYPE_REGISTRATION", "maybe", "TINTYPE_REGISTRATION"),
        (
            "TINTYPE_PUBLIC_URL",
            "https://photos.test/below",
            "TINTYPE_PUBLIC_URL",
        ),
        (
            "TINTYPE_DATABASE_URL",
            "mysql://ana:hunter2@host/x",
            "TINTYPE_DATABASE_URL",
        ),
        (
            "TINTYPE_TRUSTED_PROXIES",
            "10.0.0.0/99",
            "TINTYPE_TRUSTED_PROXIES",
        ),
        (
            "TINTYPE_DATABASE_CONNECTIONS",
            "1",
            "TINTYPE_DATABASE_CONNECTIONS",
        ),
    ] {
        for command in [&["serve"][..], &["account", "list"], &["doctor"], &["migrate"]] {
            let ended = run(command, &[("TINTYPE_DATA_DIR", &data), (name, value)]).await;
            assert_eq!(
                ended.status.code(),
                Some(2),
                "{name} {command:?}: {}",
                said(&ended)
            );
            assert!(said(&ended).contains(told), "{}", said(&ended));
            assert!(!said(&ended).contains("hunter2"), "{}", said(&ended));
        }
    }
    assert!(!folder.path().join("data").exists(), "nothing was begun");
}

#[tokio::test]
async fn a_settings_file_is_read_and_its_faults_name_the_file() {
    let folder = Folder::new("file");
    let file = folder.path().join("tintype.toml");
    let path = file.display().to_string();
    for (text, told) in [
        ("listen = \"nowhere\"", "listen"),
        ("publc_url = \"https://photos.test\"", "Did you mean public_url?"),
        ("this is no file of settings", "cannot be used"),
    ] {
        std::fs::write(&file, text).expect("it can be written");
        let ended = run(&["--config", &path, "migrate"], &[]).await;
        assert_eq!(ended.status.code(), Some(2), "{}", said(&ended));
        assert!(
            said(&ended).contains(told) && said(&ended).contains("tintype.toml"),
            "{}",
            said(&ended)
        );
    }
    let missing = run(&["--config", "/nowhere/tintype.toml", "migrate"], &[]).await;
    assert_eq!(missing.status.code(), Some(2), "{}", said(&missing));
}

#[tokio::test]
async fn help_names_all_commands_and_settings_explains_every_setting() {
    for arguments in [&["--help"][..], &[]] {
        let help = run(arguments, &[]).await;
        let text = said(&help);
        for command in [
            "serve",
            "migrate",
            "account",
            "announcement",
            "domain",
            "emoji",
            "doctor",
            "settings",
        ] {
            let line = text
                .lines()
                .find(|line| line.trim_start().starts_with(&format!("{command} ")));
            let words = line.map(|line| line.split_whitespace().count());
            assert!(words.is_some_and(|words| words > 3), "{command}: {text}");
        }
        assert!(text.contains("TINTYPE_"), "{text}");
    }
    let account = said(&run(&["account", "--help"], &[]).await);
    for command in [
        "create",
        "list",
        "approve",
        "reject",
        "suspend",
        "unsuspend",
        "reset-password",
        "invite",
    ] {
        assert!(
            account.contains(&format!("\n  {command} ")),
            "{command}: {account}"
        );
    }
    let settings = said(&run(&["settings"], &[]).await);
    let documented = include_str!("../../../docs/settings.md");
    assert!(
        settings.trim() == documented.trim() && settings.contains("TINTYPE_LISTEN"),
        "{settings}"
    );
    let unknown = run(&["fly"], &[]).await;
    assert_eq!(unknown.status.code(), Some(2), "{}", said(&unknown));
}

#[tokio::test]
async fn the_public_url_is_remembered_and_another_is_refused_with_2() {
    let mut binary = Binary::start("127.0.0.1", &[]).await;
    binary.stop().await;
    let before = format!("http://{}", binary.authority);
    for other in [
        "https://photos.test",
        "http://localhost:1",
        &before.replace("http:", "https:"),
    ] {
        for command in [&["serve"][..], &["account", "list"]] {
            let ended = binary.runs(command, &[("TINTYPE_PUBLIC_URL", other)]).await;
            assert_eq!(ended.status.code(), Some(2), "{other}: {}", said(&ended));
            let told = said(&ended);
            assert!(
                told.contains(other) && told.contains(&before) && told.contains("public_url"),
                "{told}"
            );
        }
    }
    binary.start_again().await;
    assert!(binary.stop().await.success());
}

#[tokio::test]
async fn a_command_never_chooses_the_public_url_of_an_empty_database() {
    let (folder, database) = (Folder::new("address"), Database::new().await);
    let data_dir = folder.path().join("data").display().to_string();
    let given = [
        ("TINTYPE_DATA_DIR", data_dir.as_str()),
        ("TINTYPE_DATABASE_URL", &database.url),
    ];
    let create = [
        "account",
        "create",
        "--username",
        "ana",
        "--email",
        "ana@mail.example",
    ];
    let ended = run(&create, &given).await;
    let told = said(&ended);
    assert_eq!(ended.status.code(), Some(2), "{told}");
    assert!(
        told.contains("TINTYPE_PUBLIC_URL=https://") && told.contains("http://localhost:3000"),
        "{told}"
    );
    // Nothing was decided by that; what is decided later needs not be said again.
    let named = [given[0], given[1], ("TINTYPE_PUBLIC_URL", "https://photos.test")];
    let ended = run(&create, &named).await;
    assert!(
        said(&ended).contains("Made @ana@photos.test (owner)"),
        "{}",
        said(&ended)
    );
    let ended = run(&["account", "list"], &given).await;
    assert!(ended.status.success(), "{}", said(&ended));
}

#[tokio::test]
async fn a_database_that_cannot_be_reached_is_told_with_the_reason_and_without_the_password() {
    let (folder, database) = (Folder::new("reasons"), Database::new().await);
    let data_dir = folder.path().join("data").display().to_string();
    let mut elsewhere = Url::parse(&database.url).expect("an address");
    elsewhere.set_path("/nowhere");
    for (url, reason) in [
        ("postgres://ana:hunter2@127.0.0.1:1/x", "Connection refused"),
        ("postgres://ana:hunter2@photos.invalid/x", "failed to lookup"),
        (elsewhere.as_str(), "\"nowhere\" does not exist"),
    ] {
        let given = [
            ("TINTYPE_DATA_DIR", data_dir.as_str()),
            ("TINTYPE_DATABASE_URL", url),
        ];
        let ended = run(&["account", "list"], &given).await;
        let told = said(&ended);
        assert_eq!(ended.status.code(), Some(1), "{told}");
        assert!(
            told.contains("the database cannot be reached") && told.contains(reason),
            "{told}"
        );
        assert!(!told.contains("hunter2"), "{told}");
    }
}

#[tokio::test]
async fn who_may_not_look_into_a_data_directory_is_told_whose_it_is_and_to_move_nothing() {
    let folder = Folder::new("not-ours");
    let data = folder.path().join("data");
    let cluster = data.join("pg");
    std::fs::create_dir_all(&cluster).expect("it can be made");
    let mode = |path: &Path, mode| {
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).expect("it is ours");
    };
    let is_root = rustix::process::geteuid().is_root();
    // An ordinary user cannot try it as another one: a folder that is closed to themselves does as well.
    let closed = if is_root { 0o700 } else { 0o000 };
    for (of_data, of_cluster) in [(0o711, closed), (closed, 0o700)] {
        mode(&cluster, of_cluster);
        mode(&data, of_data);
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_tintype"));
        command.args(["account", "list"]).env_clear();
        command
            .env("PATH", "/usr/bin:/bin")
            .env("TINTYPE_DATA_DIR", &data);
        if is_root {
            command.uid(65_534);
        }
        let ended = command.output().expect("it can be started");
        mode(&data, 0o700);
        mode(&cluster, 0o700);
        let told = said(&ended);
        assert_eq!(ended.status.code(), Some(1), "{told}");
        assert!(
            told.contains("run tintype as the user that the server runs as"),
            "{told}"
        );
        assert_eq!(told.contains("belongs to root"), is_root, "{told}");
        assert!(!told.contains("Move it away"), "{told}");
    }
}
