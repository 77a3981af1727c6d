//! Fills the database by direct SQL, in bulk. The scripts beside it say with what; nothing is measured here.

use std::path::Path;

use sqlx::{AssertSqlSafe, PgConnection};
use tintype::domain::ids::AccountId;
use tintype::sealed::{Seal, key_purpose};
use tintype_federation::key::SigningKey;

/// How many people read.
pub const READERS: usize = 200;
/// Authors of text posts.
pub const POSTERS: usize = 50;
/// Local followers of each of them.
pub const FOLLOWERS_OF_POSTER: i64 = 20;
/// People elsewhere who post.
pub const PEERS: usize = 20;
/// Who follows all of them.
pub const WATCHER: i64 = 5100;
/// Local followers of somebody well known.
pub const FANS: i64 = 10_000;
/// The first id of those who write to other servers.
const WRITERS: i64 = 7000;
const FIRST_POSTER: i64 = 4000;
const FIRST_LISTENER: i64 = 3_000_000;
const FIRST_KNOWN: i64 = 4_000_000;

/// Teaches the session to make people, and makes those who read.
pub async fn prepare(db: &mut PgConnection, base: &str) -> anyhow::Result<()> {
    set(db, "bench.base", base).await?;
    script(db, include_str!("seed/prepare.sql")).await
}

pub async fn home(db: &mut PgConnection) -> anyhow::Result<()> {
    script(db, include_str!("seed/home.sql")).await?;
    tidy(db).await
}

/// Readers of a large server: 'person' and a number.
pub const COLD_READERS: usize = 20_000;

/// A large server; it takes a minute.
pub async fn large(db: &mut PgConnection) -> anyhow::Result<()> {
    script(db, include_str!("seed/cold.sql")).await?;
    tidy(db).await
}

/// Those who post, where they are not there yet.
pub async fn posting(db: &mut PgConnection) -> anyhow::Result<()> {
    if is_there(db, FIRST_POSTER).await? {
        return Ok(());
    }
    script(db, include_str!("seed/posting.sql")).await?;
    tidy(db).await
}

pub async fn peers(db: &mut PgConnection, key: &SigningKey) -> anyhow::Result<()> {
    set(db, "bench.pem", &key.public_pem()?).await?;
    script(db, include_str!("seed/peers.sql")).await?;
    tidy(db).await
}

pub async fn star(db: &mut PgConnection) -> anyhow::Result<()> {
    script(db, include_str!("seed/star.sql")).await?;
    tidy(db).await
}

/// People who listen, as many as are not there yet.
pub async fn listeners(db: &mut PgConnection, many: usize) -> anyhow::Result<()> {
    if is_there(db, FIRST_LISTENER).await? {
        return Ok(());
    }
    sqlx::query("select pg_temp.people_here('listener', $1, $2)")
        .bind(FIRST_LISTENER)
        .bind(i32::try_from(many)?)
        .execute(&mut *db)
        .await?;
    tidy(db).await
}

async fn is_there(db: &mut PgConnection, account: i64) -> sqlx::Result<bool> {
    sqlx::query_scalar("select exists (select 1 from accounts where id = $1)")
        .bind(account)
        .fetch_one(db)
        .await
}

/// Somebody here whom one person on each of these servers follows; gives their name.
pub async fn writer(
    db: &mut PgConnection,
    data: &Path,
    number: i64,
    authorities: &[String],
) -> anyhow::Result<String> {
    let id = WRITERS + number;
    let prefix = format!("writer{number}of");
    sqlx::query("select pg_temp.people_here($1, $2, 1)")
        .bind(&prefix)
        .bind(id)
        .execute(&mut *db)
        .await?;
    let sealed = Seal::load_or_create(&data.join("secret.key"))?
        .seal(&key_purpose(AccountId(id)), &SigningKey::generate()?.to_pkcs8()?);
    sqlx::query("insert into account_keys (account_id, sealed) values ($1, $2)")
        .bind(id)
        .bind(sealed)
        .execute(&mut *db)
        .await?;
    let first = 1_000_000 + number * 10_000;
    for (authority, place) in authorities.iter().zip(0i64..) {
        sqlx::query("select pg_temp.people_elsewhere('friend', $1, $2, 1, '')")
            .bind(authority)
            .bind(first + place)
            .execute(&mut *db)
            .await?;
    }
    sqlx::query(
        "insert into follows (follower_id, followee_id, id, accepted, created_at)
         select id, $1, id, true, now() from accounts where id between $2 and $2 + $3 - 1",
    )
    .bind(id)
    .bind(first)
    .bind(i64::try_from(authorities.len())?)
    .execute(&mut *db)
    .await?;
    script(db, "select pg_temp.count_follows()").await?;
    Ok(format!("{prefix}0"))
}

/// Servers that are known and have all their letters.
pub async fn known_hosts(db: &mut PgConnection, many: i32) -> anyhow::Result<()> {
    sqlx::query("select pg_temp.people_elsewhere('known', 'known{}.example', $1, $2, '')")
        .bind(FIRST_KNOWN)
        .bind(many)
        .execute(&mut *db)
        .await?;
    script(
        db,
        "insert into host_queues (host_id, cursor, last, next_try_at, last_success_at)
         select id, 1, 1, now(), now() from hosts where authority like 'known%.example'",
    )
    .await?;
    tidy(db).await
}

/// So many letters by somebody here for each of so many servers on a port that nobody listens on.
pub async fn backlog(
    db: &mut PgConnection,
    writer: &str,
    port: u16,
    (hosts, each): (i32, i32),
) -> anyhow::Result<()> {
    sqlx::query(
        "insert into hosts (authority, first_seen)
         select format('127.200.%s.%s:%s', n / 250, n % 250 + 1, $1::integer), now() from generate_series(0, $2 - 1) n",
    )
    .bind(i32::from(port))
    .bind(hosts)
    .execute(&mut *db)
    .await?;
    sqlx::query(
        "with dead as (select id, authority from hosts where authority like '127.200.%'),
         sent as (
             insert into outgoing (sender_id, body, created_at)
             select id, '{\"type\":\"Create\"}', now() from accounts where username = $1 and host_id is null
             returning id),
         waiting as (
             insert into letters (host_id, outgoing_id, inbox)
             select d.id, s.id, 'http://' || d.authority || '/inbox/' || n
             from sent s, generate_series(1, $2) n, dead d
             returning id, host_id)
         insert into host_queues (host_id, last, next_try_at) select host_id, max(id), now() from waiting group by 1",
    )
    .bind(writer)
    .bind(each)
    .execute(&mut *db)
    .await?;
    tidy(db).await
}

/// The servers of the backlog are tried now, as if it were the first time.
pub async fn dead_are_due(db: &mut PgConnection) -> sqlx::Result<()> {
    sqlx::query(
        "update host_queues set next_try_at = now(), failures = 0, failing_since = null
         where host_id in (select id from hosts where authority like '127.200.%')",
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The servers on this port get their letters by https from now on.
pub async fn speaks_tls(db: &mut PgConnection, port: u16) -> sqlx::Result<()> {
    sqlx::query(
        "update accounts set shared_inbox = replace(shared_inbox, 'http://', 'https://')
         from hosts h where h.id = host_id and h.authority like '%:' || $1::text",
    )
    .bind(i32::from(port))
    .execute(db)
    .await?;
    Ok(())
}

/// The token of somebody here.
pub fn token(name: &str) -> String {
    format!("token-{name}")
}

async fn set(db: &mut PgConnection, name: &str, value: &str) -> sqlx::Result<()> {
    sqlx::query("select set_config($1, $2, false)")
        .bind(name)
        .bind(value)
        .execute(db)
        .await?;
    Ok(())
}

async fn script(db: &mut PgConnection, text: &'static str) -> anyhow::Result<()> {
    sqlx::raw_sql(AssertSqlSafe(text)).execute(db).await?;
    Ok(())
}

/// What autovacuum would have done by the time that so many people are there.
async fn tidy(db: &mut PgConnection) -> anyhow::Result<()> {
    script(db, "vacuum analyze").await?;
    script(db, "select pg_stat_force_next_flush()").await?;
    script(db, "checkpoint").await
}
