//! The machine's part: folder, disk, key file, port, programs, clock. Leaves nothing behind.

use std::io::ErrorKind;
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt as _;
use std::process::Stdio;
use std::time::{Duration, SystemTime};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::process::Command;
use tokio::time::{Instant, timeout};

use super::Check;
use crate::config::{Config, find_program};
use crate::postgres::serving;

/// Below this new photos fail soon.
const LITTLE_SPACE: u64 = 5_000_000_000;
/// Below this Postgres itself is in danger.
const NO_SPACE: u64 = 500_000_000;
/// Other servers refuse signatures that are older or newer than some minutes; a small drift is the start of it.
const DRIFT: Duration = Duration::from_secs(5);
/// How long a server on this machine may take to say that it lives.
const ANSWER: Duration = Duration::from_secs(2);

/// The time that was given, going on.
pub struct Clock {
    began: SystemTime,
    since: Instant,
}

impl Clock {
    pub fn started_at(now: SystemTime) -> Self {
        Self {
            began: now,
            since: Instant::now(),
        }
    }

    /// A check that another clock shows the same.
    pub fn compare(&self, name: &'static str, other: SystemTime, whose: &str) -> Check {
        let now = self.began + self.since.elapsed();
        let drift = now.duration_since(other).unwrap_or_else(|ahead| ahead.duration());
        match drift > DRIFT {
            false => Check::fine(name, format!("{whose} shows the same time as this machine.")),
            true => Check::broken(name, format!("{whose} and this machine differ by {} s.", drift.as_secs()))
                .mend("Let both follow a time server (Debian: apt install systemd-timesyncd); signatures fail otherwise."),
        }
    }
}

/// That the data directory can be written to, and that its file system has our time.
pub fn data_directory(config: &Config, clock: &Clock) -> Check {
    const NAME: &str = "data directory";
    let folder = &config.data_dir;
    let shown = folder.display();
    if !folder.exists() {
        return Check::warning(NAME, format!("{shown} is not there yet.")).mend("The first start makes it.");
    }
    let file = folder.join(format!(".doctor-{}", std::process::id()));
    let written =
        std::fs::write(&file, "written by tintype doctor\n").and_then(|()| file.metadata()?.modified());
    let removed = std::fs::remove_file(&file);
    match written.and_then(|at| removed.map(|()| at)) {
        Ok(at) => match clock.compare(NAME, at, "The file system") {
            Check {
                state: super::State::Fine,
                ..
            } => Check::fine(NAME, format!("{shown} can be written to.")),
            wrong => wrong,
        },
        Err(error) => Check::broken(NAME, format!("{shown} cannot be written to: {error}."))
            .mend("Run Tintype as the folder's owner, or give the folder to the user that it runs as."),
    }
}

/// That there is room.
pub fn disk_space(config: &Config) -> Check {
    const NAME: &str = "disk space";
    // Before the first start the folder above it tells.
    let folder = config.data_dir.ancestors().find(|folder| folder.exists());
    let about = match rustix::fs::statvfs(folder.unwrap_or(std::path::Path::new("."))) {
        Ok(about) => about,
        Err(error) => return Check::warning(NAME, format!("It cannot be told: {error}.")),
    };
    let free = about.f_bavail.saturating_mul(about.f_frsize);
    let says = format!("{:.1} GB are free.", free as f64 / 1e9);
    let mend = "Make room, lower remote_media_bytes or remote_media_days, or keep media in a bucket (s3_bucket, azure_container, \
                gcs_bucket).";
    match free {
        0..NO_SPACE => Check::broken(NAME, says).mend(mend),
        NO_SPACE..LITTLE_SPACE => Check::warning(NAME, says).mend(mend),
        _ => Check::fine(NAME, says),
    }
}

/// That nobody else can read the key.
pub fn key_file(config: &Config) -> Check {
    const NAME: &str = "key file";
    let shown = config.key_file.display();
    match config.key_file.metadata() {
        Ok(about) if about.permissions().mode() & 0o077 != 0 => {
            let mode = about.permissions().mode() & 0o777;
            Check::broken(NAME, format!("{shown} can be read by others (mode {mode:04o}).")).mend(format!("chmod 600 {shown}"))
        }
        Ok(_) => Check::fine(NAME, format!("{shown} is there, for its owner only.")),
        Err(error) if error.kind() == ErrorKind::NotFound => {
            Check::warning(NAME, format!("{shown} is not there."))
                .mend("A first start makes it. On a server that ran before, put it back from the backup: without it private keys stay sealed.")
        }
        Err(error) => Check::broken(NAME, format!("{shown} cannot be looked at: {error}.")).mend("Run Tintype as its owner."),
    }
}

/// That the port is free, or that it is this server that has it.
pub async fn port(config: &Config) -> Check {
    const NAME: &str = "port";
    let address = config.listen;
    if let Some(pid) = serving(&config.data_dir) {
        return Check::fine(NAME, format!("The server runs (process {pid})."));
    }
    match TcpListener::bind(address) {
        Ok(_) => Check::fine(NAME, format!("{address} is free.")),
        Err(error) if error.kind() == ErrorKind::AddrInUse && answers(config).await => {
            Check::fine(NAME, format!("A Tintype answers on {address}."))
        }
        Err(error) => {
            let mend = match error.kind() {
                ErrorKind::AddrInUse => {
                    "Stop the program that listens there, or choose another port (listen)."
                }
                ErrorKind::PermissionDenied => {
                    "Choose a port of 1024 or higher, with a reverse proxy in front (listen)."
                }
                _ => "Choose an address that this machine has (listen).",
            };
            Check::broken(NAME, format!("{address} cannot be listened on: {error}.")).mend(mend)
        }
    }
}

/// Whether a server like ours listens. One on a database of the operator's own keeps no lock in the data directory.
pub async fn answers(config: &Config) -> bool {
    let asked = async {
        let mut stream = TcpStream::connect(config.listen).await?;
        stream.write_all(b"GET /health HTTP/1.0\r\n\r\n").await?;
        let mut answer = Vec::new();
        stream.take(4_096).read_to_end(&mut answer).await?;
        std::io::Result::Ok(answer.ends_with(b"\r\n\r\nOK"))
    };
    matches!(timeout(ANSWER, asked).await, Ok(Ok(true)))
}

/// That a program is there, and which.
pub async fn program(name: &'static str, tells_version: &str, without_it: &str, package: &str) -> Check {
    let Some(path) = find_program(name) else {
        return Check::warning(name, format!("It is not installed: {without_it}."))
            .mend(format!("Debian, Ubuntu: apt install {package}"));
    };
    let mut command = Command::new(&path);
    command.arg(tells_version).stdin(Stdio::null()).kill_on_drop(true);
    let broken =
        |says: String| Check::broken(name, format!("{} {says}", path.display())).mend("Install it anew.");
    match timeout(Duration::from_secs(10), command.output()).await {
        Ok(Ok(output)) if output.status.success() => {
            let text = String::from_utf8_lossy(&output.stdout);
            let words: Vec<&str> = text.split_whitespace().take(3).collect();
            Check::fine(name, format!("{}.", words.join(" ")))
        }
        Ok(Ok(output)) => broken(format!("fails ({}).", output.status)),
        Ok(Err(error)) => broken(format!("cannot be run: {error}.")),
        Err(_) => broken("does not answer.".to_owned()),
    }
}
