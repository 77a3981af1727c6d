//! Home feeds of a large server that has just started: a million posts, a hundred thousand accounts. Two hundred readers ask
//! in turn, as of a small server, while neither the server nor Postgres nor the system knows anything, where the bench may
//! tell the last to forget. And then, which is harder, each of twenty thousand asks once; there the system knows its files.

use std::time::Instant;

use bytes::Bytes;

use super::home::{self, HOME, PERIOD};
use crate::clients::{ask_for, get};
use crate::report::{Report, number};
use crate::seed::{self, COLD_READERS, READERS, token};
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
    let in_turn = [
        "home feed, 1,000,000 posts, 200 readers in turn, nothing known, of selects",
        "the same, p95",
    ];
    let once = [
        "the same, each of 20,000 readers once, of selects",
        "the same, p95",
    ];
    for (what, kind) in [(in_turn, Kind::InTurn), (once, Kind::Once)] {
        let mut done = Vec::new();
        for run in 0..runs {
            done.push(kind.run(&mut world, run, runs).await?);
        }
        home::add(report, done, what, [5.0, 50.0]);
    }
    world.end().await
}

/// Who asks.
#[derive(Clone, Copy, Debug)]
enum Kind {
    /// As many as on a small server, again and again.
    InTurn,
    /// Whoever has not asked yet: no page and next to no token is ever known.
    Once,
}

impl Kind {
    async fn run(self, world: &mut World, run: usize, runs: usize) -> anyhow::Result<home::Run> {
        world.restart().await?;
        let selects = world.yardstick.selects().await?;
        if matches!(self, Self::InTurn) {
            forget_files();
        }
        let before = world.spent()?;
        let each = match self {
            Self::InTurn => READERS,
            Self::Once => COLD_READERS / runs,
        };
        let outcome = ask_for(world.server.address, PERIOD, move |turn| match self {
            Self::InTurn => Some(request(run * each + turn % each)),
            Self::Once => (turn < each).then(|| request(run * each + turn)),
        })
        .await?;
        // Before pages are looked at: that is asking again.
        let told = home::told(world, before, selects, outcome, 0)?;
        let looked_at: Vec<Bytes> = (0..LOOKED_AT).map(|turn| request(run * each + turn)).collect();
        home::check(world, &looked_at).await?;
        Ok(told)
    }
}

/// Has the system read files anew, where it lets us.
fn forget_files() {
    if std::fs::write("/proc/sys/vm/drop_caches", "1").is_err() {
        println!("    the system still knows the files that it has read: only root has it forget them");
    }
}

fn request(reader: usize) -> Bytes {
    get(HOME, Some(&token(&format!("person{reader}"))))
}
