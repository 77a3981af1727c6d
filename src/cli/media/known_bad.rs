//! `tintype media known-bad …`: the list of pictures that this server does not want, as an admin keeps it.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, anyhow, bail};
use clap::{Args, Subcommand};

use crate::actions::known_bad::{self, Item};
use crate::actions::upload;
use crate::app::App;
use crate::cli::printable;
use crate::db;
use crate::db::known_bad::Entry;
use crate::domain::audit::By;
use crate::domain::csv;
use crate::domain::known_bad::{Action, Mark};
use crate::domain::random;
use crate::domain::window::Window;
use crate::media::{self, Focus};

/// Entries that are read at a time.
const PAGE: i64 = 1_000;
const HEADING: &str = "kind,hash,action,comment\n";

#[derive(Debug, Subcommand)]
pub enum KnownBadCommand {
    /// Read entries from a file: lines of `kind,hash,action,comment`, or of hashes alone
    Import {
        file: PathBuf,
        #[command(flatten)]
        said: Said,
    },
    /// Write all entries, as `import` reads them
    Export,
    /// Show the entries: kind, hash, action, how often and when a picture met them, comment
    List,
    /// Put a picture on the list, by its hash or by the file itself
    Add {
        #[command(flatten)]
        which: Which,
        #[command(flatten)]
        said: Said,
    },
    /// Take a picture off the list
    Remove {
        hash: String,
        /// What the hash is; left out, both are looked for
        #[arg(long, value_parser = Mark::KINDS)]
        kind: Option<String>,
    },
}

#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
pub struct Which {
    /// 64 hexadecimal digits
    hash: Option<String>,
    /// A picture: this very file, and all that look like it
    #[arg(long)]
    file: Option<PathBuf>,
}

/// What holds where nothing else is said.
#[derive(Debug, Args)]
pub struct Said {
    /// What a hash is: of the file, or of what the picture looks like
    #[arg(long, default_value = "sha256", value_parser = Mark::KINDS)]
    kind: String,
    /// refuse: it is not taken; hide: its post is sensitive; report: moderators are told
    #[arg(long, default_value = "refuse", value_parser = ["refuse", "hide", "report"])]
    action: String,
    #[arg(long, default_value = "")]
    comment: String,
}

pub async fn run(app: &App, command: KnownBadCommand) -> anyhow::Result<()> {
    match command {
        KnownBadCommand::Import { file, said } => import(app, &file, &said).await,
        KnownBadCommand::Export => {
            print!("{HEADING}");
            each(app, |entry| print!("{}", row(entry))).await
        }
        KnownBadCommand::List => each(app, |entry| println!("{}", line(entry))).await,
        KnownBadCommand::Add { which, said } => add(app, &which, &said).await,
        KnownBadCommand::Remove { hash, kind } => remove(app, &hash, kind.as_deref()).await,
    }
}

async fn import(app: &App, file: &Path, said: &Said) -> anyhow::Result<()> {
    let text = std::fs::read_to_string(file);
    let text = text.with_context(|| format!("{} cannot be read", file.display()))?;
    let items = read(&text, said)?;
    known_bad::list(app, By::Operator, &items).await?;
    println!("Entries that were read: {}.", items.len());
    Ok(())
}

/// All of a file, or what is wrong with its first bad row.
fn read(text: &str, said: &Said) -> anyhow::Result<Vec<Item>> {
    let mut items = Vec::new();
    for (number, fields) in csv::read(text).iter().enumerate() {
        let field = |place: usize| fields.get(place).map_or("", |field| field.trim());
        if number == 0 && field(0) == "kind" {
            continue;
        }
        let (kind, hash, rest) = match Mark::KINDS.contains(&field(0)) {
            true => (field(0), field(1), 2),
            false => (said.kind.as_str(), field(0), 1),
        };
        let or = |given: &str, usual: &str| if given.is_empty() { usual } else { given }.to_owned();
        let mark = Mark::parse(kind, hash);
        let action = Action::named(&or(field(rest), &said.action));
        let (Some(mark), Some(action)) = (mark, action) else {
            bail!("row {} is no entry: {}", number + 1, printable(&fields.join(",")));
        };
        items.push(Item {
            mark,
            action,
            comment: or(field(rest + 1), &said.comment),
        });
    }
    Ok(items)
}

async fn add(app: &App, which: &Which, said: &Said) -> anyhow::Result<()> {
    let marks = match (&which.hash, &which.file) {
        (Some(hash), _) => vec![Mark::parse(&said.kind, hash).context("that is no such hash")?],
        (None, Some(file)) => marks(app, file).await?,
        (None, None) => bail!("say a hash or a file"),
    };
    let action = Action::named(&said.action).context("there is no such action")?;
    let items: Vec<Item> = marks
        .into_iter()
        .map(|mark| Item {
            mark,
            action,
            comment: said.comment.clone(),
        })
        .collect();
    known_bad::list(app, By::Operator, &items).await?;
    for item in &items {
        println!("{}\t{}", item.mark.kind(), item.mark.hash());
    }
    Ok(())
}

/// A file, and what it looks like if there is enough in it.
async fn marks(app: &App, file: &Path) -> anyhow::Result<Vec<Mark>> {
    let bytes = std::fs::read(file).with_context(|| format!("{} cannot be read", file.display()))?;
    let sum = random::sha256(&bytes);
    let sum: [u8; 32] = sum.try_into().map_err(|_| anyhow!("SHA-256 has 32 bytes"))?;
    let photo = media::process_off_thread(bytes.into(), upload::limits(app), Focus::new(0.0, 0.0)).await?;
    let look = photo.look.map(Mark::Alike);
    Ok([Mark::Exact(sum)].into_iter().chain(look).collect())
}

async fn remove(app: &App, hash: &str, kind: Option<&str>) -> anyhow::Result<()> {
    let mut was_there = false;
    for known in Mark::KINDS
        .into_iter()
        .filter(|known| kind.is_none_or(|kind| kind == *known))
    {
        let mark = Mark::parse(known, hash).context("that is no such hash")?;
        was_there |= known_bad::unlist(app, By::Operator, &mark).await?;
    }
    match was_there {
        true => println!("It is on the list no more."),
        false => bail!("it was not on the list"),
    }
    Ok(())
}

/// Shows every entry, the newest first.
async fn each(app: &App, mut show: impl FnMut(&Entry)) -> anyhow::Result<()> {
    let mut db = app.db.acquire().await?;
    let mut window = Window {
        below: i64::MAX,
        above: 0,
        from_old_end: false,
        limit: PAGE,
    };
    loop {
        let page = db::known_bad::page(&mut db, &window).await?;
        let Some(last) = page.last() else {
            return Ok(());
        };
        window.below = last.id.0;
        page.iter().for_each(&mut show);
    }
}

fn row(entry: &Entry) -> String {
    let hash = entry.mark.hash();
    csv::row(&[entry.mark.kind(), &hash, entry.action.as_str(), &entry.comment])
}

fn line(entry: &Entry) -> String {
    let last = entry.last_hit_at.map(|at| at.date_naive().to_string());
    format!(
        "{}\t{}\t{}\t{}\t{}\t{}",
        entry.mark.kind(),
        entry.mark.hash(),
        entry.action.as_str(),
        entry.hits,
        last.unwrap_or_else(|| "never".to_owned()),
        printable(&entry.comment)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said() -> Said {
        Said {
            kind: "pdq".into(),
            action: "report".into(),
            comment: "of a list".into(),
        }
    }

    #[test]
    fn rows_are_read_with_and_without_what_holds_for_all() {
        let (one, two) = ("0f".repeat(32), "A1".repeat(32));
        let text =
            format!("kind,hash,action,comment\nsha256,{one},hide,\"a, b\"\npdq,{two}\n{one}\n{two},refuse\n");
        let items = read(&text, &said()).unwrap();
        let told: Vec<_> = items
            .iter()
            .map(|item| (item.mark.kind(), item.action.as_str(), item.comment.as_str()))
            .collect();
        assert_eq!(
            told,
            [
                ("sha256", "hide", "a, b"),
                ("pdq", "report", "of a list"),
                ("pdq", "report", "of a list"),
                ("pdq", "refuse", "of a list"),
            ]
        );
    }

    #[test]
    fn a_bad_row_is_named() {
        for bad in ["sha256,12", "zz", "md5,00", &format!("{},burn", "00".repeat(32))] {
            let fault = read(&format!("{}\n{bad}\n", "00".repeat(32)), &said()).unwrap_err();
            assert!(fault.to_string().starts_with("row 2 "), "{fault}");
        }
    }
}
