//! The programs of ffmpeg and the folder in which they work. Knows how each file of a video is made, and stores none.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use tokio::sync::{Semaphore, watch};

use super::container::Container;
use super::limits::VideoLimits;
use super::playlist::{self, Written};
use super::probe::{self, Facts};
use super::process::{self, Run, RunError};
use super::unplayable::Unplayable;
use super::{recipe, shape};
use crate::domain::video::{Stream, Video};
use crate::media::desk::Desk;
use crate::media::key::MediaKey;
use crate::media::name::VideoFile;

/// Of those that only look, at once; and of those that work, which use several cores each.
const LOOKS: usize = 2;
const WORKS: usize = 1;
const LOOKING: Duration = Duration::from_secs(20);
/// A machine may be slow, and busy with what people wait for: so long, and so often the length of the video.
const WORKING: Duration = Duration::from_secs(120);
const SLOWNESS: u64 = 15;
/// In seconds, from the beginning of a video: where its still is taken.
const STILL_AT: f64 = 1.0;
/// Enough of a file for what its head says.
const HEAD: usize = 8 << 10;

#[derive(Debug, thiserror::Error)]
pub enum VideoError {
    #[error(transparent)]
    Unplayable(#[from] Unplayable),
    /// It may end better another time.
    #[error("The video could not be converted.")]
    Stopped,
    /// Of our own folder.
    #[error("The video could not be converted: {0}")]
    Io(#[from] std::io::Error),
}

/// What opens videos, where it is installed.
#[derive(Clone, Debug)]
pub struct Ffmpeg {
    ffmpeg: PathBuf,
    ffprobe: PathBuf,
    /// Where files lie while they are worked on.
    desk: Desk,
    looks: Arc<Semaphore>,
    works: Arc<Semaphore>,
}

/// A folder for one video, which goes with this value.
#[derive(Debug)]
pub struct Bench {
    folder: PathBuf,
}

impl Ffmpeg {
    pub fn new(ffmpeg: PathBuf, ffprobe: PathBuf, folder: PathBuf) -> Self {
        Self {
            ffmpeg,
            ffprobe,
            desk: Desk::within(folder),
            looks: Arc::new(Semaphore::new(LOOKS)),
            works: Arc::new(Semaphore::new(WORKS)),
        }
    }

    /// Removes what processes that were killed have left behind.
    pub async fn clear(&self) {
        if let Err(error) = self.desk.clear().await {
            tracing::warn!(%error, "left-over files of videos could not be removed");
        }
    }

    pub async fn bench(&self) -> Result<Bench, VideoError> {
        let name = MediaKey::random().map_err(|_| VideoError::Stopped)?.to_string();
        let folder = self.desk.folder().await?.join(name);
        tokio::fs::create_dir(&folder).await?;
        Ok(Bench { folder })
    }

    /// What is in the source.
    pub async fn look(
        &self,
        bench: &Bench,
        container: Container,
        limits: &VideoLimits,
    ) -> Result<Facts, VideoError> {
        let _turn = self.looks.acquire().await;
        self.look_at(bench, container, recipe::SOURCE, limits).await
    }

    async fn look_at(
        &self,
        bench: &Bench,
        container: Container,
        file: &str,
        limits: &VideoLimits,
    ) -> Result<Facts, VideoError> {
        let run = Run {
            program: &self.ffprobe,
            folder: &bench.folder,
            arguments: recipe::look(container, file, limits.pixels_to_look()),
            deadline: LOOKING,
        };
        let (said, words) = match process::answer(run).await {
            Ok(answer) => (Ok(answer.said), answer.words),
            Err(RunError::Failed { code, words }) => (
                Err(RunError::Failed {
                    code,
                    words: words.clone(),
                }),
                words,
            ),
            Err(error) => (Err(error), String::new()),
        };
        if let Some((width, height)) = probe::too_large(&words) {
            limits.check_sides(width, height)?;
        }
        Ok(probe::read(&said.map_err(unmade)?, container, limits)?)
    }

    /// A picture of the video, as a PNG.
    pub async fn still(
        &self,
        bench: &Bench,
        facts: &Facts,
        limits: &VideoLimits,
    ) -> Result<Bytes, VideoError> {
        let _turn = self.works.acquire().await;
        let some_way_in = facts.millis.map(|millis| (millis as f64 / 3_000.0).min(STILL_AT));
        // Where nothing is there, it said that it is longer than it is.
        for after in [some_way_in.filter(|_| facts.container != Container::Gif), None] {
            let told = recipe::still(facts, limits.pixels, after);
            let worked = self.work(bench, told, WORKING, &watch::Sender::new(0)).await;
            if after.is_none() {
                worked?;
            }
            match tokio::fs::read(bench.folder.join(recipe::STILL)).await {
                Ok(bytes) => return Ok(bytes.into()),
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
                Err(error) => return Err(error.into()),
            }
        }
        Err(Unplayable::Damaged.into())
    }

    /// Makes the file that plays everywhere, and says what it is like. `told` hears of every step, in milliseconds of the video.
    pub async fn whole(
        &self,
        bench: &Bench,
        facts: &Facts,
        limits: &VideoLimits,
        told: &watch::Sender<u64>,
    ) -> Result<Video, VideoError> {
        let _turn = self.works.acquire().await;
        let sides = shape::whole((facts.width, facts.height));
        let recipe = recipe::whole(facts, sides, limits.pixels, limits.seconds);
        let deadline = patience(facts.millis.unwrap_or(limits.seconds.saturating_mul(1_000)));
        self.work(bench, recipe, deadline, told).await?;
        let made = match self.look_at(bench, Container::Mp4, recipe::WHOLE, limits).await {
            // It had no frames at all.
            Err(VideoError::Unplayable(Unplayable::NoPicture)) => Err(Unplayable::Damaged.into()),
            other => other,
        }?;
        is_all_there(facts, &made)?;
        let bytes = tokio::fs::metadata(bench.file(VideoFile::Whole)).await?.len();
        Ok(made.video(bytes))
    }

    /// Makes what is streamed out of the file that plays everywhere, which lies on the bench. Gives the sizes, the largest first.
    pub async fn streams(
        &self,
        bench: &Bench,
        video: &Video,
        told: &watch::Sender<u64>,
    ) -> Result<Vec<Stream>, VideoError> {
        let _turn = self.works.acquire().await;
        let side = |side: i32| u32::try_from(side).unwrap_or(2);
        let sizes = shape::ladder((side(video.width), side(video.height)));
        let deadline = patience(u64::try_from(video.millis).unwrap_or(0));
        self.work(bench, recipe::streams(&sizes, video.has_sound), deadline, told)
            .await?;
        let (mut all, mut names) = (Vec::new(), Vec::new());
        for (number, (width, height)) in (0..VideoFile::MOST_STREAMS).zip(sizes) {
            let written = Written {
                list: tokio::fs::read_to_string(bench.file(VideoFile::Pieces(number))).await?,
                head: head(&bench.file(VideoFile::Stream(number))).await?,
                width,
                height,
            };
            let stream = written.stream().ok_or(VideoError::Stopped)?;
            all.push((written, stream));
            names.push(VideoFile::Pieces(number).to_string());
        }
        let master = playlist::master(&all, &names, video.has_sound);
        tokio::fs::write(bench.file(VideoFile::Streams), master).await?;
        Ok(all.into_iter().map(|(_, stream)| stream).collect())
    }

    async fn work(
        &self,
        bench: &Bench,
        arguments: Vec<String>,
        deadline: Duration,
        told: &watch::Sender<u64>,
    ) -> Result<(), VideoError> {
        let run = Run {
            program: &self.ffmpeg,
            folder: &bench.folder,
            arguments,
            deadline,
        };
        process::follow(run, told).await.map_err(unmade)
    }
}

impl Bench {
    /// Where the upload is to be put.
    pub fn source(&self) -> PathBuf {
        self.folder.join(recipe::SOURCE)
    }

    /// How many bytes the upload has.
    pub async fn written(&self) -> Result<u64, VideoError> {
        Ok(tokio::fs::metadata(self.source()).await?.len())
    }

    /// All of it, for what is known to be small enough.
    pub async fn read(&self) -> Result<Bytes, VideoError> {
        Ok(tokio::fs::read(self.source()).await?.into())
    }

    pub fn file(&self, file: VideoFile) -> PathBuf {
        self.folder.join(file.to_string())
    }
}

impl Drop for Bench {
    fn drop(&mut self) {
        // What stays goes at the next start.
        std::fs::remove_dir_all(&self.folder).ok();
    }
}

/// How long work on so much of a video may take.
fn patience(millis: u64) -> Duration {
    WORKING + Duration::from_millis(millis.saturating_mul(SLOWNESS))
}

/// A tenth less than was said, or a second, may be a matter of rounding; more is missing.
fn is_all_there(said: &Facts, made: &Facts) -> Result<(), Unplayable> {
    let (said, made) = (said.millis.unwrap_or(0), made.millis.unwrap_or(0));
    match made.saturating_add(1_000 + said / 10) < said {
        true => Err(Unplayable::Truncated),
        false => Ok(()),
    }
}

async fn head(file: &Path) -> std::io::Result<Vec<u8>> {
    use tokio::io::AsyncReadExt as _;
    let mut head = Vec::new();
    let file = tokio::fs::File::open(file).await?;
    file.take(HEAD as u64).read_to_end(&mut head).await?;
    Ok(head)
}

fn unmade(error: RunError) -> VideoError {
    match error {
        // The shell did not find it, or may not run it: nothing is wrong with the video.
        RunError::Failed { code: 126 | 127, .. } => {
            tracing::warn!(%error, "ffmpeg cannot be run");
            VideoError::Stopped
        }
        RunError::Failed { .. } => {
            tracing::info!(%error, "a video cannot be opened");
            Unplayable::Damaged.into()
        }
        RunError::Stopped(_) => {
            tracing::warn!(%error, "a video could not be converted");
            VideoError::Stopped
        }
        RunError::Slow(deadline) => Unplayable::TooSlow {
            seconds: deadline.as_secs(),
        }
        .into(),
        RunError::Io(error) => error.into(),
    }
}
