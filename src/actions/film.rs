//! What a video that somebody sends is, and whether this server takes it. Keeps nothing of it, and makes nothing out of it.

use bytes::Bytes;
use tokio::io::AsyncReadExt as _;

use crate::app::App;
use crate::domain::picture::Purpose;
use crate::domain::video::Video;
use crate::media::video::{Bench, Container};
use crate::media::{Ffmpeg, Unplayable, VideoError, VideoLimits};

/// Enough of a file to know its container.
const HEAD: u64 = 64;

/// The bounds of a video on this server.
pub fn limits(app: &App) -> VideoLimits {
    VideoLimits {
        bytes: app.config.video_bytes,
        pixels: app.config.video_pixels,
        seconds: app.config.video_seconds,
    }
}

/// What opens videos here.
pub fn program(app: &App) -> Result<&Ffmpeg, Unplayable> {
    app.ffmpeg.as_ref().ok_or(Unplayable::NoProgram)
}

/// Refuses what this server does not take, before anything of it is kept.
pub async fn look(
    app: &App,
    purpose: Purpose,
    container: Container,
    bytes: Bytes,
) -> Result<Video, VideoError> {
    if purpose != Purpose::Attachment {
        return Err(Unplayable::NotHere.into());
    }
    let ffmpeg = program(app)?;
    limits(app).check_bytes(bytes.len() as u64)?;
    let bench = ffmpeg.bench().await?;
    tokio::fs::write(bench.source(), bytes).await?;
    look_in(app, &bench, container).await
}

/// The same of one that lies on a bench already.
pub async fn look_in(app: &App, bench: &Bench, container: Container) -> Result<Video, VideoError> {
    let (ffmpeg, limits) = (program(app)?, limits(app));
    limits.check_bytes(bench.written().await?)?;
    Ok(ffmpeg.look(bench, container, &limits).await?.video(0))
}

/// The first bytes of the source on a bench, by which it is known what it is.
pub async fn head(bench: &Bench) -> Result<Vec<u8>, VideoError> {
    let mut head = Vec::new();
    let file = tokio::fs::File::open(bench.source()).await?;
    file.take(HEAD).read_to_end(&mut head).await?;
    Ok(head)
}

/// The same of a GIF whose frames are several. `None`: it is a picture here, as it is where there is no program.
pub async fn look_at_gif(app: &App, bytes: Bytes) -> Result<Option<Video>, VideoError> {
    match look(app, Purpose::Attachment, Container::Gif, bytes).await {
        Ok(video) => Ok(Some(video)),
        Err(VideoError::Unplayable(_)) => Ok(None),
        Err(error) => Err(error),
    }
}
