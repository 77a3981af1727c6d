//! What the `tintype` program does when it is called. Holds no rules of its own.

pub mod account;
pub mod announcement;
mod demo_cast;
mod demo_people;
mod demo_seed;
pub mod doctor;
pub mod domain;
pub mod emoji;
pub mod federation;
mod fixtures;
pub mod media;
pub mod open;
mod quota;
pub mod report;
pub mod rule;
pub mod serve;
mod way_out;

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use clap::{Parser, Subcommand};

use crate::config::{Config, ConfigError};

/// A federated photo and video network on a machine of your own.
#[derive(Debug, Parser)]
#[command(name = "tintype", version, arg_required_else_help = true)]
#[command(
    after_help = "Settings come from a TOML file and from environment variables named TINTYPE_…; \
    `tintype settings` explains every one of them. With none at all, `tintype serve` runs on \
    http://localhost:3000 with a Postgres of its own below ./data."
)]
pub struct Arguments {
    /// The settings file (else TINTYPE_CONFIG, else tintype.toml in the data directory)
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Run the server until it is told to stop (SIGTERM or Ctrl-C)
    Serve(serve::Serve),
    /// Make and look after the accounts of people here; works beside a running server
    #[command(subcommand)]
    Account(account::AccountCommand),
    /// Decide whom this server speaks to; works beside a running server
    #[command(subcommand)]
    Domain(domain::DomainCommand),
    /// See how letters to other servers fare, and subscribe to relays; works beside a running server
    #[command(subcommand)]
    Federation(federation::FederationCommand),
    /// Say something to everybody who lives here; works beside a running server
    #[command(subcommand)]
    Announcement(announcement::AnnouncementCommand),
    /// Add and remove emojis of this server; works beside a running server
    #[command(subcommand)]
    Emoji(emoji::EmojiCommand),
    /// Look at what pictures take, make room, and have them done again; works beside a running server
    #[command(subcommand)]
    Media(media::MediaCommand),
    /// Read what other servers report about people here; works beside a running server
    #[command(subcommand)]
    Report(report::ReportCommand),
    /// Say what is asked of everybody who lives here; works beside a running server
    #[command(subcommand)]
    Rule(rule::RuleCommand),
    /// Bring the database to this version and end
    Migrate,
    /// Look at the whole set-up and say what to mend
    Doctor,
    /// Explain every setting
    Settings {
        /// As the page docs/settings.md
        #[arg(long)]
        markdown: bool,
    },
}

/// Exit code for settings that cannot be used.
const BAD_SETTINGS: u8 = 2;

/// How long threads that cannot be interrupted are waited for at the end.
const LAST_MOMENT: Duration = Duration::from_millis(500);

/// Runs the program as it was called.
pub fn main() -> ExitCode {
    let arguments = Arguments::parse();
    if let Command::Settings { markdown: _ } = arguments.command {
        print!("{}", crate::config::markdown());
        return ExitCode::SUCCESS;
    }
    let config = match Config::load(arguments.config.as_deref()) {
        Ok(config) => config,
        Err(error) => return refuse(&error),
    };
    let runtime = match runtime(&config) {
        Ok(runtime) => runtime,
        Err(error) => return fail(&anyhow::Error::new(error).context("the threads could not be started")),
    };
    let ended = runtime.block_on(run(config, arguments.command));
    // A picture that is being decoded cannot be interrupted; it is made ready again after the next start.
    runtime.shutdown_timeout(LAST_MOMENT);
    ended.unwrap_or_else(|error| fail(&error))
}

async fn run(config: Config, command: Command) -> anyhow::Result<ExitCode> {
    match command {
        Command::Serve(serve) => serve::run(config, serve).await,
        Command::Account(command) => {
            let opened = open::beside(config).await?;
            let done = account::run(&opened.app, command).await;
            opened.close().await?;
            done.map(|()| ExitCode::SUCCESS)
        }
        Command::Domain(command) => {
            let opened = open::beside(config).await?;
            let done = domain::run(&opened.app, command).await;
            opened.close().await?;
            done.map(|()| ExitCode::SUCCESS)
        }
        Command::Federation(command) => {
            let opened = open::beside(config).await?;
            let done = federation::run(&opened.app, command).await;
            opened.close().await?;
            done.map(|()| ExitCode::SUCCESS)
        }
        Command::Announcement(command) => {
            let opened = open::beside(config).await?;
            let done = announcement::run(&opened.app, command).await;
            opened.close().await?;
            done.map(|()| ExitCode::SUCCESS)
        }
        Command::Emoji(command) => {
            let opened = open::beside(config).await?;
            let done = emoji::run(&opened.app, command).await;
            opened.close().await?;
            done.map(|()| ExitCode::SUCCESS)
        }
        Command::Media(command) => {
            let opened = open::beside(config).await?;
            let done = media::run(&opened.app, command).await;
            opened.close().await?;
            done.map(|()| ExitCode::SUCCESS)
        }
        Command::Report(command) => {
            let opened = open::beside(config).await?;
            let done = report::run(&opened.app, command).await;
            opened.close().await?;
            done.map(|()| ExitCode::SUCCESS)
        }
        Command::Rule(command) => {
            let opened = open::beside(config).await?;
            let done = rule::run(&opened.app, command).await;
            opened.close().await?;
            done.map(|()| ExitCode::SUCCESS)
        }
        Command::Migrate => {
            let opened = open::beside(config).await?;
            println!("The database is at this version.");
            opened.close().await?;
            Ok(ExitCode::SUCCESS)
        }
        Command::Doctor => doctor::command::run(config).await,
        Command::Settings { .. } => Ok(ExitCode::SUCCESS),
    }
}

fn runtime(config: &Config) -> std::io::Result<tokio::runtime::Runtime> {
    let mut builder = tokio::runtime::Builder::new_multi_thread();
    if let Some(threads) = config.worker_threads {
        builder.worker_threads(threads);
    }
    builder.enable_all().build()
}

fn refuse(error: &ConfigError) -> ExitCode {
    eprintln!("tintype: {error}");
    ExitCode::from(BAD_SETTINGS)
}

fn fail(error: &anyhow::Error) -> ExitCode {
    eprintln!("tintype: {}", in_words(error));
    if error.is::<open::WrongPublicUrl>()
        || error.is::<open::NoPublicUrl>()
        || error.is::<fixtures::NotLoopback>()
    {
        return ExitCode::from(BAD_SETTINGS);
    }
    ExitCode::FAILURE
}

/// An error with what caused it, each said once: many say their cause in their own words already.
fn in_words(error: &anyhow::Error) -> String {
    let mut words = String::new();
    for cause in error.chain().map(ToString::to_string) {
        if words.is_empty() {
            words = cause;
        } else if !words.contains(&cause) {
            words.push_str(": ");
            words.push_str(&cause);
        }
    }
    words
}

/// What strangers wrote must not steer the terminal of whoever reads it.
fn printable(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cause_that_was_said_is_not_said_again() {
        let refused = anyhow::anyhow!("connection refused").context("the store failed: connection refused");
        let error = refused.context("the new place cannot be used");
        let words = "the new place cannot be used: the store failed: connection refused";
        assert_eq!(in_words(&error), words);
    }

    #[test]
    fn a_strangers_words_do_not_steer_the_terminal() {
        assert_eq!(printable("a\x1b[2Jb\nc"), "a [2Jb c");
    }
}
