//! A photo of 12 megapixels made into all its renditions, against vipsthumbnail making four WebP files of it, each from
//! the one before. Processor time only: neither is measured by the clock.

use std::path::Path;

use anyhow::{Context, ensure};
use tintype::media::{Focus, Limits, process, synthetic};
use tokio::process::Command;

use crate::processes;
use crate::report::{Bound, Figure, Measured, Report};
use crate::world::folder;

pub(super) const PROGRAM: &str = "vipsthumbnail";
/// Sides of the renditions; the smallest is a square.
const SIDES: [&str; 4] = ["1080x1080", "640x640", "320x320", "150x150"];
/// Photos of one measurement.
const PHOTOS: u64 = 4;

pub async fn measure(runs: usize, report: &mut Report) -> anyhow::Result<()> {
    if Command::new(PROGRAM).arg("--version").output().await.is_err() {
        println!("photo: {PROGRAM} is not installed (Debian: libvips-tools); nothing to compare with.");
        return Ok(());
    }
    let folder = folder("photo");
    std::fs::create_dir_all(&folder)?;
    let mut ratios = Vec::new();
    for run in 0..runs as u64 {
        ratios.push(self::run(&folder, run).await?);
    }
    std::fs::remove_dir_all(&folder)?;
    report.add(&Figure {
        what: "12 MP JPEG, all sizes, of vipsthumbnail's four",
        unit: "×",
        bound: Bound::AtMost(1.0),
        runs: ratios,
    });
    Ok(())
}

async fn run(folder: &Path, run: u64) -> anyhow::Result<Measured> {
    let (mut ours, mut theirs) = (0.0, 0.0);
    for seed in run * PHOTOS..(run + 1) * PHOTOS {
        let photo = synthetic::photograph(seed, 4_032, 3_024);
        std::fs::write(folder.join("photo.jpg"), &photo)?;
        let before = processes::own()?;
        let made = process(&photo, &Limits::default(), Focus::default())?;
        ours += processes::own()? - before;
        ensure!(
            made.renditions.len() >= SIDES.len() * 2,
            "not all sizes were made"
        );
        let before = processes::own()?;
        thumbnails(folder).await?;
        theirs += processes::own()? - before;
    }
    Ok(Measured {
        figure: ours / theirs,
        made_of: format!(
            "{:.0} ms, WebP and JPEG, against {:.0} ms, WebP",
            ours / PHOTOS as f64,
            theirs / PHOTOS as f64
        ),
    })
}

/// One pass over `photo.jpg` there.
pub(super) async fn thumbnails(folder: &Path) -> anyhow::Result<()> {
    let mut from = folder.join("photo.jpg");
    for side in SIDES {
        let to = folder.join(format!("{side}.webp"));
        let mut command = Command::new(PROGRAM);
        command.arg(&from).args(["--size", side, "--output"]);
        command.arg(format!("{}[Q=80,strip]", to.display()));
        if side == "150x150" {
            command.args(["--smartcrop", "centre"]);
        }
        let done = command.output().await.context("vipsthumbnail does not start")?;
        ensure!(
            done.status.success() && to.exists(),
            "{}",
            String::from_utf8_lossy(&done.stderr)
        );
        from = to;
    }
    Ok(())
}
