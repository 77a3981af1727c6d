//! What connected clients are told of: the log by which processes tell each other, and whom a thing concerns among those who
//! are connected. Who may see a post is said by `post_cards`, here as everywhere.

use sqlx::postgres::PgListener;
use sqlx::types::Json;
use sqlx::{PgConnection, PgPool};

use crate::domain::clock::Time;
use crate::domain::ids::{AccountId, PostId, TokenId};
use crate::domain::live::{Event, Places, Told};

/// Where processes hear that there is something in the log.
pub const CHANNEL: &str = "tintype_live";

/// Writes events down, in their order. Only for the one dispatcher: ids are in the order of commits.
pub async fn add(
    db: &mut PgConnection,
    process: i64,
    events: Vec<Event>,
    now: Time,
) -> sqlx::Result<Vec<Told>> {
    if events.is_empty() {
        return Ok(Vec::new());
    }
    let json: Vec<_> = events.iter().map(Json).collect();
    let mut ids = sqlx::query_scalar!(
        "insert into live_events (process, event, created_at)
         select $1, e.event, $3 from unnest($2::jsonb[]) with ordinality e (event, place) order by e.place
         returning id",
        process,
        &json as _,
        now,
    )
    .fetch_all(db)
    .await?;
    ids.sort_unstable();
    let told = ids.into_iter().zip(events);
    Ok(told.map(|(id, event)| Told { id, event }).collect())
}

/// Says on the channel that a process wrote something down, outside of any transaction that writes: the lock of `notify`
/// spans its commit. However much there is, the word is short; who hears it looks for itself.
pub async fn announce(db: &PgPool, process: i64) -> sqlx::Result<()> {
    sqlx::query!("select pg_notify($1, $2)", CHANNEL, process.to_string())
        .execute(db)
        .await?;
    Ok(())
}

/// Whether what was said on the channel was said by that process.
pub fn is_of(said: &str, process: i64) -> bool {
    said.parse() == Ok(process)
}

/// A connection of its own that hears the channel, and takes itself up again when it breaks.
pub async fn listener(db: &PgPool) -> sqlx::Result<PgListener> {
    let own = sqlx::postgres::PgPoolOptions::new()
        .max_connections(1)
        .connect_with((*db.connect_options()).clone())
        .await?;
    let mut listener = PgListener::connect_with(&own).await?;
    listener.ignore_pool_close_event(true);
    listener.listen(CHANNEL).await?;
    Ok(listener)
}

/// How far the log goes.
pub async fn last(db: &mut PgConnection) -> sqlx::Result<i64> {
    sqlx::query_scalar!(r#"select coalesce(max(id), 0) as "last!" from live_events"#)
        .fetch_one(db)
        .await
}

/// The newest events after `id` but those of one process, at most so many, in their order.
pub async fn since(
    db: &mut PgConnection,
    id: i64,
    but_of: Option<i64>,
    most: i64,
) -> sqlx::Result<Vec<Told>> {
    let mut rows = sqlx::query!(
        r#"select id, event as "event: Json<Event>" from live_events
           where id > $1 and ($2::bigint is null or process <> $2) order by id desc limit $3"#,
        id,
        but_of,
        most,
    )
    .fetch_all(db)
    .await?;
    rows.reverse();
    let told = rows.into_iter();
    Ok(told
        .map(|row| Told {
            id: row.id,
            event: row.event.0,
        })
        .collect())
}

pub async fn sweep(db: &mut PgConnection, before: Time) -> sqlx::Result<()> {
    sqlx::query!("delete from live_events where created_at < $1", before)
        .execute(db)
        .await?;
    Ok(())
}

/// Where posts are shown, and reposts of them, in the order of their ids: what is said here of public and tagged posts is what `db::timelines` says.
pub async fn places(db: &mut PgConnection, ids: &[PostId]) -> sqlx::Result<Vec<(PostId, Places)>> {
    let rows = sqlx::query!(
        r#"select p.id as "id: PostId", p.author_id as "author: AccountId", o.is_open and not p.comment as "public!",
               p.uri is null as "local!", p.photos > 0 as "media!",
               case when o.is_open then array(
                   select t.name from post_tags pt join tags t on t.id = pt.tag_id where pt.post_id = p.id)
               else '{}' end as "tags!",
               case when p.audience = 3 then array(select m.account_id from mentions m where m.post_id = p.id)
               end as "addressed?: Vec<AccountId>"
           from posts p
           join accounts a on a.id = p.author_id
           cross join lateral (
               select p.audience = 0 and p.repost_of is null and a.limited_at is null as is_open) o
           where p.id = any ($1)
           order by p.id"#,
        ids as &[PostId],
    )
    .fetch_all(db)
    .await?;
    let places = rows.into_iter().map(|row| {
        let places = Places {
            author: row.author,
            public: row.public,
            local: row.local,
            media: row.media,
            tags: row.tags,
            addressed: row.addressed,
        };
        (row.id, places)
    });
    Ok(places.collect())
}

/// The newest reposts of a post, at most so many.
pub async fn reposts(db: &mut PgConnection, of: PostId, most: i64) -> sqlx::Result<Vec<PostId>> {
    sqlx::query_scalar!(
        r#"select id as "id: PostId" from posts where repost_of = $1 order by id desc limit $2"#,
        of.0,
        most,
    )
    .fetch_all(db)
    .await
}

/// Those of `people` who follow somebody.
pub async fn followers_among(
    db: &mut PgConnection,
    of: AccountId,
    people: &[AccountId],
) -> sqlx::Result<Vec<AccountId>> {
    sqlx::query_scalar!(
        r#"select follower_id as "id: AccountId" from follows
           where followee_id = $1 and accepted and follower_id = any ($2)"#,
        of.0,
        people as &[AccountId],
    )
    .fetch_all(db)
    .await
}

/// Where there is anything between one of `viewers` and one of `posts`: they wrote it, marked it, or hide or are hidden
/// from one of its people, or from their server. Whoever is not named here meets an open post as anybody does.
pub async fn between(
    db: &mut PgConnection,
    viewers: &[AccountId],
    posts: &[PostId],
) -> sqlx::Result<Vec<(AccountId, PostId)>> {
    let rows = sqlx::query!(
        r#"with p as materialized (
               select id, author_id, repost_author_id, coalesce(repost_of, id) as shown_id
               from posts where id = any ($2)),
           people as materialized (
               select id, author_id as account_id from p
               union select id, repost_author_id from p where repost_author_id is not null)
           select account_id as "viewer!: AccountId", id as "post!: PostId" from people where account_id = any ($1)
           union
           select h.viewer_id, people.id from people join hidden h on h.account_id = people.account_id
           where h.viewer_id = any ($1)
           union
           select v.account_id, p.id from p join viewer_state v on v.post_id = p.shown_id
           where v.account_id = any ($1)
           union
           select d.account_id, people.id from people
           join accounts a on a.id = people.account_id
           join hosts o on o.id = a.host_id
           join account_domain_blocks d on d.domain = o.authority
           where d.account_id = any ($1)"#,
        viewers as &[AccountId],
        posts as &[PostId],
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| (row.viewer, row.post)).collect())
}

/// Of these tokens and sessions (by their hashes), those that may be used now.
pub async fn valid(
    db: &mut PgConnection,
    tokens: &[TokenId],
    sessions: &[Vec<u8>],
) -> sqlx::Result<(Vec<TokenId>, Vec<Vec<u8>>)> {
    let row = sqlx::query!(
        r#"with active as not materialized (
               select u.account_id from users u join accounts a on a.id = u.account_id
               where u.confirmed_at is not null and u.approved_at is not null and u.disabled_at is null
                 and a.suspended_at is null and a.deleted_at is null)
           select array(select t.id from oauth_tokens t join active u on u.account_id = t.account_id
                        where t.id = any ($1)) as "tokens!: Vec<TokenId>",
                  array(select s.hash from sessions s join active u on u.account_id = s.account_id
                        where s.hash = any ($2)) as "sessions!: Vec<Vec<u8>>""#,
        tokens as &[TokenId],
        sessions,
    )
    .fetch_one(db)
    .await?;
    Ok((row.tokens, row.sessions))
}
