//! Emojis of this server. Their files are in the store; those that nobody can use any more stay for the texts that have them.

use sqlx::PgConnection;

use crate::domain::clock::Time;
use crate::domain::emoji::Emoji;

/// An emoji that can be used.
#[derive(Clone, Debug)]
pub struct Current {
    pub shortcode: String,
    pub key: String,
    pub file: String,
    pub category: Option<String>,
    /// Offered where emojis are picked.
    pub listed: bool,
}

/// All that can be used, by category and name.
pub async fn current(db: &mut PgConnection) -> sqlx::Result<Vec<Current>> {
    sqlx::query_as!(
        Current,
        "select shortcode, key, file, category, listed from custom_emojis where retired_at is null
         order by category nulls first, shortcode",
    )
    .fetch_all(db)
    .await
}

pub async fn count(db: &mut PgConnection) -> sqlx::Result<i64> {
    sqlx::query_scalar!(r#"select count(*) as "count!" from custom_emojis where retired_at is null"#)
        .fetch_one(db)
        .await
}

/// Those among shortcodes that can be used.
pub async fn by_shortcodes(db: &mut PgConnection, shortcodes: &[String]) -> sqlx::Result<Vec<Emoji>> {
    sqlx::query_as!(
        Emoji,
        r#"select shortcode, key, file as "file?" from custom_emojis
           where shortcode = any ($1) and retired_at is null order by shortcode"#,
        shortcodes,
    )
    .fetch_all(db)
    .await
}

/// The newest of each of these names, also where nobody can use it any more.
pub async fn latest(db: &mut PgConnection, shortcodes: &[String]) -> sqlx::Result<Vec<Emoji>> {
    sqlx::query_as!(
        Emoji,
        r#"select distinct on (shortcode) shortcode, key, file as "file?" from custom_emojis
           where shortcode = any ($1) order by shortcode, id desc"#,
        shortcodes,
    )
    .fetch_all(db)
    .await
}

/// Fails on `custom_emojis_shortcode` when there is one of this name.
pub async fn insert(db: &mut PgConnection, new: &Current, now: Time) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into custom_emojis (shortcode, key, file, category, listed, created_at)
         values ($1, $2, $3, $4, $5, $6)",
        new.shortcode,
        new.key,
        new.file,
        new.category,
        new.listed,
        now,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// From now on nobody can use it. Whether it could be used before.
pub async fn retire(db: &mut PgConnection, shortcode: &str, now: Time) -> sqlx::Result<bool> {
    let retired = sqlx::query!(
        "update custom_emojis set retired_at = $2 where shortcode = $1 and retired_at is null",
        shortcode,
        now,
    )
    .execute(db)
    .await?;
    Ok(retired.rows_affected() > 0)
}
