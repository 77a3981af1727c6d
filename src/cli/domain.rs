//! `tintype domain …`: whom this server speaks to.

use anyhow::bail;
use clap::Subcommand;

use super::printable;
use crate::actions::domains;
use crate::app::App;
use crate::db;
use crate::db::policies::Severity;
use crate::domain::names;

#[derive(Debug, Subcommand)]
pub enum DomainCommand {
    /// Neither hear nor speak to a domain and its subdomains; hide its people, end all follows with them
    Suspend {
        domain: String,
        /// For other admins to read
        #[arg(long, default_value = "")]
        reason: String,
    },
    /// Keep a domain's people out of public lists
    Limit {
        domain: String,
        #[arg(long, default_value = "")]
        reason: String,
    },
    /// Take a decision back
    #[command(visible_aliases = ["unsuspend", "unlimit"])]
    Allow { domain: String },
    /// List what was decided
    List,
}

pub async fn run(app: &App, command: DomainCommand) -> anyhow::Result<()> {
    match command {
        DomainCommand::Suspend { domain, reason } => decide(app, &domain, Severity::Suspended, reason).await,
        DomainCommand::Limit { domain, reason } => decide(app, &domain, Severity::Limited, reason).await,
        DomainCommand::Allow { domain } => {
            let domain = parse(app, &domain)?;
            if !domains::undo(app, &domain).await? {
                bail!("nothing was decided about {domain}");
            }
            println!("{domain} is treated as any other.");
            Ok(())
        }
        DomainCommand::List => list(app).await,
    }
}

async fn decide(app: &App, domain: &str, severity: Severity, reason: String) -> anyhow::Result<()> {
    let domain = parse(app, domain)?;
    let known = domains::decide(app, domain.clone(), severity, reason).await?;
    let word = word(severity);
    println!("{domain} is {word}; {known} of its people were known here.");
    Ok(())
}

fn word(severity: Severity) -> &'static str {
    match severity {
        Severity::Noop => "noted",
        Severity::Limited => "limited",
        Severity::Suspended => "suspended",
    }
}

async fn list(app: &App) -> anyhow::Result<()> {
    let mut db = app.db.acquire().await?;
    for policy in db::policies::all(&mut db).await? {
        println!(
            "{:<40} {:<10} {}",
            policy.domain,
            word(policy.severity),
            printable(&policy.reason)
        );
    }
    Ok(())
}

/// A host name in its ASCII form, with a port where it was given one: then none but that server is meant.
fn parse(app: &App, text: &str) -> anyhow::Result<String> {
    let text = text.trim();
    let Some(domain) = names::parse_authority(text) else {
        bail!(
            "{text} is not a host name: give it without https:// and without a path, such as photos.example"
        );
    };
    let own = app.config.public_url.host_str().unwrap_or_default();
    if domain == own || domain == app.urls.authority() {
        bail!("{domain} is this server");
    }
    if !domain.contains(['.', ':']) {
        println!("Mind that {domain} has no dot: all servers whose names end in .{domain} are meant too.");
    }
    Ok(domain)
}
