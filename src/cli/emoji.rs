//! `tintype emoji …`: the emojis of this server. Decides nothing.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use bytes::Bytes;
use clap::{Args, Subcommand};

use super::printable;
use crate::actions::emojis::{self, EmojiError, Existing, LARGEST, NewEmoji};
use crate::app::App;
use crate::db;

#[derive(Debug, Subcommand)]
pub enum EmojiCommand {
    /// Add one: a PNG, GIF or WebP of at most 256 kB
    Add {
        /// What stands between two colons, such as `party_cat`
        shortcode: String,
        file: PathBuf,
        #[command(flatten)]
        how: How,
    },
    /// Add all PNG, GIF and WebP files of a folder, each under its file's name
    Import {
        folder: PathBuf,
        #[command(flatten)]
        how: How,
    },
    /// List those that can be used
    List,
    /// Let nobody use one any more; posts that have it keep it
    Remove { shortcode: String },
}

#[derive(Debug, Args)]
pub struct How {
    /// Under which heading apps show it
    #[arg(long)]
    category: Option<String>,
    /// Have apps not offer it: whoever knows it writes it
    #[arg(long)]
    unlisted: bool,
    /// In place of one of the same name
    #[arg(long)]
    overwrite: bool,
}

pub async fn run(app: &App, command: EmojiCommand) -> anyhow::Result<()> {
    match command {
        EmojiCommand::Add { shortcode, file, how } => {
            add(app, &shortcode, &file, &how)
                .await
                .with_context(|| format!(":{}: was not added", printable(&shortcode)))?;
            println!("Added :{shortcode}:");
            Ok(())
        }
        EmojiCommand::Import { folder, how } => import(app, &folder, &how).await,
        EmojiCommand::List => list(app).await,
        EmojiCommand::Remove { shortcode } => {
            if !emojis::retire(app, &shortcode).await? {
                bail!("there is no emoji :{}:", printable(&shortcode));
            }
            println!(":{shortcode}: can be used no more.");
            Ok(())
        }
    }
}

async fn add(app: &App, shortcode: &str, file: &Path, how: &How) -> anyhow::Result<()> {
    let new = NewEmoji {
        shortcode: shortcode.to_owned(),
        picture: read(file).await?,
        category: how.category.clone(),
        listed: !how.unlisted,
        existing: match how.overwrite {
            true => Existing::IsReplaced,
            false => Existing::Stays,
        },
    };
    Ok(emojis::add(app, new).await?)
}

async fn read(file: &Path) -> anyhow::Result<Bytes> {
    let unreadable = || format!("{} cannot be read", file.display());
    let length = tokio::fs::metadata(file).await.with_context(unreadable)?.len();
    if length > LARGEST {
        bail!("{} has {length} bytes; the most is {LARGEST}", file.display());
    }
    Ok(tokio::fs::read(file).await.with_context(unreadable)?.into())
}

/// What cannot be added is named, and the rest is added.
async fn import(app: &App, folder: &Path, how: &How) -> anyhow::Result<()> {
    let (mut added, mut there, mut failed) = (0, 0, 0);
    for (shortcode, file) in pictures(folder).await? {
        match add(app, &shortcode, &file, how).await {
            Ok(()) => added += 1,
            Err(error) if matches!(error.downcast_ref(), Some(EmojiError::Taken)) => there += 1,
            Err(error) => {
                failed += 1;
                eprintln!(":{}: was not added: {error:#}", printable(&shortcode));
            }
        }
    }
    println!("Added {added}; {there} were there already; {failed} could not be added.");
    if failed > 0 {
        bail!("some files could not be added");
    }
    Ok(())
}

/// Shortcode and path of each, by name.
async fn pictures(folder: &Path) -> anyhow::Result<Vec<(String, PathBuf)>> {
    let mut found = Vec::new();
    let mut entries = tokio::fs::read_dir(folder)
        .await
        .with_context(|| format!("{} is no folder that can be read", folder.display()))?;
    while let Some(entry) = entries.next_entry().await? {
        let path = entry.path();
        let kind = path.extension().map(|kind| kind.to_string_lossy().to_lowercase());
        let is_picture = matches!(kind.as_deref(), Some("png" | "gif" | "webp"));
        if let Some(stem) = path.file_stem().filter(|_| is_picture) {
            found.push((stem.to_string_lossy().into_owned(), path));
        }
    }
    found.sort();
    Ok(found)
}

async fn list(app: &App) -> anyhow::Result<()> {
    let mut db = app.db.acquire().await?;
    for emoji in db::emojis::current(&mut db).await? {
        let category = emoji.category.as_deref().map(printable).unwrap_or_default();
        let state = if emoji.listed { "listed" } else { "unlisted" };
        println!(":{}:\t{state}\t{category}\t{}", emoji.shortcode, emoji.file);
    }
    Ok(())
}
