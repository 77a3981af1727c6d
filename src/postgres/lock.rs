//! Locks in the data directory, each a `flock` that ends with its process, however that ends.
//! Never trusts a process number in a file to say who is alive.

use std::fs::{File, OpenOptions};
use std::io::{Read, Seek, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use rustix::fs::{FlockOperation, flock};
use rustix::io::Errno;
use tokio::time::{Instant, sleep};

use super::error::{ClusterError, at};
use super::layout::open_in_data;

/// How long a turn is waited for: longer than a stop may take.
const PATIENCE: Duration = Duration::from_secs(60);
const PAUSE: Duration = Duration::from_millis(20);

/// The right to be the one server on a data directory. Ends when dropped.
#[derive(Debug)]
pub struct ServerLock {
    _file: File,
}

impl ServerLock {
    /// Takes the lock, or says who has it.
    pub async fn take(data_dir: &Path) -> Result<Self, ClusterError> {
        let path = server_lock_path(data_dir);
        let mut file = open(&path)?;
        // Whoever asks `serving` holds the lock for an instant: look again before refusing.
        let deadline = Instant::now() + PAUSE * 10;
        while !try_lock(&file, FlockOperation::NonBlockingLockExclusive, &path)? {
            if Instant::now() > deadline {
                return Err(ClusterError::InUse {
                    data_dir: data_dir.to_owned(),
                    pid: pid_in(&mut file),
                });
            }
            sleep(PAUSE).await;
        }
        write(&mut file, &format!("{}\n", std::process::id())).map_err(at(&path))?;
        Ok(Self { _file: file })
    }
}

/// The process of the server that runs on a data directory, if one does; 0 when it has not said its number yet.
pub fn serving(data_dir: &Path) -> Option<u32> {
    let path = server_lock_path(data_dir);
    let mut file = File::open(&path).ok()?;
    match try_lock(&file, FlockOperation::NonBlockingLockShared, &path) {
        Ok(false) => Some(pid_in(&mut file).unwrap_or(0)),
        _ => None,
    }
}

/// The right to start or stop the cluster, for a moment.
#[derive(Debug)]
pub struct Turn {
    _file: File,
}

impl Turn {
    /// Waits for the turn.
    pub async fn take(data_dir: &Path) -> Result<Self, ClusterError> {
        let path = data_dir.join("pg.turn");
        let file = open(&path)?;
        let deadline = Instant::now() + PATIENCE;
        while !try_lock(&file, FlockOperation::NonBlockingLockExclusive, &path)? {
            if Instant::now() > deadline {
                return Err(ClusterError::Busy(data_dir.to_owned()));
            }
            sleep(PAUSE).await;
        }
        Ok(Self { _file: file })
    }
}

/// Who answers for the running cluster's end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keeper {
    /// The server: commands leave the cluster alone.
    Server,
    /// The commands that use it: the last one stops it.
    Commands,
}

/// One use of the cluster. Ends when dropped.
#[derive(Debug)]
pub struct Use {
    file: File,
    path: PathBuf,
}

impl Use {
    /// Joins those who use the cluster. Call it with the turn in hand.
    pub fn begin(data_dir: &Path) -> Result<Self, ClusterError> {
        let path = data_dir.join("pg.users");
        let file = open(&path)?;
        // Only an ending user takes it exclusively, and only with the turn in hand.
        flock(&file, FlockOperation::LockShared).map_err(|error| at(&path)(error.into()))?;
        Ok(Self { file, path })
    }

    /// Notes who answers for the cluster's end.
    pub fn kept_by(&mut self, keeper: Keeper) -> Result<(), ClusterError> {
        let word = match keeper {
            Keeper::Server => "server\n",
            Keeper::Commands => "commands\n",
        };
        write(&mut self.file, word).map_err(at(&self.path))
    }

    /// Whether a command that ends now has to stop the cluster. Call it with the turn in hand.
    pub fn last_command(&mut self) -> Result<bool, ClusterError> {
        let mut word = String::new();
        self.file
            .rewind()
            .and_then(|()| self.file.read_to_string(&mut word))
            .map_err(at(&self.path))?;
        Ok(word.trim() == "commands"
            && try_lock(&self.file, FlockOperation::NonBlockingLockExclusive, &self.path)?)
    }
}

fn server_lock_path(data_dir: &Path) -> PathBuf {
    data_dir.join("tintype.lock")
}

fn open(path: &Path) -> Result<File, ClusterError> {
    open_in_data(
        OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false),
        path,
    )
}

fn try_lock(file: &File, how: FlockOperation, path: &Path) -> Result<bool, ClusterError> {
    match flock(file, how) {
        Ok(()) => Ok(true),
        Err(Errno::WOULDBLOCK) => Ok(false),
        Err(error) => Err(at(path)(error.into())),
    }
}

fn pid_in(file: &mut File) -> Option<u32> {
    let mut text = String::new();
    file.take(32).read_to_string(&mut text).ok()?;
    text.trim().parse().ok()
}

fn write(file: &mut File, text: &str) -> std::io::Result<()> {
    file.set_len(0)?;
    file.rewind()?;
    file.write_all(text.as_bytes())
}
