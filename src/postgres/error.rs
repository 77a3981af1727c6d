//! What can keep a private cluster from running, each as sentences that say what to do. Never holds a row's content.

use std::io::ErrorKind;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};

/// The private cluster cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ClusterError {
    /// Another server uses the data directory.
    #[error(
        "Another Tintype server{} is running on the data directory {}. Stop it first, or give this one a data directory of its own (TINTYPE_DATA_DIR).",
        process(.pid), data_dir.display()
    )]
    InUse {
        /// The folder.
        data_dir: PathBuf,
        /// The other server's process, when it said so.
        pid: Option<u32>,
    },
    /// No programs of Postgres.
    #[error(
        "Postgres is not installed: its programs initdb and postgres were not found. Install it (Debian, Ubuntu: apt install postgresql), \
         or name their folder in TINTYPE_PG_BIN, or use a Postgres of your own by TINTYPE_DATABASE_URL."
    )]
    NoPrograms,
    /// A folder that was named but does not hold the programs.
    #[error("TINTYPE_PG_BIN is {}, but initdb and postgres are not both in it.", .0.display())]
    NotPrograms(PathBuf),
    /// Programs that are too old.
    #[error("Postgres {found} in {} is too old: Tintype needs {least} or later.", folder.display())]
    TooOld {
        /// Their major version.
        found: u32,
        /// The oldest that will do.
        least: u32,
        /// Where they are.
        folder: PathBuf,
    },
    /// The cluster was made by another major version than the programs that are here.
    #[error(
        "The database in {} was made by Postgres {made_by}, but {}. Install Postgres {made_by} beside what is there (Debian, Ubuntu: apt install \
         postgresql-{made_by}), or move the data by pg_upgrade as docs/admin/first-hour.md shows.",
        cluster.display(), found(.here)
    )]
    OtherVersion {
        /// The cluster's folder.
        cluster: PathBuf,
        /// What it was made by.
        made_by: u32,
        /// What is installed.
        here: Vec<u32>,
    },
    /// The cluster's folder is not one.
    #[error("{} is there but is not a Postgres cluster ({says}). Move it away, or restore it from a backup.", folder.display())]
    NotCluster {
        /// The folder.
        folder: PathBuf,
        /// What is missing.
        says: String,
    },
    /// We are root, and the user that Postgres would run as cannot get to the folder.
    #[error(
        "Postgres refuses to run as root, and the user {user} cannot reach {}. Choose a data directory that it can reach, such as \
         /var/lib/tintype (TINTYPE_DATA_DIR), or run Tintype as an ordinary user.",
        folder.display()
    )]
    OutOfReach {
        /// Who Postgres would run as.
        user: String,
        /// What it cannot reach.
        folder: PathBuf,
    },
    /// We are root, and there is nobody to run Postgres as.
    #[error(
        "Postgres refuses to run as root, and there is neither a user postgres nor a user nobody. Add one, or run Tintype as an ordinary user."
    )]
    Nobody,
    /// No folder for the socket.
    #[error(
        "No folder is both short enough for Postgres' socket and ours to use; tried {tried}. Choose a data directory with a shorter path (TINTYPE_DATA_DIR)."
    )]
    NoSocketFolder {
        /// The folders that were tried.
        tried: String,
    },
    /// A program failed.
    #[error("{program} failed: {says}")]
    Program {
        /// Which one.
        program: &'static str,
        /// The end of what it said.
        says: String,
    },
    /// Postgres ended while it started, or took too long.
    #[error("Postgres did not start: {says} Its log is {}.", log.display())]
    NotStarted {
        /// The end of its log, or how long we waited.
        says: String,
        /// The log.
        log: PathBuf,
    },
    /// Postgres goes on although it was asked, then told, to end.
    #[error("Postgres (process {pid}) does not stop. Look at its log, {}.", log.display())]
    NotStopped {
        /// The process.
        pid: i32,
        /// The log.
        log: PathBuf,
    },
    /// Another command holds the cluster's start or stop for too long.
    #[error("Another tintype command has been starting or stopping the private Postgres in {} for a minute. Look for a hanging one.", .0.display())]
    Busy(PathBuf),
    /// A file or folder that cannot be used.
    #[error("{} cannot be used: {error}. Check that the user Tintype runs as may write there.", path.display())]
    Folder {
        /// The file or folder.
        path: PathBuf,
        /// What the system says.
        error: std::io::Error,
    },
    /// A part of a data directory that another user's server keeps.
    #[error(
        "{} cannot be used: {error}. {} belongs to {owner}: run tintype as the user that the server runs as, or choose a data \
         directory of your own (TINTYPE_DATA_DIR).",
        path.display(), folder.display()
    )]
    NotOurs {
        /// The file or folder.
        path: PathBuf,
        /// What the system says.
        error: std::io::Error,
        /// What is above it, as far as we may look.
        folder: PathBuf,
        /// Whose that is.
        owner: String,
    },
    /// Postgres answers, but not as it should.
    #[error("Postgres answers with an error: {0}")]
    Database(#[from] sqlx::Error),
}

/// For `map_err`: an input or output error with the path it was about.
pub fn at(path: &Path) -> impl FnOnce(std::io::Error) -> ClusterError {
    let path = path.to_owned();
    move |error| ClusterError::Folder { path, error }
}

/// The same for what is in the data directory: there it matters whose that is.
pub fn in_data(path: &Path) -> impl FnOnce(std::io::Error) -> ClusterError {
    let path = path.to_owned();
    move |error| {
        let mut above = path.ancestors().skip(1);
        let owned = above.find_map(|folder| Some((folder.to_owned(), folder.metadata().ok()?.uid())));
        match owned {
            Some((folder, owner)) if error.kind() == ErrorKind::PermissionDenied => ClusterError::NotOurs {
                path,
                error,
                folder,
                owner: name(owner),
            },
            _ => ClusterError::Folder { path, error },
        }
    }
}

fn name(uid: u32) -> String {
    match uzers::get_user_by_uid(uid) {
        Some(user) => user.name().to_string_lossy().into_owned(),
        None => format!("the user with the number {uid}"),
    }
}

fn process(pid: &Option<u32>) -> String {
    pid.map(|pid| format!(" (process {pid})")).unwrap_or_default()
}

fn found(here: &[u32]) -> String {
    match here {
        [] => "no programs of Postgres are here".to_owned(),
        here => {
            let here: Vec<String> = here.iter().map(u32::to_string).collect();
            format!("the programs here are of version {}", here.join(", "))
        }
    }
}
