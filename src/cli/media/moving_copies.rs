//! `tintype media move-copies`: copies of other servers' pictures to another place, in words. Knows no rule of it.

use std::path::Path;

use anyhow::{Context as _, bail};
use clap::Args;

use super::amount;
use super::moving::{PARTS, tell_forecast};
use crate::actions::move_copies::{self, Way};
use crate::actions::move_media;
use crate::app::App;
use crate::config::{self, Copies};

#[derive(Debug, Args)]
pub struct MoveCopies {
    /// Copy them to the place that a settings file says with remote_media_folder or the remote_s3_, remote_azure_ or remote_gcs_ settings, before the server's own
    /// settings say it
    #[arg(long, value_name = "FILE", required_unless_present = "from")]
    to: Option<String>,
    /// Copy what is missing from the place that they were in before, once the settings say the new one
    #[arg(long, value_name = "FILE", conflicts_with = "to")]
    from: Option<String>,
    /// Then remove what was brought from there
    #[arg(long, requires = "from", conflicts_with = "dry_run")]
    remove: bool,
    /// Only say what would be copied
    #[arg(long)]
    dry_run: bool,
    /// How many files are copied at once
    #[arg(long, default_value_t = move_media::HANDS, value_parser = clap::value_parser!(u8).range(1..=64))]
    hands: u8,
}

pub async fn run(app: &App, how: &MoveCopies) -> anyhow::Result<()> {
    let way = match (&how.to, &how.from) {
        (Some(to), _) => Way::To(place(to)?),
        (None, Some(from)) => Way::From(place(from)?),
        (None, None) => bail!("it needs --to or --from"),
    };
    if how.dry_run {
        tell_forecast(move_copies::forecast(app, &way).await?);
        return Ok(());
    }
    let tally = move_copies::bring(app, &way, how.hands, |tally| {
        if tally.parts.is_multiple_of(PARTS) && tally.parts < tally.of_parts {
            println!("{} of {} parts.", tally.parts, tally.of_parts);
        }
    });
    let tally = tally.await?;
    println!(
        "{} files ({}) copied, {} were there.",
        tally.files,
        amount(tally.bytes),
        tally.there
    );
    match &way {
        Way::To(to) => println!(
            "Say {} in the settings (remote_…), start the server again, and run this once more with --from and the settings as they \
             were: it brings what came meanwhile.",
            to.name()
        ),
        Way::From(former) if how.remove => {
            let removed = move_copies::leave(app, former).await?;
            println!("{removed} files removed from {}.", former.name());
        }
        Way::From(_) => {}
    }
    Ok(())
}

fn place(file: &str) -> anyhow::Result<Copies> {
    let path = Path::new(file);
    let text = std::fs::read_to_string(path).with_context(|| format!("{file} cannot be read"))?;
    config::copies_in(path, &text)?.with_context(|| {
        format!("{file} names no place of copies: it needs remote_media_folder or the remote_s3_, remote_azure_ or remote_gcs_ settings")
    })
}
