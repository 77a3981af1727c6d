//! Folders of the data directory, and who may enter them: the one place that makes them. Never looks at what lies there.

use std::fs::{DirBuilder, Metadata, OpenOptions, Permissions};
use std::io::{self, ErrorKind};
use std::os::unix::fs::{
    DirBuilderExt as _, MetadataExt as _, OpenOptionsExt as _, PermissionsExt as _, lchown,
};
use std::path::Path;

use rustix::fs::OFlags;
use rustix::process::geteuid;

const PRIVATE: u32 = 0o700;
/// Root's Postgres runs as somebody else, who has to pass through but not to look around.
const PASSAGE: u32 = 0o711;
const OF_OTHERS: u32 = 0o077;

/// Makes the data directory where it is missing.
pub fn make_data_dir(folder: &Path) -> io::Result<()> {
    if folder.is_dir() {
        return Ok(());
    }
    let mode = if geteuid().is_root() { PASSAGE } else { PRIVATE };
    DirBuilder::new().recursive(true).mode(mode).create(folder)
}

/// Makes a folder in the data directory that nobody but the server enters, and closes it where it is there already.
pub fn make_private(folder: &Path) -> io::Result<()> {
    let above = folder.parent().unwrap_or(Path::new("."));
    make_data_dir(above)?;
    match DirBuilder::new().mode(PRIVATE).create(folder) {
        Ok(()) if geteuid().is_root() => give(folder, &above.metadata()?),
        Err(error) if error.kind() == ErrorKind::AlreadyExists && folder.is_dir() => {
            close(folder);
            Ok(())
        }
        made => made,
    }
}

/// A command once run as root is not to lock the server out of what it made.
fn give(folder: &Path, above: &Metadata) -> io::Result<()> {
    match above.uid() {
        0 => Ok(()),
        owner => lchown(folder, Some(owner), Some(above.gid())),
    }
}

/// Closes a folder to everybody but its owner; versions before this one left some open. None there is fine, and not every
/// file system can.
pub fn close(folder: &Path) {
    match try_close(folder) {
        Err(error) if error.kind() != ErrorKind::NotFound => {
            tracing::warn!(folder = %folder.display(), %error, "a folder of the data directory stays open to others");
        }
        _ => {}
    }
}

fn try_close(folder: &Path) -> io::Result<()> {
    let is_root = geteuid().is_root();
    // A link leads to where the operator keeps it. Root is not led: whoever made it may not be root.
    if is_root && folder.symlink_metadata()?.is_symlink() {
        return Ok(());
    }
    let about = folder.metadata()?;
    let is_ours = is_root || about.uid() == geteuid().as_raw();
    if !is_ours || about.permissions().mode() & OF_OTHERS == 0 {
        return Ok(());
    }
    let mut flags = OFlags::DIRECTORY;
    if is_root {
        flags |= OFlags::NOFOLLOW;
    }
    let flags = i32::try_from(flags.bits()).expect("flags of open are small");
    let opened = OpenOptions::new().read(true).custom_flags(flags).open(folder)?;
    let mode = opened.metadata()?.permissions().mode() & 0o7777 & !OF_OTHERS;
    opened.set_permissions(Permissions::from_mode(mode))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::random;

    fn mode(folder: &Path) -> u32 {
        folder.metadata().unwrap().permissions().mode() & 0o777
    }

    #[test]
    fn a_folder_is_made_closed_and_an_open_one_is_closed_and_no_link_leads_root_elsewhere() {
        let data = std::env::temp_dir().join(format!("tintype-folders-{}", random::token()));
        let (media, elsewhere, link) = (data.join("media"), data.join("elsewhere"), data.join("link"));
        make_private(&media).unwrap();
        assert_eq!(mode(&media), 0o700);
        assert_eq!(mode(&data), if geteuid().is_root() { 0o711 } else { 0o700 });
        std::fs::set_permissions(&media, Permissions::from_mode(0o2755)).unwrap();
        make_private(&media).unwrap();
        assert_eq!(mode(&media), 0o700);
        std::fs::create_dir(&elsewhere).unwrap();
        std::fs::set_permissions(&elsewhere, Permissions::from_mode(0o755)).unwrap();
        std::os::unix::fs::symlink(&elsewhere, &link).unwrap();
        make_private(&link).unwrap();
        let left = mode(&elsewhere);
        close(&data.join("nothing"));
        let file = data.join("file");
        std::fs::write(&file, "").unwrap();
        let refused = make_private(&file);
        std::fs::remove_dir_all(&data).unwrap();
        assert_eq!(left, if geteuid().is_root() { 0o755 } else { 0o700 });
        assert!(refused.is_err());
    }

    #[test]
    fn what_root_makes_in_anothers_folder_is_the_others() {
        if !geteuid().is_root() {
            // Nobody else can give anything away.
            return;
        }
        let data = std::env::temp_dir().join(format!("tintype-folders-{}", random::token()));
        make_data_dir(&data).unwrap();
        lchown(&data, Some(65_534), None).unwrap();
        make_private(&data.join("media")).unwrap();
        let owner = data.join("media").metadata().unwrap().uid();
        std::fs::remove_dir_all(&data).unwrap();
        assert_eq!(owner, 65_534);
    }
}
