//! `tintype account quota`: how much one person may keep, shown and said. Decides nothing.

use anyhow::{Context as _, anyhow};

use super::account::find;
use super::media::amount;
use crate::actions::quota::{self, Holds, Word};
use crate::app::App;
use crate::config;
use crate::domain::audit::By;

pub async fn run(app: &App, name: &str, size: Option<&str>) -> anyhow::Result<()> {
    let account = find(app, name).await?;
    if let Some(size) = size {
        quota::change(app, By::Operator, account, word(size)?)
            .await
            .with_context(|| format!("{name} cannot be told how much they may keep"))?;
    }
    let holds = quota::of(app, account).await?;
    let holds = holds.with_context(|| format!("{name} does not live here"))?;
    println!("{name} {}", line(holds));
    Ok(())
}

fn word(size: &str) -> anyhow::Result<Word> {
    match size {
        "default" => Ok(Word::Default),
        "none" => Ok(Word::NoBound),
        size => config::size(size)
            .map(Word::Bytes)
            .map_err(|fault| anyhow!("{fault}, nor one of “none” and “default”")),
    }
}

fn line(holds: Holds) -> String {
    let used = amount(holds.used);
    let limit = match holds.limit {
        Some(limit) => format!("of {}", amount(limit)),
        None => "without a bound".to_owned(),
    };
    let whose = if holds.is_own { "their own" } else { "as everybody" };
    format!("keeps {used} {limit} ({whose}).")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_read_as_people_write_them() {
        for (text, read) in [
            ("default", Word::Default),
            ("none", Word::NoBound),
            ("0", Word::Bytes(0)),
            ("20 GB", Word::Bytes(20_000_000_000)),
            ("5mb", Word::Bytes(5_000_000)),
        ] {
            assert_eq!(word(text).unwrap(), read, "{text}");
        }
        for text in ["", "-1", "much", "20 XB", "99999999999 GB"] {
            assert!(word(text).is_err(), "{text}");
        }
    }
}
