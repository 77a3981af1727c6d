//! Makes a cluster where there is none, whole or not at all. Never touches one that is there.

use std::path::Path;

use super::error::{ClusterError, at};
use super::layout::{Layout, make_private};
use super::programs::Programs;
use super::tuning;
use super::user::RunAs;

/// The cluster's superuser, and the name of its database.
pub const NAME: &str = "tintype";

const INCLUDED: &str = "tintype.conf";

/// Makes the cluster when it is missing. Call it with the turn in hand.
pub async fn if_missing(layout: &Layout, programs: &Programs, user: &RunAs) -> Result<(), ClusterError> {
    if layout.cluster.exists() {
        return Ok(());
    }
    // Made under another name and then renamed: a start that was killed halfway leaves nothing that looks whole.
    let making = layout.data_dir.join("pg.making");
    if making.exists() {
        std::fs::remove_dir_all(&making).map_err(at(&making))?;
    }
    make_private(&making, user)?;
    let made = fill(&making, programs, user).await;
    if made.is_err() {
        // What is reported is why it failed, not that the remains could not be cleared away.
        let _ = std::fs::remove_dir_all(&making);
    }
    made?;
    std::fs::rename(&making, &layout.cluster).map_err(at(&layout.cluster))
}

async fn fill(making: &Path, programs: &Programs, user: &RunAs) -> Result<(), ClusterError> {
    user.must_reach(making).await?;
    let initdb = programs.program("initdb");
    let output = user
        .command(&initdb)
        .args([
            "--data-checksums",
            "--locale=C.UTF-8",
            "--encoding=UTF8",
            "--username",
            NAME,
        ])
        .args(["--auth-local=trust", "--auth-host=reject", "--pgdata"])
        .arg(making)
        .output()
        .await
        .map_err(at(&initdb))?;
    if !output.status.success() {
        return Err(ClusterError::Program {
            program: "initdb",
            says: last_lines(&output.stderr),
        });
    }
    let path = making.join("postgresql.conf");
    let text = std::fs::read_to_string(&path).map_err(at(&path))?;
    user.replace(&path, &format!("{text}\ninclude_if_exists = '{INCLUDED}'\n"))
}

/// Writes the part of the configuration that is ours, as this version of Tintype wants it.
pub fn configure(cluster: &Path, connections: u32, user: &RunAs) -> Result<(), ClusterError> {
    user.replace(&cluster.join(INCLUDED), &tuning::settings(connections))
}

/// The end of what a program said, as one line.
pub fn last_lines(output: &[u8]) -> String {
    let text = String::from_utf8_lossy(output);
    let lines: Vec<&str> = text
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect();
    let last = lines.len().saturating_sub(4);
    lines[last..].join(" / ")
}
