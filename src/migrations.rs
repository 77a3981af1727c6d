//! Brings a database to this program's version. Forward only.

use sqlx::PgPool;
use sqlx::migrate::{MigrateError, Migrator};

static MIGRATOR: Migrator = sqlx::migrate!();

/// Runs what has not run yet, one process at a time; one short query when there is nothing to do.
pub async fn run(pool: &PgPool) -> Result<(), MigrateError> {
    let mut db = pool.acquire().await?;
    // What changes a large table takes as long as it takes.
    sqlx::query("set statement_timeout = 0").execute(&mut *db).await?;
    // Each is a commit of its own. Where the machine stops just then, the last of them are not there, and run again.
    sqlx::query("set synchronous_commit = off")
        .execute(&mut *db)
        .await?;
    let done = MIGRATOR.run(&mut *db).await;
    sqlx::query("reset synchronous_commit").execute(&mut *db).await?;
    sqlx::query("reset statement_timeout").execute(&mut *db).await?;
    done
}

/// The versions that this program knows.
pub fn versions() -> impl Iterator<Item = i64> {
    MIGRATOR.iter().map(|migration| migration.version)
}
