//! Finds other people's programs by the search path. Never runs one.

use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;

/// The first executable file of this name on `PATH`.
#[expect(
    clippy::disallowed_methods,
    reason = "the search path is part of the environment, and that is read here only"
)]
pub fn find_program(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .filter(|folder| folder.is_absolute())
        .map(|folder| folder.join(name))
        .find(|file| {
            file.metadata()
                .is_ok_and(|about| about.is_file() && about.permissions().mode() & 0o111 != 0)
        })
}
