//! `tintype-bench`: measures the real program, each figure beside a limit measured in the same run on the same Postgres.
//! Prints ratios and whether they meet their bars; never fails because one is missed.

mod bars;
mod clients;
mod nginx;
mod peer;
mod processes;
mod report;
mod seed;
mod server;
mod sink;
mod world;
mod yardstick;

use clap::Parser;

use bars::Bar;
use report::Report;
use world::World;

/// Benchmarks, as ratios to a limit measured in the same run.
#[derive(Debug, Parser)]
struct Arguments {
    /// Which: home, home-unchanged, post, inbox, visible, fan-out, deliver, home-cold, photo, video, start, streams-idle, streams-event,
    /// deeds, front, idle-hosts, backlog, upload, uploads, file; all of them when none is named
    names: Vec<String>,
    /// How often each is measured; the median counts
    #[arg(long, default_value_t = 3)]
    runs: usize,
    /// Lets the server run on after the last measurement, for looking at it
    #[arg(long)]
    stay: bool,
}

// One thread: the load shares the cores with what it measures.
#[tokio::main(flavor = "current_thread")]
async fn main() -> anyhow::Result<()> {
    let arguments = Arguments::parse();
    let bars = Bar::chosen(&arguments.names)?;
    let mut report = Report::default();
    let mut world = None;
    let mut result = Ok(());
    for bar in bars {
        result = bar.measure(&mut world, arguments.runs.max(1), &mut report).await;
        if result.is_err() {
            break;
        }
    }
    report.summary();
    if let Some(world) = world {
        end(world, arguments.stay).await?;
    }
    result
}

async fn end(world: World, stay: bool) -> anyhow::Result<()> {
    if stay {
        println!(
            "The server runs on: {} (process {}), database {}\nCtrl-C ends it.",
            world.server.base(),
            world.server.pid(),
            world.database_url()
        );
        tokio::signal::ctrl_c().await?;
    }
    world.end().await
}
