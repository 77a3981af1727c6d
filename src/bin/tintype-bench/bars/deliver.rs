//! One post to a thousand servers, half of them dead: how long the living half waits, against the living half alone.
//! Every measurement has addresses of its own, so that none finds connections or back-offs of another.

use std::time::{Duration, Instant};

use anyhow::ensure;
use tokio::time::sleep;

use crate::clients::{Connection, post_form};
use crate::processes::Spent;
use crate::report::{Bound, Figure, Measured, Report, number};
use crate::seed::{self, token};
use crate::server::free_address;
use crate::sink::Sink;
use crate::world::World;

/// Servers that live; as many are dead.
const LIVING: usize = 500;
const PATIENCE: Duration = Duration::from_secs(120);

/// What a dead server does.
#[derive(Clone, Copy)]
enum Dead {
    Refuses,
    /// Takes the connection and says nothing: no TLS, as a peer on the internet that is not there any more.
    SilentBeforeTls,
    /// The same where plain http is spoken: it cannot be told from a living one before the letter is sent.
    Silent,
}

const ALL: [(Dead, &str); 3] = [
    (Dead::Refuses, "500 servers beside 500 that refuse, of alone"),
    (
        Dead::SilentBeforeTls,
        "500 servers beside 500 that are silent, https, of alone",
    ),
    (
        Dead::Silent,
        "500 servers beside 500 that are silent, http, of alone",
    ),
];

/// How long the last of the living waited, and the processor time that was spent by then.
struct Taken {
    time: Duration,
    spent: Spent,
}

pub async fn measure(world: &mut World, runs: usize, report: &mut Report) -> anyhow::Result<()> {
    let sink = Sink::open()?;
    let refusing = free_address()?.port();
    let mut beside = ALL.map(|_| Vec::new());
    let mut number = 0..;
    let mut number = || number.next().unwrap_or_default();
    // Each between two of the living alone: half a second is short, and the machine's mood changes.
    let mut before = take(world, &sink, number(), None).await?;
    for _ in 0..runs {
        for ((dead, _), runs) in ALL.iter().zip(&mut beside) {
            let port = match dead {
                Dead::Refuses => refusing,
                Dead::SilentBeforeTls | Dead::Silent => sink.silent,
            };
            let taken = take(world, &sink, number(), Some((*dead, port))).await?;
            let after = take(world, &sink, number(), None).await?;
            runs.push(compared(&taken, [&before, &after]));
            before = after;
        }
    }
    for ((_, what), runs) in ALL.iter().zip(beside) {
        report.add(&Figure {
            what,
            unit: "×",
            bound: Bound::AtMost(1.2),
            runs,
        });
    }
    Ok(())
}

fn compared(beside: &Taken, alone: [&Taken; 2]) -> Measured {
    let mean = |of: fn(&Taken) -> f64| alone.map(of).iter().sum::<f64>() / 2.0;
    let seconds = mean(|taken| taken.time.as_secs_f64());
    Measured {
        figure: beside.time.as_secs_f64() / seconds,
        made_of: format!(
            "{:.3} s against {seconds:.3} s alone ({} letters/s); processor {} + {} ms of Postgres against {} + {}",
            beside.time.as_secs_f64(),
            number(LIVING as f64 / seconds),
            number(beside.spent.server),
            number(beside.spent.postgres),
            number(mean(|taken| taken.spent.server)),
            number(mean(|taken| taken.spent.postgres)),
        ),
    }
}

/// From the request to the letter at the last living server.
async fn take(
    world: &mut World,
    sink: &Sink,
    number: i64,
    dead: Option<(Dead, u16)>,
) -> anyhow::Result<Taken> {
    let mut authorities = Vec::new();
    for place in 0..LIVING {
        authorities.push(authority(number * 2, place, sink.takes));
        authorities.extend(dead.map(|(_, port)| authority(number * 2 + 1, place, port)));
    }
    let data = world.server.folder.clone();
    let writer = seed::writer(&mut world.db, &data, number, &authorities).await?;
    if let Some((Dead::SilentBeforeTls, port)) = dead {
        seed::speaks_tls(&mut world.db, port).await?;
    }
    sink.forget();
    let request = post_form(
        "/api/v1/statuses",
        &token(&writer),
        "status=To+everybody&visibility=public",
    );
    let mut connection = Connection::open(world.server.address).await?;
    let before = world.spent()?;
    let started = Instant::now();
    let answer = connection.ask(&request).await?;
    ensure!(answer.status == 200, "status {}", answer.status);
    let last = last_arrival(sink, started).await?;
    let spent = world.spent()?.since(before, 1.0);
    // What is left of it (time-outs of the silent) must not run into the next measurement.
    quiet(world).await?;
    Ok(Taken {
        time: last - started,
        spent,
    })
}

/// When the last of the living got its letter.
async fn last_arrival(sink: &Sink, started: Instant) -> anyhow::Result<Instant> {
    loop {
        let (arrived, last) = sink.arrived();
        if let (LIVING, Some(last)) = (arrived, last) {
            return Ok(last);
        }
        ensure!(
            started.elapsed() < PATIENCE,
            "only {arrived} of {LIVING} servers got the post"
        );
        sleep(Duration::from_millis(2)).await;
    }
}

/// A loopback address of this measurement's own.
pub fn authority(set: i64, place: usize, port: u16) -> String {
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
