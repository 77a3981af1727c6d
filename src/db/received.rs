//! Activities that are verified and wait to be applied. Decides nothing about them.

use sqlx::PgConnection;

use crate::domain::clock::Time;
use crate::domain::ids::HostId;

/// An activity in hand: gone from the table when the transaction commits.
#[derive(Clone, Debug)]
pub struct Parked {
    pub id: i64,
    pub host_id: HostId,
    pub actor_uri: String,
    pub hash: Vec<u8>,
    pub body: String,
    pub tries: i16,
}

/// Takes what is due, a fair share from every host that has something: at most `each` of one.
pub async fn take(db: &mut PgConnection, most: i64, each: i64, now: Time) -> sqlx::Result<Vec<Parked>> {
    sqlx::query_as!(
        Parked,
        r#"with recursive hosts as (
               (select host_id from received order by host_id limit 1)
               union all
               select (select r.host_id from received r where r.host_id > h.host_id order by r.host_id limit 1)
               from hosts h where h.host_id is not null),
           fair as (
               select n.id, n.place
               from hosts h
               cross join lateral (
                   select r.id, row_number() over (order by r.id) as place
                   from (select id from received
                         where host_id = h.host_id and next_try_at <= $3 order by id limit $2
                         for update skip locked) r) n
               where h.host_id is not null
               order by n.place, n.id limit $1)
           delete from received r using fair where r.id = fair.id
           returning r.id, r.host_id as "host_id: HostId", r.actor_uri, r.hash, r.body, r.tries"#,
        most,
        each,
        now,
    )
    .fetch_all(db)
    .await
}

/// Notes activities as applied; gives the hashes that were not applied before.
pub async fn mark_applied(db: &mut PgConnection, hashes: &[Vec<u8>], now: Time) -> sqlx::Result<Vec<Vec<u8>>> {
    sqlx::query_scalar!(
        "insert into applied (hash, applied_on) select h, $2 from unnest($1::bytea[]) h
         on conflict do nothing returning hash",
        hashes,
        now.date_naive(),
    )
    .fetch_all(db)
    .await
}

/// Puts an activity back for later.
pub async fn put_back(db: &mut PgConnection, parked: &Parked, now: Time, next_try_at: Time) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into received (host_id, actor_uri, hash, body, received_at, tries, next_try_at)
         values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing",
        parked.host_id.0,
        parked.actor_uri,
        parked.hash,
        parked.body,
        now,
        parked.tries + 1,
        next_try_at,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// When the next one is due that was put back.
pub async fn next_due(db: &mut PgConnection) -> sqlx::Result<Option<Time>> {
    sqlx::query_scalar!("select min(next_try_at) from received").fetch_one(db).await
}

/// Forgets what was applied before `day`: longer ago than a signature can be valid.
pub async fn forget_applied(db: &mut PgConnection, day: chrono::NaiveDate) -> sqlx::Result<u64> {
    Ok(sqlx::query!("delete from applied where applied_on < $1", day).execute(db).await?.rows_affected())
}
