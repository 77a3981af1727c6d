//! Runs the picture line off the async threads, a few at a time. Never lets many pictures take all the memory.

use std::num::NonZero;
use std::sync::{Arc, LazyLock};

use bytes::Bytes;
use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;
use tokio::time::timeout;

use crate::media::focus::Focus;
use crate::media::hands::Hands;
use crate::media::header::inspect;
use crate::media::limits::Limits;
use crate::media::name::{Format, Size};
use crate::media::photo::{Photo, Rendition, enlarge, process_in, rungs};
use crate::media::raster::Raster;
use crate::media::sniff::Kind;
use crate::media::unusable::Unusable;

/// Memory is handed out in pieces of this many bytes.
const PIECE: u64 = 1 << 20;
/// Pieces for all pictures at once. One that needs more waits until it is alone.
const PIECES: u32 = 256;

static HANDS: LazyLock<Hands> =
    LazyLock::new(|| Hands::new(std::thread::available_parallelism().map_or(1, NonZero::get)));
static MEMORY: LazyLock<Arc<Semaphore>> = LazyLock::new(|| Arc::new(Semaphore::new(PIECES as usize)));

/// [`process`](crate::media::process), one picture per core at most and within a common bound of memory. Waiting for a turn does
/// not count against the deadline. A decoder cannot be stopped from outside: after the deadline the caller is told, while the
/// decoder keeps its place until it ends.
pub async fn process_off_thread(bytes: Bytes, limits: Limits, focus: Focus) -> Result<Photo, Unusable> {
    process_in_off_thread(bytes, limits, focus, &Format::ALL).await
}

/// [`process_in`] in the same way.
pub async fn process_in_off_thread(
    bytes: Bytes,
    limits: Limits,
    focus: Focus,
    formats: &'static [Format],
) -> Result<Photo, Unusable> {
    let work = move |bytes: &Bytes, limits: &Limits| process_in(bytes, limits, focus, formats);
    off_thread(bytes, limits, Size::LARGEST, work).await
}

/// [`enlarge`] in the same way.
pub async fn enlarge_off_thread(bytes: Bytes, limits: Limits) -> Result<Vec<Rendition>, Unusable> {
    let work = move |bytes: &Bytes, limits: &Limits| enlarge(bytes, limits);
    off_thread(bytes, limits, Size::HUGE, work).await
}

/// [`rungs`] in the same way.
pub(crate) async fn rungs_off_thread(bytes: Bytes, limits: Limits) -> Result<Vec<(Size, Raster)>, Unusable> {
    let work = move |bytes: &Bytes, limits: &Limits| rungs(bytes, limits);
    off_thread(bytes, limits, Size::HUGE, work).await
}

async fn off_thread<T: Send + 'static>(
    bytes: Bytes,
    limits: Limits,
    target: u32,
    work: impl FnOnce(&Bytes, &Limits) -> Result<T, Unusable> + Send + 'static,
) -> Result<T, Unusable> {
    let looking = spawn_blocking(move || (inspect(&bytes, &limits, target), bytes, limits));
    let (header, bytes, limits) = looking
        .await
        .map_err(|_| Unusable::DecoderFailed { kind: Kind::Jpeg })?;
    let header = header?;
    let kind = header.kind;
    let memory = header.memory.saturating_add(overhead(target));
    let memory = MEMORY.clone().acquire_many_owned(pieces(memory)).await;
    let hand = HANDS.free().await;
    let deadline = limits.deadline;
    let working = hand.work(move || {
        let _memory = memory;
        work(&bytes, &limits)
    });
    match timeout(deadline, working).await {
        Ok(Ok(answer)) => answer,
        Ok(Err(_)) => Err(Unusable::DecoderFailed { kind }),
        Err(_) => Err(Unusable::TooSlow {
            seconds: deadline.as_secs(),
        }),
    }
}

/// What every picture takes beside its pixels: rungs, encoders, the file itself.
fn overhead(target: u32) -> u64 {
    match target {
        ..=Size::LARGEST => 16 * PIECE,
        _ => 48 * PIECE,
    }
}

fn pieces(memory: u64) -> u32 {
    u32::try_from(memory.div_ceil(PIECE))
        .unwrap_or(PIECES)
        .min(PIECES)
}
