//! Letters to a thousand servers that live, as a share of the signatures that OpenSSL makes on all processors: every letter
//! carries one, so that this is what delivery costs beside what it cannot do without.

use std::time::{Duration, Instant};

use anyhow::{Context, ensure};
use tokio::process::Command;
use tokio::time::sleep;

use super::deliver::authority;
use crate::clients::{Connection, post_form};
use crate::report::{Bound, Figure, Measured, Report, number};
use crate::seed::{self, token};
use crate::sink::Sink;
use crate::world::World;

const HOSTS: usize = 1_000;
const POSTS: usize = 10;
const LETTERS: u64 = (HOSTS * POSTS) as u64;
const PATIENCE: Duration = Duration::from_secs(180);
/// The addresses of `deliver` lie below.
const SET: i64 = 100;
/// Seconds of the yardstick.
const SECONDS: &str = "4";

pub async fn measure(world: &mut World, runs: usize, report: &mut Report) -> anyhow::Result<()> {
    let sink = Sink::open()?;
    let authorities: Vec<String> = (0..HOSTS)
        .map(|place| authority(SET, place, sink.takes))
        .collect();
    let data = world.server.folder.clone();
    let writer = seed::writer(&mut world.db, &data, SET, &authorities).await?;
    let mut shares = Vec::new();
    for _ in 0..runs {
        shares.push(run(world, &sink, &writer).await?);
    }
    report.add(&Figure {
        what: "letters to 1,000 servers, of OpenSSL's signatures",
        unit: "%",
        bound: Bound::AtLeast(50.0),
        runs: shares,
    });
    Ok(())
}

/// From the first request to the last letter, all servers getting every post.
async fn run(world: &World, sink: &Sink, writer: &str) -> anyhow::Result<Measured> {
    let signatures = signatures().await?;
    sink.forget();
    let request = post_form(
        "/api/v1/statuses",
        &token(writer),
        "status=To+everybody&visibility=public",
    );
    let mut connection = Connection::open(world.server.address).await?;
    let (before, started) = (world.spent()?, Instant::now());
    for _ in 0..POSTS {
        let answer = connection.ask(&request).await?;
        ensure!(answer.status == 200, "status {}", answer.status);
    }
    while sink.letters() < LETTERS {
        ensure!(
            started.elapsed() < PATIENCE,
            "only {} of {LETTERS} letters came",
            sink.letters()
        );
        sleep(Duration::from_millis(2)).await;
    }
    let rate = LETTERS as f64 / started.elapsed().as_secs_f64();
    let each = world.spent()?.since(before, LETTERS as f64);
    Ok(Measured {
        figure: rate / signatures * 100.0,
        made_of: format!(
            "{} letters/s of {} signatures/s; {:.2} + {:.2} ms of processor for each",
            number(rate),
            number(signatures),
            each.server,
            each.postgres
        ),
    })
}

/// RSA with 2,048 bits, a second, by as many processes as there are processors.
async fn signatures() -> anyhow::Result<f64> {
    let processes = std::thread::available_parallelism()?.to_string();
    let done = Command::new("openssl")
        .args([
            "speed", "-mr", "-seconds", SECONDS, "-multi", &processes, "rsa2048",
        ])
        .output()
        .await
        .context("openssl is needed for this bar")?;
    // The sum of all processes: +F2:which:bits:signatures:verifications
    let said = String::from_utf8(done.stdout)?;
    let sum = said.lines().rev().find_map(|line| line.strip_prefix("+F2:"));
    let rate = sum.and_then(|sum| sum.split(':').nth(2));
    Ok(rate.context("openssl says no rate")?.parse()?)
}
