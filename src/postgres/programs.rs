//! Finds Postgres' own programs, of the version that fits the cluster. Never downloads any.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::error::{ClusterError, in_data};
use crate::config::find_program;

/// The oldest Postgres whose settings and SQL we use.
const LEAST: u32 = 14;

/// Where distributions put the programs, with the version in place of `{}`.
const USUAL: &[&str] = &[
    "/usr/lib/postgresql/{}/bin",
    "/usr/pgsql-{}/bin",
    "/usr/libexec/postgresql{}",
    "/opt/homebrew/opt/postgresql@{}/bin",
    "/usr/local/opt/postgresql@{}/bin",
];

/// A folder with `initdb` and `postgres`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Programs {
    /// The folder.
    pub folder: PathBuf,
    /// The major version.
    pub version: u32,
}

impl Programs {
    /// The programs for a cluster: those named, else those of the cluster's version, else the newest.
    pub fn find(named: Option<&Path>, cluster: &Path) -> Result<Self, ClusterError> {
        let made_by = cluster_version(cluster)?;
        let found = match named {
            Some(folder) => {
                let version =
                    version_in(folder).ok_or_else(|| ClusterError::NotPrograms(folder.to_owned()))?;
                vec![Self {
                    folder: folder.to_owned(),
                    version,
                }]
            }
            None => installed(),
        };
        let Some(made_by) = made_by else {
            let newest = found.into_iter().max_by_key(|programs| programs.version);
            return newest.ok_or(ClusterError::NoPrograms)?.if_new_enough();
        };
        let here = found.iter().map(|programs| programs.version).collect();
        match found.into_iter().find(|programs| programs.version == made_by) {
            Some(programs) => programs.if_new_enough(),
            None => Err(ClusterError::OtherVersion {
                cluster: cluster.to_owned(),
                made_by,
                here,
            }),
        }
    }

    /// One of the programs.
    pub fn program(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    fn if_new_enough(self) -> Result<Self, ClusterError> {
        match self.version < LEAST {
            true => Err(ClusterError::TooOld {
                found: self.version,
                least: LEAST,
                folder: self.folder,
            }),
            false => Ok(self),
        }
    }
}

/// The version that made a cluster; none when there is no cluster yet.
pub fn cluster_version(cluster: &Path) -> Result<Option<u32>, ClusterError> {
    if !cluster.try_exists().map_err(in_data(cluster))? {
        return Ok(None);
    }
    let wrong = |says: String| ClusterError::NotCluster {
        folder: cluster.to_owned(),
        says,
    };
    let text = std::fs::read_to_string(cluster.join("PG_VERSION")).map_err(|error| match error.kind() {
        // That we may not look says nothing about what is there.
        ErrorKind::PermissionDenied => in_data(cluster)(error),
        _ => wrong(format!("PG_VERSION: {error}")),
    })?;
    text.trim()
        .parse()
        .map(Some)
        .map_err(|_| wrong("PG_VERSION is not a number".to_owned()))
}

fn installed() -> Vec<Programs> {
    let mut found: Vec<Programs> = (LEAST - 4..LEAST + 20)
        .flat_map(|version| {
            USUAL
                .iter()
                .map(move |folder| PathBuf::from(folder.replace("{}", &version.to_string())))
        })
        .filter_map(|folder| version_in(&folder).map(|version| Programs { folder, version }))
        .collect();
    // Last, so that of two with the same version the distribution's own is taken.
    if let Some(folder) = find_program("postgres").and_then(|file| file.parent().map(Path::to_owned))
        && let Some(version) = version_in(&folder)
    {
        found.push(Programs { folder, version });
    }
    found
}

/// The major version of the programs in a folder; none when they are not all there.
fn version_in(folder: &Path) -> Option<u32> {
    let postgres = folder.join("postgres");
    if !postgres.is_file() || !folder.join("initdb").is_file() {
        return None;
    }
    let output = Command::new(postgres)
        .arg("--version")
        .current_dir("/")
        .output()
        .ok()?;
    version_of(&String::from_utf8_lossy(&output.stdout))
}

/// `postgres (PostgreSQL) 15.14 (Debian …)` and `… 18beta1` both begin with the major version.
fn version_of(says: &str) -> Option<u32> {
    let number = says.split("(PostgreSQL)").nth(1)?.trim_start();
    let digits: String = number.chars().take_while(char::is_ascii_digit).collect();
    digits.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::version_of;

    #[test]
    fn versions_are_read_as_postgres_prints_them() {
        assert_eq!(
            version_of("postgres (PostgreSQL) 15.14 (Debian 15.14-0+deb12u1)\n"),
            Some(15)
        );
        assert_eq!(version_of("postgres (PostgreSQL) 18beta1\n"), Some(18));
        assert_eq!(version_of("something else 15\n"), None);
    }
}
