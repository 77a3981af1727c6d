//! Connections to Postgres, the private one or another: the same time-outs for both. Knows no tables.

use std::io::ErrorKind;
use std::str::FromStr;
use std::time::Duration;

use sqlx::Connection as _;
use sqlx::postgres::{PgConnectOptions, PgConnection, PgPool, PgPoolOptions};
use tokio::time::timeout;

/// A request that waits longer for a connection is answered with an error rather than late.
const ACQUIRE: Duration = Duration::from_secs(5);
const IDLE: Duration = Duration::from_secs(10 * 60);
/// Connections gather memory in Postgres as they age.
const LIFETIME: Duration = Duration::from_secs(30 * 60);
/// How long it is waited for the reason why there is no connection.
const REASON: Duration = Duration::from_secs(2);
/// One that has rested so long is tried before it is used.
const RESTED: Duration = Duration::from_secs(2);

/// How every connection of ours is made. What takes longer by nature (migrations) says so for itself.
pub fn connect_options(url: &str) -> Result<PgConnectOptions, sqlx::Error> {
    Ok(PgConnectOptions::from_str(url)?
        .application_name("tintype")
        .options([
            ("statement_timeout", "15s"),
            ("lock_timeout", "5s"),
            ("idle_in_transaction_session_timeout", "30s"),
            // Notices are about what people typed, such as a search for words that are too common.
            ("client_min_messages", "warning"),
        ]))
}

/// A pool of at most so many connections; the first is made here, so that a wrong address is noticed here.
pub async fn pool(url: &str, connections: u32) -> Result<PgPool, sqlx::Error> {
    let options = connect_options(url)?;
    let made = PgPoolOptions::new()
        .max_connections(connections)
        .acquire_timeout(ACQUIRE)
        .idle_timeout(IDLE)
        .max_lifetime(LIFETIME)
        // A question before each use would cost a round trip per request. Only after a rest is it asked: so a pool
        // whose Postgres was restarted meanwhile makes new connections instead of failing once with each old one.
        .test_before_acquire(false)
        .before_acquire(|connection, about| {
            Box::pin(async move {
                if about.idle_for >= RESTED {
                    connection.ping().await?;
                }
                Ok(true)
            })
        })
        .connect_with(options.clone())
        .await;
    match made {
        // It has tried again and again while Postgres may have been starting, and forgot why it had to.
        Err(sqlx::Error::PoolTimedOut) => Err(why_not(&options).await),
        made => made,
    }
}

async fn why_not(options: &PgConnectOptions) -> sqlx::Error {
    match timeout(REASON, PgConnection::connect_with(options)).await {
        Ok(Err(error)) => error,
        Ok(Ok(_)) => sqlx::Error::PoolTimedOut,
        Err(_) => sqlx::Error::Io(std::io::Error::new(ErrorKind::TimedOut, "nobody answers there")),
    }
}
