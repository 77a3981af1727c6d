//! Files that come in piece by piece, each in a folder of the data directory until it is whole. Knows neither whose they are
//! nor how long they get.

use std::fs::{OpenOptions, TryLockError};
use std::io::{self, ErrorKind, SeekFrom};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use bytes::Bytes;
use tokio::fs::File;
use tokio::io::{AsyncReadExt, AsyncSeekExt, AsyncWriteExt};
use tokio::task::spawn_blocking;

use crate::folders;
use crate::media::key::OriginalKey;

#[derive(Debug, thiserror::Error)]
pub enum StagingError {
    /// Somebody else writes it.
    #[error("the file is being written")]
    Locked,
    /// There is less of it than there should be: it lay on another machine, or was removed.
    #[error("the file is not what it was")]
    Lost,
    #[error("there is no room on the disk")]
    DiskFull,
    #[error(transparent)]
    Io(io::Error),
}

impl From<io::Error> for StagingError {
    fn from(error: io::Error) -> Self {
        match is_full(&error) {
            true => Self::DiskFull,
            false => Self::Io(error),
        }
    }
}

/// Whether it says that nothing more fits.
pub fn is_full(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge
    )
}

/// The folder. Made with its first file.
#[derive(Clone, Debug)]
pub struct Staging {
    folder: PathBuf,
}

/// A file that is being written, by nobody else: the system holds the lock, and lets go of it however this process ends.
#[derive(Debug)]
pub struct Piecemeal(File);

impl Staging {
    pub fn new(folder: PathBuf) -> Self {
        Self { folder }
    }

    /// The file of a key, which has the `length` at least that is known to be in it.
    pub async fn open(&self, key: &OriginalKey, length: u64) -> Result<Piecemeal, StagingError> {
        let (folder, path) = (self.folder.clone(), self.path(key));
        let opened = spawn_blocking(move || {
            let file = match length {
                0 => made(&folder, &path)?,
                _ => OpenOptions::new().read(true).write(true).open(&path)?,
            };
            match file.try_lock() {
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => return Err(StagingError::Locked),
                Err(TryLockError::Error(error)) => return Err(error.into()),
            }
            match file.metadata()?.len() {
                there if there < length => Err(StagingError::Lost),
                _ => Ok(File::from_std(file)),
            }
        });
        let file = match opened.await.map_err(io::Error::other)? {
            Err(StagingError::Io(error)) if error.kind() == ErrorKind::NotFound => {
                return Err(StagingError::Lost);
            }
            opened => opened?,
        };
        Ok(Piecemeal(file))
    }

    /// False: somebody writes it. Nothing there is fine.
    pub async fn remove(&self, key: &OriginalKey) -> Result<bool, StagingError> {
        let path = self.path(key);
        let removed = spawn_blocking(move || {
            let file = match OpenOptions::new().read(true).open(&path) {
                Ok(file) => file,
                Err(error) if error.kind() == ErrorKind::NotFound => return Ok(true),
                Err(error) => return Err(error),
            };
            match file.try_lock() {
                Ok(()) => std::fs::remove_file(&path).map(|()| true),
                Err(TryLockError::WouldBlock) => Ok(false),
                Err(TryLockError::Error(error)) => Err(error),
            }
        });
        Ok(removed.await.map_err(io::Error::other)??)
    }

    /// The same for whoever writes it, and is done. Nothing there is fine.
    pub async fn remove_held(&self, key: &OriginalKey) -> Result<(), StagingError> {
        match tokio::fs::remove_file(self.path(key)).await {
            Err(error) if error.kind() != ErrorKind::NotFound => Err(error.into()),
            _ => Ok(()),
        }
    }

    /// The keys of all files; what has another name is not ours.
    pub async fn keys(&self) -> Result<Vec<OriginalKey>, StagingError> {
        let mut entries = match tokio::fs::read_dir(&self.folder).await {
            Ok(entries) => entries,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(error.into()),
        };
        let mut keys = Vec::new();
        while let Some(entry) = entries.next_entry().await? {
            keys.extend(entry.file_name().to_str().and_then(OriginalKey::parse));
        }
        Ok(keys)
    }

    fn path(&self, key: &OriginalKey) -> PathBuf {
        self.folder.join(key.to_string())
    }
}

/// Opens a file that may be new; then its name is on disk before anything is said to be in it.
fn made(folder: &Path, path: &Path) -> io::Result<std::fs::File> {
    folders::make_private(folder)?;
    let mut options = OpenOptions::new();
    options.read(true).write(true).mode(0o600);
    match options.clone().create_new(true).open(path) {
        Ok(file) => {
            std::fs::File::open(folder)?.sync_all()?;
            Ok(file)
        }
        Err(error) if error.kind() == ErrorKind::AlreadyExists => options.open(path),
        Err(error) => Err(error),
    }
}

impl Piecemeal {
    /// Forgets what is beyond this, and writes on from there: to be called once it is certain that no more was noted.
    pub async fn cut(&mut self, length: u64) -> Result<(), StagingError> {
        if self.0.metadata().await?.len() > length {
            self.0.set_len(length).await?;
        }
        self.0.seek(SeekFrom::Start(length)).await?;
        Ok(())
    }

    /// Waits for what is on its way: until then it holds the lock, whatever becomes of this value.
    pub async fn settle(&mut self) -> Result<(), StagingError> {
        Ok(self.0.flush().await?)
    }

    pub async fn write(&mut self, bytes: &[u8]) -> Result<(), StagingError> {
        Ok(self.0.write_all(bytes).await?)
    }

    /// When this returns, what was written is on disk.
    pub async fn sync(&mut self) -> Result<(), StagingError> {
        self.0.flush().await?;
        Ok(self.0.sync_data().await?)
    }

    /// All of it into another file, for what may be too large for memory.
    pub async fn copy_to(&mut self, path: &Path) -> Result<(), StagingError> {
        self.0.flush().await?;
        self.0.seek(SeekFrom::Start(0)).await?;
        let mut copy = File::create(path).await?;
        tokio::io::copy(&mut self.0, &mut copy).await?;
        Ok(copy.flush().await?)
    }

    /// All of it, for what is known to be small enough.
    pub async fn read(&mut self) -> Result<Bytes, StagingError> {
        self.0.flush().await?;
        self.0.seek(SeekFrom::Start(0)).await?;
        let mut whole = Vec::new();
        self.0.read_to_end(&mut whole).await?;
        Ok(whole.into())
    }
}
