//! Text posts through the API until everything that they cause is done, against commits of one row; and how many
//! transactions one takes.

use std::time::Duration;

use bytes::Bytes;
use tokio::time::{Instant, sleep};

use crate::clients::{ask_for, post_form};
use crate::report::{Bound, Figure, Measured, Report, number};
use crate::seed::{self, FOLLOWERS_OF_POSTER, POSTERS, token};
use crate::world::{HANDED_IN, World};

const PERIOD: Duration = Duration::from_secs(5);
/// Posts over which transactions are counted.
const COUNTED: usize = 1_000;

pub async fn measure(world: &mut World, runs: usize, report: &mut Report) -> anyhow::Result<()> {
    seed::posting(&mut world.db).await?;
    let (mut share, mut transactions) = (Vec::new(), Vec::new());
    for _ in 0..runs {
        share.push(rate(world).await?);
        transactions.push(count(world).await?);
    }
    report.add(&Figure {
        what: "text post, all done, of one-row commits",
        unit: "%",
        bound: Bound::AtLeast(8.0),
        runs: share,
    });
    report.add(&Figure {
        what: "Postgres transactions of a post",
        unit: "",
        bound: Bound::AtMost(3.0),
        runs: transactions,
    });
    Ok(())
}

async fn rate(world: &mut World) -> anyhow::Result<Measured> {
    let inserts = world.yardstick.inserts().await?;
    let entries = world.entries().await?;
    let before = world.spent()?;
    let started = Instant::now();
    let outcome = ask_for(world.server.address, PERIOD, |turn| Some(post(turn))).await?;
    world.settle().await?;
    let elapsed = started.elapsed().as_secs_f64();
    let each = world.spent()?.since(before, outcome.done as f64);
    world.entries_arrive(entries, feeds(outcome.done)).await?;
    let rate = outcome.done as f64 / elapsed;
    Ok(Measured {
        figure: 100.0 * rate / inserts,
        made_of: format!(
            "{} posts/s against {} commits/s; answered {}/s, p95 {} ms; CPU {:.3} ms server, {:.3} ms Postgres a post",
            number(rate),
            number(inserts),
            number(outcome.per_second()),
            number(outcome.p95.as_secs_f64() * 1_000.0),
            each.server,
            each.postgres
        ),
    })
}

async fn count(world: &mut World) -> anyhow::Result<Measured> {
    // What an idle server does in the same time, as long a look at it as the other.
    sleep(HANDED_IN).await;
    let (first, started) = (transactions(world).await?, Instant::now());
    sleep(HANDED_IN).await;
    let idle = (transactions(world).await? - first) as f64 / started.elapsed().as_secs_f64();
    let (first, started) = (transactions(world).await?, Instant::now());
    let entries = world.entries().await?;
    ask_for(world.server.address, Duration::MAX, |turn| {
        (turn < COUNTED).then(|| post(turn))
    })
    .await?;
    let looks = world.settle().await? + 3;

    sleep(HANDED_IN).await;
    world.entries_arrive(entries, feeds(COUNTED)).await?;
    let all = (transactions(world).await? - first) as f64 - idle * started.elapsed().as_secs_f64();
    Ok(Measured {
        figure: (all - looks as f64) / COUNTED as f64,
        made_of: format!("over {COUNTED} posts; idle {} a second", number(idle)),
    })
}

fn post(turn: usize) -> Bytes {
    let form = format!(
        "status=The+light+was+gone+a+minute+later.+Walk+{turn}&visibility=public&sensitive=false&language=en"
    );
    post_form(
        "/api/v1/statuses",
        &token(&format!("poster{}", turn % POSTERS)),
        &form,
    )
}

/// Committed so far in our database.
async fn transactions(world: &mut World) -> sqlx::Result<i64> {
    sqlx::query_scalar("select xact_commit from pg_stat_database where datname = current_database()")
        .fetch_one(&mut world.db)
        .await
}

/// Entries that so many posts make: in the feed of every follower, and in the author's.
fn feeds(posts: usize) -> i64 {
    posts as i64 * (FOLLOWERS_OF_POSTER + 1)
}
