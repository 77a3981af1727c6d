//! Where a post has got to. Knows of other servers what they answered, which is no proof that anybody there sees it.

use anyhow::{Context as _, bail};

use super::{LONGEST, minute, shown, tell_of_more};
use crate::app::App;
use crate::cli::printable;
use crate::db;
use crate::db::letters_desk::Standing;
use crate::domain::ids::PostId;
use crate::domain::urls::Local;

pub async fn show(app: &App, url: &str, most: i64) -> anyhow::Result<()> {
    let post = find(app, url).await?;
    let mut db = app.db.acquire().await?;
    let all = db::letters_desk::standings(&mut db, post, LONGEST).await?;
    if all.is_empty() {
        println!("It was for nobody on another server.");
        return Ok(());
    }
    println!("{}", summary(&all));
    for standing in shown(&all, most) {
        println!("{}\t{}", printable(&standing.authority), state(standing));
    }
    tell_of_more(all.len(), most);
    Ok(())
}

async fn find(app: &App, url: &str) -> anyhow::Result<PostId> {
    let Some(Local::Post { id, .. }) = app.urls.parse_local(url.trim()) else {
        bail!(
            "that is no address of a post of this server, such as {}/@ana/1234",
            app.urls.base()
        );
    };
    let mut db = app.db.acquire().await?;
    let post = db::posts::by_id(&mut db, id).await?;
    let post = post.filter(|post| post.uri.is_none());
    Ok(post.context("there is no such post")?.id)
}

/// Servers by how they stand to it.
fn summary(all: &[Standing]) -> String {
    let refused = all.iter().filter(|one| one.refused.is_some()).count();
    let waiting = all
        .iter()
        .filter(|one| one.refused.is_none() && one.waiting > 0)
        .count();
    let have = all.iter().filter(|one| has_it(one)).count();
    let rest = all.len() - refused - waiting - have;
    format!("{have} have it, {waiting} wait for it, {refused} refused it, {rest} got nothing of it")
}

fn has_it(standing: &Standing) -> bool {
    standing.refused.is_none() && standing.waiting == 0 && standing.took
}

fn state(standing: &Standing) -> String {
    match (&standing.refused, standing.waiting, standing.took) {
        (Some(error), ..) => format!("refused: {}", printable(error)),
        (None, 0, true) => "has it".to_owned(),
        // It was given up, or its inbox is no more, or it is one with which this server no longer speaks.
        (None, 0, false) => "got nothing of it".to_owned(),
        (None, waiting, _) => {
            let next = standing
                .next_try_at
                .map(|at| format!(", next try {}", minute(at)));
            let why = standing
                .last_error
                .as_deref()
                .map(|error| format!(": {}", printable(error)));
            format!(
                "{waiting} waiting{}{}",
                next.unwrap_or_default(),
                why.unwrap_or_default()
            )
        }
    }
}
