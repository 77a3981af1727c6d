//! Home feeds of a large server that has just started: a million posts, a hundred thousand accounts, and each reader asks
//! once, so that no page and next to no token is known. What Postgres and the system have read before stays in memory.

use std::time::Instant;

use bytes::Bytes;

use super::home::{self, HOME, PERIOD};
use crate::clients::{ask_for, get};
use crate::report::{Report, number};
use crate::seed::{self, COLD_READERS, token};
use crate::world::World;

/// Readers whose pages are looked at afterwards.
const LOOKED_AT: usize = 50;

pub async fn measure(runs: usize, report: &mut Report) -> anyhow::Result<()> {
    // Of its own: what is measured elsewhere is measured on a small one.
    let mut world = World::begin().await?;
    let started = Instant::now();
    seed::large(&mut world.db).await?;
    let seconds = number(started.elapsed().as_secs_f64());
    println!("    a million posts in {seconds} s");
    let mut done = Vec::new();
    for run in 0..runs {
        world.restart().await?;
        let selects = world.yardstick.selects().await?;
        let before = world.spent()?;
        let each = COLD_READERS / runs;
        let outcome = ask_for(world.server.address, PERIOD, move |turn| {
            (turn < each).then(|| request(run * each + turn))
        })
        .await?;
        let looked_at: Vec<Bytes> = (0..LOOKED_AT).map(|turn| request(run * each + turn)).collect();
        // Before they are looked at: that is asking again.
        let spent = home::told(&world, before, selects, outcome, 0)?;
        home::check(&world, &looked_at).await?;
        done.push(spent);
    }
    home::add(
        report,
        done,
        [
            "home feed, 1,000,000 posts, asked once, of selects",
            "the same, p95",
        ],
        [5.0, 50.0],
    );
    world.end().await
}

fn request(reader: usize) -> Bytes {
    get(HOME, Some(&token(&format!("person{reader}"))))
}
