//! What a Postgres says about itself when it is asked how it is. Changes nothing.

use std::collections::BTreeSet;
use std::time::{Duration, SystemTime};

use chrono::{DateTime, Utc};
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
    /// A move of all media to another place.
    pub media_move: Option<MediaMove>,
    /// The address that it was made for; none before the first start.
    pub public_url: Option<String>,
}

/// Where media move from and to, by the names of these places.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MediaMove {
    pub source: String,
    pub destination: String,
    /// 0: they are being copied; 1: the former files are kept; 2: these go; 3: they are gone.
    pub state: i16,
    pub since: DateTime<Utc>,
}

/// Connects and asks.
pub async fn health(url: &str) -> Result<Health, sqlx::Error> {
    let mut connection = PgConnection::connect_with(&connect_options(url)?).await?;
    let row = sqlx::query(
        "select current_setting('server_version') as version,
                (extract(epoch from clock_timestamp()) * 1000000)::bigint as microseconds,
                to_regclass('_sqlx_migrations') is not null as migrated,
                to_regclass('media_move') is not null as moves,
                to_regclass('instance') is not null as facts",
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
    let media_move = match row.try_get("moves")? {
        true => media_move(&mut connection).await?,
        false => None,
    };
    let public_url = match row.try_get("facts")? {
        true => public_url(&mut connection).await?,
        false => None,
    };
    let microseconds: i64 = row.try_get("microseconds")?;
    let since = Duration::from_micros(u64::try_from(microseconds).unwrap_or_default());
    let version = row.try_get("version")?;
    connection.close().await?;
    Ok(Health {
        version,
        now: SystemTime::UNIX_EPOCH + since,
        migrations,
        media_move,
        public_url,
    })
}

async fn public_url(connection: &mut PgConnection) -> Result<Option<String>, sqlx::Error> {
    let found = sqlx::query("select value #>> '{}' as url from instance where key = 'public_url'")
        .fetch_optional(connection)
        .await?;
    found.map_or(Ok(None), |row| row.try_get("url"))
}

async fn media_move(connection: &mut PgConnection) -> Result<Option<MediaMove>, sqlx::Error> {
    let found = sqlx::query("select source_name, destination_name, state, since from media_move")
        .fetch_optional(connection)
        .await?;
    let Some(row) = found else {
        return Ok(None);
    };
    Ok(Some(MediaMove {
        source: row.try_get("source_name")?,
        destination: row.try_get("destination_name")?,
        state: row.try_get("state")?,
        since: row.try_get("since")?,
    }))
}
