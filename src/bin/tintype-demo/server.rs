//! One of the demo's servers: the real program with its own folder, name and port.

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use tokio::process::{Child, Command};

pub struct Server {
    pub name: String,
    pub port: u16,
    pub http: reqwest::Client,
    child: Child,
    log: PathBuf,
}

impl Server {
    pub fn start(name: &str, folder: &Path) -> anyhow::Result<Self> {
        Self::start_at(name, folder, None, "east.test=127.0.0.1,west.test=127.0.0.1")
    }

    /// At this port, if nobody else is there; `resolved`: where it finds others.
    pub fn start_at(name: &str, folder: &Path, port: Option<u16>, resolved: &str) -> anyhow::Result<Self> {
        let wanted = TcpListener::bind(("127.0.0.1", port.unwrap_or(0)));
        let free = wanted.or_else(|_| TcpListener::bind("127.0.0.1:0"))?;
        let port = free.local_addr()?.port();
        drop(free);
        let own = folder.join(name);
        std::fs::create_dir_all(&own)?;
        let log = own.join("log");
        let output = std::fs::File::create(&log)?;
        let program = std::env::current_exe()?.with_file_name("tintype");
        let child = Command::new(program)
            .arg("serve")
            // Each has its own, whatever the one has who runs this.
            .env_remove("TINTYPE_DATABASE_URL")
            .env("TINTYPE_LISTEN", format!("127.0.0.1:{port}"))
            .env("TINTYPE_PUBLIC_URL", format!("http://{name}:{port}"))
            .env("TINTYPE_DATA_DIR", own.join("data"))
            .env("TINTYPE_RESOLVE", resolved)
            .env("TINTYPE_ALLOW_PRIVATE_ADDRESSES", "true")
            .env("TINTYPE_REGISTRATION", "open")
            .env("TINTYPE_RATE_LIMITS", "off")
            .stdout(Stdio::null())
            .stderr(output)
            .kill_on_drop(true)
            .spawn()
            .context("the program `tintype` could not be started; it is built beside this one")?;
        let address = std::net::SocketAddr::from(([127, 0, 0, 1], port));
        let http = reqwest::Client::builder()
            .no_proxy()
            .resolve(name, address)
            .build()?;
        Ok(Self {
            name: name.to_owned(),
            port,
            http,
            child,
            log,
        })
    }

    pub fn at(&self, path: &str) -> String {
        format!("http://{}:{}{path}", self.name, self.port)
    }

    pub async fn ready(&mut self) -> anyhow::Result<()> {
        let deadline = Instant::now() + Duration::from_secs(60);
        loop {
            let answer = self.http.get(self.at("/ready")).send().await;
            if answer.is_ok_and(|answer| answer.status().is_success()) {
                return Ok(());
            }
            if self.child.try_wait()?.is_some() || Instant::now() > deadline {
                bail!(
                    "{} did not start:\n{}",
                    self.name,
                    std::fs::read_to_string(&self.log).unwrap_or_default()
                );
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// Whether a picture can be had.
    pub async fn has(&self, address: &str) -> anyhow::Result<bool> {
        Ok(self.http.get(address).send().await?.status().is_success())
    }

    /// Ends in order, Postgres included.
    pub async fn stop(&mut self) -> anyhow::Result<()> {
        if let Some(process) = self.child.id() {
            let process = i32::try_from(process)
                .ok()
                .and_then(rustix::process::Pid::from_raw);
            rustix::process::kill_process(process.context("no process")?, rustix::process::Signal::TERM)?;
        }
        self.child.wait().await?;
        Ok(())
    }
}
