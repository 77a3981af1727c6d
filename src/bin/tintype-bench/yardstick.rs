//! The limits that figures are held against: what the same Postgres does for `pgbench`, which asks it for nothing else.
//! Measured beside every run, never remembered from another.

use std::path::PathBuf;

use anyhow::{Context, ensure};
use sqlx::{AssertSqlSafe, Connection as _, PgConnection};
use tintype::postgres::Programs;
use tokio::process::Command;

use crate::clients::CONNECTIONS;
use crate::world::connect;

/// Rows of pgbench's own tables: 100,000 for each.
const SCALE: &str = "10";
/// Seconds of one measurement.
const SECONDS: &str = "4";
const DATABASE: &str = "yardstick";
const INSERT: &str = "\\set number random(1, 1000000)\n\
    insert into inserted (number, words) values (:number, 'a row as short as a row can be');\n";

pub struct Yardstick {
    program: PathBuf,
    url: String,
    script: PathBuf,
}

impl Yardstick {
    /// Makes a database for it in the cluster of `url`.
    pub async fn make(url: &str, folder: &std::path::Path) -> anyhow::Result<Self> {
        let mut database = connect(url).await?;
        sqlx::query(AssertSqlSafe(format!("create database {DATABASE}")))
            .execute(&mut database)
            .await?;
        database.close().await?;
        let mut own = url::Url::parse(url)?;
        own.set_path(DATABASE);
        let yardstick = Self {
            program: Programs::find(None, &folder.join("pg"))?.program("pgbench"),
            url: own.into(),
            script: folder.join("insert.sql"),
        };
        std::fs::write(&yardstick.script, INSERT)?;
        yardstick
            .pgbench(&["--initialize", "--quiet", "--scale", SCALE])
            .await?;
        let mut database = connect(&yardstick.url).await?;
        make_table(&mut database).await?;
        Ok(yardstick)
    }

    /// Look-ups by primary key a second.
    pub async fn selects(&self) -> anyhow::Result<f64> {
        self.rate(&["--select-only"]).await
    }

    /// Commits of one inserted row a second.
    pub async fn inserts(&self) -> anyhow::Result<f64> {
        let script = self.script.to_string_lossy().into_owned();
        self.rate(&["--file", &script]).await
    }

    async fn rate(&self, what: &[&str]) -> anyhow::Result<f64> {
        let clients = CONNECTIONS.to_string();
        let mut arguments = vec!["--no-vacuum", "--protocol", "prepared", "--jobs", "2"];
        arguments.extend(["--client", &clients, "--time", SECONDS]);
        arguments.extend(what);
        let said = self.pgbench(&arguments).await?;
        let rate = said.lines().find_map(|line| line.strip_prefix("tps = "));
        let rate = rate
            .and_then(|rate| rate.split(' ').next())
            .context("pgbench says no rate")?;
        Ok(rate.parse()?)
    }

    async fn pgbench(&self, arguments: &[&str]) -> anyhow::Result<String> {
        let done = Command::new(&self.program)
            .args(arguments)
            .arg(&self.url)
            .output()
            .await?;
        ensure!(
            done.status.success(),
            "pgbench: {}",
            String::from_utf8_lossy(&done.stderr)
        );
        Ok(String::from_utf8(done.stdout)?)
    }
}

async fn make_table(database: &mut PgConnection) -> sqlx::Result<()> {
    sqlx::query(
        "create table inserted (id bigint generated always as identity primary key, number integer, words text)",
    )
    .execute(database)
    .await?;
    Ok(())
}
