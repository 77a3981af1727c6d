//! `tintype rule …`: what is asked of everybody who lives here. Decides nothing.

use anyhow::{Context as _, bail};
use clap::{Args, Subcommand};

use super::printable;
use crate::actions::rules::{self, Change};
use crate::app::App;
use crate::db;
use crate::domain::audit::By;
use crate::domain::ids::RuleId;
use crate::domain::rule::{Translations, Words};

#[derive(Debug, Subcommand)]
pub enum RuleCommand {
    /// Add one at the end
    Add {
        text: String,
        /// A longer explanation
        #[arg(long, default_value = "")]
        hint: String,
    },
    /// List them in their order
    List,
    /// Word one anew, or say it in another language
    Change(Rewording),
    /// Put one at another place, counted from one
    Move { id: RuleId, place: usize },
    /// Take one away; reports that name it go on naming it
    Remove { id: RuleId },
}

#[derive(Debug, Args)]
pub struct Rewording {
    id: RuleId,
    #[arg(long)]
    text: Option<String>,
    #[arg(long)]
    hint: Option<String>,
    /// Of which language these are, such as de; with an empty text it is said there no more
    #[arg(long)]
    language: Option<String>,
}

pub async fn run(app: &App, command: RuleCommand) -> anyhow::Result<()> {
    match command {
        RuleCommand::Add { text, hint } => {
            let new = Change {
                text: Some(text),
                hint: Some(hint),
                ..Change::default()
            };
            println!("Added as {}.", rules::add(app, By::Operator, new).await?.id);
        }
        RuleCommand::List => list(app).await?,
        RuleCommand::Change(rewording) => {
            let (id, change) = (rewording.id, change(app, rewording).await?);
            rules::change(app, By::Operator, id, change).await?;
            println!("The rule is changed.");
        }
        RuleCommand::Move { id, place } => {
            let change = Change {
                place: Some(place),
                ..Change::default()
            };
            rules::change(app, By::Operator, id, change).await?;
            println!("The rule is moved.");
        }
        RuleCommand::Remove { id } => {
            rules::remove(app, By::Operator, id).await?;
            println!("The rule is gone.");
        }
    }
    Ok(())
}

async fn change(app: &App, new: Rewording) -> anyhow::Result<Change> {
    if new.text.is_none() && new.hint.is_none() {
        bail!("say what is to change: --text, --hint");
    }
    let Some(language) = new.language else {
        return Ok(Change {
            text: new.text,
            hint: new.hint,
            ..Change::default()
        });
    };
    // What is not said anew stays as it is in that language.
    let known = db::rules::by_ids(&mut *app.db.acquire().await?, &[new.id]).await?;
    let known = known.first().context("there is no such rule")?;
    let known = known.translations.get(&language).cloned().unwrap_or_default();
    let words = Words {
        text: new.text.unwrap_or(known.text),
        hint: new.hint.unwrap_or(known.hint),
    };
    Ok(Change {
        translations: Translations::from([(language, words)]),
        ..Change::default()
    })
}

async fn list(app: &App) -> anyhow::Result<()> {
    let rules = db::rules::all(&mut *app.db.acquire().await?).await?;
    for (before, rule) in rules.iter().enumerate() {
        let languages: Vec<&str> = rule.translations.keys().map(String::as_str).collect();
        println!(
            "{}\t{}\t{}\t{}\t{}",
            before + 1,
            rule.id,
            printable(&rule.text),
            printable(&rule.hint),
            languages.join(" ")
        );
    }
    Ok(())
}
