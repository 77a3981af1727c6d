//! Pages of home feeds, each reader in turn, against look-ups by primary key: whole, and when the reader has the page
//! already. Checks that what is served is a page.

use std::time::Duration;

use anyhow::{Context, ensure};
use bytes::Bytes;
use serde_json::Value;

use crate::clients::{Answer, Connection, Outcome, ask_for, get, get_unless};
use crate::report::{Bound, Figure, Measured, Report, number};
use crate::seed::{self, READERS, token};
use crate::world::World;

pub const PERIOD: Duration = Duration::from_secs(5);
pub const HOME: &str = "/api/v1/timelines/home";
const PAGE: usize = 20;

/// One run: pages a second as a share of look-ups, and how long a page took.
pub struct Run {
    pub share: Measured,
    pub p95: Measured,
}

pub async fn measure(world: &mut World, runs: usize, report: &mut Report) -> anyhow::Result<()> {
    prepare(world).await?;
    let mut done = Vec::new();
    for _ in 0..runs {
        let requests = requests();
        let bytes = check(world, &requests).await?;
        done.push(run(world, requests.clone(), bytes).await?);
        check(world, &requests).await?;
    }
    add(
        report,
        done,
        ["home feed, 20 of 1,000, 200 readers, of selects", "the same, p95"],
        [18.0, 10.0],
    );
    Ok(())
}

/// The same when every reader has their page.
pub async fn unchanged(world: &mut World, runs: usize, report: &mut Report) -> anyhow::Result<()> {
    prepare(world).await?;
    let mut done = Vec::new();
    for _ in 0..runs {
        let requests = with_tags(world).await?;
        done.push(run(world, requests.clone(), 0).await?);
        let mut connection = Connection::open(world.server.address).await?;
        for request in &requests {
            let status = connection.ask(request).await?.status;
            ensure!(status == 304, "status {status} for a page that did not change");
        }
    }
    add(
        report,
        done,
        ["home feed that did not change, of selects", "the same, p95"],
        [36.0, 10.0],
    );
    Ok(())
}

async fn prepare(world: &mut World) -> anyhow::Result<()> {
    if !world.has_feeds {
        seed::home(&mut world.db).await?;
        world.has_feeds = true;
    }
    Ok(())
}

pub fn add(report: &mut Report, runs: Vec<Run>, what: [&'static str; 2], bars: [f64; 2]) {
    let (shares, times) = runs.into_iter().map(|run| (run.share, run.p95)).unzip();
    report.add(&Figure {
        what: what[0],
        unit: "%",
        bound: Bound::AtLeast(bars[0]),
        runs: shares,
    });
    report.add(&Figure {
        what: what[1],
        unit: "ms",
        bound: Bound::AtMost(bars[1]),
        runs: times,
    });
}

fn requests() -> Vec<Bytes> {
    (0..READERS)
        .map(|reader| get(HOME, Some(&token(&format!("reader{reader}")))))
        .collect()
}

async fn with_tags(world: &World) -> anyhow::Result<Vec<Bytes>> {
    let mut connection = Connection::open(world.server.address).await?;
    let mut requests = Vec::new();
    for reader in 0..READERS {
        let token = token(&format!("reader{reader}"));
        let answer = connection.ask(&get(HOME, Some(&token))).await?;
        let tag = answer.header("etag").context("a page without a tag")?;
        requests.push(get_unless(HOME, &token, tag));
    }
    Ok(requests)
}

async fn run(world: &mut World, requests: Vec<Bytes>, bytes: usize) -> anyhow::Result<Run> {
    let selects = world.yardstick.selects().await?;
    let before = world.spent()?;
    let outcome = ask_for(world.server.address, PERIOD, move |turn| {
        Some(requests[turn % requests.len()].clone())
    })
    .await?;
    told(world, before, selects, outcome, bytes)
}

/// What came of it.
pub fn told(
    world: &World,
    before: crate::processes::Spent,
    selects: f64,
    outcome: Outcome,
    bytes: usize,
) -> anyhow::Result<Run> {
    let each = world.spent()?.since(before, outcome.done as f64);
    let rate = outcome.per_second();
    let p95 = outcome.p95.as_secs_f64() * 1_000.0;
    Ok(Run {
        share: Measured {
            figure: 100.0 * rate / selects,
            made_of: format!(
                "{} pages/s of {} KB against {} selects/s; CPU {:.3} ms server, {:.3} ms Postgres a page",
                number(rate),
                bytes / 1_000,
                number(selects),
                each.server,
                each.postgres
            ),
        },
        p95: Measured {
            figure: p95,
            made_of: format!("of {} answers", outcome.done),
        },
    })
}

/// Every reader's page is one: 20 posts, with their photos, newest first. Gives the mean of their lengths.
pub async fn check(world: &World, requests: &[Bytes]) -> anyhow::Result<usize> {
    let mut connection = Connection::open(world.server.address).await?;
    let mut bytes = 0;
    for request in requests {
        let answer = connection.ask(request).await?;
        is_page(&answer)?;
        bytes += answer.body.len();
    }
    Ok(bytes / requests.len())
}

fn is_page(answer: &Answer<'_>) -> anyhow::Result<()> {
    ensure!(
        answer.status == 200,
        "status {}: {}",
        answer.status,
        String::from_utf8_lossy(answer.body)
    );
    let page: Vec<Value> = serde_json::from_slice(answer.body)?;
    let photos = |post: &Value| {
        post["media_attachments"]
            .as_array()
            .is_some_and(|all| !all.is_empty())
    };
    let ids: Vec<i64> = page
        .iter()
        .filter_map(|post| post["id"].as_str()?.parse().ok())
        .collect();
    ensure!(
        ids.len() == PAGE && page.iter().all(photos) && ids.is_sorted_by(|a, b| a > b),
        "a home feed is not as it should be"
    );
    Ok(())
}
