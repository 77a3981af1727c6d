//! Runs the picture line off the async threads, a few at a time. Never lets many pictures take all the memory.

use std::num::NonZero;
use std::sync::{Arc, LazyLock};

use bytes::Bytes;
use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;
use tokio::time::timeout;

use crate::media::header::inspect;
use crate::media::limits::Limits;
use crate::media::photo::{Focus, Photo, process};
use crate::media::sniff::Kind;
use crate::media::unusable::Unusable;

/// Memory is handed out in pieces of this many bytes.
const PIECE: u64 = 1 << 20;
/// Pieces for all pictures at once. One that needs more waits until it is alone.
const PIECES: u32 = 256;
/// What every picture takes beside its pixels: rungs, encoders, the file itself.
const OVERHEAD: u64 = 16 * PIECE;

static CORES: LazyLock<Arc<Semaphore>> = LazyLock::new(|| {
    let cores = std::thread::available_parallelism().map_or(1, NonZero::get);
    Arc::new(Semaphore::new(cores))
});
static MEMORY: LazyLock<Arc<Semaphore>> = LazyLock::new(|| Arc::new(Semaphore::new(PIECES as usize)));

/// [`process`], one picture per core at most and within a common bound of memory. Waiting for a turn does not count
/// against the deadline. A decoder cannot be stopped from outside: after the deadline the caller is told, while the
/// decoder keeps its place until it ends.
pub async fn process_off_thread(bytes: Bytes, limits: Limits, focus: Focus) -> Result<Photo, Unusable> {
    let (header, bytes, limits) = spawn_blocking(move || (inspect(&bytes, &limits), bytes, limits))
        .await
        .map_err(|_| Unusable::DecoderFailed { kind: Kind::Jpeg })?;
    let header = header?;
    let kind = header.kind;
    let memory = MEMORY.clone().acquire_many_owned(pieces(header.memory)).await;
    let core = CORES.clone().acquire_owned().await;
    let deadline = limits.deadline;
    let work = spawn_blocking(move || {
        let _turn = (memory, core);
        process(&bytes, &limits, focus)
    });
    match timeout(deadline, work).await {
        Ok(Ok(answer)) => answer,
        Ok(Err(_)) => Err(Unusable::DecoderFailed { kind }),
        Err(_) => Err(Unusable::TooSlow {
            seconds: deadline.as_secs(),
        }),
    }
}

fn pieces(memory: u64) -> u32 {
    let wanted = memory.saturating_add(OVERHEAD).div_ceil(PIECE);
    u32::try_from(wanted).unwrap_or(PIECES).min(PIECES)
}
