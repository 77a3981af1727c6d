//! What waits for other servers, and what they would not take, for an admin to read. Changes what waits only as a whole.

use sqlx::PgConnection;

use crate::domain::clock::Time;
use crate::domain::federation::Signing;
use crate::domain::ids::{HostId, PostId};

/// What is counted of one server's letters; whoever has more has too many to tell apart.
pub const MOST_COUNTED: i64 = 10_000;

/// A server to which letters were sent, or wait.
#[derive(Clone, Debug)]
pub struct Host {
    pub authority: String,
    pub failures: i32,
    pub failing_since: Option<Time>,
    pub next_try_at: Time,
    pub last_error: Option<String>,
    pub last_success_at: Option<Time>,
    pub signing: Signing,
    pub waiting: i64,
    pub aside: i64,
}

/// Which servers are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    All,
    /// Those that failed the last time, or refused something.
    Failing,
}

/// Those in trouble first, the longest of them on top.
pub async fn hosts(db: &mut PgConnection, which: Which, most: i64) -> sqlx::Result<Vec<Host>> {
    sqlx::query_as!(
        Host,
        r#"select h.authority, q.failures, q.failing_since, q.next_try_at, q.last_error, q.last_success_at,
               h.scheme as "signing: Signing",
               (select count(*) from (
                   select 1 from letters l where l.host_id = q.host_id and l.id > q.cursor limit $3) x) as "waiting!",
               (select count(*) from (
                   select 1 from letters_aside a where a.host_id = q.host_id limit $3) x) as "aside!"
           from host_queues q join hosts h on h.id = q.host_id
           where $1 or q.failures > 0 or exists (select 1 from letters_aside a where a.host_id = q.host_id)
           order by (q.failures > 0) desc, q.failing_since, (q.cursor < q.last) desc, h.authority
           limit $2"#,
        which == Which::All,
        most,
        MOST_COUNTED,
    )
    .fetch_all(db)
    .await
}

/// A letter that waits, or was set aside.
#[derive(Clone, Debug)]
pub struct Letter {
    pub kind: String,
    pub post: Option<PostId>,
    pub inbox: String,
    pub written_at: Time,
    /// Why it was set aside.
    pub error: Option<String>,
}

/// What was set aside of one server's, the newest first, and then what waits, in its order.
pub async fn letters(db: &mut PgConnection, host: HostId, most: i64) -> sqlx::Result<Vec<Letter>> {
    sqlx::query_as!(
        Letter,
        r#"select coalesce(o.body::jsonb ->> 'type', '') as "kind!", o.post_id as "post: PostId", l.inbox as "inbox!",
               o.created_at as "written_at!", l.error as "error?"
           from (
               (select 0 as place, -a.id as at, a.outgoing_id, a.inbox, a.error from letters_aside a
                where a.host_id = $1 order by a.id desc limit $2)
               union all
               (select 1, l.id, l.outgoing_id, l.inbox, null::text from letters l join host_queues q on q.host_id = l.host_id
                where l.host_id = $1 and l.id > q.cursor order by l.id limit $2)) l
           join outgoing o on o.id = l.outgoing_id
           order by l.place, l.at limit $2"#,
        host.0,
        most,
    )
    .fetch_all(db)
    .await
}

/// How one server stands to a post.
#[derive(Clone, Debug)]
pub struct Standing {
    pub authority: String,
    /// Letters about it that wait.
    pub waiting: i64,
    /// Why it took one of them not.
    pub refused: Option<String>,
    /// It took a letter since the post was made.
    pub took: bool,
    pub last_error: Option<String>,
    pub next_try_at: Option<Time>,
}

/// The servers for whose people a post is, as far as that is known: of those who followed its author when it was made and
/// do so still, of those whom it names, and where a letter about it waits or failed. Trouble first.
pub async fn standings(db: &mut PgConnection, post: PostId, most: i64) -> sqlx::Result<Vec<Standing>> {
    sqlx::query_as!(
        Standing,
        r#"with about as materialized (select id from outgoing where post_id = $1),
           meant as (
               select a.host_id from posts p
               join follows f on f.followee_id = p.author_id and f.accepted and f.created_at <= p.created_at
               join accounts a on a.id = f.follower_id and a.host_id is not null and a.deleted_at is null
               where p.id = $1 and p.audience < 3
               union
               select a.host_id from mentions m join accounts a on a.id = m.account_id
               where m.post_id = $1 and a.host_id is not null
               union
               select r.host_id from relays r join posts p on p.id = $1 and p.audience = 0
               where r.state = 1 and r.answered_at <= p.created_at
               union
               select l.host_id from about b join letters l on l.outgoing_id = b.id
               union
               select l.host_id from about b join letters_aside l on l.outgoing_id = b.id)
           select h.authority as "authority!", w.waiting as "waiting!", r.error as "refused?",
               coalesce(q.last_success_at >= p.created_at, false) as "took!", q.last_error as "last_error?",
               q.next_try_at as "next_try_at?"
           from meant m join hosts h on h.id = m.host_id join posts p on p.id = $1
           left join host_queues q on q.host_id = m.host_id
           cross join lateral (
               select count(*) as waiting from about b join letters l on l.outgoing_id = b.id
               where l.host_id = m.host_id and l.id > q.cursor) w
           left join lateral (
               select l.error from about b join letters_aside l on l.outgoing_id = b.id
               where l.host_id = m.host_id order by l.id desc limit 1) r on true
           order by (r.error is not null) desc, (w.waiting > 0) desc, h.authority
           limit $2"#,
        post.0,
        most,
    )
    .fetch_all(db)
    .await
}

/// A host is tried at once, as one that has not failed for long. Whether there is one with letters.
pub async fn due_now(db: &mut PgConnection, host: HostId, now: Time) -> sqlx::Result<bool> {
    let changed = sqlx::query!(
        "update host_queues set next_try_at = $2, failing_since = null, head_tries = 0
         where host_id = $1 and cursor < last",
        host.0,
        now,
    )
    .execute(db)
    .await?;
    Ok(changed.rows_affected() > 0)
}

/// A letter that was set aside, taken out.
#[derive(Clone, Debug)]
pub struct Aside {
    pub outgoing: i64,
    pub inbox: String,
}

/// Takes out what was set aside of one host's, in order, at most so many.
pub async fn take_aside(db: &mut PgConnection, host: HostId, most: i64) -> sqlx::Result<Vec<Aside>> {
    let mut taken = sqlx::query!(
        "delete from letters_aside where id = any (array(
             select id from letters_aside where host_id = $1 order by id limit $2))
         returning id, outgoing_id, inbox",
        host.0,
        most,
    )
    .fetch_all(db)
    .await?;
    taken.sort_unstable_by_key(|row| row.id);
    let letters = taken.into_iter().map(|row| Aside {
        outgoing: row.outgoing_id,
        inbox: row.inbox,
    });
    Ok(letters.collect())
}

/// What was given up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dropped {
    pub waiting: i64,
    pub aside: i64,
}

/// Passes over all that waits for a host, and forgets what was set aside of it. A turn that is under way ends as it does.
pub async fn drop_all(db: &mut PgConnection, host: HostId, now: Time) -> sqlx::Result<Dropped> {
    let waiting = sqlx::query_scalar!(
        r#"with before as (select host_id, cursor, last from host_queues where host_id = $1 for update),
           changed as (
               update host_queues q set cursor = b.last, failures = 0, failing_since = null, head_tries = 0,
                   last_error = null, next_try_at = $2
               from before b where q.host_id = b.host_id)
           select count(*) as "count!" from before b join letters l on l.host_id = b.host_id and l.id > b.cursor
               and l.id <= b.last"#,
        host.0,
        now,
    )
    .fetch_one(&mut *db)
    .await?;
    let aside = sqlx::query!("delete from letters_aside where host_id = $1", host.0)
        .execute(db)
        .await?;
    Ok(Dropped {
        waiting,
        aside: i64::try_from(aside.rows_affected()).unwrap_or(i64::MAX),
    })
}
