//! Activities that were verified and wait to be applied: the writing end of `received`. Never reads a body back.

use sqlx::PgConnection;

use crate::domain::clock::Time;
use crate::domain::ids::HostId;

/// An activity to be kept, as its sender signed it.
#[derive(Clone, Debug)]
pub struct Parcel {
    pub host: HostId,
    pub actor: String,
    /// SHA-256 of actor and activity id.
    pub hash: Vec<u8>,
    pub body: String,
}

/// Parks many at once, in order. What waits already is left out; what was applied before is left out by who applies.
pub async fn insert(db: &mut PgConnection, parcels: &[Parcel], now: Time) -> sqlx::Result<()> {
    let hosts: Vec<i32> = parcels.iter().map(|parcel| parcel.host.0).collect();
    let actors: Vec<&str> = parcels.iter().map(|parcel| parcel.actor.as_str()).collect();
    let hashes: Vec<&[u8]> = parcels.iter().map(|parcel| parcel.hash.as_slice()).collect();
    let bodies: Vec<&str> = parcels.iter().map(|parcel| parcel.body.as_str()).collect();
    sqlx::query!(
        "insert into received (host_id, actor_uri, hash, body, received_at, next_try_at)
         select n.host, n.actor, n.hash, n.body, $5, $5
         from unnest($1::integer[], $2::text[], $3::bytea[], $4::text[]) as n (host, actor, hash, body)
         on conflict on constraint received_once do nothing",
        &hosts,
        &actors as &[&str],
        &hashes as &[&[u8]],
        &bodies as &[&str],
        now,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// How many of a host wait, counted up to a bound.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Waiting {
    pub to_be_applied: i64,
    /// Something has to be fetched first.
    pub to_fetch: i64,
}

/// Counts what waits of a host, each kind up to `most`.
pub async fn waiting(db: &mut PgConnection, host: HostId, most: i64) -> sqlx::Result<Waiting> {
    sqlx::query_as!(
        Waiting,
        r#"select
             (select count(*) from (select 1 from received where host_id = $1 and not fetches limit $2) w)
                 as "to_be_applied!",
             (select count(*) from (select 1 from received where host_id = $1 and fetches limit $2) w) as "to_fetch!""#,
        host.0,
        most,
    )
    .fetch_one(db)
    .await
}
