//! Finding people by names, hashtags by the beginning of one, posts by their words, and people and posts by their address.
//! Gives ids, the most likely first; resolves nothing elsewhere.

use sqlx::PgConnection;

use crate::domain::ids::{AccountId, PostId};

/// What is looked for. `prefix` is lower case; `after` is above every name that begins with it.
#[derive(Debug)]
pub struct Wanted<'a> {
    pub viewer: AccountId,
    pub prefix: &'a str,
    pub after: &'a str,
    /// A pattern for LIKE that names contain, without accents; none: what was typed is too short for that.
    pub part: Option<&'a str>,
    /// Only on that server; our own is "".
    pub authority: Option<&'a str>,
    /// Only those whom the viewer follows.
    pub followed_only: bool,
    pub limit: i64,
    pub offset: i64,
}

/// The name after every one that begins with `prefix`, in the order of bytes.
pub fn after(prefix: &str) -> String {
    format!("{prefix}{}", char::MAX)
}

/// People whose name or display name begins so, then those who have it within, or nearly so. Of each kind at most 200 are
/// looked at, so that one letter costs no more than a word; those whom the viewer follows are all looked at.
pub async fn search(db: &mut PgConnection, wanted: &Wanted<'_>) -> sqlx::Result<Vec<AccountId>> {
    sqlx::query_scalar!(
        r#"with found as (
               (select id from accounts
                where not $5 and name_key ~>=~ $2 and name_key ~<~ $3 order by name_key using ~<~ limit 200)
               union
               (select id from accounts
                where not $5 and lower(display_name) ~>=~ $2 and lower(display_name) ~<~ $3 and display_name <> ''
                limit 200)
               union
               (select id from accounts
                where not $5 and kind <> 2 and found_by like $8 limit 200)
               union
               (select id from accounts
                where not $5 and kind <> 2 and $8 is not null and fold($2) <% found_by limit 200)
               union
               (select a.id from follows f join accounts a on a.id = f.followee_id
                where f.follower_id = $1 and f.accepted
                  and ((a.name_key ~>=~ $2 and a.name_key ~<~ $3)
                       or (lower(a.display_name) ~>=~ $2 and lower(a.display_name) ~<~ $3)
                       or a.found_by like $8)))
           select a.id as "id: AccountId"
           from found
           join accounts a on a.id = found.id
           join account_counts c on c.account_id = a.id
           left join hosts o on o.id = a.host_id
           left join follows f on f.follower_id = $1 and f.followee_id = a.id and f.accepted
           where a.suspended_at is null and a.deleted_at is null and a.kind <> 2
             and (a.limited_at is null or f.follower_id is not null)
             and ($4::text is null or coalesce(o.authority, '') = $4)
             and not exists (select 1 from hidden h
                             where h.viewer_id = $1 and h.account_id = a.id and h.reasons & 3 <> 0)
           order by f.follower_id is not null desc, a.name_key = $2 desc,
               (a.name_key ~>=~ $2 and a.name_key ~<~ $3)
                   or (lower(a.display_name) ~>=~ $2 and lower(a.display_name) ~<~ $3) desc,
               coalesce(a.found_by like $8, false) desc, a.host_id is null desc, c.followers desc, a.id
           limit $6 offset $7"#,
        wanted.viewer.0,
        wanted.prefix,
        wanted.after,
        wanted.authority,
        wanted.followed_only,
        wanted.limit,
        wanted.offset,
        wanted.part,
    )
    .fetch_all(db)
    .await
}

/// A LIKE pattern for names that contain `text`, as the database folds them.
pub async fn part(db: &mut PgConnection, text: &str) -> sqlx::Result<String> {
    let escaped = text.replace('\\', r"\\").replace('%', r"\%").replace('_', r"\_");
    sqlx::query_scalar!(r#"select '%' || fold($1) || '%' as "part!""#, escaped)
        .fetch_one(db)
        .await
}

/// Which posts are looked for by words.
#[derive(Debug)]
pub struct Words<'a> {
    pub viewer: AccountId,
    /// As people type it: words, "phrases", -without.
    pub text: &'a str,
    /// Only this author's.
    pub author: Option<AccountId>,
    /// Only ids below and above these.
    pub below: i64,
    pub above: i64,
    pub limit: i64,
    pub offset: i64,
}

/// Posts that have these words, the newest first: the viewer's own, those with which they had to do, and public ones of
/// people who wish to be found. Whether each may be seen is still to be asked.
pub async fn posts(db: &mut PgConnection, wanted: &Words<'_>) -> sqlx::Result<Vec<PostId>> {
    sqlx::query_scalar!(
        r#"select p.id as "id: PostId"
           from posts p join accounts a on a.id = p.author_id
           where p.words @@ websearch_to_tsquery('simple', fold($2))
             and ($3::bigint is null or p.author_id = $3) and p.id < $4 and p.id > $5
             and (p.author_id = $1
                  or (p.audience = 0 and a.indexable and a.limited_at is null)
                  or exists (select 1 from viewer_state s
                             where s.account_id = $1 and s.post_id = p.id and s.flags & 7 <> 0)
                  or exists (select 1 from mentions m where m.post_id = p.id and m.account_id = $1))
           order by p.id desc
           limit $6 offset $7"#,
        wanted.viewer.0,
        wanted.text,
        wanted.author.map(|id| id.0),
        wanted.below,
        wanted.above,
        wanted.limit,
        wanted.offset,
    )
    .fetch_all(db)
    .await
}

/// Hashtags that begin so, by name; none that stands only in what is not for everybody. `prefix` and `after` as in `Wanted`.
pub async fn tags(db: &mut PgConnection, prefix: &str, limit: i64, offset: i64) -> sqlx::Result<Vec<String>> {
    sqlx::query_scalar!(
        "select name from tags t
         where name ~>=~ $1 and name ~<~ $2 and listable and exists (
             select 1 from post_tags n join posts p on p.id = n.post_id
             where n.tag_id = t.id and p.audience = 0 and p.archived_at is null)
         order by name using ~<~ limit $3 offset $4",
        prefix,
        after(prefix),
        limit,
        offset,
    )
    .fetch_all(db)
    .await
}

/// Whose actor or page this is.
pub async fn by_address(db: &mut PgConnection, address: &str) -> sqlx::Result<Option<AccountId>> {
    sqlx::query_scalar!(
        r#"select id as "id!: AccountId" from (
               select id, 0 as rank from accounts where uri = $1
               union all
               select id, 1 from accounts where url = $1) found
           order by rank limit 1"#,
        address
    )
    .fetch_optional(db)
    .await
}

/// The post of that URI or page.
pub async fn post_by_address(db: &mut PgConnection, address: &str) -> sqlx::Result<Option<PostId>> {
    sqlx::query_scalar!(
        r#"select id as "id!: PostId" from (
               select id, 0 as rank from posts where uri = $1
               union all
               select id, 1 from posts where url = $1) found
           order by rank limit 1"#,
        address
    )
    .fetch_optional(db)
    .await
}

/// Those of `ids` who are neither suspended nor deleted, in no order.
pub async fn active(db: &mut PgConnection, ids: &[AccountId]) -> sqlx::Result<Vec<AccountId>> {
    sqlx::query_scalar!(
        r#"select id as "id: AccountId" from accounts
           where id = any ($1) and suspended_at is null and deleted_at is null"#,
        ids as &[AccountId],
    )
    .fetch_all(db)
    .await
}
