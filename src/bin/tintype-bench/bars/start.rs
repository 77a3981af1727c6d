//! A server on a folder that is there already, private Postgres included: how soon it answers, and what memory it holds.

use std::time::Duration;

use tokio::time::sleep;

use crate::processes;
use crate::report::{Bound, Figure, Measured, Report};
use crate::server::{Server, free_address};
use crate::world::folder;

const STARTS: usize = 5;
/// Until what happens once after a start has happened.
const SETTLED: Duration = Duration::from_secs(3);

pub async fn measure(report: &mut Report) -> anyhow::Result<()> {
    let (folder, address) = (folder("start"), free_address()?);
    let (first, made) = Server::start(&folder, address).await?;
    first.stop().await?;
    let (mut memory, mut times) = (Vec::new(), Vec::new());
    for _ in 0..STARTS {
        let (server, elapsed) = Server::start(&folder, address).await?;
        sleep(SETTLED).await;
        memory.push(Measured {
            figure: processes::memory(server.pid())?,
            made_of: "held by the server".to_owned(),
        });
        server.stop().await?;
        times.push(Measured {
            figure: elapsed.as_secs_f64(),
            made_of: format!("the first start of all took {:.2} s", made.as_secs_f64()),
        });
    }
    std::fs::remove_dir_all(&folder)?;
    report.add(&Figure {
        what: "memory after start, without Postgres",
        unit: "MB",
        bound: Bound::AtMost(50.0),
        runs: memory,
    });
    report.add(&Figure {
        what: "start to first answer, with the private Postgres",
        unit: "s",
        bound: Bound::AtMost(1.0),
        runs: times,
    });
    Ok(())
}
