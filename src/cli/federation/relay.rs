//! `tintype federation relay …`: the relays to which this server subscribes. Decides nothing.

use clap::Subcommand;

use super::minute;
use crate::actions::relays;
use crate::app::App;
use crate::cli::printable;
use crate::db;

#[derive(Debug, Subcommand)]
pub enum RelayCommand {
    /// Ask one: by the address of its inbox, as Mastodon does, or by that of its actor (LitePub)
    Add { address: String },
    /// List them, and what they answered
    List,
    /// Leave one
    Remove { address: String },
}

pub async fn run(app: &App, command: RelayCommand) -> anyhow::Result<()> {
    match command {
        RelayCommand::Add { address } => {
            relays::add(app, &address).await?;
            println!(
                "Asked {}. What is public here goes there once it accepts.",
                printable(&address)
            );
        }
        RelayCommand::List => list(app).await?,
        RelayCommand::Remove { address } => {
            relays::remove(app, &address).await?;
            println!("Left {}.", printable(&address));
        }
    }
    Ok(())
}

async fn list(app: &App) -> anyhow::Result<()> {
    let mut db = app.db.acquire().await?;
    let relays = db::relays::all(&mut db).await?;
    if relays.is_empty() {
        println!("This server subscribes to no relay.");
    }
    for relay in relays {
        let since = minute(relay.answered_at.unwrap_or(relay.created_at));
        println!(
            "{}\t{} since {since}",
            printable(&relay.inbox),
            relay.state.as_str()
        );
    }
    Ok(())
}
