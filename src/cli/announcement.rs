//! `tintype announcement …`: what is said to everybody who lives here. Decides nothing.

use anyhow::bail;
use chrono::DateTime;
use clap::{Args, Subcommand};

use super::printable;
use crate::actions::announce::{self, NewAnnouncement};
use crate::app::App;
use crate::db;
use crate::domain::clock::Time;
use crate::domain::ids::{AccountId, AnnouncementId};

/// Most that are listed.
const MOST: i64 = 500;

#[derive(Debug, Subcommand)]
pub enum AnnouncementCommand {
    /// Say something to everybody here
    Create(Create),
    /// List those that are not over, newest first
    List,
    /// Take one away
    Delete { id: AnnouncementId },
}

#[derive(Debug, Args)]
pub struct Create {
    text: String,
    /// When what it tells of begins, such as 2026-01-02T03:04:05Z
    #[arg(long, value_parser = time)]
    starts: Option<Time>,
    /// When that is over; from then on it is shown no more
    #[arg(long, value_parser = time)]
    ends: Option<Time>,
}

fn time(text: &str) -> Result<Time, String> {
    let time = DateTime::parse_from_rfc3339(text);
    time.map(|time| time.to_utc())
        .map_err(|_| "that is no time such as 2026-01-02T03:04:05Z".to_owned())
}

pub async fn run(app: &App, command: AnnouncementCommand) -> anyhow::Result<()> {
    match command {
        AnnouncementCommand::Create(create) => {
            let new = NewAnnouncement {
                text: create.text,
                starts_at: create.starts,
                ends_at: create.ends,
            };
            println!("Announced as {}.", announce::local(app, new).await?);
        }
        AnnouncementCommand::List => list(app).await?,
        AnnouncementCommand::Delete { id } => {
            if !announce::undo_local(app, id).await? {
                bail!("there is no announcement {id}");
            }
            println!("The announcement is gone.");
        }
    }
    Ok(())
}

async fn list(app: &App) -> anyhow::Result<()> {
    let mut db = app.db.acquire().await?;
    let now = app.clock.now();
    for one in db::announcements::current(&mut db, AccountId::NONE, None, now, MOST).await? {
        let ends = one.ends_at.map(|ends| ends.to_rfc3339());
        println!(
            "{}\t{}\t{}\t{}",
            one.id,
            one.created_at.date_naive(),
            ends.as_deref().unwrap_or("no end"),
            printable(&one.source)
        );
    }
    Ok(())
}
