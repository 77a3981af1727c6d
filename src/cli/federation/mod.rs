//! `tintype federation …`: how letters to other servers fare, and relays. Lists no more than is asked for, and says when
//! there is more.

mod hosts;
mod post;
mod relay;

use clap::Subcommand;

use crate::app::App;
use crate::db::letters_desk::Which;
use crate::domain::clock::Time;

/// Most lines of a list that can be asked for.
const LONGEST: i64 = 10_000;

#[derive(Debug, Subcommand)]
pub enum FederationCommand {
    /// List the servers to which letters went, those in trouble first
    Hosts {
        /// Only those that failed the last time, or refused something
        #[arg(long)]
        failing: bool,
        #[arg(long, value_name = "LINES", default_value_t = 50, value_parser = clap::value_parser!(i64).range(1..=LONGEST))]
        most: i64,
    },
    /// List what waits for a server, and what it would not take
    Queue {
        /// Its name, with a port where it has one
        host: String,
        #[arg(long, value_name = "LINES", default_value_t = 50, value_parser = clap::value_parser!(i64).range(1..=LONGEST))]
        most: i64,
    },
    /// Send what waits for a server now, and once more what it would not take
    Retry { host: String },
    /// Give up what waits for a server, and what it would not take
    Drop { host: String },
    /// Say which servers have a post, for which it waits, and which would not take it
    Post {
        /// Its address, or that of its page
        url: String,
        #[arg(long, value_name = "LINES", default_value_t = 50, value_parser = clap::value_parser!(i64).range(1..=LONGEST))]
        most: i64,
    },
    /// Subscribe to servers that pass on what is public between many
    #[command(subcommand)]
    Relay(relay::RelayCommand),
}

pub async fn run(app: &App, command: FederationCommand) -> anyhow::Result<()> {
    match command {
        FederationCommand::Hosts { failing: true, most } => hosts::list(app, Which::Failing, most).await,
        FederationCommand::Hosts { failing: false, most } => hosts::list(app, Which::All, most).await,
        FederationCommand::Queue { host, most } => hosts::queue(app, &host, most).await,
        FederationCommand::Retry { host } => hosts::retry(app, &host).await,
        FederationCommand::Drop { host } => hosts::give_up(app, &host).await,
        FederationCommand::Post { url, most } => post::show(app, &url, most).await,
        FederationCommand::Relay(command) => relay::run(app, command).await,
    }
}

/// As an admin reads it, to the minute.
fn minute(time: Time) -> String {
    time.format("%Y-%m-%d %H:%M").to_string()
}

/// Says that a list that was cut is longer.
fn tell_of_more(shown: usize, most: i64) {
    if i64::try_from(shown).is_ok_and(|shown| shown > most) {
        println!("There are more; --most lists up to {LONGEST}.");
    }
}

/// What is shown of a list that was read one longer than asked for.
fn shown<T>(all: &[T], most: i64) -> &[T] {
    let most = usize::try_from(most).unwrap_or(usize::MAX);
    &all[..all.len().min(most)]
}
