//! The program itself as a process of its own, for tests that kill it. Asked by HTTP only; its database may be looked at.

use std::net::TcpListener;
use std::path::PathBuf;
use std::process::{ExitStatus, Output, Stdio};
use std::time::Duration;

use reqwest::Method;
use rustix::process::{Pid, Signal, kill_process};
use serde_json::json;
use sqlx::postgres::PgPool;
use tintype::domain::clock::Clock;
use tintype::postgres;
use tokio::process::{Child, Command};

use super::cluster::Database;
use super::folder::Folder;
use super::http::Client;
use super::person::Person;
use super::queues;
use super::server::{NAMES, PASSWORD, SCOPES};
use super::waiting::eventually;

pub struct Binary {
    pub client: Client,
    pub authority: String,
    /// What `tintype serve` is called with.
    arguments: Vec<String>,
    environment: Vec<(String, String)>,
    child: Option<Child>,
    database: Database,
    folder: Folder,
}

impl Binary {
    /// Starts the program on a database and a data directory of its own, and waits until it is ready. A setting that is
    /// given as nothing is left out.
    pub async fn start(name: &str, more: &[(&str, &str)]) -> Self {
        Self::serving(name, &[], more).await
    }

    /// The same with arguments of `tintype serve`.
    pub async fn serving(name: &str, arguments: &[&str], more: &[(&str, &str)]) -> Self {
        let port = free_port();
        let folder = Folder::new("binary");
        let database = Database::new().await;
        let authority = format!("{name}:{port}");
        let resolve = NAMES.map(|name| format!("{name}=127.0.0.1")).join(",");
        let mut environment: Vec<(String, String)> = [
            ("TINTYPE_LISTEN", format!("127.0.0.1:{port}")),
            ("TINTYPE_PUBLIC_URL", format!("http://{authority}")),
            (
                "TINTYPE_DATA_DIR",
                folder.path().join("data").display().to_string(),
            ),
            ("TINTYPE_DATABASE_URL", database.url.clone()),
            ("TINTYPE_DATABASE_CONNECTIONS", "8".into()),
            ("TINTYPE_ALLOW_PRIVATE_ADDRESSES", "true".into()),
            ("TINTYPE_RESOLVE", resolve),
            ("TINTYPE_REGISTRATION", "open".into()),
            ("TINTYPE_RATE_LIMITS", "off".into()),
        ]
        .map(|(name, value)| (name.to_owned(), value))
        .into();
        for (name, value) in more {
            environment.retain(|(known, _)| known != name);
            if !value.is_empty() {
                environment.push(((*name).to_owned(), (*value).to_owned()));
            }
        }
        let mut binary = Self {
            client: Client::new(&format!("http://127.0.0.1:{port}")),
            authority,
            arguments: arguments.iter().map(|&argument| argument.to_owned()).collect(),
            environment,
            child: None,
            database,
            folder,
        };
        binary.start_again().await;
        binary
    }

    /// The same with a Postgres of its own, below its data directory.
    pub async fn with_own_postgres(more: &[(&str, &str)]) -> Self {
        let more: Vec<(&str, &str)> = [("TINTYPE_DATABASE_URL", "")]
            .into_iter()
            .chain(more.iter().copied())
            .collect();
        Self::start("127.0.0.1", &more).await
    }

    /// Runs another command of the program with the same settings, and `more` over them.
    pub async fn runs(&self, arguments: &[&str], more: &[(&str, &str)]) -> Output {
        let given = self.environment.iter();
        let given = given.map(|(name, value)| (name.as_str(), value.as_str()));
        let given: Vec<(&str, &str)> = given.chain(more.iter().copied()).collect();
        run(arguments, &given).await
    }

    /// Begins another command of the program with the same settings.
    pub fn begins(&self, arguments: &[&str]) -> Child {
        Command::new(env!("CARGO_BIN_EXE_tintype"))
            .args(arguments)
            .env_clear()
            .env("PATH", "/usr/local/bin:/usr/bin:/bin")
            .envs(self.environment.iter().map(|(name, value)| (name, value)))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .expect("the program can be started")
    }

    /// The same, which does not run at the moment, with `more` settings over those that it had.
    pub fn on_other_settings(mut self, more: &[(&str, &str)]) -> Self {
        assert!(self.child.is_none(), "it still runs");
        for (name, value) in more {
            self.environment.retain(|(known, _)| known != name);
            self.environment.push(((*name).to_owned(), (*value).to_owned()));
        }
        self
    }

    /// Starts it once more, on what the one before left.
    pub async fn start_again(&mut self) {
        assert!(self.child.is_none(), "it still runs");
        let log = std::fs::File::options()
            .create(true)
            .append(true)
            .open(self.log_path())
            .expect("the test's folder can be written to");
        let child = Command::new(env!("CARGO_BIN_EXE_tintype"))
            .arg("serve")
            .args(&self.arguments)
            .env_clear()
            .envs(self.environment.iter().map(|(name, value)| (name, value)))
            .env("PATH", "/usr/local/bin:/usr/bin:/bin")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(log)
            .kill_on_drop(true)
            .spawn()
            .expect("the program can be started");
        self.child = Some(child);
        let ready = self.client.request(Method::GET, "/ready");
        eventually("the program is ready", async || {
            let asked = ready.try_clone().expect("it has no body").send().await;
            let ended = self
                .child
                .as_mut()
                .and_then(|child| child.try_wait().ok().flatten());
            assert!(
                ended.is_none(),
                "the program ended with {ended:?}: {}",
                self.log()
            );
            asked
                .is_ok_and(|answer| answer.status().is_success())
                .then_some(())
        })
        .await;
    }

    /// Ends it at once, as a power cut would.
    pub async fn kill9(&mut self) {
        let mut child = self.child.take().expect("it runs");
        child.kill().await.expect("it can be killed");
    }

    /// Asks it to end, and waits until it has.
    pub async fn stop(&mut self) -> ExitStatus {
        let mut child = self.child.take().expect("it runs");
        let pid = child
            .id()
            .and_then(|pid| Pid::from_raw(pid as i32))
            .expect("it runs");
        kill_process(pid, Signal::TERM).expect("it can be told to end");
        tokio::time::timeout(Duration::from_secs(20), child.wait())
            .await
            .expect("it ends within 20 seconds")
            .expect("its status can be read")
    }

    /// Somebody who signs up as an app lets them: through the front door.
    pub async fn person(&self, name: &str) -> Person {
        let new =
            json!({ "client_name": "Tests", "redirect_uris": "urn:ietf:wg:oauth:2.0:oob", "scopes": SCOPES });
        let app = self.client.json(Method::POST, "/api/v1/apps", &new).await.ok();
        let asked = json!({
            "grant_type": "client_credentials", "client_id": app["client_id"],
            "client_secret": app["client_secret"], "scope": SCOPES,
        });
        let granted = self.client.json(Method::POST, "/oauth/token", &asked).await.ok();
        let as_app = self
            .client
            .with_token(granted["access_token"].as_str().expect("a token"));
        let new = json!({
            "username": name, "email": format!("{name}@mail.example"), "password": PASSWORD,
            "agreement": true, "locale": "en",
        });
        let issued = as_app.json(Method::POST, "/api/v1/accounts", &new).await.ok();
        let client = self
            .client
            .with_token(issued["access_token"].as_str().expect("a token"));
        let me = client.get("/api/v1/accounts/verify_credentials").await.ok();
        Person {
            id: me["id"].as_str().expect("an id").to_owned(),
            name: name.to_owned(),
            client,
            by_hand: None,
        }
    }

    /// Its database, for looking at what is there and what is left to do.
    pub async fn db(&self) -> PgPool {
        postgres::pool(&self.database.url, 2)
            .await
            .expect("its database takes connections")
    }

    /// Waits until it has done all that can be done now.
    pub async fn quiet(&self) {
        let db = self.db().await;
        eventually("all queues are empty", async || {
            queues::due(&db, Clock::system().now())
                .await
                .is_empty()
                .then_some(())
        })
        .await;
        db.close().await;
    }

    pub fn database_url(&self) -> &str {
        &self.database.url
    }

    pub fn data_dir(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// What it has logged, over all its lives.
    pub fn log(&self) -> String {
        std::fs::read_to_string(self.log_path()).unwrap_or_default()
    }

    fn log_path(&self) -> PathBuf {
        self.folder.path().join("log")
    }
}

/// Runs the program to its end, with these settings and none of the test's own environment.
pub async fn run(arguments: &[&str], settings: &[(&str, &str)]) -> Output {
    let ended = Command::new(env!("CARGO_BIN_EXE_tintype"))
        .args(arguments)
        .env_clear()
        .env("PATH", "/usr/local/bin:/usr/bin:/bin")
        .envs(settings.iter().copied())
        .stdin(Stdio::null())
        .kill_on_drop(true)
        .output();
    tokio::time::timeout(Duration::from_secs(60), ended)
        .await
        .expect("it ends within a minute")
        .expect("the program can be started")
}

/// All that a command said, to the screen and beside it.
pub fn said(output: &Output) -> String {
    let (out, err) = (&output.stdout, &output.stderr);
    String::from_utf8_lossy(&[out.as_slice(), err].concat()).into_owned()
}

/// A port that was free a moment ago: the program has to be told its own before it listens.
pub fn free_port() -> u16 {
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a free port");
    listener.local_addr().expect("it has an address").port()
}
