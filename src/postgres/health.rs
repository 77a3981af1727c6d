//! What a Postgres says about itself when it is asked how it is. Changes nothing.

use std::collections::BTreeSet;
use std::time::{Duration, SystemTime};

use sqlx::postgres::PgConnection;
use sqlx::{Connection as _, Row as _};

use super::connect::connect_options;

/// How a Postgres is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Health {
    /// Its version in words, such as `15.14`.
    pub version: String,
    /// Its time.
    pub now: SystemTime,
    /// The migrations that it has, by number; none before the first start.
    pub migrations: BTreeSet<i64>,
}

/// Connects and asks.
pub async fn health(url: &str) -> Result<Health, sqlx::Error> {
    let mut connection = PgConnection::connect_with(&connect_options(url)?).await?;
    let row = sqlx::query(
        "select current_setting('server_version') as version,
                (extract(epoch from clock_timestamp()) * 1000000)::bigint as microseconds,
                to_regclass('_sqlx_migrations') is not null as migrated",
    )
    .fetch_one(&mut connection)
    .await?;
    let mut migrations = BTreeSet::new();
    if row.try_get("migrated")? {
        let rows = sqlx::query("select version from _sqlx_migrations where success")
            .fetch_all(&mut connection)
            .await?;
        for row in rows {
            migrations.insert(row.try_get("version")?);
        }
    }
    let microseconds: i64 = row.try_get("microseconds")?;
    let since = Duration::from_micros(u64::try_from(microseconds).unwrap_or_default());
    let version = row.try_get("version")?;
    connection.close().await?;
    Ok(Health {
        version,
        now: SystemTime::UNIX_EPOCH + since,
        migrations,
    })
}
