//! The doctor on folders that are well and ill. Looks at no real server.

use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;

use super::*;
use crate::postgres::{Place, start};

struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("tintype-doctor-{}-{name}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::set_permissions(&folder, std::fs::Permissions::from_mode(0o755)).unwrap();
        Self(folder)
    }

    fn config(&self, settings: &[(&str, &str)]) -> Config {
        let folder = self.0.to_str().unwrap();
        let given = [("TINTYPE_DATA_DIR", folder), ("TINTYPE_LISTEN", "127.0.0.1:0")];
        Config::from_parts(None, given.into_iter().chain(settings.iter().copied())).unwrap()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// The time as a file's date tells it, without asking the clock that the program may not ask.
fn now(folder: &Folder) -> SystemTime {
    let file = folder.0.join("now");
    std::fs::write(&file, "").unwrap();
    file.metadata().unwrap().modified().unwrap()
}

fn probes(folder: &Folder) -> Probes<'static> {
    Probes {
        now: now(folder),
        migrations: [1, 2].into(),
        storage: Box::pin(async { Ok("Works.".into()) }),
        copies: Box::pin(async { None }),
        browsers: Box::pin(async { None }),
        webfinger: Box::new(|_| Box::pin(async { Err("No answer.".into()) })),
        mail: Box::pin(async { None }),
    }
}

fn state(checks: &[Check], name: &str) -> (State, String) {
    let check = checks
        .iter()
        .find(|check| check.name == name)
        .unwrap_or_else(|| panic!("no {name} in {checks:#?}"));
    (
        check.state,
        format!("{} {}", check.says, check.mend.as_deref().unwrap_or_default()),
    )
}

#[tokio::test]
async fn before_the_first_start_nothing_is_made_and_nothing_is_broken() {
    let folder = Folder::new("fresh");
    let config = folder.config(&[]);
    let checks = run(&config, probes(&folder)).await;
    assert!(!folder.0.join("pg").exists() && !folder.0.join("secret.key").exists());
    assert_eq!(state(&checks, "data directory").0, State::Fine);
    assert_eq!(state(&checks, "Postgres' programs").0, State::Fine);
    assert_eq!(state(&checks, "database").0, State::Warning);
    assert_eq!(state(&checks, "port").0, State::Fine);
    assert_eq!(state(&checks, "storage").0, State::Fine);
    assert_eq!(state(&checks, "WebFinger").0, State::Warning);
    assert!(
        state(&checks, "ffmpeg").1.contains("ffmpeg version"),
        "{checks:#?}"
    );
}

#[tokio::test]
async fn a_running_server_is_looked_at_and_left_running() {
    let folder = Folder::new("running");
    let config = folder.config(&[]);
    let server = start(&Place::from(&config)).await.unwrap();
    let checks = run(&config, probes(&folder)).await;
    let running = crate::postgres::health(&server.url()).await;
    server.stop().await.unwrap();
    assert!(running.is_ok(), "{running:?}");
    assert_eq!(state(&checks, "database").0, State::Fine);
    let (clock, says) = state(&checks, "clock");
    assert_eq!(clock, State::Unchecked, "it is this machine's own");
    assert!(says.contains("Not checked"), "{says}");
    assert!(
        state(&checks, "migrations").1.contains("2 of 2 are missing"),
        "{checks:#?}"
    );
    assert!(state(&checks, "port").1.contains(&std::process::id().to_string()));
    assert_eq!(state(&checks, "WebFinger").0, State::Broken);
    assert_eq!(worst(&checks), State::Broken);
}

#[tokio::test]
async fn a_key_that_others_can_read_is_broken_and_the_mend_is_a_command() {
    let folder = Folder::new("key");
    let key = folder.0.join("secret.key");
    std::fs::write(&key, "k").unwrap();
    std::fs::set_permissions(&key, std::fs::Permissions::from_mode(0o644)).unwrap();
    let checks = run(&folder.config(&[]), probes(&folder)).await;
    let (is, says) = state(&checks, "key file");
    assert_eq!(is, State::Broken);
    assert!(
        says.contains("0644") && says.contains(&format!("chmod 600 {}", key.display())),
        "{says}"
    );
    std::fs::set_permissions(&key, std::fs::Permissions::from_mode(0o600)).unwrap();
    assert_eq!(
        state(&run(&folder.config(&[]), probes(&folder)).await, "key file").0,
        State::Fine
    );
}

#[tokio::test]
async fn a_port_that_somebody_else_has_is_broken() {
    let folder = Folder::new("port");
    let other = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = other.local_addr().unwrap().to_string();
    let checks = run(&folder.config(&[("TINTYPE_LISTEN", &address)]), probes(&folder)).await;
    let (is, says) = state(&checks, "port");
    assert_eq!(is, State::Broken);
    assert!(says.contains(&address) && says.contains("another port"), "{says}");
}

#[tokio::test]
async fn a_database_that_does_not_answer_is_broken_and_its_password_is_not_told() {
    let folder = Folder::new("away");
    let config = folder.config(&[("TINTYPE_DATABASE_URL", "postgres://ana:hunter2@127.0.0.1:1/x")]);
    let checks = run(&config, probes(&folder)).await;
    let (is, says) = state(&checks, "database");
    assert_eq!(is, State::Broken);
    assert!(
        says.contains("database_url") && !says.contains("hunter2"),
        "{says}"
    );
}

#[tokio::test]
async fn a_clock_that_is_wrong_is_broken() {
    let folder = Folder::new("clock");
    let mut probes = probes(&folder);
    probes.now += std::time::Duration::from_secs(600);
    let checks = run(&folder.config(&[]), probes).await;
    let (is, says) = state(&checks, "data directory");
    assert_eq!(is, State::Broken);
    assert!(says.contains("time server"), "{says}");
}
