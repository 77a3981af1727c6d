//! The private cluster on real Postgres: starts, ends, kills, neighbours. Leaves nothing running behind.

mod crashes;
mod places;
mod sharing;

use std::os::unix::fs::{MetadataExt as _, PermissionsExt};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use rustix::process::{Pid, Signal, kill_process};
use sqlx::Row as _;
use sqlx::postgres::PgPool;

use super::process::{Running, running};
use super::user::RunAs;
use super::*;

/// A data directory of one test; its Postgres, if one still runs, ends with it.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Self {
        Self::below(&std::env::temp_dir())
    }

    fn below(parent: &Path) -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let name = format!(
            "tintype-pg-{}-{}",
            std::process::id(),
            NEXT.fetch_add(1, Ordering::Relaxed)
        );
        let folder = parent.join(name);
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::set_permissions(&folder, PermissionsExt::from_mode(0o755)).unwrap();
        Self(folder.canonicalize().unwrap())
    }

    fn place(&self) -> Place {
        Place {
            data_dir: self.0.join("data"),
            pg_bin: None,
            connections: 4,
        }
    }

    fn cluster(&self) -> PathBuf {
        self.0.join("data/pg")
    }

    fn running(&self) -> Option<Running> {
        running(&self.cluster())
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        if let Some(left) = self.running() {
            let _ = kill_process(Pid::from_raw(left.pid).unwrap(), Signal::QUIT);
        }
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn is_root() -> bool {
    rustix::process::geteuid().is_root()
}

fn kill(pid: i32) {
    kill_process(Pid::from_raw(pid).unwrap(), Signal::KILL).unwrap();
}

async fn setting(pool: &PgPool, name: &str) -> String {
    sqlx::query("select current_setting($1)")
        .bind(name)
        .fetch_one(pool)
        .await
        .unwrap()
        .get(0)
}

async fn write_row(url: &str) {
    let pool = pool(url, 2).await.unwrap();
    sqlx::query("create table kept (word text)")
        .execute(&pool)
        .await
        .unwrap();
    sqlx::query("insert into kept values ('photo')")
        .execute(&pool)
        .await
        .unwrap();
    pool.close().await;
}

async fn row(url: &str) -> String {
    let pool = pool(url, 2).await.unwrap();
    let word = sqlx::query("select word from kept")
        .fetch_one(&pool)
        .await
        .unwrap()
        .get(0);
    pool.close().await;
    word
}

#[tokio::test]
async fn a_first_start_makes_a_safe_cluster_and_a_later_one_keeps_its_rows() {
    let folder = Folder::new();
    let cluster = start(&folder.place()).await.unwrap();
    let database = pool(&cluster.url(), 4).await.unwrap();
    for (name, value) in [
        ("fsync", "on"),
        ("data_checksums", "on"),
        ("listen_addresses", ""),
        ("max_connections", "60"),
        ("jit", "off"),
        ("server_encoding", "UTF8"),
        ("statement_timeout", "15s"),
        ("lock_timeout", "5s"),
        ("idle_in_transaction_session_timeout", "30s"),
        ("application_name", "tintype"),
        ("client_min_messages", "warning"),
    ] {
        assert_eq!(setting(&database, name).await, value, "{name}");
    }
    database.close().await;
    let about = folder.cluster().metadata().unwrap();
    assert_eq!(about.permissions().mode() & 0o777, 0o700);
    assert_ne!(about.uid(), 0, "Postgres never runs as root");
    write_row(&cluster.url()).await;
    cluster.stop().await.unwrap();
    assert_eq!(folder.running(), None);

    let cluster = start(&folder.place()).await.unwrap();
    assert_eq!(row(&cluster.url()).await, "photo");
    cluster.stop().await.unwrap();
}

#[tokio::test]
async fn health_tells_version_time_and_migrations() {
    let folder = Folder::new();
    let cluster = start(&folder.place()).await.unwrap();
    let before = health(&cluster.url()).await.unwrap();
    assert!(before.migrations.is_empty());
    assert!(
        before.version.starts_with(|c: char| c.is_ascii_digit()),
        "{before:?}"
    );
    let database = pool(&cluster.url(), 2).await.unwrap();
    for statement in [
        "create table _sqlx_migrations (version bigint, success bool)",
        "insert into _sqlx_migrations values (1, true), (2, false)",
    ] {
        sqlx::query(statement).execute(&database).await.unwrap();
    }
    database.close().await;
    let after = health(&cluster.url()).await.unwrap();
    assert_eq!(after.migrations, [1].into());
    assert!(after.now > before.now);
    cluster.stop().await.unwrap();
}

#[tokio::test]
async fn a_cluster_that_is_dropped_is_told_to_stop() {
    let folder = Folder::new();
    let cluster = start(&folder.place()).await.unwrap();
    let mut process = process::Process::Found(folder.running().unwrap().pid, folder.cluster());
    drop(cluster);
    process.ended().await;
    assert_eq!(folder.running(), None);
}
