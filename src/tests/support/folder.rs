//! A folder of one test, gone when it ends.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

use tintype::config::data_dir::others_can_enter;

/// Where all that tests leave on disk is: in target/, but where root runs them in a folder that Postgres' user cannot enter.
pub fn root() -> &'static Path {
    static ROOT: OnceLock<PathBuf> = OnceLock::new();
    ROOT.get_or_init(|| {
        let usual = Path::new(env!("CARGO_TARGET_TMPDIR"));
        match rustix::process::geteuid().is_root() && !others_can_enter(usual) {
            true => PathBuf::from("/var/tmp/tintype-tests"),
            false => usual.to_owned(),
        }
    })
}

#[derive(Debug)]
pub struct Folder(PathBuf);

impl Folder {
    pub fn new(name: &str) -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let folder = root().join(format!("{name}-{}-{number}", std::process::id()));
        std::fs::create_dir_all(&folder).expect("target/tmp can be written to");
        Self(folder)
    }

    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        std::fs::remove_dir_all(&self.0).ok();
    }
}

/// Every file below a folder but the locks of those that work in it.
pub fn files_below(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    entries
        .flat_map(|entry| match entry.path() {
            path if path.is_dir() => files_below(&path),
            path if path.extension().is_some_and(|it| it == "lock") => Vec::new(),
            path => vec![path],
        })
        .collect()
}
