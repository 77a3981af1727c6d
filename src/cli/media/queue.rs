//! `tintype media queue`, `retry` and `reprocess`: what waits, why it failed, and doing it again.

use super::Reprocess;
use crate::actions::redevelop::{self, Whose};
use crate::app::App;
use crate::cli::{account, printable};
use crate::db;
use crate::db::media_backlog::{Waiting, Why};
use crate::db::media_queue::Priority;
use crate::domain::clock::Time;
use crate::domain::ids::PostId;

pub async fn show(app: &App, top: i64) -> anyhow::Result<()> {
    let now = app.clock.now();
    let mut db = app.db.acquire().await?;
    let waiting = db::media_backlog::waiting(&mut db, now).await?;
    if waiting.is_empty() {
        println!("No picture waits.");
    } else {
        println!("{:<36} {:>8} {:>8} {:>8}  oldest", "", "due", "later", "in hand");
    }
    for lane in &waiting {
        println!("{}", line(lane, now));
    }
    for why in db::media_backlog::reasons(&mut db, top).await? {
        println!("{}", reason(&why));
    }
    Ok(())
}

fn line(lane: &Waiting, now: Time) -> String {
    let what = match (lane.elsewhere, lane.priority) {
        (false, Priority::Awaited) => "uploads",
        (true, Priority::Awaited) => "pictures from elsewhere",
        (_, Priority::Better) => "larger sizes of what is shown already",
        (false, Priority::Anew) => "uploads that are done anew",
        (true, Priority::Anew) => "pictures that are fetched anew",
        (_, Priority::Video) => "videos",
        (_, Priority::Streams) => "videos that are shown already",
        (_, Priority::Smaller) => "AVIF of what is shown already",
    };
    let oldest = lane.oldest.map(|since| age(since, now));
    format!(
        "{what:<36} {:>8} {:>8} {:>8}  {}",
        lane.due,
        lane.later,
        lane.in_hand,
        oldest.unwrap_or_default()
    )
}

fn age(since: Time, now: Time) -> String {
    let age = now - since;
    match (age.num_days(), age.num_hours(), age.num_minutes()) {
        (0, 0, 0) => format!("{} s", age.num_seconds()),
        (0, 0, minutes) => format!("{minutes} min"),
        (0, hours, _) => format!("{hours} h"),
        (days, ..) => format!("{days} days"),
    }
}

fn reason(why: &Why) -> String {
    let state = if why.failed { "given up" } else { "tried in vain" };
    let from = if why.elsewhere { "elsewhere" } else { "here" };
    format!(
        "{:>8} {state}, from {from}: {}",
        why.pictures,
        printable(&why.failure)
    )
}

pub async fn retry(app: &App, host: Option<&str>) -> anyhow::Result<()> {
    let host = host.map(str::to_ascii_lowercase);
    let many = redevelop::failed(app, host.as_deref()).await?;
    println!("Pictures that are tried again when nothing else waits: {many}.");
    Ok(())
}

pub async fn reprocess(app: &App, which: &Reprocess) -> anyhow::Result<()> {
    let whose = match (which.post, &which.account) {
        (Some(post), _) => Whose::Post(PostId(post)),
        (None, Some(name)) => Whose::Account(account::find(app, name).await?),
        (None, None) => Whose::Everybody,
    };
    let many = redevelop::anew(app, whose).await?;
    println!(
        "Pictures that are made anew when nothing else waits: {many}. Until then they are shown as they are."
    );
    Ok(())
}
