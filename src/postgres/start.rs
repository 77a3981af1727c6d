//! Brings a cluster to the point where it takes connections: found running, or started. Never looks after it.

use std::fs::{File, OpenOptions};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use sqlx::postgres::PgConnection;
use sqlx::{AssertSqlSafe, Connection as _};
use tokio::time::{Instant, sleep};

use super::cluster::url;
use super::connect::connect_options;
use super::create::{self, NAME, last_lines};
use super::error::{ClusterError, at};
use super::layout::{Layout, open_in_data};
use super::process::{Process, Running, mend_stale_file, running};
use super::programs::Programs;
use super::user::RunAs;

/// Recovery after a crash takes seconds with our settings; on a slow disk it may take more.
const PATIENCE: Duration = Duration::from_secs(180);
/// After a kill -9 Postgres' workers need a moment to notice, and until then a new start is refused.
const ORPHANS: Duration = Duration::from_secs(15);
const PAUSE: Duration = Duration::from_millis(10);
/// A log that is larger begins anew at the next start.
const LONGEST_LOG: u64 = 4_000_000;

/// What is needed to start a cluster.
#[derive(Clone, Debug)]
pub struct Start {
    pub layout: Layout,
    pub programs: Programs,
    pub user: RunAs,
    pub connections: u32,
}

/// A cluster that takes connections.
#[derive(Debug)]
pub struct Started {
    pub process: Process,
    pub socket_folder: PathBuf,
}

/// Makes the cluster where it is missing, starts it where it does not run, and makes our database in it. Call it with
/// the turn in hand.
pub async fn ensure(start: &Start) -> Result<Started, ClusterError> {
    create::if_missing(&start.layout, &start.programs, &start.user).await?;
    let deadline = Instant::now() + ORPHANS;
    let started = loop {
        match start_or_find(start).await {
            Err(ClusterError::NotStarted { .. }) if Instant::now() < deadline && orphans_hold(start) => {
                sleep(PAUSE * 10).await;
            }
            result => break result?,
        }
    };
    make_database(&started.socket_folder).await?;
    Ok(started)
}

async fn start_or_find(start: &Start) -> Result<Started, ClusterError> {
    let deadline = Instant::now() + PATIENCE;
    let mut process = match running(&start.layout.cluster) {
        Some(Running { pid, .. }) => Process::Found(pid, start.layout.cluster.clone()),
        None => spawn(start)?,
    };
    loop {
        if let Some(Running {
            ready: true,
            socket_folder,
            ..
        }) = running(&start.layout.cluster)
        {
            return Ok(Started {
                process,
                socket_folder,
            });
        }
        tokio::select! {
            how = process.ended() => {
                // One that was found ending has made room: ours may start.
                if matches!(process, Process::Found(..)) {
                    process = spawn(start)?;
                    continue;
                }
                let says = format!("it ended ({how}): {}.", end_of_log(&start.layout.log));
                return Err(ClusterError::NotStarted { says, log: start.layout.log.clone() });
            }
            () = sleep(PAUSE) => {}
        }
        if Instant::now() > deadline {
            let says = format!("it is not ready after {} s.", PATIENCE.as_secs());
            return Err(ClusterError::NotStarted {
                says,
                log: start.layout.log.clone(),
            });
        }
    }
}

fn spawn(start: &Start) -> Result<Process, ClusterError> {
    let Start {
        layout,
        programs,
        user,
        connections,
    } = start;
    mend_stale_file(&layout.cluster, user)?;
    create::configure(&layout.cluster, *connections, user)?;
    let socket_folder = layout.socket_folder(user)?;
    clear_socket(&socket_folder)?;
    let log = open_log(&layout.log)?;
    let postgres = programs.program("postgres");
    let mut command = user.command(&postgres);
    command
        .arg("-D")
        .arg(&layout.cluster)
        .args(["-c", "listen_addresses=", "-c", "port=5432", "-c"]);
    command.arg(format!("unix_socket_directories={}", quoted(&socket_folder)));
    command.args(["-c", "unix_socket_permissions=0700", "-c", "external_pid_file="]);
    command
        .stdout(Stdio::from(log.try_clone().map_err(at(&layout.log))?))
        .stderr(Stdio::from(log));
    // Variables for Postgres' programs must not redirect ours.
    for variable in ["PGDATA", "PGPORT", "PGHOST", "PGOPTIONS"] {
        command.env_remove(variable);
    }
    let child = command.spawn().map_err(at(&postgres))?;
    Ok(Process::Ours(Box::new(child)))
}

/// The socket's own lock holds a process number too, and a killed Postgres leaves it. The folder is this cluster's
/// alone and nothing runs on the cluster, so nobody's lock is broken.
fn clear_socket(folder: &Path) -> Result<(), ClusterError> {
    for name in [".s.PGSQL.5432", ".s.PGSQL.5432.lock"] {
        let path = folder.join(name);
        match std::fs::remove_file(&path) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(at(&path)(error)),
            _ => {}
        }
    }
    Ok(())
}

/// The setting is a list: a path with a comma or a space in it has to be in quotes.
fn quoted(path: &Path) -> String {
    format!("\"{}\"", path.to_string_lossy().replace('"', "\"\""))
}

fn open_log(path: &Path) -> Result<File, ClusterError> {
    let long = path.metadata().is_ok_and(|about| about.len() > LONGEST_LOG);
    let log = open_in_data(OpenOptions::new().append(true).create(true), path)?;
    if long {
        log.set_len(0).map_err(at(path))?;
    }
    Ok(log)
}

/// Whether the last start was refused because workers of a killed Postgres still hold its memory.
fn orphans_hold(start: &Start) -> bool {
    end_of_log(&start.layout.log).contains("shared memory block")
}

/// The end of Postgres' log, as one line.
pub fn end_of_log(log: &Path) -> String {
    let text = std::fs::read(log).unwrap_or_default();
    last_lines(&text[text.len().saturating_sub(2_000)..])
}

/// Our database is there after the first start; asking for it is the quickest way to know.
async fn make_database(socket_folder: &Path) -> Result<(), ClusterError> {
    let connect = async |database: &str| {
        PgConnection::connect_with(&connect_options(&url(socket_folder, database))?).await
    };
    match connect(NAME).await {
        Ok(connection) => return Ok(connection.close().await?),
        // 3D000: no database of this name.
        Err(sqlx::Error::Database(error)) if error.code().as_deref() == Some("3D000") => {}
        Err(error) => return Err(error.into()),
    }
    let mut connection = connect("postgres").await?;
    sqlx::query(AssertSqlSafe(format!("create database {NAME}")))
        .execute(&mut connection)
        .await?;
    Ok(connection.close().await?)
}
