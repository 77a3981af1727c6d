//! Posts. Choosing queries give ids; `by_ids` fills them in, `cards` says what a viewer may see of them.

mod editing;
mod ending;
mod repeats;
mod writing;

use sqlx::PgConnection;
use sqlx::types::Json;

use crate::domain::audience::Audience;
use crate::domain::emoji::Emoji;
use crate::domain::ids::{AccountId, HostId, PostId};
use crate::domain::place::Place;
use crate::domain::poll::Poll;
use crate::domain::post::{AppShown, Mention, Photo, Post};
use crate::domain::quote::{Policy, Quote};

pub use editing::{Before, Edit, PictureBefore, clear_references, edit, edits, lock, renew_words, touch};
pub use ending::{delete, entomb, entombed};
pub use repeats::{by_idempotency_key, claim_idempotency_key};
pub use writing::{Inserted, insert, insert_mentions, insert_tags, join, mark_pulled};

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
    pub quotes: i32,
    /// 1 liked, 2 reposted, 4 bookmarked, 8 pinned, 16 thread muted, 32 voted.
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

/// A row of `post_cards`: what is usual is null there.
struct CardRow {
    viewer: AccountId,
    id: PostId,
    version: i32,
    author_id: AccountId,
    author_version: i32,
    audience: Audience,
    shown_id: Option<PostId>,
    shown_version: Option<i32>,
    shown_author_id: Option<AccountId>,
    shown_author_version: Option<i32>,
    likes: i32,
    reposts: i32,
    replies: i32,
    quotes: i32,
    flags: Option<i16>,
    reasons: Option<i16>,
}

impl From<CardRow> for Card {
    fn from(row: CardRow) -> Self {
        Self {
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
            quotes: row.quotes,
            flags: row.flags.unwrap_or_default(),
            reasons: row.reasons.unwrap_or_default(),
        }
    }
}

/// The cards of those of `ids` that the viewer may see, in no order.
pub async fn cards(db: &mut PgConnection, viewer: AccountId, ids: &[PostId]) -> sqlx::Result<Vec<Card>> {
    let rows = sqlx::query_as!(
        CardRow,
        r#"select $1::bigint as "viewer!: AccountId", id as "id!: PostId", version as "version!",
               author_id as "author_id!: AccountId", author_version as "author_version!", audience as "audience!: Audience",
               shown_id as "shown_id?: PostId", shown_version as "shown_version?",
               shown_author_id as "shown_author_id?: AccountId", shown_author_version as "shown_author_version?",
               likes as "likes!", reposts as "reposts!", replies as "replies!", quotes as "quotes!",
               flags as "flags?", reasons as "reasons?"
           from post_cards($1, $2)"#,
        viewer.0,
        ids as &[PostId],
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(Card::from).collect())
}

/// The same for many viewers, each with a post: those who may see theirs.
pub async fn cards_for(
    db: &mut PgConnection,
    pairs: &[(AccountId, PostId)],
) -> sqlx::Result<Vec<(AccountId, Card)>> {
    let (viewers, posts): (Vec<AccountId>, Vec<PostId>) = pairs.iter().copied().unzip();
    let rows = sqlx::query_as!(
        CardRow,
        r#"select w.viewer as "viewer!: AccountId", id as "id!: PostId", version as "version!",
               author_id as "author_id!: AccountId", author_version as "author_version!", audience as "audience!: Audience",
               shown_id as "shown_id?: PostId", shown_version as "shown_version?",
               shown_author_id as "shown_author_id?: AccountId", shown_author_version as "shown_author_version?",
               likes as "likes!", reposts as "reposts!", replies as "replies!", quotes as "quotes!",
               flags as "flags?", reasons as "reasons?"
           from unnest($1::bigint[], $2::bigint[]) w (viewer, post)
           cross join lateral post_cards(w.viewer, array[w.post])"#,
        &viewers as &[AccountId],
        &posts as &[PostId],
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| (row.viewer, row.into())).collect())
}

/// Whole posts, whoever may see them, in no order. For rendering after `cards`, and for actions on known ids. In json: put
/// together as jsonb, which is taken apart again to be sent, a post costs a third more.
pub async fn by_ids(db: &mut PgConnection, ids: &[PostId]) -> sqlx::Result<Vec<Post>> {
    sqlx::query_as!(
        Post,
        r#"select p.id as "id: PostId", p.author_id as "author_id: AccountId", p.uri, p.url,
               p.repost_of as "repost_of: PostId", p.in_reply_to as "in_reply_to: PostId",
               p.reply_to_author as "reply_to_author: AccountId", p.reply_to_uri, p.thread_id as "thread_id: PostId",
               p.audience as "audience: Audience", p.comment, p.source, p.html, p.summary, p.sensitive, p.language,
               p.emojis as "emojis: Json<Vec<Emoji>>", p.comments_enabled,
               p.quote_policy as "quote_policy: Policy", p.version, p.created_at, p.edited_at,
               coalesce((select json_agg(json_build_object(
                       'id', m.id::text, 'state', m.state, 'kind', m.kind, 'key', m.key, 'remote_url', m.remote_url,
                       'content_type', m.content_type, 'description', m.description,
                       'focus_x', m.focus_x, 'focus_y', m.focus_y, 'width', m.width, 'height', m.height,
                       'blurhash', m.blurhash, 'renditions', m.renditions, 'shared_key', m.shared_key, 'shared_bytes',
                       m.shared_bytes, 'camera', case when m.shows_camera then m.camera end, 'video', m.video) order by m.position)
                   from media m where p.photos > 0 and m.post_id = p.id), '[]') as "photos!: Json<Vec<Photo>>",
               coalesce((select json_agg(json_build_object(
                       'id', a.id::text, 'username', a.username, 'authority', h.authority, 'uri', a.uri, 'url', a.url)
                       order by a.id)
                   from mentions n join accounts a on a.id = n.account_id left join hosts h on h.id = a.host_id
                   where n.post_id = p.id), '[]') as "mentions!: Json<Vec<Mention>>",
               coalesce((select json_agg(t.name order by t.name)
                   from post_tags pt join tags t on t.id = pt.tag_id where pt.post_id = p.id), '[]')
                   as "tags!: Json<Vec<String>>",
               (select json_build_object('name', ap.name, 'website', ap.website) from apps ap where ap.id = p.app_id)
                   as "app: Json<AppShown>",
               (select to_json(q) from polls q where q.post_id = p.id) as "poll: Json<Poll>",
               (select json_build_object('id', l.id::text, 'name', l.name, 'country', l.country)
                from places l where l.id = p.place_id) as "place: Json<Place>",
               (select json_build_object('state', q.state, 'quoted', q.quoted_id::text, 'uri', q.quoted_uri,
                    'stamp', q.stamp_uri)
                from quotes q where q.post_id = p.id) as "quote: Json<Quote>"
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

/// Of these posts those that are for the viewer to see, also of people whom they do not want to meet; each with its author.
pub async fn addressed(
    db: &mut PgConnection,
    viewer: AccountId,
    ids: &[PostId],
) -> sqlx::Result<Vec<(PostId, AccountId)>> {
    let rows = sqlx::query!(
        r#"select id as "id!: PostId", author_id as "author!: AccountId" from addressed_posts($1) where id = any ($2)"#,
        viewer.0,
        ids as &[PostId],
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| (row.id, row.author)).collect())
}

/// Of these posts those that somebody of that server may see.
pub async fn addressed_at(db: &mut PgConnection, host: HostId, ids: &[PostId]) -> sqlx::Result<Vec<PostId>> {
    sqlx::query_scalar!(
        r#"select p.id as "id: PostId" from posts p
           where p.id = any ($2) and p.archived_at is null
             and (p.audience <= 1
                  or (p.audience = 2 and exists (
                          select 1 from follows f join accounts a on a.id = f.follower_id
                          where f.followee_id = p.author_id and f.accepted and a.host_id = $1))
                  or exists (select 1 from mentions m join accounts a on a.id = m.account_id
                             where m.post_id = p.id and a.host_id = $1))"#,
        host.0,
        ids as &[PostId],
    )
    .fetch_all(db)
    .await
}

/// A remote post by its id on the wire.
pub async fn id_by_uri(db: &mut PgConnection, uri: &str) -> sqlx::Result<Option<PostId>> {
    let found = sqlx::query_scalar!(r#"select id as "id: PostId" from posts where uri = $1"#, uri);
    found.fetch_optional(db).await
}

/// Those of these posts that take no comments.
pub async fn closed(db: &mut PgConnection, ids: &[PostId]) -> sqlx::Result<Vec<PostId>> {
    sqlx::query_scalar!(
        r#"select id as "id: PostId" from posts where id = any ($1) and not comments_enabled"#,
        ids as &[PostId],
    )
    .fetch_all(db)
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
           from visible_posts($1) s
           -- Asked for by itself: joined, the one inside would be looked for among all posts that there are.
           where s.id = (select coalesce(p.repost_of, p.id) from visible_posts($1) p where p.id = $2)"#,
        viewer.0,
        id.0,
    )
    .fetch_optional(db)
    .await
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
