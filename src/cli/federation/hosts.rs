//! Servers and what waits for them. Decides nothing.

use anyhow::Context as _;

use super::{minute, shown, tell_of_more};
use crate::actions::resend;
use crate::app::App;
use crate::cli::printable;
use crate::db;
use crate::db::letters_desk::{Host, Letter, MOST_COUNTED, Which};
use crate::domain::federation::Signing;

pub async fn list(app: &App, which: Which, most: i64) -> anyhow::Result<()> {
    let mut db = app.db.acquire().await?;
    let hosts = db::letters_desk::hosts(&mut db, which, most + 1).await?;
    for host in shown(&hosts, most) {
        println!("{}", line(host));
    }
    if hosts.is_empty() {
        println!(
            "{}",
            match which {
                Which::All => "No letters have been sent yet.",
                Which::Failing => "No server is in trouble.",
            }
        );
    }
    tell_of_more(hosts.len(), most);
    Ok(())
}

fn line(host: &Host) -> String {
    let state = match (host.failures, &host.failing_since) {
        (0, _) => "well".to_owned(),
        (failures, Some(since)) => format!("failed {failures} times since {}", minute(*since)),
        (failures, None) => format!("failed {failures} times"),
    };
    let mut parts = vec![
        printable(&host.authority),
        state,
        format!("{} waiting", counted(host.waiting)),
    ];
    if host.aside > 0 {
        parts.push(format!("{} refused", counted(host.aside)));
    }
    if host.failures > 0 {
        parts.push(format!("next try {}", minute(host.next_try_at)));
        parts.extend(host.last_error.as_deref().map(printable));
    }
    parts.push(match host.last_success_at {
        Some(at) => format!("last took one {}", minute(at)),
        None => "never took one".to_owned(),
    });
    if host.signing == Signing::Rfc9421 {
        parts.push("reads RFC 9421".to_owned());
    }
    parts.join("\t")
}

fn counted(letters: i64) -> String {
    match letters {
        MOST_COUNTED.. => format!("{MOST_COUNTED} or more"),
        letters => letters.to_string(),
    }
}

pub async fn queue(app: &App, host: &str, most: i64) -> anyhow::Result<()> {
    let host = name(host);
    let mut db = app.db.acquire().await?;
    let id = db::hosts::by_authority(&mut db, &host).await?;
    let id = id.with_context(|| unknown(&host))?;
    let letters = db::letters_desk::letters(&mut db, id, most + 1).await?;
    for letter in shown(&letters, most) {
        println!("{}", letter_line(letter));
    }
    if letters.is_empty() {
        println!("Nothing waits for {}.", printable(&host));
    }
    tell_of_more(letters.len(), most);
    Ok(())
}

fn letter_line(letter: &Letter) -> String {
    let state = match &letter.error {
        Some(error) => printable(error),
        None => "waits".to_owned(),
    };
    let about = letter.post.map(|post| format!("post {post}")).unwrap_or_default();
    let (kind, inbox) = (printable(&letter.kind), printable(&letter.inbox));
    format!("{}\t{kind}\t{about}\t{state}\t{inbox}", minute(letter.written_at))
}

pub async fn retry(app: &App, host: &str) -> anyhow::Result<()> {
    let host = name(host);
    let again = resend::retry(app, &host).await?.with_context(|| unknown(&host))?;
    match again.waited {
        true => println!("What waits for {} is sent now.", printable(&host)),
        false => println!("Nothing waited for {}.", printable(&host)),
    }
    if again.aside > 0 {
        println!(
            "{} that it would not take are sent once more, behind the rest.",
            again.aside
        );
    }
    Ok(())
}

pub async fn give_up(app: &App, host: &str) -> anyhow::Result<()> {
    let host = name(host);
    let dropped = resend::give_up(app, &host)
        .await?
        .with_context(|| unknown(&host))?;
    println!(
        "Gave up {} that waited for {} and {} that it would not take.",
        dropped.waiting,
        printable(&host),
        dropped.aside
    );
    Ok(())
}

fn name(host: &str) -> String {
    host.trim().trim_end_matches('.').to_lowercase()
}

fn unknown(host: &str) -> String {
    format!("this server has never met {}", printable(host))
}
