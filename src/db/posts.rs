//! Posts. Choosing queries give ids; `by_ids` fills them in, `cards` says what a viewer may see of them.

use sqlx::PgConnection;
use sqlx::types::Json;

use crate::domain::audience::Audience;
use crate::domain::clock::Time;
use crate::domain::ids::{AccountId, PostId};
use crate::domain::post::{AppShown, Mention, NewPost, Photo, Post};

/// The changing part of a post as a viewer sees it.
#[derive(Clone, Debug)]
pub struct Card {
    pub id: PostId,
    pub version: i32,
    pub author_id: AccountId,
    pub author_version: i32,
    pub audience: Audience,
    /// For a repost: the post inside. Else the post itself.
    pub shown_id: PostId,
    pub shown_version: i32,
    pub shown_author_id: AccountId,
    pub shown_author_version: i32,
    pub likes: i32,
    pub reposts: i32,
    pub replies: i32,
    /// 1 liked, 2 reposted, 4 bookmarked, 8 pinned, 16 thread muted.
    pub flags: i16,
    /// 1 the viewer blocks, 4 mutes an author of it.
    pub reasons: i16,
}

impl Card {
    /// Whether it is kept out of the viewer's feeds.
    pub fn is_hidden(&self) -> bool {
        self.reasons != 0
    }
}

/// The cards of those of `ids` that the viewer may see, in no order.
pub async fn cards(db: &mut PgConnection, viewer: AccountId, ids: &[PostId]) -> sqlx::Result<Vec<Card>> {
    let rows = sqlx::query!(
        r#"select id as "id!: PostId", version as "version!", author_id as "author_id!: AccountId",
               author_version as "author_version!", audience as "audience!: Audience",
               shown_id as "shown_id?: PostId", shown_version as "shown_version?",
               shown_author_id as "shown_author_id?: AccountId", shown_author_version as "shown_author_version?",
               likes as "likes!", reposts as "reposts!", replies as "replies!", flags as "flags?", reasons as "reasons?"
           from post_cards($1, $2)"#,
        viewer.0,
        ids as &[PostId],
    )
    .fetch_all(db)
    .await?;
    let cards = rows.into_iter().map(|row| Card {
        id: row.id,
        version: row.version,
        author_id: row.author_id,
        author_version: row.author_version,
        audience: row.audience,
        shown_id: row.shown_id.unwrap_or(row.id),
        shown_version: row.shown_version.unwrap_or(row.version),
        shown_author_id: row.shown_author_id.unwrap_or(row.author_id),
        shown_author_version: row.shown_author_version.unwrap_or(row.author_version),
        likes: row.likes,
        reposts: row.reposts,
        replies: row.replies,
        flags: row.flags.unwrap_or_default(),
        reasons: row.reasons.unwrap_or_default(),
    });
    Ok(cards.collect())
}

/// Whole posts, whoever may see them, in no order. For rendering after `cards`, and for actions on known ids.
pub async fn by_ids(db: &mut PgConnection, ids: &[PostId]) -> sqlx::Result<Vec<Post>> {
    sqlx::query_as!(
        Post,
        r#"select p.id as "id: PostId", p.author_id as "author_id: AccountId", p.uri, p.url,
               p.repost_of as "repost_of: PostId", p.in_reply_to as "in_reply_to: PostId",
               p.reply_to_author as "reply_to_author: AccountId", p.reply_to_uri, p.thread_id as "thread_id: PostId",
               p.audience as "audience: Audience", p.comment, p.source, p.html, p.summary, p.sensitive, p.language,
               p.emojis, p.comments_enabled, p.version, p.created_at, p.edited_at,
               coalesce((select jsonb_agg(jsonb_build_object(
                       'id', m.id::text, 'state', m.state, 'kind', m.kind, 'key', m.key, 'remote_url', m.remote_url,
                       'content_type', m.content_type, 'description', m.description,
                       'focus_x', m.focus_x, 'focus_y', m.focus_y, 'width', m.width, 'height', m.height,
                       'blurhash', m.blurhash) order by m.position)
                   from media m where p.photos > 0 and m.post_id = p.id), '[]') as "photos!: Json<Vec<Photo>>",
               coalesce((select jsonb_agg(jsonb_build_object(
                       'id', a.id::text, 'username', a.username, 'authority', h.authority, 'uri', a.uri, 'url', a.url)
                       order by a.id)
                   from mentions n join accounts a on a.id = n.account_id left join hosts h on h.id = a.host_id
                   where n.post_id = p.id), '[]') as "mentions!: Json<Vec<Mention>>",
               coalesce((select jsonb_agg(t.name order by t.name)
                   from post_tags pt join tags t on t.id = pt.tag_id where pt.post_id = p.id), '[]')
                   as "tags!: Json<Vec<String>>",
               (select jsonb_build_object('name', ap.name, 'website', ap.website) from apps ap where ap.id = p.app_id)
                   as "app: Json<AppShown>"
           from posts p
           where p.id = any ($1)"#,
        ids as &[PostId],
    )
    .fetch_all(db)
    .await
}

pub async fn by_id(db: &mut PgConnection, id: PostId) -> sqlx::Result<Option<Post>> {
    Ok(by_ids(db, &[id]).await?.pop())
}

/// Of `ids`, those that the viewer may see.
pub async fn visible(db: &mut PgConnection, viewer: AccountId, ids: &[PostId]) -> sqlx::Result<Vec<PostId>> {
    sqlx::query_scalar!(
        r#"select id as "id!: PostId" from visible_posts($1) where id = any ($2)"#,
        viewer.0,
        ids as &[PostId],
    )
    .fetch_all(db)
    .await
}

/// A remote post by its id on the wire.
pub async fn id_by_uri(db: &mut PgConnection, uri: &str) -> sqlx::Result<Option<PostId>> {
    sqlx::query_scalar!(r#"select id as "id: PostId" from posts where uri = $1"#, uri)
        .fetch_optional(db)
        .await
}

/// What is needed of a parent to hang an answer below it.
#[derive(Clone, Debug)]
pub struct Parent {
    pub id: PostId,
    pub author_id: AccountId,
    pub thread_id: PostId,
    pub audience: Audience,
    pub comments_enabled: bool,
    /// None: made here.
    pub uri: Option<String>,
    pub author_name: String,
}

/// The parents among remote URIs.
pub async fn parents_by_uri(db: &mut PgConnection, uris: &[String]) -> sqlx::Result<Vec<Parent>> {
    sqlx::query_as!(
        Parent,
        r#"select p.id as "id: PostId", p.author_id as "author_id: AccountId", p.thread_id as "thread_id: PostId",
               p.audience as "audience: Audience", p.comments_enabled, p.uri, a.username as author_name
           from posts p join accounts a on a.id = p.author_id where p.uri = any ($1)"#,
        uris,
    )
    .fetch_all(db)
    .await
}

pub async fn parent(db: &mut PgConnection, id: PostId) -> sqlx::Result<Option<Parent>> {
    sqlx::query_as!(
        Parent,
        r#"select p.id as "id: PostId", p.author_id as "author_id: AccountId", p.thread_id as "thread_id: PostId",
               p.audience as "audience: Audience", p.comments_enabled, p.uri, a.username as author_name
           from posts p join accounts a on a.id = p.author_id where p.id = $1"#,
        id.0,
    )
    .fetch_optional(db)
    .await
}

/// What verbs need of a post.
#[derive(Clone, Debug)]
pub struct Seen {
    pub id: PostId,
    pub author_id: AccountId,
    pub thread_id: PostId,
    pub audience: Audience,
    pub uri: Option<String>,
}

/// The post, or the one inside a repost, if the viewer may see both.
pub async fn seen(db: &mut PgConnection, viewer: AccountId, id: PostId) -> sqlx::Result<Option<Seen>> {
    sqlx::query_as!(
        Seen,
        r#"select s.id as "id!: PostId", s.author_id as "author_id!: AccountId", s.thread_id as "thread_id!: PostId",
               s.audience as "audience!: Audience", s.uri
           from visible_posts($1) p
           join visible_posts($1) s on s.id = coalesce(p.repost_of, p.id)
           where p.id = $2"#,
        viewer.0,
        id.0,
    )
    .fetch_optional(db)
    .await
}

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
}

/// Writes posts with their counts, and adds them to their authors' and parents' counts. Gives those that are new:
/// one whose URI, or whose repost, is there already is left out.
pub async fn insert(db: &mut PgConnection, posts: &[NewPost]) -> sqlx::Result<Vec<Inserted>> {
    sqlx::query_as!(
        Inserted,
        r#"with new as (
               insert into posts (id, author_id, uri, url, repost_of, repost_author_id, in_reply_to, reply_to_author,
                   reply_to_uri, thread_id, audience, comment, source, html, summary, sensitive, language, emojis,
                   comments_enabled, app_id, pushed, photos, created_at)
               select * from unnest($1::bigint[], $2::bigint[], $3::text[], $4::text[], $5::bigint[], $6::bigint[],
                   $7::bigint[], $8::bigint[], $9::text[], $10::bigint[], $11::smallint[], $12::boolean[], $13::text[],
                   $14::text[], $15::text[], $16::boolean[], $17::text[], $18::jsonb[], $19::boolean[], $20::bigint[],
                   $21::boolean[], $22::smallint[], $23::timestamptz[])
               on conflict do nothing
               returning id, author_id, repost_of, in_reply_to, audience, created_at),
           counted as (
               insert into post_counts (post_id) select id from new),
           of_authors as (
               update account_counts c
               set posts = c.posts + n.posts, last_post_at = greatest(c.last_post_at, n.last)
               -- what is for named people only shows in no number
               from (select author_id, count(*) filter (where audience < 3)::integer as posts,
                         max(created_at) filter (where audience < 3) as last from new group by 1) n
               where c.account_id = n.author_id
               returning c.account_id, c.followers > c.local_followers as elsewhere),
           of_parents as (
               insert into count_deltas (post_id, reposts, replies)
               select coalesce(repost_of, in_reply_to), count(repost_of), count(in_reply_to)
               from new where coalesce(repost_of, in_reply_to) is not null group by 1)
           select n.id as "id!: PostId", o.elsewhere as "followed_elsewhere!"
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
        column!(posts, |p| p.emojis.clone()),
        column!(posts, |p| p.comments_enabled),
        column!(posts, |p| p.app_id.map(|id| id.0)) as &[Option<i64>],
        column!(posts, |p| p.pushed),
        column!(posts, |p| p.photos),
        column!(posts, |p| p.created_at),
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

/// Who wrote the post of this address elsewhere, if we have it.
pub async fn author_by_uri(db: &mut PgConnection, uri: &str) -> sqlx::Result<Option<AccountId>> {
    sqlx::query_scalar!(
        r#"select author_id as "author: AccountId" from posts where uri = $1"#,
        uri
    )
    .fetch_optional(db)
    .await
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

/// Hangs answers that came before their parents below them, now that those are here.
pub async fn adopt(db: &mut PgConnection, uris: &[String]) -> sqlx::Result<()> {
    sqlx::query!(
        "with found as (
             update posts c set in_reply_to = p.id, reply_to_author = p.author_id, thread_id = p.thread_id,
                 comment = c.author_id <> p.author_id, version = c.version + 1
             from posts p
             where p.uri = any ($1) and c.reply_to_uri = p.uri and c.in_reply_to is null and c.id <> p.id
             returning p.id as parent_id)
         insert into count_deltas (post_id, replies) select parent_id, count(*) from found group by 1",
        uris,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// What an edit changes.
#[derive(Debug)]
pub struct Edit<'a> {
    pub id: PostId,
    pub source: Option<&'a str>,
    pub html: &'a str,
    pub summary: &'a str,
    pub sensitive: bool,
    pub language: Option<&'a str>,
    pub emojis: &'a serde_json::Value,
    pub comments_enabled: bool,
    pub photos: i16,
    pub edited_at: Time,
}

/// Keeps what the post said before, then changes it. Nothing when it is gone.
pub async fn edit(db: &mut PgConnection, edit: &Edit<'_>) -> sqlx::Result<bool> {
    let changed = sqlx::query!(
        "with before as (
             insert into post_edits (post_id, version, html, source, summary, sensitive, media, created_at)
             select p.id, p.version, p.html, p.source, p.summary, p.sensitive,
                 coalesce((select jsonb_agg(jsonb_build_object('id', m.id::text, 'description', m.description)
                           order by m.position) from media m where m.post_id = p.id), '[]'),
                 coalesce(p.edited_at, p.created_at)
             from posts p where p.id = $1)
         update posts set source = $2, html = $3, summary = $4, sensitive = $5, language = $6, emojis = $7,
             comments_enabled = $8, photos = $9, edited_at = $10, version = version + 1
         where id = $1",
        edit.id.0,
        edit.source,
        edit.html,
        edit.summary,
        edit.sensitive,
        edit.language,
        edit.emojis,
        edit.comments_enabled,
        edit.photos,
        edit.edited_at,
    )
    .execute(db)
    .await?;
    Ok(changed.rows_affected() > 0)
}

/// Forgets mentions and tags, before an edit writes the new ones.
pub async fn clear_references(db: &mut PgConnection, id: PostId) -> sqlx::Result<()> {
    sqlx::query!(
        "with m as (delete from mentions where post_id = $1) delete from post_tags where post_id = $1",
        id.0
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Marks that a rendering changed, when its pictures did.
pub async fn touch(db: &mut PgConnection, id: PostId) -> sqlx::Result<()> {
    sqlx::query!("update posts set version = version + 1 where id = $1", id.0)
        .execute(db)
        .await?;
    Ok(())
}

/// Removes a post and its reposts, takes them out of all counts and leaves a tombstone for `uri`. Whether it was there.
pub async fn delete(db: &mut PgConnection, id: PostId, uri_hash: &[u8], now: Time) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"with reposts as (
               select author_id, audience from posts where repost_of = $1),
           gone as (
               delete from posts where id = $1 returning author_id, repost_of, in_reply_to, audience),
           of_authors as (
               update account_counts c set posts = greatest(c.posts - n.posts, 0)
               from (select author_id, count(*)::integer as posts
                     from (select * from reposts union all select author_id, audience from gone) a
                     where audience < 3 group by 1) n
               where c.account_id = n.author_id),
           of_parents as (
               insert into count_deltas (post_id, reposts, replies)
               select coalesce(repost_of, in_reply_to), -(repost_of is not null)::integer, -(repost_of is null)::integer
               from gone where coalesce(repost_of, in_reply_to) is not null),
           tombstone as (
               insert into tombstones (hash, deleted_at) values ($2, $3) on conflict do nothing)
           select exists (select 1 from gone) as "gone!""#,
        id.0,
        uri_hash,
        now,
    )
    .fetch_one(db)
    .await
}

/// Of these hashes of URIs, those whose post was deleted.
pub async fn entombed(db: &mut PgConnection, hashes: &[Vec<u8>]) -> sqlx::Result<Vec<Vec<u8>>> {
    sqlx::query_scalar!("select hash from tombstones where hash = any ($1)", hashes)
        .fetch_all(db)
        .await
}

/// Remembers that a post is deleted that we never had.
pub async fn entomb(db: &mut PgConnection, hash: &[u8], now: Time) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into tombstones (hash, deleted_at) values ($1, $2) on conflict do nothing",
        hash,
        now
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The post that this key made before, if any.
pub async fn by_idempotency_key(
    db: &mut PgConnection,
    author: AccountId,
    key: &str,
) -> sqlx::Result<Option<PostId>> {
    sqlx::query_scalar!(
        r#"select post_id as "id: PostId" from idempotency_keys where account_id = $1 and key = $2"#,
        author.0,
        key,
    )
    .fetch_optional(db)
    .await
}

/// Whether the key was free. Of two requests at once, the second waits here for the first.
pub async fn claim_idempotency_key(
    db: &mut PgConnection,
    author: AccountId,
    key: &str,
    post: PostId,
    now: Time,
) -> sqlx::Result<bool> {
    let claimed = sqlx::query!(
        "insert into idempotency_keys (account_id, key, post_id, created_at) values ($1, $2, $3, $4)
         on conflict do nothing",
        author.0,
        key,
        post.0,
        now,
    )
    .execute(db)
    .await?;
    Ok(claimed.rows_affected() > 0)
}

/// Who here passed a post on.
pub async fn local_reposters(db: &mut PgConnection, id: PostId) -> sqlx::Result<Vec<AccountId>> {
    sqlx::query_scalar!(
        r#"select p.author_id as "id: AccountId" from posts p join users u on u.account_id = p.author_id
           where p.repost_of = $1"#,
        id.0,
    )
    .fetch_all(db)
    .await
}

/// A picture as it was before an edit.
#[derive(Clone, Debug, serde::Deserialize)]
pub struct PictureBefore {
    pub id: crate::domain::ids::MediaId,
    pub description: String,
}

/// What a post said before an edit.
#[derive(Clone, Debug)]
pub struct Before {
    pub html: String,
    pub summary: String,
    pub sensitive: bool,
    pub media: Json<Vec<PictureBefore>>,
    pub created_at: Time,
}

/// What a post said before, oldest first.
pub async fn edits(db: &mut PgConnection, id: PostId) -> sqlx::Result<Vec<Before>> {
    sqlx::query_as!(
        Before,
        r#"select html, summary, sensitive, media as "media: Json<Vec<PictureBefore>>", created_at
           from post_edits where post_id = $1 order by version limit 100"#,
        id.0,
    )
    .fetch_all(db)
    .await
}
