//! Eight seconds of 1080p made into the file that is played and all that is streamed, against one call of the same ffmpeg that makes the
//! same from the source. Processor time only: neither is measured by the clock.

use std::path::Path;

use anyhow::{Context, ensure};
use tintype::media::video::{Container, Ffmpeg, PROGRAMS, VideoLimits};
use tokio::process::Command;
use tokio::sync::watch;

use crate::processes;
use crate::report::{Bound, Figure, Measured, Report};
use crate::world::folder;

const LIMITS: VideoLimits = VideoLimits {
    bytes: u64::MAX,
    pixels: 8_294_400,
    seconds: 60,
};
const SOURCE: &str = "testsrc2=s=1920x1080:r=30:d=8,noise=alls=4:allf=t";
/// Bits a second of each size at the most.
const MOST: [&str; 4] = ["6000k", "3000k", "1500k", "900k"];

pub async fn measure(runs: usize, report: &mut Report) -> anyhow::Result<()> {
    for program in PROGRAMS {
        if Command::new(program).arg("-version").output().await.is_err() {
            println!("video: {program} is not installed (Debian: ffmpeg); nothing is measured.");
            return Ok(());
        }
    }
    let folder = folder("video");
    std::fs::create_dir_all(&folder)?;
    let source = folder.join("source.mp4");
    let from = ["-f", "lavfi", "-i", SOURCE, "-f", "lavfi", "-i", "sine=440:d=8"];
    ffmpeg(
        &folder,
        &[&from[..], &["-pix_fmt", "yuv420p", "-c:a", "aac", "source.mp4"]].concat(),
    )
    .await?;
    let mut ratios = Vec::new();
    for _ in 0..runs {
        ratios.push(run(&folder, &source).await?);
    }
    std::fs::remove_dir_all(&folder)?;
    report.add(&Figure {
        what: "8 s of 1080p30, file and stream, of ffmpeg by hand",
        unit: "×",
        bound: Bound::AtMost(1.1),
        runs: ratios,
    });
    Ok(())
}

async fn run(folder: &Path, source: &Path) -> anyhow::Result<Measured> {
    let before = processes::own()?;
    let ours = Ffmpeg::new("ffmpeg".into(), "ffprobe".into(), folder.join("ours"));
    let bench = ours.bench().await?;
    std::fs::copy(source, bench.source())?;
    let told = watch::Sender::new(0);
    let facts = ours.look(&bench, Container::Mp4, &LIMITS).await?;
    ours.still(&bench, &facts, &LIMITS).await?;
    let video = ours.whole(&bench, &facts, &LIMITS, &told).await?;
    let streams = ours.streams(&bench, &video, &told).await?;
    ensure!(streams.len() == MOST.len(), "not all sizes were made");
    let ours = processes::own()? - before;
    let before = processes::own()?;
    ffmpeg(folder, &by_hand()).await?;
    let theirs = processes::own()? - before;
    Ok(Measured {
        figure: ours / theirs,
        made_of: format!("{ours:.0} ms, with a still, against {theirs:.0} ms"),
    })
}

/// All in one call: an MP4, and four sizes of which each is encoded.
fn by_hand() -> Vec<&'static str> {
    let mut told = vec!["-i", "source.mp4", "-filter_complex"];
    told.push("[0:v]split=4[w][a][b][c];[a]scale=1280:720[x];[b]scale=854:480[y];[c]scale=640:360[z]");
    for out in ["[w]", "[x]", "[y]", "[z]"] {
        told.extend(["-map", out, "-map", "0:a"]);
    }
    told.extend([
        "-c:v", "libx264", "-preset", "veryfast", "-crf", "23", "-c:a", "aac", "-b:a", "128k",
    ]);
    let most = ["-maxrate:v:0", "-maxrate:v:1", "-maxrate:v:2", "-maxrate:v:3"];
    let held = ["-bufsize:v:0", "-bufsize:v:1", "-bufsize:v:2", "-bufsize:v:3"];
    for ((most, held), rate) in most.into_iter().zip(held).zip(MOST) {
        told.extend([most, rate, held, rate]);
    }
    told.extend([
        "-force_key_frames",
        "expr:gte(t,n_forced*2)",
        "-f",
        "hls",
        "-hls_time",
        "4",
    ]);
    told.extend([
        "-hls_playlist_type",
        "vod",
        "-hls_segment_type",
        "fmp4",
        "-hls_flags",
        "single_file",
    ]);
    told.extend(["-hls_segment_filename", "hls-%v.mp4", "-var_stream_map"]);
    told.extend(["v:0,a:0 v:1,a:1 v:2,a:2 v:3,a:3", "hls-%v.m3u8"]);
    told
}

async fn ffmpeg(folder: &Path, told: &[&str]) -> anyhow::Result<()> {
    let mut command = Command::new("ffmpeg");
    command.args(["-v", "error", "-nostdin", "-y"]).args(told);
    let done = command.current_dir(folder).output().await;
    let done = done.context("ffmpeg does not start")?;
    ensure!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    Ok(())
}
