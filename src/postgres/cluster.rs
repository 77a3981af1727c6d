//! A private cluster in use: made, started or found, watched, stopped. Never stops one that others answer for.

use std::path::PathBuf;
use std::time::Duration;

use rustix::process::Signal;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use tokio::time::timeout;

use super::create::NAME;
use super::error::ClusterError;
use super::layout::Layout;
use super::lock::{Keeper, ServerLock, Turn, Use};
use super::process::Process;
use super::programs::Programs;
use super::start::{self, Start};
use super::user::RunAs;
use super::watch;

/// A server has ten seconds to end, Postgres included, and its requests and jobs may have taken four of them: so long
/// for Postgres' orderly end …
const FAST: Duration = Duration::from_secs(4);
/// … and so long when it was told to drop everything. It recovers at the next start.
const IMMEDIATE: Duration = Duration::from_secs(1);

/// Where a private cluster lives, with whose programs, for how many connections.
#[derive(Clone, Debug)]
pub struct Place {
    /// The data directory.
    pub data_dir: PathBuf,
    /// The folder of Postgres' programs, where it is named.
    pub pg_bin: Option<PathBuf>,
    /// The connections of one process's pool.
    pub connections: u32,
}

impl From<&crate::config::Config> for Place {
    fn from(config: &crate::config::Config) -> Self {
        Self {
            data_dir: config.data_dir.clone(),
            pg_bin: config.pg_bin.clone(),
            connections: config.database_connections,
        }
    }
}

/// A running cluster, for as long as this value lives. End it by [`Cluster::stop`]; one that is dropped instead is
/// told to stop but not waited for.
#[derive(Debug)]
pub struct Cluster {
    socket_folder: PathBuf,
    layout: Layout,
    lives: tokio::sync::watch::Receiver<u32>,
    role: Option<Role>,
}

#[derive(Debug)]
enum Role {
    /// The server: watches Postgres, starts it again, stops it.
    Server {
        stop: oneshot::Sender<Ending>,
        watcher: JoinHandle<Result<(), ClusterError>>,
        using: Use,
        lock: ServerLock,
    },
    /// A command: stops what commands started, when it is the last of them.
    Command { process: Process, using: Use },
}

/// How a watcher is to end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// Postgres stops.
    Stop,
    /// Postgres goes on, as after a kill -9 of its server.
    #[cfg(test)]
    Abandon,
}

/// Starts the cluster for the one server on this data directory, or adopts one that a killed server left running.
pub async fn start(place: &Place) -> Result<Cluster, ClusterError> {
    let (layout, start) = prepare(place)?;
    let lock = ServerLock::take(&layout.data_dir).await?;
    let turn = Turn::take(&layout.data_dir).await?;
    let mut using = Use::begin(&layout.data_dir)?;
    let started = start::ensure(&start).await?;
    using.kept_by(Keeper::Server)?;
    drop(turn);
    let socket_folder = started.socket_folder.clone();
    let (stop, stopped) = oneshot::channel();
    let (living, lives) = tokio::sync::watch::channel(1);
    let watcher = tokio::spawn(watch::until(stopped, start, started, living));
    Ok(Cluster {
        socket_folder,
        layout,
        lives,
        role: Some(Role::Server {
            stop,
            watcher,
            using,
            lock,
        }),
    })
}

/// Uses the cluster beside a running server, or starts it for as long as this and other commands need it.
pub async fn start_or_join(place: &Place) -> Result<Cluster, ClusterError> {
    let (layout, start) = prepare(place)?;
    let _turn = Turn::take(&layout.data_dir).await?;
    let mut using = Use::begin(&layout.data_dir)?;
    let started = start::ensure(&start).await?;
    if matches!(started.process, Process::Ours(_)) {
        using.kept_by(Keeper::Commands)?;
    }
    let role = Role::Command {
        process: started.process,
        using,
    };
    let (_, lives) = tokio::sync::watch::channel(1);
    Ok(Cluster {
        socket_folder: started.socket_folder,
        layout,
        lives,
        role: Some(role),
    })
}

fn prepare(place: &Place) -> Result<(Layout, Start), ClusterError> {
    let layout = Layout::prepare(&place.data_dir)?;
    let programs = Programs::find(place.pg_bin.as_deref(), &layout.cluster)?;
    let user = RunAs::choose(&layout.cluster)?;
    let start = Start {
        layout: layout.clone(),
        programs,
        user,
        connections: place.connections,
    };
    Ok((layout, start))
}

impl Cluster {
    /// The address of our database in it.
    pub fn url(&self) -> String {
        url(&self.socket_folder, NAME)
    }

    /// How often Postgres has been started under this server, this one included; changes when it was revived.
    pub fn lives(&self) -> tokio::sync::watch::Receiver<u32> {
        self.lives.clone()
    }

    /// Ends this use of the cluster, and the cluster itself when it is ours to end. Close the pool first.
    pub async fn stop(mut self) -> Result<(), ClusterError> {
        match self.role.take() {
            Some(Role::Server {
                stop,
                watcher,
                using,
                lock,
            }) => {
                // A watcher that is gone has nothing to be told; joining it says why.
                let _ = stop.send(Ending::Stop);
                let result = watcher.await.unwrap_or(Ok(()));
                drop((using, lock));
                result
            }
            Some(Role::Command {
                mut process,
                mut using,
            }) => {
                let _turn = Turn::take(&self.layout.data_dir).await?;
                match using.last_command()? {
                    true => end(&mut process, &self.layout).await,
                    false => Ok(()),
                }
            }
            None => Ok(()),
        }
    }

    /// Leaves Postgres running with nobody to look after it, as a kill -9 of this process would.
    #[cfg(test)]
    pub async fn abandon(mut self) {
        if let Some(Role::Server { stop, watcher, .. }) = self.role.take() {
            let _ = stop.send(Ending::Abandon);
            watcher
                .await
                .expect("the watcher ends")
                .expect("without an error");
        }
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        let Some(role) = self.role.take() else { return };
        let (process, ours_to_end) = match role {
            Role::Server { watcher, .. } => {
                watcher.abort();
                let running = super::process::running(&self.layout.cluster);
                (
                    running.map(|now| Process::Found(now.pid, self.layout.cluster.clone())),
                    true,
                )
            }
            Role::Command { process, mut using } => (Some(process), using.last_command().unwrap_or(false)),
        };
        if let Some(process) = process.filter(|_| ours_to_end) {
            process.signal(Signal::INT);
        }
    }
}

/// Ends Postgres: in order first, then at once.
pub async fn end(process: &mut Process, layout: &Layout) -> Result<(), ClusterError> {
    for (signal, patience) in [(Signal::INT, FAST), (Signal::QUIT, IMMEDIATE)] {
        process.signal(signal);
        if timeout(patience, process.ended()).await.is_ok() {
            return Ok(());
        }
        tracing::warn!(signal = ?signal, "Postgres does not end within {} s", patience.as_secs_f32());
    }
    Err(ClusterError::NotStopped {
        pid: process.pid().unwrap_or_default(),
        log: layout.log.clone(),
    })
}

/// The address of a database by its socket.
pub fn url(socket_folder: &std::path::Path, database: &str) -> String {
    let fixed = format!("postgres://{NAME}@localhost/{database}");
    let mut url = url::Url::parse(&fixed).expect("made of plain names");
    url.query_pairs_mut()
        .append_pair("host", &socket_folder.to_string_lossy());
    url.into()
}
