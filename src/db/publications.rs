//! A post of somebody here that is nothing but text, with all that follows from it, in one statement: a round trip, a
//! commit, and the author's row locked no longer than that. Decides nothing: what follows is given.

use sqlx::PgConnection;
use sqlx::types::Json;

use crate::domain::post::NewPost;
use crate::domain::work::Work;

#[derive(Debug)]
pub struct Publication<'a> {
    /// Answers nobody, mentions nobody, has neither photos nor tags.
    pub post: &'a NewPost,
    /// Makes one post only, however often it comes.
    pub key: Option<&'a str>,
    /// What it causes here.
    pub work: Option<Work>,
    pub letter: Option<Letter>,
}

/// Goes out if somebody elsewhere follows the author when the post is written.
#[derive(Debug)]
pub struct Letter {
    pub body: String,
    /// What is to be done with it, once it has a number.
    pub work: Work,
}

/// The constraint that fails when the same key comes twice at once: the second waits for the first.
pub const SAME_KEY: &str = "idempotency_keys_pkey";

/// Whether it was written; not when its key has made a post before.
pub async fn insert(db: &mut PgConnection, publication: &Publication<'_>) -> sqlx::Result<bool> {
    let Publication {
        post,
        key,
        work,
        letter,
    } = publication;
    let written = sqlx::query_scalar!(
        r#"with new as (
               insert into posts (id, author_id, thread_id, audience, source, html, summary, sensitive, language,
                   comments_enabled, app_id, pushed, created_at)
               select $1::bigint, $2::bigint, $1::bigint, $3::smallint, $4::text, $5::text, $6::text, $7::boolean,
                   $8::text, $9::boolean, $10::bigint, $11::boolean, $12::timestamptz
               where not exists (select 1 from idempotency_keys k where k.account_id = $2 and k.key = $13::text)
               returning id, author_id, created_at),
           counted as (
               insert into post_counts (post_id) select id from new),
           keyed as (
               insert into idempotency_keys (account_id, key, post_id, created_at)
               select author_id, $13, id, created_at from new where $13 is not null),
           of_author as (
               update account_counts c
               set posts = c.posts + 1, last_post_at = greatest(c.last_post_at, n.created_at)
               from new n where c.account_id = n.author_id
               returning c.followers > c.local_followers as elsewhere),
           told as (
               insert into outgoing (sender_id, post_id, body, created_at)
               select $2, $1, $14::text, $12 from of_author where elsewhere and $14 is not null
               returning id),
           caused as (
               insert into outbox (work)
               select $15::jsonb from new where $15 is not null
               union all
               select jsonb_set($16::jsonb, '{outgoing}', to_jsonb(id)) from told)
           select id from new"#,
        post.id.0,
        post.author_id.0,
        post.audience as i16,
        post.source,
        post.html,
        post.summary,
        post.sensitive,
        post.language,
        post.comments_enabled,
        post.app_id.map(|id| id.0),
        post.pushed,
        post.created_at,
        *key,
        letter.as_ref().map(|letter| letter.body.as_str()),
        work.as_ref().map(Json) as _,
        letter.as_ref().map(|letter| Json(&letter.work)) as _,
    )
    .fetch_optional(db)
    .await?;
    Ok(written.is_some())
}
