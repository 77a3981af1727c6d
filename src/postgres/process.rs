//! The running Postgres of a cluster: whether there is one, how to tell it to end, when it has ended.
//! Never mistakes another process for it, and never signals one it has not recognised.

use std::path::{Path, PathBuf};
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process, test_kill_process};
use tokio::process::Child;
use tokio::time::sleep;

use super::error::{ClusterError, at};
use super::user::RunAs;

/// How often a process that is not our child is looked at.
const LOOK: Duration = Duration::from_millis(250);

/// What `postmaster.pid` says about the process that wrote it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Running {
    /// The process.
    pub pid: i32,
    /// Where its socket is; empty while it has not said so.
    pub socket_folder: PathBuf,
    /// Whether it takes connections.
    pub ready: bool,
}

/// The Postgres that runs on a cluster, if one does.
pub fn running(cluster: &Path) -> Option<Running> {
    let text = std::fs::read_to_string(cluster.join("postmaster.pid")).ok()?;
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let pid: i32 = lines.first()?.parse().ok()?;
    // In a cluster that stands alone (`postgres --single`) the number is negative.
    let process = Pid::from_raw(pid.checked_abs()?)?;
    if !is_postgres_of(process, cluster) {
        return None;
    }
    let socket_folder = lines.get(4).map(PathBuf::from).unwrap_or_default();
    Some(Running {
        pid,
        socket_folder,
        ready: lines.get(7) == Some(&"ready"),
    })
}

/// Whether a process is alive and works in the cluster's folder, as Postgres does and nobody else.
fn is_postgres_of(process: Pid, cluster: &Path) -> bool {
    // A process of somebody else's is alive too (EPERM): only "no such process" says that it is not.
    if test_kill_process(process) == Err(rustix::io::Errno::SRCH) {
        return false;
    }
    let proc = PathBuf::from(format!("/proc/{}", process.as_raw_nonzero()));
    if !proc.is_dir() {
        // Without /proc (macOS) the number is all there is.
        return !Path::new("/proc/self").exists();
    }
    match std::fs::read_link(proc.join("cwd")) {
        Ok(folder) => folder == cluster,
        // In many containers even root may not look there; how the process was called is open to all. A dead child that
        // nobody has waited for has neither, and is not running.
        Err(_) => {
            let call = std::fs::read(proc.join("cmdline")).unwrap_or_default();
            call.split(|byte| *byte == 0)
                .any(|part| part == cluster.as_os_str().as_encoded_bytes())
        }
    }
}

/// Postgres refuses to start when the number in its file belongs to a living process, whoever that is; after a restart
/// of the machine or container that may be anybody. It overlooks its own parent's number, so we put ours there: what
/// else the file says still protects a cluster whose workers have outlived their head.
pub fn mend_stale_file(cluster: &Path, user: &RunAs) -> Result<(), ClusterError> {
    let path = cluster.join("postmaster.pid");
    let Ok(text) = std::fs::read_to_string(&path) else {
        return Ok(());
    };
    match text.split_once('\n') {
        Some((_, rest)) => user.replace(&path, &format!("{}\n{rest}", std::process::id())),
        // Cut short by a full disk or a crash: it protects nothing, and Postgres would stop at it.
        None => std::fs::remove_file(&path).map_err(at(&path)),
    }
}

/// A Postgres that we look after: one we started, or one that we found.
#[derive(Debug)]
pub enum Process {
    /// Our child.
    Ours(Box<Child>),
    /// Somebody else's child, whose end we notice by looking.
    Found(i32, PathBuf),
}

impl Process {
    /// The process's number, while it has one.
    pub fn pid(&self) -> Option<i32> {
        match self {
            Self::Ours(child) => child.id().and_then(|pid| i32::try_from(pid).ok()),
            Self::Found(pid, _) => Some(*pid),
        }
    }

    /// Returns when it has ended, with what is known about how.
    pub async fn ended(&mut self) -> String {
        match self {
            Self::Ours(child) => match child.wait().await {
                Ok(status) => status.to_string(),
                Err(error) => error.to_string(),
            },
            Self::Found(pid, cluster) => {
                while running(cluster).is_some_and(|now| now.pid == *pid) {
                    sleep(LOOK).await;
                }
                "ended".to_owned()
            }
        }
    }

    /// Tells it something. One that is gone hears nothing, which is what was wanted.
    pub fn signal(&self, signal: Signal) {
        if let Self::Found(pid, cluster) = self
            && running(cluster).is_none_or(|now| now.pid != *pid)
        {
            return;
        }
        if let Some(pid) = self.pid().and_then(Pid::from_raw) {
            let _ = kill_process(pid, signal);
        }
    }
}
