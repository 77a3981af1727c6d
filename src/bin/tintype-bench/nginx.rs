//! nginx with one file, to see what serving that takes at the least. Measures nothing itself.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use anyhow::{Context, ensure};
use tokio::process::{Child, Command};
use tokio::time::{Instant, sleep};

use crate::clients::{Connection, get};
use crate::server::free_address;
use crate::world::folder;

const PATIENCE: Duration = Duration::from_secs(10);

/// Debian has it where only root looks.
pub async fn program() -> Option<String> {
    for program in ["nginx", "/usr/sbin/nginx"] {
        let asked = Command::new(program)
            .arg("-v")
            .stderr(Stdio::null())
            .status()
            .await;
        if asked.is_ok() {
            return Some(program.to_owned());
        }
    }
    None
}

/// nginx with one file, in a folder of its own.
pub struct Nginx {
    pub address: SocketAddr,
    child: Child,
    folder: PathBuf,
}

impl Nginx {
    pub async fn serve(program: &str, body: &[u8]) -> anyhow::Result<Self> {
        let (folder, address) = (folder("nginx"), free_address()?);
        std::fs::create_dir_all(&folder)?;
        std::fs::write(folder.join("file"), body)?;
        std::fs::write(folder.join("nginx.conf"), settings(&folder, address))?;
        let child = Command::new(program)
            .arg("-p")
            .arg(&folder)
            .arg("-c")
            .arg(folder.join("nginx.conf"))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()?;
        let server = Self {
            child,
            address,
            folder,
        };
        server.first_answer().await?;
        Ok(server)
    }

    async fn first_answer(&self) -> anyhow::Result<()> {
        let (deadline, request) = (Instant::now() + PATIENCE, get("/file", None));
        loop {
            if let Ok(mut connection) = Connection::open(self.address).await
                && let Ok(answer) = connection.ask(&request).await
            {
                ensure!(answer.status == 200, "nginx answers {}", answer.status);
                return Ok(());
            }
            ensure!(Instant::now() < deadline, "nginx does not start");
            sleep(Duration::from_millis(10)).await;
        }
    }

    pub async fn stop(mut self) -> anyhow::Result<()> {
        let pid = self
            .child
            .id()
            .and_then(|pid| rustix::process::Pid::from_raw(pid.cast_signed()));
        let pid = pid.context("nginx has ended")?;
        rustix::process::kill_process(pid, rustix::process::Signal::TERM)?;
        self.child.wait().await?;
        std::fs::remove_dir_all(&self.folder)?;
        Ok(())
    }
}

/// As an admin would serve files that are asked for often; what it logs is left out, since we log no requests either.
fn settings(folder: &Path, address: SocketAddr) -> String {
    let folder = folder.display();
    let user = if rustix::process::geteuid().is_root() {
        "user root;"
    } else {
        ""
    };
    format!(
        "daemon off; {user} worker_processes auto; pid {folder}/pid; error_log {folder}/errors;
         events {{ worker_connections 256; }}
         http {{
             access_log off; sendfile on; tcp_nopush on; keepalive_requests 10000000;
             open_file_cache max=10; default_type application/json;
             client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
             uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
             server {{ listen {address}; root {folder}; }}
         }}"
    )
}
