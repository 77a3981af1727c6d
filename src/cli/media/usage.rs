//! `tintype media usage`: what pictures take, as rows say. Looks at no file.

use super::amount;
use crate::actions::quota;
use crate::app::App;
use crate::cli::printable;
use crate::db;
use crate::db::media_usage::{Apart, Keeper, OfKind, Share};
use crate::domain::picture_key::OF_COPIES;

pub async fn show(app: &App, top: i64) -> anyhow::Result<()> {
    let mut db = app.db.acquire().await?;
    let kinds = db::media_usage::by_kind(&mut db).await?;
    println!("{:<28} {:>10} {:>10} {:>10}", "", "pictures", "stored", "take");
    for kind in &kinds {
        println!(
            "{:<28} {:>10} {:>10} {:>10}",
            name(kind),
            kind.pictures,
            kind.stored,
            bytes(kind.bytes)
        );
    }
    let copies = kinds.iter().filter(|kind| kind.elsewhere).map(|kind| kind.bytes);
    println!(
        "\nCopies of other servers' pictures take {} of at most {}.",
        bytes(copies.sum()),
        amount(app.config.remote_media_bytes)
    );
    if let Some(copies) = &app.config.copies {
        let letters = OF_COPIES.map(String::from);
        let Apart {
            pictures,
            bytes: apart,
        } = db::media_usage::apart(&mut db, &letters).await?;
        println!(
            "Of these {pictures} ({}) are in {}; those from before that are with all other media.",
            bytes(apart),
            copies.name()
        );
    }
    let unmeasured: i64 = kinds.iter().map(|kind| kind.unmeasured).sum();
    if unmeasured > 0 {
        println!(
            "Of {unmeasured} pictures it is not known yet what they take; the running server finds out."
        );
    }
    servers(&db::media_usage::by_host(&mut db, top).await?);
    people(app, &db::media_usage::by_person(&mut db, top).await?);
    Ok(())
}

fn name(kind: &OfKind) -> String {
    let from = if kind.elsewhere { "elsewhere" } else { "here" };
    format!("{}s from {from}", kind.purpose.name())
}

fn servers(shares: &[Share]) {
    if shares.is_empty() {
        return;
    }
    println!("\nServers whose pictures take most:");
    for share in shares {
        println!(
            "{:<40} {:>10} {:>10}",
            printable(&share.name),
            share.pictures,
            bytes(share.bytes)
        );
    }
}

fn people(app: &App, keepers: &[Keeper]) {
    if keepers.is_empty() {
        return;
    }
    println!("\nPeople here whose pictures take most, what they sent, and of how much that they may:");
    for keeper in keepers {
        let limit = match quota::limit(app, keeper.quota_bytes) {
            Some(limit) => amount(limit),
            None => "no bound".to_owned(),
        };
        println!(
            "{:<40} {:>10} {:>10} {:>10} of {limit}",
            printable(&keeper.name),
            keeper.pictures,
            bytes(keeper.bytes),
            bytes(keeper.sent)
        );
    }
}

fn bytes(bytes: i64) -> String {
    amount(bytes.unsigned_abs())
}
