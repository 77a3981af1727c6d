//! Has pictures opened, or written as AVIF, by a program that can, in a process of its own with bounds of time, memory and output.
//! Gives it nothing but the one file.

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use tokio::process::Command;
use tokio::sync::{OnceCell, Semaphore};

use crate::media::desk::Desk;
use crate::media::foreign::Foreign;
use crate::media::key::MediaKey;
use crate::media::limits::Limits;
use crate::media::raster::{Layout, Raster};
use crate::media::unusable::Unusable;

/// The program, as packages of libvips bring it.
pub const PROGRAM: &str = "vips";
/// Pictures at once: each may take as much memory as all others together.
const AT_ONCE: usize = 1;
/// Of the address space, in KiB, and of the processor's time, in seconds. The program holds itself to neither.
const BOUNDS: &str = "ulimit -v 4194304; ulimit -t 60; exec \"$0\" \"$@\"";
/// The same behind all that people wait for.
const BOUNDS_AT_LEISURE: &str = "ulimit -v 4194304; ulimit -t 60; exec nice -n 15 \"$0\" \"$@\"";
const PATH: &str = "/usr/local/bin:/usr/bin:/bin";
/// As good to look at as the WebP of the same size, at two thirds of its bytes; more effort takes six times as long, and saves
/// nothing.
const AVIF: &str = "[Q=62,effort=2,compression=av1]";
/// Of the program's output.
const MOST_BYTES: u64 = 512 << 20;
const DEADLINE: Duration = Duration::from_secs(60);

/// A program that opens AVIF and HEIC.
#[derive(Clone, Debug)]
pub struct Converter {
    program: PathBuf,
    /// Where files lie while they are converted.
    desk: Desk,
    turns: Arc<Semaphore>,
    /// Of what nobody waits for: it takes no turn of what somebody uploads.
    turns_at_leisure: Arc<Semaphore>,
    /// Whether it was found to write AVIF: not every installation can.
    writes_avif: Arc<OnceCell<bool>>,
}

impl Converter {
    pub fn new(program: PathBuf, folder: PathBuf) -> Self {
        Self {
            program,
            desk: Desk::within(folder),
            turns: Arc::new(Semaphore::new(AT_ONCE)),
            turns_at_leisure: Arc::new(Semaphore::new(AT_ONCE)),
            writes_avif: Arc::default(),
        }
    }

    /// Whether it can write AVIF; tried out once.
    pub async fn writes_avif(&self) -> bool {
        let try_out = || async {
            let small = Raster::new(Layout::Rgb, 16, 16, vec![128; 16 * 16 * 3]);
            let Some(small) = small else { return false };
            let written = self.to_avif(&small).await;
            if let Err(error) = &written {
                tracing::info!(%error, "no AVIF is made: the converter cannot write it");
            }
            written.is_ok()
        };
        *self.writes_avif.get_or_init(try_out).await
    }

    /// A raster as AVIF.
    pub(crate) async fn to_avif(&self, raster: &Raster) -> Result<Bytes, ConvertError> {
        let bands = raster.layout.channels();
        if !matches!(raster.layout, Layout::Rgb | Layout::Rgba) {
            return Err(ConvertError::Failed);
        }
        let _turn = self.turns_at_leisure.acquire().await;
        let name = MediaKey::random().map_err(|_| ConvertError::Failed)?.to_string();
        let (from, to) = (format!("{name}.raw"), format!("{name}.avif"));
        let folder = self.desk.folder().await?;
        let sides = [raster.width, raster.height].map(|side| side.to_string());
        let mut command = Command::new("/bin/sh");
        command.args(["-c", BOUNDS_AT_LEISURE]).arg(&self.program);
        command.arg("rawload").arg(&from).arg(format!("{to}{AVIF}"));
        command
            .args(&sides)
            .arg(bands.to_string())
            .args(["--interpretation", "srgb"]);
        let converted = async {
            tokio::fs::write(folder.join(&from), &raster.pixels).await?;
            run(command, &folder, &to).await
        };
        let converted = converted.await;
        for file in [from, to] {
            // Whichever was not made is not there.
            tokio::fs::remove_file(folder.join(file)).await.ok();
        }
        converted
    }

    /// Removes what processes that were killed have left behind.
    pub async fn clear(&self) {
        if let Err(error) = self.desk.clear().await {
            tracing::warn!(%error, "left-over files of the converter could not be removed");
        }
    }

    /// The picture as a JPEG: upright, with its colour profile and what it says of its camera.
    pub async fn to_jpeg(&self, bytes: Bytes, kind: Foreign, limits: &Limits) -> Result<Bytes, ConvertError> {
        kind.check(&bytes, limits)?;
        let _turn = self.turns.acquire().await;
        let name = MediaKey::random().map_err(|_| ConvertError::Failed)?.to_string();
        let (from, to) = (format!("{name}.heif"), format!("{name}.jpg"));
        let folder = self.desk.folder().await?;
        let converted = self.convert(&folder, bytes, &from, &to).await;
        for file in [from, to] {
            // Whichever was not made is not there.
            tokio::fs::remove_file(folder.join(file)).await.ok();
        }
        converted
    }

    async fn convert(
        &self,
        folder: &Path,
        bytes: Bytes,
        from: &str,
        to: &str,
    ) -> Result<Bytes, ConvertError> {
        tokio::fs::write(folder.join(from), &bytes).await?;
        let mut command = Command::new("/bin/sh");
        command
            .args(["-c", BOUNDS])
            .arg(&self.program)
            // By name, so that nothing but this loader sees the file.
            .arg("heifload")
            .arg(from)
            .arg(format!("{to}[Q=95]"));
        run(command, folder, to).await
    }
}

/// Has it done, and gives what was written.
async fn run(mut command: Command, folder: &Path, to: &str) -> Result<Bytes, ConvertError> {
    command
        .env_clear()
        .env("PATH", PATH)
        .env("VIPS_CONCURRENCY", "1")
        .current_dir(folder)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .kill_on_drop(true);
    let ended = tokio::time::timeout(DEADLINE, command.status()).await;
    if !ended.map_err(|_| ConvertError::Slow)??.success() {
        return Err(ConvertError::Failed);
    }
    let to = folder.join(to);
    if tokio::fs::metadata(&to).await?.len() > MOST_BYTES {
        return Err(ConvertError::Failed);
    }
    Ok(tokio::fs::read(to).await?.into())
}

#[derive(Debug, thiserror::Error)]
pub enum ConvertError {
    #[error(transparent)]
    Unusable(#[from] Unusable),
    #[error("The picture is damaged and cannot be opened.")]
    Failed,
    #[error("The picture took too long to open.")]
    Slow,
    /// Of our own folder.
    #[error("The picture could not be converted: {0}")]
    Io(#[from] std::io::Error),
}
