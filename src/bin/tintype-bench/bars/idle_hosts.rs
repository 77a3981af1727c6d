//! Ten thousand servers that are known, and nothing to do for any of them: what that costs all the same.

use std::time::Duration;

use tokio::time::{Instant, sleep};

use crate::report::{Bound, Figure, Measured, Report, number};
use crate::seed;
use crate::world::{HANDED_IN, World};

/// Fewer where the program is not one that is measured.
const HOSTS: i32 = if cfg!(debug_assertions) { 200 } else { 10_000 };
/// The rounds that come every few seconds are in it several times.
const WATCHED: Duration = Duration::from_secs(60);

pub async fn measure(world: &mut World, runs: usize, report: &mut Report) -> anyhow::Result<()> {
    seed::known_hosts(&mut world.db, HOSTS).await?;
    world.settle().await?;
    // What seeding left to Postgres is its own affair.
    sleep(HANDED_IN).await;
    let mut shares = Vec::new();
    for _ in 0..runs {
        shares.push(watch(world).await?);
    }
    report.add(&Figure {
        what: "10,000 known hosts idle, of one core",
        unit: "%",
        bound: Bound::AtMost(1.0),
        runs: shares,
    });
    Ok(())
}

async fn watch(world: &World) -> anyhow::Result<Measured> {
    let (before, started) = (world.spent()?, Instant::now());
    sleep(WATCHED).await;
    let elapsed = started.elapsed().as_secs_f64() * 1_000.0;
    let spent = world.spent()?.since(before, 1.0);
    Ok(Measured {
        figure: (spent.server + spent.postgres) / elapsed * 100.0,
        made_of: format!(
            "{} ms server and {} ms Postgres in {} s",
            number(spent.server),
            number(spent.postgres),
            number(elapsed / 1_000.0)
        ),
    })
}
