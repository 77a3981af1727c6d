//! The real program as a child process, in a folder of its own. Never linked in: what is measured is what people run.

use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use anyhow::{Context, ensure};
use rustix::process::{Pid, Signal, kill_process};
use tokio::process::{Child, Command};
use tokio::time::{Instant, sleep};

use crate::clients::{Connection, get};

/// A first start makes a cluster.
const PATIENCE: Duration = Duration::from_secs(60);

pub struct Server {
    child: Child,
    program: PathBuf,
    pub address: SocketAddr,
    pub folder: PathBuf,
}

impl Server {
    /// Starts it and waits until it answers from its database; gives how long that took.
    pub async fn start(folder: &Path, address: SocketAddr) -> anyhow::Result<(Self, Duration)> {
        let program = std::env::current_exe()?.with_file_name("tintype");
        ensure!(
            program.exists(),
            "{} is not there: build it, in the same profile",
            program.display()
        );
        std::fs::create_dir_all(folder)?;
        let started = Instant::now();
        let mut server = Self {
            child: spawn(&program, folder, address)?,
            program,
            address,
            folder: folder.to_owned(),
        };
        server.first_answer().await?;
        Ok((server, started.elapsed()))
    }

    async fn first_answer(&mut self) -> anyhow::Result<()> {
        let deadline = Instant::now() + PATIENCE;
        let request = get("/api/v1/timelines/public", None);
        loop {
            if let Ok(mut connection) = Connection::open(self.address).await
                && connection
                    .ask(&request)
                    .await
                    .is_ok_and(|answer| answer.status == 200)
            {
                return Ok(());
            }
            let ended = self.child.try_wait()?;
            ensure!(
                ended.is_none() && Instant::now() < deadline,
                "the server does not start; {}",
                self.folder.join("server.log").display()
            );
            sleep(Duration::from_millis(2)).await;
        }
    }

    pub fn pid(&self) -> u32 {
        self.child.id().unwrap_or_default()
    }

    pub fn base(&self) -> String {
        format!("http://{}", self.address)
    }

    pub async fn stop(mut self) -> anyhow::Result<()> {
        self.terminate().await
    }

    /// Lets it forget everything.
    pub async fn restart(&mut self) -> anyhow::Result<()> {
        self.terminate().await?;
        self.child = spawn(&self.program, &self.folder, self.address)?;
        self.first_answer().await
    }

    async fn terminate(&mut self) -> anyhow::Result<()> {
        let pid = self.child.id().and_then(|pid| Pid::from_raw(pid.cast_signed()));
        kill_process(pid.context("the server has ended")?, Signal::TERM)?;
        self.child.wait().await?;
        Ok(())
    }
}

fn spawn(program: &Path, folder: &Path, address: SocketAddr) -> anyhow::Result<Child> {
    let log = std::fs::File::create(folder.join("server.log"))?;
    let child = Command::new(program)
        .arg("serve")
        .env("TINTYPE_LISTEN", address.to_string())
        .env("TINTYPE_PUBLIC_URL", format!("http://{address}"))
        .env("TINTYPE_DATA_DIR", folder)
        .env("TINTYPE_ALLOW_PRIVATE_ADDRESSES", "true")
        .env("TINTYPE_RATE_LIMITS", "off")
        .env("TINTYPE_RESOLVE", crate::peer::resolved())
        .stdout(Stdio::null())
        .stderr(log)
        .kill_on_drop(true)
        .spawn()?;
    Ok(child)
}

/// An address on this machine that nobody listens on.
pub fn free_address() -> anyhow::Result<SocketAddr> {
    Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?)
}
