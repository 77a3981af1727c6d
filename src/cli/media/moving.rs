//! `tintype media move`: all pictures to another place, in words. Knows no rule of it.

use std::path::Path;

use anyhow::{Context as _, bail};
use clap::Args;

use super::amount;
use crate::actions::media_place::Standing;
use crate::actions::move_media::{self, Tally};
use crate::app::App;
use crate::config::{self, Storage};
use crate::db::media_move::State;

/// The word for the data directory.
const FOLDER: &str = "folder";
/// A line is written after so many parts.
pub(super) const PARTS: usize = 64;

#[derive(Debug, Args)]
pub struct Move {
    /// The new place: a settings file with the s3_, azure_ or gcs_ settings of a bucket, or `folder`: the data directory. Left out, a
    /// move that was broken off goes on
    #[arg(long, value_name = "FILE")]
    to: Option<String>,
    /// Only say what would be copied
    #[arg(long, requires = "to")]
    dry_run: bool,
    /// How many days the former files are kept after the switch; 7 unless said otherwise
    #[arg(long, value_parser = clap::value_parser!(u16).range(..=3_650))]
    keep_days: Option<u16>,
    /// How many files are copied at once
    #[arg(long, default_value_t = move_media::HANDS, value_parser = clap::value_parser!(u8).range(1..=64))]
    hands: u8,
    /// Forget a move that has not switched yet, or the former place where the settings say the new one
    #[arg(long, conflicts_with_all = ["to", "keep_days"])]
    give_up: bool,
}

pub async fn run(app: &App, how: &Move) -> anyhow::Result<()> {
    if how.give_up {
        move_media::give_up(app).await?;
        println!("The move is given up. All files stay where they are.");
        return Ok(());
    }
    let days = how.keep_days.map(i32::from);
    if let Some(to) = &how.to {
        let to = place(to)?;
        if how.dry_run {
            tell_forecast(move_media::forecast(app, &to).await?);
            return Ok(());
        }
        move_media::begin(app, &to, days).await?;
        println!(
            "Media are being copied to {}. Nobody misses any meanwhile.",
            to.name()
        );
    } else if let Some(days) = days {
        move_media::keep(app, days).await?;
    }
    let standing = move_media::go_on(app, how.hands, |tally| {
        if tally.parts.is_multiple_of(PARTS) || tally.parts == tally.of_parts {
            println!("{}", line(tally));
        }
    });
    println!("{}", end(&standing.await?));
    if let Some(copies) = &app.config.copies {
        println!(
            "Copies of other servers' pictures that are in {} stay there: `tintype media move-copies` moves these.",
            copies.name()
        );
    }
    Ok(())
}

fn place(to: &str) -> anyhow::Result<Storage> {
    if to == FOLDER {
        return Ok(Storage::Local);
    }
    let path = Path::new(to);
    let text = std::fs::read_to_string(path).with_context(|| format!("{to} cannot be read"))?;
    match config::storage_in(path, &text)? {
        Storage::Local => {
            bail!("{to} names no bucket: it needs the s3_, azure_ or gcs_ settings of the new place")
        }
        bucket => Ok(bucket),
    }
}

fn line(tally: Tally) -> String {
    format!(
        "{} of {} parts: {} files ({}) copied, {} were there.",
        tally.parts,
        tally.of_parts,
        tally.files,
        amount(tally.bytes),
        tally.there
    )
}

fn end(standing: &Standing) -> String {
    let (source, destination) = (standing.source.name(), standing.destination.name());
    let settings = "Say so in the settings (s3_…, azure_… or gcs_…, media_url) and start the server again when it suits you.";
    match (standing.noted.state, move_media::due(standing)) {
        (State::Switched, Some(due)) => format!(
            "All media are in {destination}. {settings}\nThe former files in {source} go after {}.",
            due.format("%Y-%m-%d %H:%M UTC")
        ),
        (State::Leaving, _) => {
            format!("All media are in {destination}. {settings}\nThe former files in {source} are going.")
        }
        _ => format!("All media are in {destination}. {settings}\nThe former files in {source} are gone."),
    }
}

/// What a move would copy.
pub(super) fn tell_forecast(forecast: Tally) {
    let Tally {
        files, bytes, there, ..
    } = forecast;
    println!(
        "To copy: {files} files ({}). There already: {there}.",
        amount(bytes)
    );
}
