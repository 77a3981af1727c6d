//! One post to a thousand servers, half of them dead: how long the living half waits, against the living half alone.
//! Every measurement has addresses of its own, so that none finds connections or back-offs of another.

use std::time::{Duration, Instant};

use anyhow::ensure;
use tokio::time::sleep;

use crate::clients::{Connection, post_form};
use crate::report::{Bound, Figure, Measured, Report, number};
use crate::seed::{self, token};
use crate::server::free_address;
use crate::sink::Sink;
use crate::world::World;

/// Servers that live; as many are dead.
const LIVING: usize = 500;
const PATIENCE: Duration = Duration::from_secs(120);

pub async fn measure(world: &mut World, runs: usize, report: &mut Report) -> anyhow::Result<()> {
    let sink = Sink::open()?;
    let refusing = free_address()?.port();
    let (mut beside_refusing, mut beside_silent) = (Vec::new(), Vec::new());
    for run in 0..i64::try_from(runs)? {
        let alone = time(world, &sink, run * 3, None).await?;
        let with_refusing = time(world, &sink, run * 3 + 1, Some(refusing)).await?;
        let with_silent = time(world, &sink, run * 3 + 2, Some(sink.silent)).await?;
        beside_refusing.push(compared(with_refusing, alone));
        beside_silent.push(compared(with_silent, alone));
    }
    report.add(&Figure {
        what: "500 servers beside 500 that refuse, of alone",
        unit: "×",
        bound: Bound::AtMost(1.2),
        runs: beside_refusing,
    });
    report.add(&Figure {
        what: "500 servers beside 500 that are silent, of alone",
        unit: "×",
        bound: Bound::AtMost(1.2),
        runs: beside_silent,
    });
    Ok(())
}

fn compared(beside: Duration, alone: Duration) -> Measured {
    let (beside, alone) = (beside.as_secs_f64(), alone.as_secs_f64());
    Measured {
        figure: beside / alone,
        made_of: format!(
            "{beside:.2} s against {alone:.2} s alone ({} letters/s)",
            number(LIVING as f64 / alone)
        ),
    }
}

/// From the request to the letter at the last living server.
async fn time(world: &mut World, sink: &Sink, number: i64, dead: Option<u16>) -> anyhow::Result<Duration> {
    let mut authorities = Vec::new();
    for place in 0..LIVING {
        authorities.push(authority(number * 2, place, sink.takes));
        authorities.extend(dead.map(|port| authority(number * 2 + 1, place, port)));
    }
    let data = world.server.folder.clone();
    let writer = seed::writer(&mut world.db, &data, number, &authorities).await?;
    sink.forget();
    let request = post_form(
        "/api/v1/statuses",
        &token(&writer),
        "status=To+everybody&visibility=public",
    );
    let mut connection = Connection::open(world.server.address).await?;
    let started = Instant::now();
    let answer = connection.ask(&request).await?;
    ensure!(answer.status == 200, "status {}", answer.status);
    loop {
        let (arrived, last) = sink.arrived();
        if let (LIVING, Some(last)) = (arrived, last) {
            // What is left of it (time-outs of the silent) must not run into the next measurement.
            quiet(world).await?;
            return Ok(last - started);
        }
        ensure!(
            started.elapsed() < PATIENCE,
            "only {arrived} of {LIVING} servers got the post"
        );
        sleep(Duration::from_millis(2)).await;
    }
}

/// A loopback address of this measurement's own.
fn authority(set: i64, place: usize, port: u16) -> String {
    format!("127.{}.{}.{}:{port}", set + 10, place / 250, place % 250 + 1)
}

/// Waits until no server is being written to; then has the dead ones forgotten.
async fn quiet(world: &mut World) -> anyhow::Result<()> {
    let busy = "select exists (select 1 from host_queues where claimed_until is not null)";
    while sqlx::query_scalar::<_, bool>(busy)
        .fetch_one(&mut world.db)
        .await?
    {
        sleep(Duration::from_millis(50)).await;
    }
    sqlx::query("update host_queues set cursor = last")
        .execute(&mut world.db)
        .await?;
    Ok(())
}
