//! Changing posts, and what they said before. Never changes one in place without keeping what it was.

use sqlx::PgConnection;
use sqlx::types::Json;

use crate::domain::clock::Time;
use crate::domain::emoji::Emoji;
use crate::domain::ids::PostId;

/// What an edit changes.
#[derive(Debug)]
pub struct Edit<'a> {
    pub id: PostId,
    pub source: Option<&'a str>,
    pub html: &'a str,
    pub summary: &'a str,
    pub sensitive: bool,
    pub language: Option<&'a str>,
    pub emojis: &'a Json<Vec<Emoji>>,
    pub comments_enabled: bool,
    pub photos: i16,
    pub edited_at: Time,
}

/// Keeps others from changing a post until the transaction ends: two edits at once would both follow the same version.
pub async fn lock(db: &mut PgConnection, id: PostId) -> sqlx::Result<()> {
    sqlx::query!("select 1 as one from posts where id = $1 for no key update", id.0)
        .fetch_optional(db)
        .await?;
    Ok(())
}

/// Keeps what the post said before, then changes it. Nothing when it is gone.
pub async fn edit(db: &mut PgConnection, edit: &Edit<'_>) -> sqlx::Result<bool> {
    let changed = sqlx::query!(
        "with before as (
             insert into post_edits (post_id, version, html, source, summary, sensitive, media, options, created_at)
             select p.id, p.version, p.html, p.source, p.summary, p.sensitive,
                 coalesce((select jsonb_agg(jsonb_build_object('id', m.id::text, 'description', m.description)
                           order by m.position) from media m where m.post_id = p.id), '[]'),
                 (select q.options from polls q where q.post_id = p.id), coalesce(p.edited_at, p.created_at)
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
        edit.emojis as _,
        edit.comments_enabled,
        edit.photos,
        edit.edited_at,
    )
    .execute(db)
    .await?;
    Ok(changed.rows_affected() > 0)
}

/// Writes anew by which words a post is found, from what it says now and what its pictures' descriptions say.
pub async fn renew_words(db: &mut PgConnection, id: PostId) -> sqlx::Result<()> {
    sqlx::query!(
        "update posts p
         set words = to_tsvector('simple', fold(concat_ws(' ', p.html, p.summary,
             (select string_agg(m.description, ' ' order by m.position) from media m where m.post_id = p.id))))
         from accounts a
         where p.id = $1 and a.id = p.author_id and (p.uri is null or (a.indexable and p.audience = 0))",
        id.0
    )
    .execute(db)
    .await?;
    Ok(())
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
    /// Of a poll.
    pub options: Option<Vec<String>>,
    pub created_at: Time,
}

/// What a post said before, oldest first.
pub async fn edits(db: &mut PgConnection, id: PostId) -> sqlx::Result<Vec<Before>> {
    sqlx::query_as!(
        Before,
        r#"select html, summary, sensitive, media as "media: Json<Vec<PictureBefore>>", options, created_at
           from post_edits where post_id = $1 order by version limit 100"#,
        id.0,
    )
    .fetch_all(db)
    .await
}
