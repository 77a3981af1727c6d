//! `tintype media …`: what pictures take, which wait, and whether all are there. Decides nothing.

mod known_bad;
mod moving;
mod moving_copies;
mod queue;
mod reconcile;
mod usage;

use clap::{Args, Subcommand};

use crate::actions::prune_pictures::{self, Pruned};
use crate::app::App;
use crate::jobs::sweep_pictures;

#[derive(Debug, Subcommand)]
pub enum MediaCommand {
    /// Show what pictures take: by kind, by server, by person
    Usage {
        /// How many servers and people are listed
        #[arg(long, default_value_t = 10, value_parser = clap::value_parser!(u16).range(1..))]
        top: u16,
    },
    /// Let go of copies of other servers' pictures that are too old or too many, as the server does by itself
    Prune {
        /// Only say what would go
        #[arg(long)]
        dry_run: bool,
    },
    /// Keep the list of pictures that this server does not want
    #[command(subcommand)]
    KnownBad(known_bad::KnownBadCommand),
    /// Compare the store with the database, and say what is missing or too much
    Reconcile(Reconcile),
    /// Move all media to another place while people look at them; run again, it goes on where it was
    Move(moving::Move),
    /// Bring copies of other servers' pictures to another place of theirs; run again, it goes on with what is missing
    MoveCopies(moving_copies::MoveCopies),
    /// Show which pictures wait to be made ready, and why others failed
    Queue {
        /// How many reasons are listed
        #[arg(long, default_value_t = 10, value_parser = clap::value_parser!(u16).range(1..))]
        top: u16,
    },
    /// Try pictures again that were given up
    Retry {
        /// Only those of this server, such as photos.example
        #[arg(long)]
        host: Option<String>,
    },
    /// Make pictures anew out of what was uploaded, when nothing else waits; another server's are fetched again
    Reprocess(Reprocess),
}

#[derive(Debug, Args)]
pub struct Reconcile {
    /// Remove files that nothing names
    #[arg(long)]
    delete: bool,
    /// Put rows right: note what pictures really take, have lost copies fetched and lost sizes made again
    #[arg(long)]
    mend: bool,
    /// Leave files alone that are younger, in hours: an upload may be on its way
    #[arg(long, default_value_t = 24, value_parser = clap::value_parser!(u32).range(1..=87_600))]
    older_than: u32,
}

#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
pub struct Reprocess {
    /// Those of one post, by its id
    #[arg(long)]
    post: Option<i64>,
    /// Those of one account: `ana`, or `zed@photos.example`
    #[arg(long)]
    account: Option<String>,
    /// Those of everybody here
    #[arg(long)]
    all: bool,
}

pub async fn run(app: &App, command: MediaCommand) -> anyhow::Result<()> {
    match command {
        MediaCommand::Usage { top } => usage::show(app, top.into()).await,
        MediaCommand::Prune { dry_run } => prune(app, dry_run).await,
        MediaCommand::KnownBad(command) => known_bad::run(app, command).await,
        MediaCommand::Reconcile(how) => reconcile::run(app, &how).await,
        MediaCommand::Move(how) => moving::run(app, &how).await,
        MediaCommand::MoveCopies(how) => moving_copies::run(app, &how).await,
        MediaCommand::Queue { top } => queue::show(app, top.into()).await,
        MediaCommand::Retry { host } => queue::retry(app, host.as_deref()).await,
        MediaCommand::Reprocess(which) => queue::reprocess(app, &which).await,
    }
}

async fn prune(app: &App, dry_run: bool) -> anyhow::Result<()> {
    sweep_pictures::add_up(app).await?;
    if dry_run {
        let Pruned { pictures, bytes, .. } = prune_pictures::forecast(app).await?;
        println!("Copies that would go: {pictures} ({}).", amount(bytes));
        return Ok(());
    }
    let mut all = Pruned::default();
    loop {
        let some = prune_pictures::round(app).await?;
        if some.pictures + some.kept == 0 {
            break;
        }
        all = all.and(some);
    }
    let Pruned { pictures, bytes, .. } = all;
    println!(
        "Copies that went: {pictures} ({}). Their files go in an hour, when no page names them any more.",
        amount(bytes)
    );
    Ok(())
}

/// A number of bytes for people.
pub(super) fn amount(bytes: u64) -> String {
    const UNITS: [(u64, &str); 4] = [
        (1_000_000_000_000, "TB"),
        (1_000_000_000, "GB"),
        (1_000_000, "MB"),
        (1_000, "kB"),
    ];
    match UNITS.iter().find(|(size, _)| bytes >= *size) {
        Some((size, unit)) => format!("{:.1} {unit}", bytes as f64 / *size as f64),
        None => format!("{bytes} B"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_said_in_the_largest_unit_that_fits() {
        let cases = [
            (0, "0 B"),
            (999, "999 B"),
            (1_000, "1.0 kB"),
            (2_450_000, "2.5 MB"),
            (20_000_000_000, "20.0 GB"),
            (3_100_000_000_000, "3.1 TB"),
        ];
        for (bytes, words) in cases {
            assert_eq!(amount(bytes), words);
        }
    }
}
