//! Collections of people's own posts. Who may see one is `visible_albums`' to say, here as everywhere.

use sqlx::PgConnection;

use crate::domain::album::Visibility;
use crate::domain::clock::Time;
use crate::domain::ids::{AccountId, AlbumId, PostId};

#[derive(Clone, Debug)]
pub struct Album {
    pub id: AlbumId,
    pub owner: AccountId,
    pub title: String,
    pub description: String,
    pub visibility: Visibility,
    pub created_at: Time,
    pub updated_at: Time,
    pub published_at: Option<Time>,
}

/// One as it is shown.
#[derive(Clone, Debug)]
pub struct Shown {
    pub album: Album,
    pub posts: i64,
    /// The key of its first picture that is not covered.
    pub cover: Option<String>,
}

/// Somebody's that the viewer may see, newest first; with an id only that one, whosever it is.
pub async fn shown(
    db: &mut PgConnection,
    viewer: AccountId,
    which: Which,
    limit: i64,
    offset: i64,
) -> sqlx::Result<Vec<Shown>> {
    let (owner, only) = match which {
        Which::Of(owner) => (Some(owner.0), None),
        Which::One(id) => (None, Some(id.0)),
    };
    let rows = sqlx::query!(
        r#"select b.id as "id!: AlbumId", b.account_id as "owner!: AccountId", b.title as "title!",
               b.description as "description!", b.visibility as "visibility!: Visibility",
               b.created_at as "created_at!", b.updated_at as "updated_at!", b.published_at,
               (select count(*) from album_posts i join posts p on p.id = i.post_id
                where i.album_id = b.id and p.archived_at is null) as "posts!",
               (select m.key from album_posts i
                join posts p on p.id = i.post_id and p.archived_at is null and not p.sensitive
                join media m on m.post_id = p.id and m.state = 1 and m.kind = 0
                where i.album_id = b.id order by i.place, m.position limit 1) as "cover?"
           from visible_albums($1) b
           where ($2::bigint is null or b.account_id = $2) and ($3::bigint is null or b.id = $3)
           order by b.id desc limit $4 offset $5"#,
        viewer.0,
        owner,
        only,
        limit,
        offset,
    )
    .fetch_all(db)
    .await?;
    let shown = rows.into_iter().map(|row| Shown {
        album: Album {
            id: row.id,
            owner: row.owner,
            title: row.title,
            description: row.description,
            visibility: row.visibility,
            created_at: row.created_at,
            updated_at: row.updated_at,
            published_at: row.published_at,
        },
        posts: row.posts,
        cover: row.cover,
    });
    Ok(shown.collect())
}

/// Which collections are asked for.
#[derive(Clone, Copy, Debug)]
pub enum Which {
    Of(AccountId),
    One(AlbumId),
}

/// One of this owner's.
pub async fn own(db: &mut PgConnection, owner: AccountId, id: AlbumId) -> sqlx::Result<Option<Album>> {
    sqlx::query_as!(
        Album,
        r#"select id as "id: AlbumId", account_id as "owner: AccountId", title, description,
               visibility as "visibility: Visibility", created_at, updated_at, published_at
           from albums where id = $1 and account_id = $2"#,
        id.0,
        owner.0,
    )
    .fetch_optional(db)
    .await
}

pub async fn count(db: &mut PgConnection, owner: AccountId) -> sqlx::Result<i64> {
    sqlx::query_scalar!(
        r#"select count(*) as "count!" from albums where account_id = $1"#,
        owner.0
    )
    .fetch_one(db)
    .await
}

pub async fn insert(db: &mut PgConnection, new: &Album) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into albums (id, account_id, title, description, visibility, created_at, updated_at, published_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
        new.id.0,
        new.owner.0,
        new.title,
        new.description,
        new.visibility as i16,
        new.created_at,
        new.updated_at,
        new.published_at,
    )
    .execute(db)
    .await?;
    Ok(())
}

pub async fn change(db: &mut PgConnection, album: &Album) -> sqlx::Result<()> {
    sqlx::query!(
        "update albums set title = $2, description = $3, visibility = $4, updated_at = $5, published_at = $6
         where id = $1",
        album.id.0,
        album.title,
        album.description,
        album.visibility as i16,
        album.updated_at,
        album.published_at,
    )
    .execute(db)
    .await?;
    Ok(())
}

pub async fn delete(db: &mut PgConnection, id: AlbumId) -> sqlx::Result<()> {
    sqlx::query!("delete from albums where id = $1", id.0)
        .execute(db)
        .await?;
    Ok(())
}

/// What is in one, in its order. Who may see a post is asked again when it is rendered.
pub async fn posts(db: &mut PgConnection, id: AlbumId) -> sqlx::Result<Vec<PostId>> {
    sqlx::query_scalar!(
        r#"select post_id as "id: PostId" from album_posts where album_id = $1 order by place, post_id"#,
        id.0,
    )
    .fetch_all(db)
    .await
}

/// From now on these are in it, in this order.
pub async fn arrange(db: &mut PgConnection, id: AlbumId, posts: &[PostId]) -> sqlx::Result<()> {
    sqlx::query!(
        "with gone as (
             delete from album_posts where album_id = $1 and post_id <> all ($2))
         insert into album_posts (album_id, post_id, place)
         select $1, p.id, p.place from unnest($2::bigint[]) with ordinality p (id, place)
         on conflict (album_id, post_id) do update set place = excluded.place",
        id.0,
        posts as &[PostId],
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Of `posts`, those of this author's that may be in a collection: with pictures, and for everybody.
pub async fn fitting(
    db: &mut PgConnection,
    author: AccountId,
    posts: &[PostId],
) -> sqlx::Result<Vec<PostId>> {
    sqlx::query_scalar!(
        r#"select id as "id: PostId" from posts
           where id = any ($2) and author_id = $1 and audience <= 1 and repost_of is null and photos > 0
             and archived_at is null"#,
        author.0,
        posts as &[PostId],
    )
    .fetch_all(db)
    .await
}
