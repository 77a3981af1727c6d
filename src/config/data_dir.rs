//! Where everything is kept when nobody said so. Makes nothing there.

use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};

/// Below the folder that the program is started in.
pub const USUAL: &str = "./data";
/// Of root, where that is out of reach for whoever Postgres runs as then.
pub const OF_ROOT: &str = "/var/lib/tintype";
/// What a start leaves in a data directory, and one that was refused does not.
const LEFT: [&str; 4] = ["pg", "secret.key", "media", "tintype.toml"];

/// The data directory of this process, where no setting names one: the same for every command of this user's in this folder.
pub fn of_process() -> PathBuf {
    let by_root = rustix::process::geteuid().is_root();
    let chosen = match std::env::current_dir() {
        Ok(here) if by_root => of_root(&here),
        _ => USUAL,
    };
    PathBuf::from(chosen)
}

/// The same of root in a folder.
pub(super) fn of_root(here: &Path) -> &'static str {
    let data = here.join(USUAL);
    let is_used = LEFT.iter().any(|name| data.join(name).exists());
    // Postgres runs as the owner of a folder that somebody else was given.
    let is_anothers = data.metadata().is_ok_and(|about| about.uid() != 0);
    if is_used || is_anothers {
        return USUAL;
    }
    // It may be a link to a place that can be reached.
    let above = data
        .canonicalize()
        .ok()
        .and_then(|data| Some(data.parent()?.to_owned()));
    match others_can_enter(above.as_deref().unwrap_or(here)) {
        true => USUAL,
        false => OF_ROOT,
    }
}

/// Whether somebody who is neither root nor of a group may come into a folder.
pub fn others_can_enter(folder: &Path) -> bool {
    folder.ancestors().all(|folder| {
        folder
            .metadata()
            .is_ok_and(|about| about.permissions().mode() & 0o001 != 0)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::config::source::Source;

    /// A folder that only its owner can enter, or everybody; as far as its own mode says.
    fn folder(name: &str, mode: u32) -> PathBuf {
        let folder = std::env::temp_dir().join(format!("tintype-config-{}-{name}", std::process::id()));
        std::fs::create_dir_all(folder.join("below")).unwrap();
        std::fs::set_permissions(&folder, std::fs::Permissions::from_mode(mode)).unwrap();
        folder
    }

    #[test]
    fn root_keeps_everything_where_postgres_can_come_to_it() {
        let (open, closed) = (folder("open", 0o755), folder("closed", 0o700));
        let chosen = [&open, &closed].map(|folder| of_root(&folder.join("below")));
        // What a refused start leaves is no use of it; what a first start made is.
        let data = closed.join("below/data");
        std::fs::create_dir(&data).unwrap();
        std::fs::write(data.join("tintype.lock"), "").unwrap();
        let refused = of_root(&closed.join("below"));
        std::fs::write(data.join("secret.key"), "").unwrap();
        let used = of_root(&closed.join("below"));
        for folder in [&open, &closed] {
            std::fs::remove_dir_all(folder).unwrap();
        }
        assert_eq!(chosen, ["./data", "/var/lib/tintype"]);
        if rustix::process::geteuid().is_root() {
            assert_eq!(refused, "/var/lib/tintype");
        }
        assert_eq!(used, "./data");
    }

    #[test]
    fn a_data_directory_that_is_elsewhere_than_usual_is_said() {
        let source = |pairs: &[(&str, &str)]| {
            let mut source = Source::of_parts(None, pairs.iter().copied()).unwrap();
            source.usual_data_dir = "/var/lib/tintype".into();
            Config::from_source(&source).unwrap()
        };
        let said = |config: &Config| config.warnings.iter().any(|it| it.contains("/var/lib/tintype"));
        let elsewhere = source(&[]);
        assert_eq!(elsewhere.data_dir, Path::new("/var/lib/tintype"));
        assert_eq!(elsewhere.key_file, Path::new("/var/lib/tintype/secret.key"));
        assert!(said(&elsewhere), "{:?}", elsewhere.warnings);
        let named = source(&[("TINTYPE_DATA_DIR", "./data")]);
        assert_eq!(named.data_dir, Path::new("./data"));
        assert!(!said(&named) && !said(&Config::from_parts(None, []).unwrap()));
    }
}
