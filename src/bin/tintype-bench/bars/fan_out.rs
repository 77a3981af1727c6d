//! One post to ten thousand followers here: the time until the last feed has it.

use anyhow::ensure;
use tokio::time::Instant;

use crate::clients::{Connection, post_form};
use crate::report::{Bound, Figure, Measured, Report};
use crate::seed::{self, FANS, token};
use crate::world::World;

pub async fn measure(world: &mut World, runs: usize, report: &mut Report) -> anyhow::Result<()> {
    seed::star(&mut world.db).await?;
    let mut times = Vec::new();
    for _ in 0..runs {
        times.push(run(world).await?);
    }
    report.add(&Figure {
        what: "one post in 10,000 feeds",
        unit: "s",
        bound: Bound::AtMost(2.0),
        runs: times,
    });
    Ok(())
}

async fn run(world: &mut World) -> anyhow::Result<Measured> {
    let request = post_form(
        "/api/v1/statuses",
        &token("star0"),
        "status=To+all+of+you&visibility=public",
    );
    let mut connection = Connection::open(world.server.address).await?;
    let (before, started) = (world.spent()?, Instant::now());
    let answer = connection.ask(&request).await?;
    ensure!(answer.status == 200, "status {}", answer.status);
    let answered = started.elapsed();
    let post: serde_json::Value = serde_json::from_slice(answer.body)?;
    world.settle().await?;
    let elapsed = started.elapsed();
    let each = world.spent()?.since(before, 1.0);
    let id: i64 = post["id"].as_str().unwrap_or_default().parse()?;
    let entries: i64 = sqlx::query_scalar("select count(*) from home_feed where post_id = $1")
        .bind(id)
        .fetch_one(&mut world.db)
        .await?;
    ensure!(entries == FANS + 1, "{entries} feeds have the post");
    Ok(Measured {
        figure: elapsed.as_secs_f64(),
        made_of: format!(
            "answered after {:.1} ms; CPU {:.0} ms server, {:.0} ms Postgres",
            answered.as_secs_f64() * 1_000.0,
            each.server,
            each.postgres
        ),
    })
}
