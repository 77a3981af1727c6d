//! A million letters that wait for servers that are dead: how soon a new letter to a living one leaves, while all the dead
//! are due, and what the backlog takes of the server's memory.

use std::time::{Duration, Instant};

use anyhow::ensure;
use tokio::time::sleep;

use crate::clients::{Connection, post_form};
use crate::processes;
use crate::report::{Bound, Figure, Measured, Report, number};
use crate::seed::{self, token};
use crate::server::free_address;
use crate::sink::Sink;
use crate::world::World;

/// Fewer where the program is not one that is measured.
const DEAD: i32 = if cfg!(debug_assertions) { 20 } else { 1_000 };
const LETTERS_OF_EACH: i32 = if cfg!(debug_assertions) { 50 } else { 1_000 };
/// Who writes to the living; a number that no other bar gives.
const WRITER: i64 = 901;
const PATIENCE: Duration = Duration::from_secs(60);
/// As long as the dead are tried before memory is looked at.
const TRIED: Duration = Duration::from_secs(20);

pub async fn measure(world: &mut World, runs: usize, report: &mut Report) -> anyhow::Result<()> {
    let sink = Sink::open()?;
    let living = [format!("127.9.9.9:{}", sink.takes)];
    let data = world.server.folder.clone();
    let writer = seed::writer(&mut world.db, &data, WRITER, &living).await?;
    // The first is for what is only done once.
    leaves(world, &sink, &writer).await?;
    let before = processes::memory(world.server.pid())?;
    let port = free_address()?.port();
    seed::backlog(&mut world.db, &writer, port, (DEAD, LETTERS_OF_EACH)).await?;
    let (mut times, mut memory) = (Vec::new(), Vec::new());
    for _ in 0..runs {
        seed::dead_are_due(&mut world.db).await?;
        times.push(leaves(world, &sink, &writer).await?);
        sleep(TRIED).await;
        memory.push(grown(world, before).await?);
    }
    sqlx::query("update host_queues set cursor = last")
        .execute(&mut world.db)
        .await?;
    report.add(&Figure {
        what: "a letter leaves, 1 M letters to the dead waiting",
        unit: "s",
        bound: Bound::AtMost(1.0),
        runs: times,
    });
    report.add(&Figure {
        what: "memory that 1 M waiting letters take",
        unit: "MB",
        bound: Bound::AtMost(10.0),
        runs: memory,
    });
    Ok(())
}

/// From the request to the letter at the living.
async fn leaves(world: &mut World, sink: &Sink, writer: &str) -> anyhow::Result<Measured> {
    sink.forget();
    let request = post_form(
        "/api/v1/statuses",
        &token(writer),
        "status=To+who+is+there&visibility=public",
    );
    let mut connection = Connection::open(world.server.address).await?;
    let (before, started) = (world.spent()?, Instant::now());
    let answer = connection.ask(&request).await?;
    ensure!(answer.status == 200, "status {}", answer.status);
    let arrived = loop {
        if let (1, Some(last)) = sink.arrived() {
            break last;
        }
        ensure!(started.elapsed() < PATIENCE, "the letter did not come");
        sleep(Duration::from_millis(2)).await;
    };
    let spent = world.spent()?.since(before, 1.0);
    Ok(Measured {
        figure: (arrived - started).as_secs_f64(),
        made_of: format!(
            "CPU by then {} ms server, {} ms Postgres",
            number(spent.server),
            number(spent.postgres)
        ),
    })
}

async fn grown(world: &mut World, before: f64) -> anyhow::Result<Measured> {
    let waiting: i64 = sqlx::query_scalar(
        "select count(*) from letters l join host_queues q using (host_id) where l.id > q.cursor",
    )
    .fetch_one(&mut world.db)
    .await?;
    let tried: i64 = sqlx::query_scalar("select count(*) from host_queues where failures > 0")
        .fetch_one(&mut world.db)
        .await?;
    let now = processes::memory(world.server.pid())?;
    ensure!(waiting > 0, "nothing waits: nothing is measured");
    Ok(Measured {
        figure: now - before,
        made_of: format!(
            "{} MB before, {waiting} letters wait, {tried} hosts were tried",
            number(before)
        ),
    })
}
