//! Pages of home feeds, each reader in turn, against look-ups by primary key. Checks that what is served is a page.

use std::time::Duration;

use anyhow::ensure;
use bytes::Bytes;
use serde_json::Value;

use crate::clients::{Connection, ask_for, get};
use crate::report::{Bound, Figure, Measured, Report, number};
use crate::seed::{self, READERS, token};
use crate::world::World;

const PERIOD: Duration = Duration::from_secs(5);
const PAGE: usize = 20;

pub async fn measure(world: &mut World, runs: usize, report: &mut Report) -> anyhow::Result<()> {
    seed::home(&mut world.db).await?;
    let mut share = Vec::new();
    for _ in 0..runs {
        share.push(run(world).await?);
    }
    report.add(&Figure {
        what: "home feed, 20 of 1,000, 200 readers, of selects",
        unit: "%",
        bound: Bound::AtLeast(10.0),
        runs: share,
    });
    Ok(())
}

async fn run(world: &mut World) -> anyhow::Result<Measured> {
    let requests: Vec<Bytes> = (0..READERS)
        .map(|reader| get("/api/v1/timelines/home", Some(&token(&format!("reader{reader}")))))
        .collect();
    let bytes = check(world, &requests).await?;
    let selects = world.yardstick.selects().await?;
    let before = world.spent()?;
    let asked = requests.clone();
    let outcome = ask_for(world.server.address, PERIOD, move |turn| {
        Some(asked[turn % asked.len()].clone())
    })
    .await?;
    let each = world.spent()?.since(before, outcome.done as f64);
    check(world, &requests).await?;
    let rate = outcome.per_second();
    Ok(Measured {
        figure: 100.0 * rate / selects,
        made_of: format!(
            "{} pages/s of {} KB against {} selects/s; p95 {} ms; CPU {:.3} ms server, {:.3} ms Postgres a page",
            number(rate),
            bytes / 1_000,
            number(selects),
            number(outcome.p95.as_secs_f64() * 1_000.0),
            each.server,
            each.postgres
        ),
    })
}

/// Every reader's page is one: 20 posts, with their photos, newest first. Gives the mean of their lengths.
async fn check(world: &World, requests: &[Bytes]) -> anyhow::Result<usize> {
    let mut connection = Connection::open(world.server.address).await?;
    let mut bytes = 0;
    for request in requests {
        let answer = connection.ask(request).await?;
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
        bytes += answer.body.len();
    }
    Ok(bytes / requests.len())
}
