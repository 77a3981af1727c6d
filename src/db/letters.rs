//! Letters to other servers and the state of each host's queue. Decides nothing about who gets one: that is written
//! with the work.

use sqlx::PgConnection;

use crate::domain::clock::Time;
use crate::domain::federation::{Federation, Signing};
use crate::domain::ids::{AccountId, HostId};
use crate::domain::relay::RelayWay;
use crate::domain::work::Recipients;

/// Writes one letter for each distinct inbox of the recipients; not to servers with which this one does not speak, which
/// would be passed over when it is their turn. Gives how many.
/// A shared inbox stands for everybody on its server, also for a direct post: whom that is for, its addressees say.
pub async fn write(
    db: &mut PgConnection,
    outgoing: i64,
    to: &Recipients,
    federation: Federation,
    now: Time,
) -> sqlx::Result<u64> {
    let mut people: Vec<i64> = to.people.iter().map(|account| account.0).collect();
    if let Some(account) = to.acquaintances_of {
        people.extend(acquaintances(db, account).await?);
    }
    let given = to.inboxes.iter().map(|inbox| (inbox.host.0, inbox.url.clone()));
    let (hosts, inboxes): (Vec<i32>, Vec<String>) = given.unzip();
    let written = sqlx::query!(
        "with recipients as (
             select a.host_id, a.inbox
             from follows f
             -- Each by its key, whatever the planner remembers of how few people there are elsewhere.
             cross join lateral (
                 select host_id, coalesce(shared_inbox, inbox) as inbox, deleted_at, suspended_at
                 from accounts where id = f.follower_id offset 0) a
             where f.followee_id = $2 and f.accepted and a.host_id is not null and a.deleted_at is null
               and a.suspended_at is null
             union
             select a.host_id, coalesce(a.shared_inbox, a.inbox)
             from accounts a where a.id = any ($3) and a.host_id is not null and a.deleted_at is null
             union
             select i.host_id, i.inbox from unnest($6::integer[], $7::text[]) i (host_id, inbox)
             union
             select r.host_id, r.inbox from relays r where r.for_everybody = $8 and r.state = 1),
         written as (
             insert into letters (host_id, outgoing_id, inbox)
             select r.host_id, $1, r.inbox
             from recipients r join hosts h on h.id = r.host_id
             where r.inbox <> ''
               -- its sender may have been put out of action before it was their turn
               and exists (select 1 from outgoing where id = $1)
               and not exists (
                 select 1 from domain_policies d
                 where d.severity = 2 and (split_part(h.authority, ':', 1) = d.domain
                                           or split_part(h.authority, ':', 1) like '%.' || d.domain))
               and (not $5 or exists (
                 select 1 from domain_allows d where d.domain = split_part(h.authority, ':', 1)))
             order by r.host_id
             returning host_id, id),
         last as (
             select host_id, max(id) as id from written group by host_id order by host_id)
         insert into host_queues (host_id, last, next_try_at) select host_id, id, $4 from last
         on conflict (host_id) do update set last = excluded.last",
        outgoing,
        to.followers_of.map(|account| account.0),
        &people,
        now,
        federation == Federation::Listed,
        &hosts,
        &inboxes,
        to.relays.map(|way| way == RelayWay::Everybody),
    )
    .execute(db)
    .await?;
    Ok(written.rows_affected())
}

/// Somebody at each inbox elsewhere where this account may be known: followers and followees, whom it named, answered,
/// liked or passed on, and who answered it or passed it on.
async fn acquaintances(db: &mut PgConnection, account: AccountId) -> sqlx::Result<Vec<i64>> {
    sqlx::query_scalar!(
        r#"select distinct on (coalesce(a.shared_inbox, a.inbox)) a.id
           from accounts a
           where a.host_id is not null and a.deleted_at is null and a.id in (
               select follower_id from follows where followee_id = $1
               union all select followee_id from follows where follower_id = $1
               union all select m.account_id from posts p join mentions m on m.post_id = p.id where p.author_id = $1
               union all select reply_to_author from posts where author_id = $1 and reply_to_author is not null
               union all select repost_author_id from posts where author_id = $1 and repost_author_id is not null
               union all select p.author_id from likes l join posts p on p.id = l.post_id where l.account_id = $1
               union all select author_id from posts where reply_to_author = $1
               union all select author_id from posts where repost_author_id = $1)"#,
        account.0,
    )
    .fetch_all(db)
    .await
}

/// A host whose turn it is.
#[derive(Clone, Debug)]
pub struct Claimed {
    pub host_id: HostId,
    pub authority: String,
    pub cursor: i64,
    pub last: i64,
    pub failures: i32,
    pub failing_since: Option<Time>,
    pub head_tries: i16,
    pub signing: Signing,
    /// It took a letter, and has not failed since.
    pub proved: bool,
    /// Until when it is claimed: says later whether it still is.
    pub until: Time,
}

/// How many hosts are taken at once.
#[derive(Clone, Copy, Debug)]
pub struct Most {
    pub well: i64,
    /// Of those that failed the last time: however many they are, they take no place from the others.
    pub failing: i64,
}

/// Takes hosts that are due, so that no other sender works on them until `until`.
pub async fn claim(db: &mut PgConnection, most: Most, now: Time, until: Time) -> sqlx::Result<Vec<Claimed>> {
    sqlx::query_as!(
        Claimed,
        r#"with well as (
               select host_id from host_queues
               where cursor < last and failures = 0 and next_try_at <= $3 and (claimed_until is null or claimed_until <= $3)
               order by next_try_at limit $1 for update skip locked),
           failing as (
               select host_id from host_queues
               where cursor < last and failures > 0 and next_try_at <= $3 and (claimed_until is null or claimed_until <= $3)
               order by next_try_at limit $2 for update skip locked)
           update host_queues q set claimed_until = $4
           from (select host_id from well union all select host_id from failing) due join hosts h on h.id = due.host_id
           where q.host_id = due.host_id
           returning q.host_id as "host_id: HostId", h.authority, q.cursor, q.last, q.failures, q.failing_since, q.head_tries,
               h.scheme as "signing: Signing", q.failures = 0 and q.last_success_at is not null as "proved!", $4::timestamptz as "until!""#,
        most.well,
        most.failing,
        now,
        until,
    )
    .fetch_all(db)
    .await
}

/// When the next host is due that waits.
pub async fn next_due(db: &mut PgConnection) -> sqlx::Result<Option<Time>> {
    sqlx::query_scalar!(
        r#"select min(greatest(next_try_at, coalesce(claimed_until, next_try_at))) from host_queues where cursor < last"#,
    )
    .fetch_one(db)
    .await
}

/// A letter that waits.
#[derive(Clone, Debug)]
pub struct Waiting {
    pub host_id: HostId,
    pub id: i64,
    pub inbox: String,
    pub outgoing_id: i64,
}

/// The next letters of claimed hosts, in order, at most so many of each.
pub async fn next(
    db: &mut PgConnection,
    hosts: &[HostId],
    cursors: &[i64],
    most_each: &[i64],
) -> sqlx::Result<Vec<Waiting>> {
    sqlx::query_as!(
        Waiting,
        r#"select c.host_id as "host_id!: HostId", l.id, l.inbox, l.outgoing_id
           from unnest($1::integer[], $2::bigint[], $3::bigint[]) as c (host_id, cursor, most)
           cross join lateral (
               select id, inbox, outgoing_id from letters
               where host_id = c.host_id and id > c.cursor order by id limit c.most) l
           order by c.host_id, l.id"#,
        hosts as &[HostId],
        cursors,
        most_each,
    )
    .fetch_all(db)
    .await
}

/// How a turn at a host ended.
#[derive(Clone, Debug)]
pub struct Turn {
    pub host_id: HostId,
    /// Of the claim that it had.
    pub until: Time,
    /// Everything up to here is done.
    pub cursor: i64,
    pub failures: i32,
    pub failing_since: Option<Time>,
    pub head_tries: i16,
    pub next_try_at: Time,
    /// How the host understood the last letter.
    pub signing: Signing,
    /// And how when the turn began.
    pub signing_before: Signing,
    pub error: Option<String>,
    pub succeeded_at: Option<Time>,
}

/// What came of writing turns down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Finished {
    /// Hosts that have more letters that are due.
    pub due: usize,
    /// Turns that took longer than their claim: the host is another sender's by now, who does it all again.
    pub too_late: usize,
}

/// Writes down how turns ended, and gives the hosts back.
pub async fn finish(db: &mut PgConnection, turns: &[Turn], now: Time) -> sqlx::Result<Finished> {
    macro_rules! column {
        ($get:expr) => {
            &turns.iter().map($get).collect::<Vec<_>>()[..]
        };
    }
    let due = sqlx::query_scalar!(
        r#"update host_queues q set cursor = greatest(q.cursor, t.cursor), failures = t.failures,
             failing_since = t.failing_since, head_tries = t.head_tries, next_try_at = t.next_try_at,
             last_error = t.error, last_success_at = coalesce(t.succeeded_at, q.last_success_at), claimed_until = null
         from unnest($1::integer[], $2::bigint[], $3::integer[], $4::timestamptz[], $5::smallint[], $6::timestamptz[],
             $7::text[], $8::timestamptz[], $10::timestamptz[])
             as t (host_id, cursor, failures, failing_since, head_tries, next_try_at, error, succeeded_at, until)
         where q.host_id = t.host_id and q.claimed_until = t.until
         returning q.cursor < q.last and q.next_try_at <= $9 as "due!""#,
        column!(|t| t.host_id.0),
        column!(|t| t.cursor),
        column!(|t| t.failures),
        column!(|t| t.failing_since) as &[Option<Time>],
        column!(|t| t.head_tries),
        column!(|t| t.next_try_at),
        column!(|t| t.error.clone()) as &[Option<String>],
        column!(|t| t.succeeded_at) as &[Option<Time>],
        now,
        column!(|t| t.until),
    )
    .fetch_all(db)
    .await?;
    Ok(Finished {
        too_late: turns.len() - due.len(),
        due: due.into_iter().filter(|due| *due).count(),
    })
}

/// Sets a letter aside that its host will not take although it is well; not one whose activity was deleted meanwhile.
pub async fn set_aside(db: &mut PgConnection, letter: &Waiting, error: &str, now: Time) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into letters_aside (id, host_id, outgoing_id, inbox, error, set_aside_at)
         select $1, $2, id, $4, $5, $6 from outgoing where id = $3
         on conflict do nothing",
        letter.id,
        letter.host_id.0,
        letter.outgoing_id,
        letter.inbox,
        error,
        now,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// A host spoke to us: whatever was wrong may be over. Nothing to do for one that is well.
pub async fn revive(db: &mut PgConnection, hosts: &[HostId], now: Time) -> sqlx::Result<u64> {
    let revived = sqlx::query!(
        "update host_queues set next_try_at = $2
         where host_id = any ($1) and failures > 0 and next_try_at > $2",
        hosts as &[HostId],
        now,
    )
    .execute(db)
    .await?;
    Ok(revived.rows_affected())
}

/// Removes letters that are done, and activities that no letter carries any more. Gives how many letters went.
pub async fn sweep(db: &mut PgConnection, most: i64) -> sqlx::Result<u64> {
    let gone = sqlx::query!(
        "delete from letters where id = any (array(
             select l.id from host_queues q
             cross join lateral (
                 select id from letters where host_id = q.host_id and id <= q.cursor order by id limit $1) l
             limit $1))",
        most,
    )
    .execute(&mut *db)
    .await?;
    sqlx::query!(
        "delete from outgoing where id = any (array(
             select o.id from outgoing o
             where not exists (select 1 from letters l where l.outgoing_id = o.id)
               and not exists (select 1 from letters_aside l where l.outgoing_id = o.id)
               -- not one whose letters are still to be written
               and not exists (select 1 from outbox b where b.work ->> 'outgoing' = o.id::text)
             order by o.id limit $1))",
        most,
    )
    .execute(db)
    .await?;
    Ok(gone.rows_affected())
}
