//! What everybody's programs ask a server for first, and ask for most: the instance, an actor, a name. Each against nginx
//! with a file of the same bytes. Asks for nothing that a server may not remember.

use std::net::SocketAddr;
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use anyhow::{Context, ensure};
use bytes::Bytes;
use tokio::process::{Child, Command};
use tokio::time::{Instant, sleep};

use crate::clients::{Connection, Outcome, ask_for, get, get_as};
use crate::report::{Bound, Figure, Measured, Report, number};
use crate::seed;
use crate::server::free_address;
use crate::world::{World, folder};

const PERIOD: Duration = Duration::from_secs(4);
const PATIENCE: Duration = Duration::from_secs(10);
const ACTIVITY: &str = "application/activity+json";
/// Whose actor it is: far from the numbers of those whose letters are measured.
const WHO: i64 = 900;

pub async fn measure(world: &mut World, runs: usize, report: &mut Report) -> anyhow::Result<()> {
    let Some(nginx) = program().await else {
        println!("front: nginx is not installed (Debian: nginx-light); nothing to compare with.");
        return Ok(());
    };
    let name = seed::writer(&mut world.db, &world.server.folder, WHO, &[]).await?;
    let host = world.server.address;
    let asked = [
        ("instance, of nginx with a file", get("/api/v2/instance", None)),
        (
            "actor, of nginx with a file",
            get_as(&format!("/users/{name}"), ACTIVITY),
        ),
        (
            "WebFinger, of nginx with a file",
            get(
                &format!("/.well-known/webfinger?resource=acct:{name}@{host}"),
                None,
            ),
        ),
    ];
    for (what, request) in asked {
        let mut shares = Vec::new();
        for _ in 0..runs {
            shares.push(run(world, &nginx, &request).await?);
        }
        report.add(&Figure {
            what,
            unit: "%",
            bound: Bound::AtLeast(40.0),
            runs: shares,
        });
    }
    Ok(())
}

async fn run(world: &World, nginx: &str, request: &Bytes) -> anyhow::Result<Measured> {
    let body = Connection::open(world.server.address)
        .await?
        .ask(request)
        .await
        .and_then(|answer| {
            ensure!(
                answer.status == 200,
                "status {}: {}",
                answer.status,
                String::from_utf8_lossy(answer.body)
            );
            Ok(answer.body.to_vec())
        })?;
    let theirs = Nginx::serve(nginx, &body).await?;
    let limit = repeated(theirs.address, get("/file", None)).await;
    theirs.stop().await?;
    let limit = limit?;
    let before = world.spent()?;
    let ours = repeated(world.server.address, request.clone()).await?;
    let each = world.spent()?.since(before, ours.done as f64);
    Ok(Measured {
        figure: 100.0 * ours.per_second() / limit.per_second(),
        made_of: format!(
            "{}/s of {} bytes against {}/s; CPU {:.3} ms server, {:.3} ms Postgres each",
            number(ours.per_second()),
            body.len(),
            number(limit.per_second()),
            each.server,
            each.postgres
        ),
    })
}

async fn repeated(address: SocketAddr, request: Bytes) -> anyhow::Result<Outcome> {
    ask_for(address, PERIOD, move |_| Some(request.clone())).await
}

/// Debian has it where only root looks.
async fn program() -> Option<String> {
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
struct Nginx {
    child: Child,
    address: SocketAddr,
    folder: std::path::PathBuf,
}

impl Nginx {
    async fn serve(program: &str, body: &[u8]) -> anyhow::Result<Self> {
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

    async fn stop(mut self) -> anyhow::Result<()> {
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
