//! Quotes: which post quotes which, and how that stands. Never decides whether one may.

use sqlx::PgConnection;

use crate::domain::clock::Time;
use crate::domain::ids::{AccountId, PostId};
use crate::domain::quote::State;
use crate::domain::window::Window;

/// A quote that is to be written.
#[derive(Debug)]
pub struct NewQuote<'a> {
    pub post: PostId,
    /// None: not known here.
    pub quoted: Option<(PostId, AccountId)>,
    pub uri: &'a str,
    pub state: State,
    pub stamp: Option<&'a str>,
    pub check_at: Option<Time>,
    pub now: Time,
}

/// Writes a quote, unless the post quotes something already.
pub async fn insert(db: &mut PgConnection, new: &NewQuote<'_>) -> sqlx::Result<bool> {
    let written = sqlx::query!(
        "insert into quotes (post_id, quoted_id, quoted_author_id, quoted_uri, state, stamp_uri, check_at, created_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing",
        new.post.0,
        new.quoted.map(|(post, _)| post.0),
        new.quoted.map(|(_, author)| author.0),
        new.uri,
        new.state as i16,
        new.stamp,
        new.check_at,
        new.now,
    )
    .execute(db)
    .await?;
    Ok(written.rows_affected() > 0)
}

/// A quote with whose it is.
#[derive(Clone, Debug)]
pub struct Known {
    pub post: PostId,
    /// Who quotes.
    pub author: AccountId,
    /// The address of the post that quotes. None: made here.
    pub post_uri: Option<String>,
    pub quoted: Option<PostId>,
    pub quoted_author: Option<AccountId>,
    pub uri: String,
    pub state: State,
    pub stamp: Option<String>,
}

/// What a post quotes, held until the transaction ends.
pub async fn lock(db: &mut PgConnection, post: PostId) -> sqlx::Result<Option<Known>> {
    sqlx::query_as!(
        Known,
        r#"select q.post_id as "post: PostId", p.author_id as "author: AccountId", p.uri as post_uri,
               q.quoted_id as "quoted: PostId", q.quoted_author_id as "quoted_author: AccountId", q.quoted_uri as uri,
               q.state as "state: State", q.stamp_uri as stamp
           from quotes q join posts p on p.id = q.post_id where q.post_id = $1
           for no key update of q"#,
        post.0,
    )
    .fetch_optional(db)
    .await
}

/// How a quote stands from now on. It is not looked into any more.
pub async fn settle(
    db: &mut PgConnection,
    post: PostId,
    state: State,
    stamp: Option<&str>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "with settled as (
             update quotes set state = $2, stamp_uri = $3, check_at = null where post_id = $1
             returning post_id)
         update posts p set version = p.version + 1 from settled s where p.id = s.post_id",
        post.0,
        state as i16,
        stamp,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// What is quoted is here now.
pub async fn found(
    db: &mut PgConnection,
    post: PostId,
    quoted: PostId,
    author: AccountId,
) -> sqlx::Result<()> {
    sqlx::query!(
        "with found as (
             update quotes set quoted_id = $2, quoted_author_id = $3 where post_id = $1 and quoted_id is null
             returning post_id)
         update posts p set version = p.version + 1 from found f where p.id = f.post_id",
        post.0,
        quoted.0,
        author.0,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// A post quotes something with another stamp, which is to be looked into.
pub async fn restamp(db: &mut PgConnection, post: PostId, stamp: &str, check_at: Time) -> sqlx::Result<()> {
    sqlx::query!(
        "with restamped as (
             update quotes set stamp_uri = $2, state = 0, check_at = $3, tries = 0 where post_id = $1
             returning post_id)
         update posts p set version = p.version + 1 from restamped r where p.id = r.post_id",
        post.0,
        stamp,
        check_at,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The post that quotes by this stamp, if who gave it is `author`.
pub async fn by_stamp(db: &mut PgConnection, author: AccountId, stamp: &str) -> sqlx::Result<Option<PostId>> {
    sqlx::query_scalar!(
        r#"select post_id as "post: PostId" from quotes where stamp_uri = $2 and quoted_author_id = $1 limit 1"#,
        author.0,
        stamp,
    )
    .fetch_optional(db)
    .await
}

/// Posts that quote one, with its author’s leave, newest first: those that the viewer may know of.
pub async fn page(
    db: &mut PgConnection,
    quoted: PostId,
    viewer: AccountId,
    window: &Window,
) -> sqlx::Result<Vec<PostId>> {
    // An index serves one direction at a time: each has its own query.
    macro_rules! read {
        ($order:literal) => {
            sqlx::query_scalar!(
                r#"select q.post_id as "id: PostId" from quotes q
                   cross join lateral (select 1 from addressed_posts($5) a where a.id = q.post_id offset 0) a
                   where q.quoted_id = $1 and q.state = 1 and q.post_id < $2 and q.post_id > $3 "#
                    + $order,
                quoted.0,
                window.below,
                window.above,
                window.limit,
                viewer.0,
            )
            .fetch_all(db)
            .await
        };
    }
    match window.from_old_end {
        false => read!("order by q.post_id desc limit $4"),
        true => {
            let mut found = read!("order by q.post_id limit $4")?;
            found.reverse();
            Ok(found)
        }
    }
}

/// People here who quote a post with its author's leave, the newest first.
pub async fn quoted_here_by(
    db: &mut PgConnection,
    quoted: PostId,
    most: i64,
) -> sqlx::Result<Vec<AccountId>> {
    sqlx::query_scalar!(
        r#"select p.author_id as "id: AccountId"
           from quotes q join posts p on p.id = q.post_id join users u on u.account_id = p.author_id
           where q.quoted_id = $1 and q.state = 1
           group by p.author_id order by max(q.post_id) desc limit $2"#,
        quoted.0,
        most,
    )
    .fetch_all(db)
    .await
}

/// Of these posts, those that are there, whoever may see them.
pub async fn there(db: &mut PgConnection, ids: &[PostId]) -> sqlx::Result<Vec<PostId>> {
    sqlx::query_scalar!(
        r#"select id as "id: PostId" from posts where id = any ($1)"#,
        ids as &[PostId],
    )
    .fetch_all(db)
    .await
}

/// A post of another server, whoever may see it, and its author.
pub async fn elsewhere(db: &mut PgConnection, uri: &str) -> sqlx::Result<Option<(PostId, AccountId)>> {
    let row = sqlx::query!(
        r#"select id as "id: PostId", author_id as "author: AccountId" from posts
           where uri = $1 and repost_of is null"#,
        uri,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| (row.id, row.author)))
}

/// A post quotes nothing any more.
pub async fn remove(db: &mut PgConnection, post: PostId) -> sqlx::Result<()> {
    sqlx::query!("delete from quotes where post_id = $1", post.0)
        .execute(db)
        .await?;
    Ok(())
}

/// What a stamp of somebody here is about.
#[derive(Clone, Debug)]
pub struct Stamped {
    pub quoted: PostId,
    pub uri: String,
    /// The address of the post that quotes. None: made here, by somebody of this name.
    pub post_uri: Option<String>,
    pub username: String,
}

/// What `author` lets this post quote, if they do.
pub async fn stamped(
    db: &mut PgConnection,
    author: AccountId,
    post: PostId,
) -> sqlx::Result<Option<Stamped>> {
    sqlx::query_as!(
        Stamped,
        r#"select q.quoted_id as "quoted!: PostId", q.quoted_uri as uri, p.uri as post_uri, a.username
           from quotes q join posts p on p.id = q.post_id join accounts a on a.id = p.author_id
           where q.post_id = $2 and q.quoted_author_id = $1 and q.quoted_id is not null and q.state = 1
             and q.stamp_uri is not null"#,
        author.0,
        post.0,
    )
    .fetch_optional(db)
    .await
}
