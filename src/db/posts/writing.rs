//! Writing posts, many in one statement, with the numbers that they change. Decides nothing about who hears of them.

use sqlx::PgConnection;

use crate::domain::ids::{AccountId, PostId};
use crate::domain::post::NewPost;
use crate::domain::quote::Policy;

macro_rules! column {
    ($posts:expr, $get:expr) => {
        &$posts.iter().map($get).collect::<Vec<_>>()[..]
    };
}

/// A post that was written.
#[derive(Clone, Copy, Debug)]
pub struct Inserted {
    pub id: PostId,
    /// Somebody elsewhere follows its author.
    pub followed_elsewhere: bool,
    /// How many posts its author has, with this one.
    pub of_author: i32,
    pub quote_policy: Policy,
}

/// Writes posts with their counts, and adds them to their authors' and parents' counts. Gives those that are new:
/// one whose URI, or whose repost, is there already is left out.
pub async fn insert(db: &mut PgConnection, posts: &[NewPost]) -> sqlx::Result<Vec<Inserted>> {
    sqlx::query_as!(
        Inserted,
        r#"with new as (
               insert into posts (id, author_id, uri, url, repost_of, repost_author_id, in_reply_to, reply_to_author,
                   reply_to_uri, thread_id, audience, comment, source, html, summary, sensitive, language, emojis,
                   comments_enabled, app_id, pushed, photos, created_at, words, place_id, quote_policy)
               select n.id, n.author_id, n.uri, n.url, n.repost_of, n.repost_author_id, n.in_reply_to, n.reply_to_author,
                   n.reply_to_uri, n.thread_id, n.audience, n.comment, n.source, n.html, n.summary, n.sensitive,
                   n.language, n.emojis, n.comments_enabled, n.app_id, n.pushed, n.photos, n.created_at,
                   to_tsvector('simple', fold(n.words)), n.place_id,
                   coalesce(n.quote_policy,
                       (select u.default_quote_policy from users u where u.account_id = n.author_id), 0)
               from unnest($1::bigint[], $2::bigint[], $3::text[], $4::text[], $5::bigint[], $6::bigint[],
                   $7::bigint[], $8::bigint[], $9::text[], $10::bigint[], $11::smallint[], $12::boolean[], $13::text[],
                   $14::text[], $15::text[], $16::boolean[], $17::text[], $18::jsonb[], $19::boolean[], $20::bigint[],
                   $21::boolean[], $22::smallint[], $23::timestamptz[], $24::text[], $25::bigint[], $26::integer[])
                   as n (id, author_id, uri, url, repost_of, repost_author_id, in_reply_to, reply_to_author,
                       reply_to_uri, thread_id, audience, comment, source, html, summary, sensitive, language, emojis,
                       comments_enabled, app_id, pushed, photos, created_at, words, place_id, quote_policy)
               on conflict do nothing
               returning id, author_id, repost_of, in_reply_to, audience, created_at, quote_policy),
           counted as (
               insert into post_counts (post_id) select id from new),
           of_authors as (
               update account_counts c
               set posts = c.posts + n.posts, last_post_at = greatest(c.last_post_at, n.last)
               -- what is for named people only shows in no number
               from (select author_id, count(*) filter (where audience < 3)::integer as posts,
                         max(created_at) filter (where audience < 3) as last from new group by 1) n
               where c.account_id = n.author_id
               returning c.account_id, c.followers > c.local_followers as elsewhere, c.posts),
           of_parents as (
               insert into count_deltas (post_id, reposts, replies)
               select coalesce(repost_of, in_reply_to), count(repost_of), count(in_reply_to)
               from new where coalesce(repost_of, in_reply_to) is not null group by 1)
           select n.id as "id!: PostId", o.elsewhere as "followed_elsewhere!", o.posts as "of_author!", n.quote_policy as "quote_policy!: Policy"
           from new n join of_authors o on o.account_id = n.author_id"#,
        column!(posts, |p| p.id.0),
        column!(posts, |p| p.author_id.0),
        column!(posts, |p| p.uri.clone()) as &[Option<String>],
        column!(posts, |p| p.url.clone()) as &[Option<String>],
        column!(posts, |p| p.repost_of.map(|id| id.0)) as &[Option<i64>],
        column!(posts, |p| p.repost_author_id.map(|id| id.0)) as &[Option<i64>],
        column!(posts, |p| p.in_reply_to.map(|id| id.0)) as &[Option<i64>],
        column!(posts, |p| p.reply_to_author.map(|id| id.0)) as &[Option<i64>],
        column!(posts, |p| p.reply_to_uri.clone()) as &[Option<String>],
        column!(posts, |p| p.thread_id.0),
        column!(posts, |p| p.audience as i16),
        column!(posts, |p| p.comment),
        column!(posts, |p| p.source.clone()) as &[Option<String>],
        column!(posts, |p| p.html.clone()),
        column!(posts, |p| p.summary.clone()),
        column!(posts, |p| p.sensitive),
        column!(posts, |p| p.language.clone()) as &[Option<String>],
        column!(posts, |p| p.emojis.clone()) as _,
        column!(posts, |p| p.comments_enabled),
        column!(posts, |p| p.app_id.map(|id| id.0)) as &[Option<i64>],
        column!(posts, |p| p.pushed),
        column!(posts, |p| p.photos),
        column!(posts, |p| p.created_at),
        column!(posts, |p| p.words.clone()) as &[Option<String>],
        column!(posts, |p| p.place_id.map(|id| id.0)) as &[Option<i64>],
        column!(posts, |p| p.quote_policy) as &[Option<Policy>],
    )
    .fetch_all(db)
    .await
}

/// Notes who is mentioned where.
pub async fn insert_mentions(db: &mut PgConnection, pairs: &[(PostId, AccountId)]) -> sqlx::Result<()> {
    if pairs.is_empty() {
        return Ok(());
    }
    sqlx::query!(
        "insert into mentions (post_id, account_id) select * from unnest($1::bigint[], $2::bigint[])
         on conflict do nothing",
        column!(pairs, |(post, _)| post.0),
        column!(pairs, |(_, account)| account.0),
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Notes which tags posts have, making tags that are new.
pub async fn insert_tags(db: &mut PgConnection, pairs: &[(PostId, String)]) -> sqlx::Result<()> {
    if pairs.is_empty() {
        return Ok(());
    }
    let names = column!(pairs, |(_, name)| name.clone());
    // In order, so that two transactions with the same new tags wait for each other instead of dying.
    sqlx::query!(
        "insert into tags (name) select distinct n from unnest($1::text[]) n order by n on conflict do nothing",
        names,
    )
    .execute(&mut *db)
    .await?;
    sqlx::query!(
        "insert into post_tags (tag_id, post_id)
         select t.id, n.post_id from unnest($1::text[], $2::bigint[]) as n (name, post_id) join tags t on t.name = n.name
         on conflict do nothing",
        names,
        column!(pairs, |(post, _)| post.0),
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Notes that an author has posts that are not written to feeds.
pub async fn mark_pulled(db: &mut PgConnection, author: AccountId) -> sqlx::Result<()> {
    sqlx::query!(
        "update accounts set pulled = true where id = $1 and not pulled",
        author.0
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Hangs answers below the posts that they answer, where either is one of these: the answer came first, or both came at once
/// and neither transaction saw the other's.
pub async fn join(db: &mut PgConnection, posts: &[PostId]) -> sqlx::Result<()> {
    sqlx::query!(
        "with pairs as (
             select c.id as child_id, p.id as parent_id
             from posts p join posts c on c.reply_to_uri = p.uri and c.in_reply_to is null
             where p.id = any ($1)
             union
             select c.id, p.id from posts c join posts p on p.uri = c.reply_to_uri
             where c.id = any ($1) and c.in_reply_to is null),
         found as (
             update posts c set in_reply_to = p.id, reply_to_author = p.author_id, thread_id = p.thread_id,
                 comment = c.author_id <> p.author_id, version = c.version + 1
             from pairs, posts p
             where c.id = pairs.child_id and p.id = pairs.parent_id and c.in_reply_to is null and c.id <> p.id
             returning p.id as parent_id)
         insert into count_deltas (post_id, replies) select parent_id, count(*) from found group by 1",
        posts as &[PostId],
    )
    .execute(db)
    .await?;
    Ok(())
}
