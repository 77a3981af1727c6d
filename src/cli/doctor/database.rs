//! The database's part: programs, connection, migrations, clock. Changes nothing in it.

use std::collections::BTreeSet;

use url::Url;

use super::machine::Clock;
use super::{Check, State};
use crate::config::Config;
use crate::postgres::{Health, MediaMove, Place, Programs, health, start_or_join};

const NAME: &str = "database";

/// What was seen.
#[derive(Default)]
pub struct Seen {
    pub checks: Vec<Check>,
    /// The address that the database was made for.
    pub public_url: Option<Url>,
}

/// Everything about the database. What cannot be looked at because of an earlier fault is left out.
pub async fn look(config: &Config, clock: &Clock, known: &BTreeSet<i64>) -> Seen {
    let mend = "Look at database_url, at that server, and at the network between.";
    match &config.database_url {
        Some(url) => {
            let health = health(url.expose()).await.map_err(|error| error.to_string());
            let now = health.as_ref().ok().map(|health| health.now);
            let mut seen = asked(config, health, mend, known);
            seen.checks
                .extend(now.map(|now| clock.compare("clock", now, "Postgres")));
            seen
        }
        None => private(config, known).await,
    }
}

async fn private(config: &Config, known: &BTreeSet<i64>) -> Seen {
    let mut seen = Seen::default();
    let checks = &mut seen.checks;
    checks.push(programs(config));
    if checks[0].state == State::Broken {
        return seen;
    }
    // To look is not to make: a cluster is made by the first start.
    if !config.data_dir.join("pg").exists() {
        checks.push(Check::warning(NAME, "There is no database yet.").mend("The first start makes it."));
        return seen;
    }
    let cluster = match start_or_join(&Place::from(config)).await {
        Ok(cluster) => cluster,
        Err(error) => {
            checks.push(Check::broken(NAME, error.to_string()));
            return seen;
        }
    };
    let health = health(&cluster.url()).await.map_err(|error| error.to_string());
    let answered = asked(config, health, "Look at pg.log in the data directory.", known);
    checks.extend(answered.checks);
    seen.public_url = answered.public_url;
    let checks = &mut seen.checks;
    checks.push(Check::unchecked(
        "clock",
        "Not checked: this Postgres has the clock of this machine, and there is no other to compare it with.",
    ));
    if let Err(error) = cluster.stop().await {
        checks.push(Check::warning("database's end", error.to_string()));
    }
    seen
}

fn programs(config: &Config) -> Check {
    const NAME: &str = "Postgres' programs";
    match Programs::find(config.pg_bin.as_deref(), &config.data_dir.join("pg")) {
        Ok(programs) => Check::fine(
            NAME,
            format!("Version {} in {}.", programs.version, programs.folder.display()),
        ),
        // The error says what to do.
        Err(error) => Check::broken(NAME, error.to_string()),
    }
}

fn asked(config: &Config, health: Result<Health, String>, mend: &str, known: &BTreeSet<i64>) -> Seen {
    match health {
        Ok(health) => {
            let public_url = health.public_url.and_then(|url| Url::parse(&url).ok());
            let moved = health.media_move.and_then(|moved| media(config, moved));
            let checks = [
                Check::fine(NAME, format!("Postgres {} answers.", health.version)),
                migrations(&health.migrations, known),
            ];
            Seen {
                checks: checks.into_iter().chain(moved).collect(),
                public_url,
            }
        }
        Err(says) => Seen {
            checks: vec![Check::broken(NAME, format!("It does not answer: {says}.")).mend(mend)],
            public_url: None,
        },
    }
}

fn migrations(applied: &BTreeSet<i64>, known: &BTreeSet<i64>) -> Check {
    const NAME: &str = "migrations";
    let missing = known.difference(applied).count();
    let newer = applied.difference(known).count();
    match (missing, newer) {
        (0, 0) => Check::fine(NAME, format!("All {} are there.", known.len())),
        (0, newer) => Check::warning(NAME, format!("{newer} are from a newer Tintype."))
            .mend("An older Tintype may run on them for a while; install the newer one again."),
        (missing, _) => Check::warning(NAME, format!("{missing} of {} are missing.", known.len()))
            .mend("The next start applies them, or `tintype migrate` now."),
    }
}

/// Where media move from and to; nothing once the settings say the same.
fn media(config: &Config, moved: MediaMove) -> Option<Check> {
    const NAME: &str = "media";
    let MediaMove {
        source,
        destination,
        state,
        since,
    } = moved;
    let since = since.format("%Y-%m-%d %H:%M UTC");
    let settings = config.storage.name();
    if state == 0 {
        let says = format!("They are being moved from {source} to {destination} since {since}.");
        let mend = "If that was broken off, `tintype media move` goes on with it.";
        return Some(Check::warning(NAME, says).mend(mend));
    }
    let kept = match state {
        1 => format!("; what was in {source} is kept for some days"),
        2 => format!("; what was in {source} is going"),
        _ => String::new(),
    };
    let says = format!("They are in {destination} since {since}{kept}.");
    match settings == destination {
        true if state == 3 => None,
        true => Some(Check::fine(NAME, says)),
        false => Some(Check::warning(NAME, says).mend(format!(
            "The settings say {settings}: set the s3_, azure_ or gcs_ settings, and media_url if there is one, to the new place."
        ))),
    }
}
