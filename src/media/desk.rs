//! Folders in which other programs work, one for each process that shares them. Which of them were left by a process that
//! is no more is told by their locks, which end with it. Knows nothing of what lies there.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tokio::sync::OnceCell;
use tokio::task;

use crate::folders;
use crate::media::key::MediaKey;

const LOCK: &str = "lock";

/// A place for this process's files, made when it is first wanted.
#[derive(Clone, Debug)]
pub struct Desk(Arc<Place>);

#[derive(Debug)]
struct Place {
    shared: PathBuf,
    own: OnceCell<Own>,
}

/// A folder with its lock beside it; both go with this value.
#[derive(Debug)]
struct Own {
    folder: PathBuf,
    _lock: File,
}

impl Desk {
    pub fn within(shared: PathBuf) -> Self {
        Self(Arc::new(Place {
            shared,
            own: OnceCell::new(),
        }))
    }

    pub async fn folder(&self) -> io::Result<PathBuf> {
        let take = async || Own::take(&self.0.shared);
        let own = self.0.own.get_or_try_init(take).await?;
        // It may have been swept by hand.
        tokio::fs::create_dir_all(&own.folder).await?;
        Ok(own.folder.clone())
    }

    /// Removes what processes left that are no more.
    pub async fn clear(&self) -> io::Result<()> {
        let shared = self.0.shared.clone();
        task::spawn_blocking(move || clear(&shared)).await?
    }
}

impl Own {
    fn take(shared: &Path) -> io::Result<Self> {
        folders::make_private(shared)?;
        let name = MediaKey::random().map_err(io::Error::other)?.to_string();
        let folder = shared.join(name);
        // Held before the folder is there: a folder without a lock is nobody's.
        let lock = File::create(lock_of(&folder))?;
        lock.lock()?;
        fs::create_dir(&folder)?;
        Ok(Self { folder, _lock: lock })
    }
}

impl Drop for Own {
    fn drop(&mut self) {
        // What stays is cleared by the next process.
        fs::remove_dir_all(&self.folder).ok();
        fs::remove_file(lock_of(&self.folder)).ok();
    }
}

fn lock_of(folder: &Path) -> PathBuf {
    folder.with_extension(LOCK)
}

fn clear(shared: &Path) -> io::Result<()> {
    let entries = match fs::read_dir(shared) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        entries => entries?,
    };
    for entry in entries {
        let path = entry?.path();
        if path.extension().is_some_and(|it| it == LOCK) || is_held(&path) {
            continue;
        }
        match path.is_dir() {
            true => fs::remove_dir_all(&path)?,
            false => fs::remove_file(&path)?,
        }
        fs::remove_file(lock_of(&path)).ok();
    }
    Ok(())
}

fn is_held(folder: &Path) -> bool {
    File::open(lock_of(folder)).is_ok_and(|lock| lock.try_lock().is_err())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn what_a_living_process_has_stays_and_what_a_dead_one_left_goes() {
        let shared = tempfolder();
        let (first, second) = (Desk::within(shared.clone()), Desk::within(shared.clone()));
        let held = first.folder().await.expect("a folder").join("film");
        fs::write(&held, "half").expect("it is written");
        // As a killed process leaves it: its lock is there, and nobody's.
        let left = shared.join("left");
        fs::create_dir(&left).expect("a folder");
        File::create(lock_of(&left)).expect("a lock");
        fs::write(shared.join("lone.heif"), "old").expect("it is written");
        second.clear().await.expect("it is cleared");
        assert!(held.exists());
        assert!(!left.exists() && !lock_of(&left).exists());
        assert!(!shared.join("lone.heif").exists());
        drop(first);
        assert!(!held.exists(), "a process that ends takes its own with it");
        fs::remove_dir_all(shared).ok();
    }

    fn tempfolder() -> PathBuf {
        let name = MediaKey::random().expect("randomness").to_string();
        std::env::temp_dir().join(format!("tintype-desk-{name}"))
    }
}
