//! A server with people in it, and the ways to look at it from outside. Holds no figures.

use std::path::PathBuf;
use std::str::FromStr;
use std::time::Duration;

use anyhow::ensure;
use sqlx::postgres::PgConnectOptions;
use sqlx::{Connection as _, PgConnection};
use tintype::postgres::{self, Cluster, Place};
use tokio::time::{Instant, sleep};

use crate::bars::Writing;
use crate::processes::{self, Spent};
use crate::server::{Server, free_address};
use crate::yardstick::Yardstick;

/// Postgres' processes hand in what they count at most once a second, and idle ones after ten.
pub const HANDED_IN: Duration = Duration::from_secs(13);

pub struct World {
    pub server: Server,
    pub yardstick: Yardstick,
    /// For seeding and for looking.
    pub db: PgConnection,
    /// Those who read have something to read.
    pub has_feeds: bool,
    /// People elsewhere, once they have begun to write.
    pub writing: Option<Writing>,
    cluster: Cluster,
}

impl World {
    pub async fn begin() -> anyhow::Result<Self> {
        let folder = folder("world");
        let (server, _) = Server::start(&folder, free_address()?).await?;
        let cluster = postgres::start_or_join(&Place {
            data_dir: folder.clone(),
            pg_bin: None,
            connections: 10,
        })
        .await?;
        let mut db = connect(&cluster.url()).await?;
        crate::seed::prepare(&mut db, &server.base()).await?;
        Ok(Self {
            yardstick: Yardstick::make(&cluster.url(), &folder).await?,
            server,
            db,
            has_feeds: false,
            writing: None,
            cluster,
        })
    }

    /// Lets the server forget everything. Its Postgres ends with it.
    pub async fn restart(&mut self) -> anyhow::Result<()> {
        self.server.restart().await?;
        self.db = connect(&self.cluster.url()).await?;
        Ok(())
    }

    pub fn database_url(&self) -> String {
        self.cluster.url()
    }

    pub fn spent(&self) -> anyhow::Result<Spent> {
        processes::spent(self.server.pid())
    }

    /// Waits until all that was caused is done: nothing in the outbox. Gives how often it looked.
    pub async fn settle(&mut self) -> anyhow::Result<u64> {
        let mut looks = 1;
        while !sqlx::query_scalar::<_, bool>("select not exists (select 1 from outbox)")
            .fetch_one(&mut self.db)
            .await?
        {
            looks += 1;
            sleep(Duration::from_millis(5)).await;
        }
        Ok(looks)
    }

    /// Entries ever written to home feeds: those that were trimmed since count too.
    pub async fn entries(&mut self) -> sqlx::Result<i64> {
        sqlx::query_scalar("select n_tup_ins from pg_stat_user_tables where relname = 'home_feed'")
            .fetch_one(&mut self.db)
            .await
    }

    /// Waits until so many more are counted than before; Postgres' processes hand their counts in when they are idle.
    pub async fn entries_arrive(&mut self, before: i64, more: i64) -> anyhow::Result<()> {
        let deadline = Instant::now() + HANDED_IN;
        loop {
            let new = self.entries().await? - before;
            if new == more {
                return Ok(());
            }
            ensure!(
                Instant::now() < deadline,
                "{new} new entries in feeds instead of {more}"
            );
            sleep(Duration::from_millis(200)).await;
        }
    }

    pub async fn end(self) -> anyhow::Result<()> {
        let folder = self.server.folder.clone();
        self.db.close().await?;
        self.cluster.stop().await?;
        self.server.stop().await?;
        std::fs::remove_dir_all(folder)?;
        Ok(())
    }
}

/// A folder of this run's own.
pub fn folder(name: &str) -> PathBuf {
    std::env::temp_dir().join(format!("tintype-bench-{}-{name}", std::process::id()))
}

pub async fn connect(url: &str) -> sqlx::Result<PgConnection> {
    PgConnection::connect_with(&PgConnectOptions::from_str(url)?).await
}
