//! How long people wait for an answer to what they do: a like, a follow, a post. Each deed is a new one, so that none is
//! answered from what was done before.

use std::time::Duration;

use anyhow::ensure;

use crate::clients::{ask_for, post_form};
use crate::report::{Bound, Figure, Measured, Report, number};
use crate::seed::{self, READERS, token};
use crate::world::World;

const PERIOD: Duration = Duration::from_secs(4);
/// Posts that are liked, each by every reader.
const LIKED: usize = 500;

pub async fn measure(world: &mut World, runs: usize, report: &mut Report) -> anyhow::Result<()> {
    if !world.has_feeds {
        seed::home(&mut world.db).await?;
        world.has_feeds = true;
    }
    seed::posting(&mut world.db).await?;
    let posts: Vec<i64> = sqlx::query_scalar(
        "select id from posts where audience = 0 and photos > 0 order by id desc limit $1",
    )
    .bind(i64::try_from(LIKED)?)
    .fetch_all(&mut world.db)
    .await?;
    let people: Vec<i64> = sqlx::query_scalar(
        "select id from accounts a where username ~ '^(poster|author|painter)[0-9]+$'
         and not exists (select 1 from follows where followee_id = a.id and follower_id between 1000 and 1199)
         order by id",
    )
    .fetch_all(&mut world.db)
    .await?;
    ensure!(
        posts.len() == LIKED && !people.is_empty(),
        "there is nothing to like, or nobody to follow"
    );
    let (like, follow) = (
        times(&posts, "statuses", "favourite"),
        times(&people, "accounts", "follow"),
    );
    add(world, runs, report, "a like answered, p95", like).await?;
    add(world, runs, report, "a follow answered, p95", follow).await?;
    add(world, runs, report, "a text post answered, p95", |_, turn| {
        let path = "/api/v1/statuses".to_owned();
        (
            path,
            format!("status=Walk+{turn}+along+the+shore&visibility=public&sensitive=false&language=en"),
        )
    })
    .await
}

/// A deed to each of these by every reader: first each reader once.
fn times(
    these: &[i64],
    what: &'static str,
    deed: &'static str,
) -> impl Fn(usize, usize) -> (String, String) + Clone + Send + Sync + 'static + use<> {
    let these = these.to_vec();
    move |run, turn| {
        let id = these[(run * these.len() / 8 + turn / READERS) % these.len()];
        (format!("/api/v1/{what}/{id}/{deed}"), String::new())
    }
}

async fn add(
    world: &mut World,
    runs: usize,
    report: &mut Report,
    what: &'static str,
    deed: impl Fn(usize, usize) -> (String, String) + Clone + Send + Sync + 'static,
) -> anyhow::Result<()> {
    let mut measured = Vec::new();
    for run in 0..runs {
        let deed = deed.clone();
        let before = world.spent()?;
        let outcome = ask_for(world.server.address, PERIOD, move |turn| {
            let (path, form) = deed(run, turn);
            Some(post_form(
                &path,
                &token(&format!("reader{}", turn % READERS)),
                &form,
            ))
        })
        .await?;
        let each = world.spent()?.since(before, outcome.done as f64);
        world.settle().await?;
        measured.push(Measured {
            figure: outcome.p95.as_secs_f64() * 1_000.0,
            made_of: format!(
                "{} answers, {}/s; CPU {:.3} ms server, {:.3} ms Postgres each",
                outcome.done,
                number(outcome.per_second()),
                each.server,
                each.postgres
            ),
        });
    }
    report.add(&Figure {
        what,
        unit: "ms",
        bound: Bound::AtMost(50.0),
        runs: measured,
    });
    Ok(())
}
