//! Letters from elsewhere: taken in, against commits of one row; and seen by somebody, which is what they are for.

use std::time::Duration;

use anyhow::ensure;
use bytes::Bytes;
use chrono::{DateTime, TimeDelta, Utc};
use tintype::domain::clock::Clock;
use tintype_federation::key::SigningKey;
use tokio::time::{Instant, sleep};

use crate::clients::{Outcome, ask_for};
use crate::peer;
use crate::report::{Bound, Figure, Measured, Report, number};
use crate::seed::{self, WATCHER};
use crate::world::World;

/// How long letters are counted that are taken in, and how many that could be.
const SHORT: (Duration, usize) = (Duration::from_secs(3), 30_000);
/// The same for those that are seen: long enough for what piles up to show.
const LONG: (Duration, usize) = (Duration::from_secs(22), 130_000);

/// Those who write: one key for all of them, how many letters they have signed, and until when.
pub struct Writing {
    key: SigningKey,
    signed: usize,
    until: DateTime<Utc>,
}

impl Writing {
    async fn letters(world: &mut World, many: usize) -> anyhow::Result<Vec<Bytes>> {
        let base = world.server.base();
        let mut writing = match world.writing.take() {
            Some(writing) => writing,
            None => {
                let key = SigningKey::generate()?;
                seed::peers(&mut world.db, &key).await?;
                Self {
                    key,
                    signed: 0,
                    until: Clock::system().now() - TimeDelta::minutes(5),
                }
            }
        };
        let now = Clock::system().now();
        let letters = peer::letters(&writing.key, &base, writing.signed, many, (writing.until, now))?;
        writing.signed += many;
        writing.until = now;
        world.writing = Some(writing);
        Ok(letters)
    }
}

pub async fn accepted(world: &mut World, runs: usize, report: &mut Report) -> anyhow::Result<()> {
    let mut share = Vec::new();
    for _ in 0..runs {
        let letters = Writing::letters(world, SHORT.1).await?;
        let inserts = world.yardstick.inserts().await?;
        let (outcome, made_of) = send(world, letters, SHORT.0).await?;
        drained(world).await?;
        share.push(Measured {
            figure: 100.0 * outcome.per_second() / inserts,
            made_of: format!("{made_of}; against {} commits/s", number(inserts)),
        });
    }
    report.add(&Figure {
        what: "inbox: verified and kept, of one-row commits",
        unit: "%",
        bound: Bound::AtLeast(25.0),
        runs: share,
    });
    Ok(())
}

pub async fn visible(world: &mut World, runs: usize, report: &mut Report) -> anyhow::Result<()> {
    let mut rates = Vec::new();
    for _ in 0..runs {
        let letters = Writing::letters(world, LONG.1).await?;
        let seen = seen(world).await?;
        let (before, started) = (world.spent()?, Instant::now());
        let (outcome, made_of) = send(world, letters, LONG.0).await?;
        drained(world).await?;
        let elapsed = started.elapsed().as_secs_f64();
        let each = world.spent()?.since(before, outcome.done as f64);
        let new = self::seen(world).await? - seen;
        ensure!(
            usize::try_from(new)? == outcome.done,
            "{new} posts are visible of {} that were taken in",
            outcome.done
        );
        let missing = missing(world).await?;
        ensure!(missing == 0, "{missing} entries are missing from feeds");
        rates.push(Measured {
            figure: new as f64 / elapsed,
            made_of: format!(
                "all {new} visible after {elapsed:.1} s; {made_of}; CPU {:.3} ms server, {:.3} ms Postgres to the end",
                each.server, each.postgres
            ),
        });
    }
    report.add(&Figure {
        what: "inbox: visible in a follower's home feed",
        unit: "/s",
        bound: Bound::AtLeast(1_500.0),
        runs: rates,
    });
    Ok(())
}

async fn send(world: &World, letters: Vec<Bytes>, period: Duration) -> anyhow::Result<(Outcome, String)> {
    let before = world.spent()?;
    let outcome = ask_for(world.server.address, period, move |turn| {
        letters.get(turn).cloned()
    })
    .await?;
    let each = world.spent()?.since(before, outcome.done as f64);
    let made_of = format!(
        "{} letters/s taken in for {:.1} s, p95 {} ms; CPU {:.3} ms server, {:.3} ms Postgres meanwhile",
        number(outcome.per_second()),
        outcome.elapsed.as_secs_f64(),
        number(outcome.p95.as_secs_f64() * 1_000.0),
        each.server,
        each.postgres
    );
    Ok((outcome, made_of))
}

/// How often it is asked whether all is done: asking takes milliseconds, of the cores that do it.
const LOOK: Duration = Duration::from_millis(100);

/// Waits until all that was taken in is applied, and what that caused is done.
async fn drained(world: &mut World) -> anyhow::Result<()> {
    let left = "select exists (select 1 from received where not fetches) or exists (select 1 from outbox)";
    while sqlx::query_scalar::<_, bool>(left)
        .fetch_one(&mut world.db)
        .await?
    {
        sleep(LOOK).await;
    }
    Ok(())
}

/// Posts of those elsewhere that the watcher may see, by the rule that pages go by.
async fn seen(world: &mut World) -> sqlx::Result<i64> {
    sqlx::query_scalar(
        "select count(*) from follows f join visible_posts($1) p on p.author_id = f.followee_id where f.follower_id = $1",
    )
    .bind(WATCHER)
    .fetch_one(&mut world.db)
    .await
}

/// What should be written in feeds of those who follow somebody elsewhere, and is not. A feed is trimmed while letters come,
/// and what is older than it reaches back is read from its author's posts: that is not missing.
async fn missing(world: &mut World) -> sqlx::Result<i64> {
    sqlx::query_scalar(
        "select count(*) from feeds w
         join follows f on f.follower_id = w.owner_id and f.accepted and f.in_home
         join accounts a on a.id = f.followee_id and a.host_id is not null
         join posts p on p.author_id = a.id and p.id >= w.floor and p.in_feeds and p.pushed
         where not exists (select 1 from home_feed h where h.owner_id = w.owner_id and h.post_id = p.id)",
    )
    .fetch_one(&mut world.db)
    .await
}
