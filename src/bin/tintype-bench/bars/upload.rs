//! Photos of 12 megapixels through the front door: how soon each step is done, and what memory the server takes for many. Their
//! sender asks again and again whether a photo is ready, as clients do, and shares the cores with the server.

use std::net::SocketAddr;
use std::path::Path;
use std::time::Duration;

use anyhow::{Context, ensure};
use bytes::Bytes;
use serde_json::Value;
use tintype::media::synthetic;
use tokio::process::Command;
use tokio::time::{Instant, sleep};

use super::photo;
use crate::clients::{Connection, get, post_file};
use crate::processes;
use crate::report::{Bound, Figure, Measured, Report, median, number};
use crate::seed::token;
use crate::world::{World, folder};

const PATIENCE: Duration = Duration::from_secs(60);
const LOOK: Duration = Duration::from_millis(5);
/// The longest side of the size that is made last.
const LARGEST: i64 = 2_048;
/// One of those who read.
const SENDER: &str = "reader0";
const AT_ONCE: u64 = 8;
const IN_A_ROW: usize = 50;
/// Of those in a row, how many at either end are compared.
const ENDS: usize = 10;

/// When what was done, after the first byte was sent.
struct Times {
    answered: Duration,
    ready: Duration,
    whole: Duration,
}

/// One photo on a server that does nothing else.
pub async fn one(world: &mut World, runs: usize, report: &mut Report) -> anyhow::Result<()> {
    let folder = folder("upload");
    std::fs::create_dir_all(&folder)?;
    let has_vips = Command::new(photo::PROGRAM)
        .arg("--version")
        .output()
        .await
        .is_ok();
    let mut steps: [Vec<Measured>; 3] = Default::default();
    for run in 0..runs as u64 {
        let photo = synthetic::photograph(run, 4_032, 3_024);
        let pass = match has_vips {
            true => Some(vips_pass(&folder, &photo).await?),
            false => None,
        };
        let times = uploaded(world.server.address, &photo).await?;
        for (step, took) in steps.iter_mut().zip([times.answered, times.ready, times.whole]) {
            step.push(measured(took, pass));
        }
    }
    std::fs::remove_dir_all(&folder)?;
    let [answered, ready, whole] = steps;
    for (what, most, runs) in [
        ("upload of 12 MP answered", 0.3, answered),
        ("upload of 12 MP, thumbnails ready", 0.5, ready),
        ("upload of 12 MP, all sizes ready", 1.0, whole),
    ] {
        report.add(&Figure {
            what,
            unit: "s",
            bound: Bound::AtMost(most),
            runs,
        });
    }
    Ok(())
}

fn measured(took: Duration, pass: Option<Duration>) -> Measured {
    let took = took.as_secs_f64();
    let made_of = match pass.map(|pass| pass.as_secs_f64()) {
        Some(pass) => format!("{} × a pass of vipsthumbnail ({pass:.2} s)", number(took / pass)),
        None => "vipsthumbnail is not installed; nothing to compare with".to_owned(),
    };
    Measured {
        figure: took,
        made_of,
    }
}

/// By the clock, four WebP files.
async fn vips_pass(folder: &Path, photo: &[u8]) -> anyhow::Result<Duration> {
    std::fs::write(folder.join("photo.jpg"), photo)?;
    let begun = Instant::now();
    photo::thumbnails(folder).await?;
    Ok(begun.elapsed())
}

async fn uploaded(address: SocketAddr, photo: &[u8]) -> anyhow::Result<Times> {
    let mut connection = Connection::open(address).await?;
    let request = post_file("/api/v2/media", &token(SENDER), "image/jpeg", photo);
    let begun = Instant::now();
    let path = sent(&mut connection, &request).await?;
    let answered = begun.elapsed();
    until(&mut connection, &path, |_| true).await?;
    let ready = begun.elapsed();
    let is_whole = |media: &Value| {
        let variants = media["variants"].as_array();
        variants.is_some_and(|variants| variants.iter().any(|it| it["width"] == LARGEST))
    };
    until(&mut connection, &path, is_whole).await?;
    Ok(Times {
        answered,
        ready,
        whole: begun.elapsed(),
    })
}

/// Sends it; gives where it is asked after.
async fn sent(connection: &mut Connection, request: &Bytes) -> anyhow::Result<String> {
    let answer = connection.ask(request).await?;
    ensure!(
        matches!(answer.status, 200 | 202),
        "status {}: {}",
        answer.status,
        String::from_utf8_lossy(answer.body)
    );
    let media: Value = serde_json::from_slice(answer.body)?;
    let id = media["id"].as_str().context("an upload without an id")?;
    Ok(format!("/api/v1/media/{id}"))
}

/// Asks until it is ready, and so far as is wanted.
async fn until(
    connection: &mut Connection,
    path: &str,
    is_enough: impl Fn(&Value) -> bool,
) -> anyhow::Result<()> {
    let (request, deadline) = (get(path, Some(&token(SENDER))), Instant::now() + PATIENCE);
    loop {
        let answer = connection.ask(&request).await?;
        if answer.status == 200 && is_enough(&serde_json::from_slice(answer.body)?) {
            return Ok(());
        }
        ensure!(
            matches!(answer.status, 200 | 206),
            "status {}: {}",
            answer.status,
            String::from_utf8_lossy(answer.body)
        );
        ensure!(Instant::now() < deadline, "{path} is never ready");
        sleep(LOOK).await;
    }
}

/// Several at once and then many in a row, on a server that has just started.
pub async fn many(world: &mut World, report: &mut Report) -> anyhow::Result<()> {
    world.restart().await?;
    let (address, pid) = (world.server.address, world.server.pid());
    let before = processes::memory(pid)?;
    let requests: Vec<Bytes> = (0..AT_ONCE)
        .map(|seed| {
            let photo = synthetic::photograph(seed, 4_032, 3_024);
            post_file("/api/v2/media", &token(SENDER), "image/jpeg", &photo)
        })
        .collect();
    let all = requests
        .iter()
        .cloned()
        .map(|request| tokio::spawn(through(address, request)));
    for upload in all.collect::<Vec<_>>() {
        upload.await??;
    }
    let at_once = processes::most_memory(pid)?;
    let mut held = Vec::new();
    for request in requests.iter().cycle().take(IN_A_ROW) {
        through(address, request.clone()).await?;
        held.push(processes::memory(pid)?);
    }
    let most = processes::most_memory(pid)?;
    report.add(&Figure {
        what: "8 uploads of 12 MP at once, 50 in a row: memory",
        unit: "MB",
        bound: Bound::AtMost(250.0),
        runs: vec![Measured {
            figure: most,
            made_of: format!("at most; {before:.0} MB before, {at_once:.0} MB at most for the 8"),
        }],
    });
    let (first, last) = (
        median(held[..ENDS].to_vec()),
        median(held[IN_A_ROW - ENDS..].to_vec()),
    );
    report.add(&Figure {
        what: "the same, growth from the first of 50 to the last",
        unit: "%",
        bound: Bound::AtMost(10.0),
        runs: vec![Measured {
            figure: 100.0 * (last / first - 1.0),
            made_of: format!("{first:.0} MB after the first {ENDS}, {last:.0} MB after the last"),
        }],
    });
    Ok(())
}

async fn through(address: SocketAddr, request: Bytes) -> anyhow::Result<()> {
    let mut connection = Connection::open(address).await?;
    let path = sent(&mut connection, &request).await?;
    until(&mut connection, &path, |_| true).await
}
