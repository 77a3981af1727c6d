//! Activities that are verified and wait to be applied. Decides nothing about them.

use sqlx::PgConnection;

use crate::domain::clock::Time;
use crate::domain::ids::HostId;
use crate::domain::lane::Lane;

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

/// Whether this transaction is now the only one that applies in this lane. Two would take the same host's activities in
/// parts, and the later part could be done first: a follow after the end of it.
pub async fn lock_applying(db: &mut PgConnection, lane: Lane) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"select pg_try_advisory_xact_lock(7203, $1) as "locked!""#,
        lane.number()
    )
    .fetch_one(db)
    .await
}

/// Takes what is due in a lane, a fair share from every host that has something: at most `each` of one.
pub async fn take(
    db: &mut PgConnection,
    lane: Lane,
    most: i64,
    each: i64,
    now: Time,
) -> sqlx::Result<Vec<Parked>> {
    sqlx::query_as!(
        Parked,
        r#"with recursive hosts as (
               (select host_id from received where not fetches order by host_id limit 1)
               union all
               select (select r.host_id from received r where r.host_id > h.host_id and not r.fetches
                       order by r.host_id limit 1)
               from hosts h where h.host_id is not null),
           of_lane as (
               select host_id from hosts where host_id is not null and host_id % $4 = $5),
           -- of many hosts no more than a few times what is taken: of a thousand, the most of each would be all there is
           share as (
               select least($2, 1 + 4 * $1::bigint / greatest(count(*), 1)) as each from of_lane),
           fair as (
               select n.id, n.place
               from of_lane h
               cross join lateral (
                   select r.id, row_number() over (order by r.id) as place
                   -- not locked: nobody else takes in this lane, and more are looked at than taken
                   from (select id from received
                         where host_id = h.host_id and not fetches and next_try_at <= $3
                         order by id limit (select each from share)) r) n
               order by n.place, n.id limit $1)
           -- by their keys, whatever the planner remembers of a table that was empty: joined, each row of a long queue
           -- is compared with each of the batch
           delete from received where id = any (array(select id from fair))
           returning id, host_id as "host_id: HostId", actor_uri, hash, body, tries"#,
        most,
        each,
        now,
        Lane::count(),
        lane.number(),
    )
    .fetch_all(db)
    .await
}

/// Those of a lane behind this one that are due, in order: to be looked at, not taken.
pub async fn next_after(
    db: &mut PgConnection,
    lane: Lane,
    after: i64,
    most: i64,
    now: Time,
) -> sqlx::Result<Vec<Parked>> {
    sqlx::query_as!(
        Parked,
        r#"select id, host_id as "host_id: HostId", actor_uri, hash, body, tries
           from received where id > $1 and host_id % $4 = $5 and not fetches and next_try_at <= $3
           order by id limit $2"#,
        after,
        most,
        now,
        Lane::count(),
        lane.number(),
    )
    .fetch_all(db)
    .await
}

/// Notes activities as applied; gives the hashes that were not applied before.
pub async fn mark_applied(
    db: &mut PgConnection,
    hashes: &[Vec<u8>],
    now: Time,
) -> sqlx::Result<Vec<Vec<u8>>> {
    sqlx::query_scalar!(
        "insert into applied (hash, applied_on) select h, $2 from unnest($1::bytea[]) h
         on conflict do nothing returning hash",
        hashes,
        now.date_naive(),
    )
    .fetch_all(db)
    .await
}

/// Puts an activity back for later; one that `fetches` waits apart.
pub async fn put_back(
    db: &mut PgConnection,
    parked: &Parked,
    fetches: bool,
    now: Time,
    next_try_at: Time,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into received (host_id, actor_uri, hash, body, received_at, tries, next_try_at, fetches)
         values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing",
        parked.host_id.0,
        parked.actor_uri,
        parked.hash,
        parked.body,
        now,
        parked.tries + i16::from(!fetches),
        next_try_at,
        fetches,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// How much of what has to fetch something is lent out, and to whom its turn comes first.
#[derive(Clone, Copy, Debug)]
pub struct Lending<'a> {
    pub most: i64,
    /// Of one host, what it has in hand already included.
    pub each: i64,
    /// Whose turn it was last: those behind it come first.
    pub last: HostId,
    /// What each host has in hand.
    pub in_hand: &'a [(HostId, i64)],
    /// Until when it is lent out; what was lent is named by its id and this time.
    pub until: Time,
}

/// Lends out what has to fetch something first: it stays in the table while that goes on. Hosts take turns, and one that
/// has more in hand stands behind one that has less.
pub async fn lend_fetching(
    db: &mut PgConnection,
    lending: Lending<'_>,
    now: Time,
) -> sqlx::Result<Vec<Parked>> {
    let (hosts, counts): (Vec<i32>, Vec<i64>) = lending
        .in_hand
        .iter()
        .map(|(host, count)| (host.0, *count))
        .unzip();
    sqlx::query_as!(
        Parked,
        r#"with recursive hosts as (
               (select host_id from received where fetches order by host_id limit 1)
               union all
               select (select r.host_id from received r where r.host_id > h.host_id and r.fetches
                       order by r.host_id limit 1)
               from hosts h where h.host_id is not null),
           fair as (
               select n.id
               from hosts h
               left join unnest($5::integer[], $6::bigint[]) as b (host_id, count) on b.host_id = h.host_id
               cross join lateral (
                   select r.id, coalesce(b.count, 0) + row_number() over (order by r.next_try_at, r.id) as place
                   from (select id, next_try_at from received
                         where host_id = h.host_id and fetches and next_try_at <= $3
                         order by next_try_at, id limit greatest($2 - coalesce(b.count, 0), 0)
                         for update skip locked) r) n
               where h.host_id is not null
               order by n.place, h.host_id <= $7, h.host_id limit $1)
           update received set next_try_at = $4, tries = tries + 1 where id = any (array(select id from fair))
           returning id, host_id as "host_id: HostId", actor_uri, hash, body, tries"#,
        lending.most,
        lending.each,
        now,
        lending.until,
        &hosts,
        &counts,
        lending.last.0,
    )
    .fetch_all(db)
    .await
}

/// Takes one out that was lent until then, in the transaction that applies it. False: it is done, or lent to somebody else
/// by now, and theirs to do.
pub async fn remove(db: &mut PgConnection, id: i64, until: Time) -> sqlx::Result<bool> {
    let removed = sqlx::query!(
        "delete from received where id = $1 and fetches and next_try_at = $2",
        id,
        until
    )
    .execute(db)
    .await?;
    Ok(removed.rows_affected() > 0)
}

/// Gives one back that was lent until then, to be tried again later; nothing, if it is somebody else's by now.
pub async fn postpone(
    db: &mut PgConnection,
    id: i64,
    until: Time,
    next_try_at: Time,
    tried: Tried,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update received set next_try_at = $3, tries = tries - $4
         where id = $1 and fetches and next_try_at = $2",
        id,
        until,
        next_try_at,
        match tried {
            Tried::Once => 0_i16,
            Tried::Not => 1,
        },
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Whether what is given back was tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tried {
    Once,
    Not,
}

/// Takes one out by its id, whatever it waits for.
pub async fn take_one(db: &mut PgConnection, id: i64) -> sqlx::Result<Option<Parked>> {
    sqlx::query_as!(
        Parked,
        r#"delete from received where id = $1
           returning id, host_id as "host_id: HostId", actor_uri, hash, body, tries"#,
        id,
    )
    .fetch_optional(db)
    .await
}

/// The oldest of a lane that wait to be applied.
pub async fn oldest(db: &mut PgConnection, lane: Lane, most: i64, now: Time) -> sqlx::Result<Vec<i64>> {
    sqlx::query_scalar!(
        "select id from received where host_id % $3 = $4 and not fetches and next_try_at <= $2
         order by id limit $1",
        most,
        now,
        Lane::count(),
        lane.number(),
    )
    .fetch_all(db)
    .await
}

/// When the next one is due that was put back.
pub async fn next_due(db: &mut PgConnection) -> sqlx::Result<Option<Time>> {
    sqlx::query_scalar!("select min(next_try_at) from received")
        .fetch_one(db)
        .await
}

/// Forgets what was applied before `day`: longer ago than a signature can be valid.
pub async fn forget_applied(db: &mut PgConnection, day: chrono::NaiveDate) -> sqlx::Result<u64> {
    Ok(sqlx::query!("delete from applied where applied_on < $1", day)
        .execute(db)
        .await?
        .rows_affected())
}

/// Takes a note of `mark_applied` back.
pub async fn unmark_applied(db: &mut PgConnection, hash: &[u8]) -> sqlx::Result<()> {
    sqlx::query!("delete from applied where hash = $1", hash)
        .execute(db)
        .await?;
    Ok(())
}
