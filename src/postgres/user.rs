//! Who Postgres runs as: ourselves, or somebody harmless when we are root. Never makes a user.

use std::io::Write as _;
use std::os::unix::fs::{MetadataExt, OpenOptionsExt as _};
use std::path::Path;

use tokio::process::Command;

use super::error::{ClusterError, at};

/// The user that owns the cluster and runs its programs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RunAs {
    /// The user that we are.
    Ourselves,
    /// Another one, because we are root and Postgres refuses that.
    Other {
        /// User.
        uid: u32,
        /// Primary group.
        gid: u32,
        /// Name, for messages.
        name: String,
    },
}

impl RunAs {
    /// The owner of the cluster when there is one, else of the folder it will be in, else `postgres`, else `nobody`.
    pub fn choose(cluster: &Path) -> Result<Self, ClusterError> {
        if !rustix::process::geteuid().is_root() {
            return Ok(Self::Ourselves);
        }
        let owner = |path: &Path| {
            let uid = path
                .metadata()
                .ok()
                .map(|about| about.uid())
                .filter(|uid| *uid != 0);
            // A number without an entry in the list of users makes initdb fail, so such an owner is passed over.
            uid.and_then(uzers::get_user_by_uid)
        };
        let user = owner(cluster)
            .or_else(|| cluster.parent().and_then(owner))
            .or_else(|| uzers::get_user_by_name("postgres"))
            .or_else(|| uzers::get_user_by_name("nobody"));
        let user = user.filter(|user| user.uid() != 0).ok_or(ClusterError::Nobody)?;
        let name = user.name().to_string_lossy().into_owned();
        Ok(Self::Other {
            uid: user.uid(),
            gid: user.primary_group_id(),
            name,
        })
    }

    /// A command that runs as this user, in a process group of its own: Ctrl-C must reach us first, not it.
    pub fn command(&self, program: &Path) -> Command {
        let mut command = Command::new(program);
        // Our own folder may be one that the user cannot enter.
        command
            .current_dir("/")
            .process_group(0)
            .stdin(std::process::Stdio::null());
        if let Self::Other { uid, gid, .. } = self {
            // Setting the user as root drops all supplementary groups as well.
            command.uid(*uid).gid(*gid);
        }
        command
    }

    /// Gives a file or folder to this user.
    pub fn give(&self, path: &Path) -> Result<(), ClusterError> {
        match self {
            Self::Ourselves => Ok(()),
            Self::Other { uid, gid, .. } => {
                // Of the thing itself: a link in a folder of that user's must not lead us to another file.
                std::os::unix::fs::lchown(path, Some(*uid), Some(*gid)).map_err(at(path))
            }
        }
    }

    /// Puts a file of this user's in the place of whatever is there, whole or not at all. The folder is that user's, so
    /// nothing in it is followed or opened: we may be root.
    pub fn replace(&self, path: &Path, text: &str) -> Result<(), ClusterError> {
        let new = path.with_extension("new");
        if new.symlink_metadata().is_ok() {
            std::fs::remove_file(&new).map_err(at(&new))?;
        }
        let mut file = std::fs::OpenOptions::new()
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(&new)
            .map_err(at(&new))?;
        file.write_all(text.as_bytes()).map_err(at(&new))?;
        self.give(&new)?;
        std::fs::rename(&new, path).map_err(at(path))
    }

    /// Whether a folder's owner is this user.
    pub fn owns(&self, path: &Path) -> bool {
        let uid = match self {
            Self::Ourselves => rustix::process::geteuid().as_raw(),
            Self::Other { uid, .. } => *uid,
        };
        path.symlink_metadata()
            .is_ok_and(|about| about.is_dir() && about.uid() == uid)
    }

    /// Fails when this user cannot write into a folder, which may be for the sake of any folder above it.
    pub async fn must_reach(&self, folder: &Path) -> Result<(), ClusterError> {
        let Self::Other { name, .. } = self else {
            return Ok(());
        };
        let test = Path::new("/usr/bin/test");
        let result = self
            .command(test)
            .arg("-w")
            .arg(folder)
            .status()
            .await
            .map_err(at(test))?;
        match result.success() {
            true => Ok(()),
            false => Err(ClusterError::OutOfReach {
                user: name.clone(),
                folder: folder.to_owned(),
            }),
        }
    }
}
