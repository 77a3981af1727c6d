//! Polls and the votes in them. Never asks who may vote.

use sqlx::PgConnection;

use crate::domain::clock::Time;
use crate::domain::ids::{AccountId, PostId};
use crate::domain::poll::Poll;

/// A poll to be written, or to take the place of what its post had.
#[derive(Clone, Debug)]
pub struct NewPoll<'a> {
    pub options: &'a [String],
    pub tallies: &'a [i32],
    pub voters: Option<i32>,
    pub multiple: bool,
    pub hides_totals: bool,
    pub expires_at: Option<Time>,
    /// Its end is nothing to tell of.
    pub ended: bool,
    /// When its server said so; none for one made here.
    pub said_at: Option<Time>,
}

/// Writes a post's poll, in place of the one it had. Votes stay: `forget_votes` is for those that mean nothing any more.
pub async fn put(db: &mut PgConnection, post: PostId, poll: &NewPoll<'_>) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into polls (post_id, options, tallies, voters, multiple, hides_totals, expires_at, ended, said_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
         on conflict (post_id) do update set options = $2, tallies = $3, voters = $4, multiple = $5, hides_totals = $6,
             expires_at = $7, ended = $8, said_at = $9",
        post.0,
        poll.options,
        poll.tallies,
        poll.voters,
        poll.multiple,
        poll.hides_totals,
        poll.expires_at,
        poll.ended,
        poll.said_at,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The post holds no poll any more.
pub async fn remove(db: &mut PgConnection, post: PostId) -> sqlx::Result<()> {
    sqlx::query!("delete from polls where post_id = $1", post.0)
        .execute(db)
        .await?;
    Ok(())
}

/// What its server says now of the numbers and the end of a poll. Whether that is anything new.
pub async fn renew(
    db: &mut PgConnection,
    post: PostId,
    said: (&[i32], Option<i32>),
    expires_at: Option<Time>,
    now: Time,
) -> sqlx::Result<bool> {
    let (tallies, voters) = said;
    let changed = sqlx::query_scalar!(
        r#"with before as (
               select post_id, (tallies, voters, expires_at) is distinct from ($2::integer[], $3::integer, $4::timestamptz)
                   as differs
               from polls where post_id = $1)
           update polls p set tallies = $2, voters = $3, expires_at = $4, said_at = $5,
               -- one that goes on after all ends anew
               ended = p.ended and coalesce($4 <= $5, false)
           from before b where p.post_id = b.post_id
           returning b.differs as "differs!""#,
        post.0,
        tallies,
        voters,
        expires_at,
        now,
    )
    .fetch_optional(db)
    .await?;
    Ok(changed == Some(true))
}

/// The poll of a post; nobody else votes in it or changes it until the transaction ends.
pub async fn lock(db: &mut PgConnection, post: PostId) -> sqlx::Result<Option<Poll>> {
    sqlx::query_as!(
        Poll,
        "select options, tallies, voters, multiple, hides_totals, expires_at, ended, said_at
         from polls where post_id = $1 for no key update",
        post.0,
    )
    .fetch_optional(db)
    .await
}

/// Writes down all that somebody chooses. False when they have voted: the constraint `poll_votes_once` says so.
pub async fn cast(
    db: &mut PgConnection,
    post: PostId,
    voter: AccountId,
    choices: &[i16],
) -> sqlx::Result<bool> {
    let cast = sqlx::query!(
        "insert into poll_votes (post_id, account_id, choices) values ($1, $2, $3) on conflict do nothing",
        post.0,
        voter.0,
        choices,
    )
    .execute(db)
    .await?;
    Ok(cast.rows_affected() > 0)
}

/// Adds a choice to those of somebody who has voted. False when it is among them.
pub async fn add_choice(
    db: &mut PgConnection,
    post: PostId,
    voter: AccountId,
    choice: i16,
) -> sqlx::Result<bool> {
    let added = sqlx::query!(
        "update poll_votes set choices = choices || $3::smallint
         where post_id = $1 and account_id = $2 and $3::smallint <> all (choices)",
        post.0,
        voter.0,
        choice,
    )
    .execute(db)
    .await?;
    Ok(added.rows_affected() > 0)
}

/// Counts votes for options, and `voters` more people. `tell_at`: other servers hear of it then, unless they do sooner.
pub async fn count(
    db: &mut PgConnection,
    post: PostId,
    choices: &[i16],
    voters: i32,
    tell_at: Option<Time>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update polls set
             tallies = array(select t.votes + (t.place - 1 = any ($2::smallint[]))::integer
                             from unnest(tallies) with ordinality t (votes, place) order by t.place),
             voters = voters + $3,
             tell_at = least(tell_at, $4)
         where post_id = $1",
        post.0,
        choices,
        voters,
        tell_at,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Takes away all votes in a poll, and with them the marks of those who voted.
pub async fn forget_votes(db: &mut PgConnection, post: PostId) -> sqlx::Result<()> {
    sqlx::query!("delete from poll_votes where post_id = $1", post.0)
        .execute(&mut *db)
        .await?;
    // 32: voted.
    sqlx::query!(
        "update viewer_state set flags = flags & ~32::smallint where post_id = $1 and flags & 32 <> 0",
        post.0,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// What people chose in polls, each pair of theirs that is there.
pub async fn choices(
    db: &mut PgConnection,
    pairs: &[(AccountId, PostId)],
) -> sqlx::Result<Vec<((AccountId, PostId), Vec<i16>)>> {
    let (voters, posts): (Vec<AccountId>, Vec<PostId>) = pairs.iter().copied().unzip();
    let rows = sqlx::query!(
        r#"select v.account_id as "voter: AccountId", v.post_id as "post: PostId", v.choices
           from unnest($1::bigint[], $2::bigint[]) w (voter, post)
           join poll_votes v on v.post_id = w.post and v.account_id = w.voter"#,
        &voters as &[AccountId],
        &posts as &[PostId],
    )
    .fetch_all(db)
    .await?;
    let found = rows.into_iter().map(|row| ((row.voter, row.post), row.choices));
    Ok(found.collect())
}

/// Polls whose end is to be told of, marked as told of; nobody else gets them.
pub async fn take_ended(db: &mut PgConnection, now: Time, most: i64) -> sqlx::Result<Vec<PostId>> {
    sqlx::query_scalar!(
        r#"update polls set ended = true, tell_at = null
           where post_id in (select post_id from polls where not ended and expires_at <= $1
                             order by expires_at limit $2 for update skip locked)
           returning post_id as "post: PostId""#,
        now,
        most,
    )
    .fetch_all(db)
    .await
}

/// Polls of whose numbers other servers are to be told, taken off the list; nobody else gets them.
pub async fn take_counted(db: &mut PgConnection, now: Time, most: i64) -> sqlx::Result<Vec<PostId>> {
    sqlx::query_scalar!(
        r#"update polls set tell_at = null
           where post_id in (select post_id from polls where tell_at <= $1
                             order by tell_at limit $2 for update skip locked)
           returning post_id as "post: PostId""#,
        now,
        most,
    )
    .fetch_all(db)
    .await
}

/// People here who are told of the end of a poll: its author, and those who voted and still meet the author.
pub async fn concerned(db: &mut PgConnection, post: PostId) -> sqlx::Result<Vec<AccountId>> {
    sqlx::query_scalar!(
        r#"select u.account_id as "id!: AccountId"
           from posts p join users u on u.account_id = p.author_id
           where p.id = $1
           union
           select u.account_id
           from posts p join poll_votes v on v.post_id = p.id join users u on u.account_id = v.account_id
           where p.id = $1
             and not exists (select 1 from hidden h where h.viewer_id = v.account_id and h.account_id = p.author_id)"#,
        post.0,
    )
    .fetch_all(db)
    .await
}

/// People elsewhere who voted in a poll, for telling their servers of its numbers.
pub async fn voters_elsewhere(
    db: &mut PgConnection,
    post: PostId,
    most: i64,
) -> sqlx::Result<Vec<AccountId>> {
    sqlx::query_scalar!(
        r#"select v.account_id as "id: AccountId" from poll_votes v join accounts a on a.id = v.account_id
           where v.post_id = $1 and a.host_id is not null limit $2"#,
        post.0,
        most,
    )
    .fetch_all(db)
    .await
}

/// Notes for people here that a poll has ended, once for each, its author among them.
pub async fn insert_notifications(
    db: &mut PgConnection,
    post: PostId,
    notes: (&[i64], &[AccountId]),
    kind: i16,
    now: Time,
) -> sqlx::Result<()> {
    let (ids, people) = notes;
    sqlx::query!(
        "insert into notifications (id, account_id, kind, from_id, post_id, created_at)
         select n.id, n.account_id, $4, p.author_id, p.id, $5
         from unnest($2::bigint[], $3::bigint[]) n (id, account_id) join posts p on p.id = $1
         where not exists (select 1 from thread_mutes t where t.thread_id = p.thread_id and t.account_id = n.account_id)
         on conflict on constraint notifications_once do nothing",
        post.0,
        ids,
        people as &[AccountId],
        kind,
        now,
    )
    .execute(db)
    .await?;
    Ok(())
}
