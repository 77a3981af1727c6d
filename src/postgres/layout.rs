//! Where the private cluster's files are, and who owns them. Touches nothing outside the data directory but one folder
//! for the socket, when the data directory's own path is too long for one.

use std::fs::{File, OpenOptions};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

use super::error::{ClusterError, at, in_data};
use super::user::RunAs;
use crate::folders;

/// The longest folder that leaves room for the socket's own name within the system's 108 bytes.
const LONGEST_SOCKET_FOLDER: usize = 88;

/// The paths of one cluster.
#[derive(Clone, Debug)]
pub struct Layout {
    /// The data directory, absolute.
    pub data_dir: PathBuf,
    /// The cluster.
    pub cluster: PathBuf,
    /// The log of Postgres.
    pub log: PathBuf,
}

impl Layout {
    /// Makes the data directory where it is missing.
    pub fn prepare(data_dir: &Path) -> Result<Self, ClusterError> {
        folders::make_data_dir(data_dir).map_err(in_data(data_dir))?;
        let data_dir = data_dir.canonicalize().map_err(in_data(data_dir))?;
        Ok(Self {
            cluster: data_dir.join("pg"),
            log: data_dir.join("pg.log"),
            data_dir,
        })
    }

    /// A folder for the socket: beside the cluster, or a short one in the system's temporary folder. Only the user of
    /// the cluster can enter it, which is what makes connecting without a password safe.
    pub fn socket_folder(&self, user: &RunAs) -> Result<PathBuf, ClusterError> {
        let own = self.data_dir.join("pg-run");
        if own.as_os_str().len() <= LONGEST_SOCKET_FOLDER {
            make_private(&own, user)?;
            return Ok(own);
        }
        let mut hasher = DefaultHasher::new();
        self.data_dir.hash(&mut hasher);
        let name = format!("tintype-{:016x}", hasher.finish());
        // Others may have taken the name in a folder that all can write to; then the next one is tried.
        let places = [std::env::temp_dir(), PathBuf::from("/tmp")];
        let candidates = places
            .iter()
            .flat_map(|place| (0..4).map(|n| place.join(format!("{name}-{n}"))));
        let mut tried = Vec::new();
        for folder in candidates.filter(|folder| folder.as_os_str().len() <= LONGEST_SOCKET_FOLDER) {
            match make_private(&folder, user) {
                Ok(()) => return Ok(folder),
                Err(_) => tried.push(folder.display().to_string()),
            }
        }
        Err(ClusterError::NoSocketFolder {
            tried: tried.join(", "),
        })
    }
}

/// Opens a file of ours in the data directory. Where that belongs to somebody else and we are root, the file becomes
/// theirs, so that a command once run as root locks nobody out; and no link of theirs is followed.
pub fn open_in_data(options: &mut OpenOptions, path: &Path) -> Result<File, ClusterError> {
    let no_follow = i32::try_from(rustix::fs::OFlags::NOFOLLOW.bits()).expect("flags of open are small");
    let file = options
        .mode(0o600)
        .custom_flags(no_follow)
        .open(path)
        .map_err(in_data(path))?;
    if rustix::process::geteuid().is_root()
        && let Some(owner) = path.parent().and_then(|folder| folder.metadata().ok())
    {
        std::os::unix::fs::fchown(&file, Some(owner.uid()), Some(owner.gid())).map_err(at(path))?;
    }
    Ok(file)
}

/// Makes a folder that only this user can enter; one that is there already must be exactly that.
pub fn make_private(folder: &Path, user: &RunAs) -> Result<(), ClusterError> {
    match std::fs::DirBuilder::new().mode(0o700).create(folder) {
        Ok(()) => user.give(folder),
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
            // We may have been killed between making and giving.
            let about = folder.symlink_metadata().map_err(at(folder))?;
            if about.is_dir() && about.uid() == rustix::process::geteuid().as_raw() {
                user.give(folder)?;
            }
            if !user.owns(folder) {
                return Err(at(folder)(std::io::Error::other("it belongs to somebody else")));
            }
            match about.permissions().mode() & 0o077 {
                0 => Ok(()),
                _ => std::fs::set_permissions(folder, PermissionsExt::from_mode(0o700)).map_err(at(folder)),
            }
        }
        Err(error) => Err(at(folder)(error)),
    }
}
