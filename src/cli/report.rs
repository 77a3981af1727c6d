//! `tintype report …`: what people here and other servers report. Decides nothing.

use clap::Subcommand;

use super::printable;
use crate::app::App;
use crate::db;

/// How many reports are read at a time.
const PAGE: i64 = 500;

#[derive(Debug, Subcommand)]
pub enum ReportCommand {
    /// List them, newest first
    List,
}

pub async fn run(app: &App, command: ReportCommand) -> anyhow::Result<()> {
    let ReportCommand::List = command;
    let mut db = app.db.acquire().await?;
    let mut before = i64::MAX;
    loop {
        let reports = db::reports::list(&mut db, before, PAGE).await?;
        let Some(last) = reports.last() else {
            return Ok(());
        };
        before = last.id;
        for report in &reports {
            println!(
                "{}\t{}\t{} posts\t{}\t{}\t{}",
                report.created_at.date_naive(),
                report.account,
                report.posts,
                report.category.as_str(),
                printable(report.reporter.as_deref().unwrap_or("somebody who is gone")),
                printable(&report.reason)
            );
        }
    }
}
