//! Announcements, who has read them and what people say to them with an emoji. Tells nobody.

use sqlx::PgConnection;
use sqlx::types::Json;

use crate::domain::clock::Time;
use crate::domain::emoji::Emoji;
use crate::domain::ids::{AccountId, AnnouncementId, PostId};

#[derive(Clone, Debug)]
pub struct Announcement {
    pub id: AnnouncementId,
    pub source: String,
    pub html: String,
    /// Whom it names.
    pub people: Vec<AccountId>,
    /// To which it links.
    pub posts: Vec<PostId>,
    pub emojis: Json<Vec<Emoji>>,
    pub starts_at: Option<Time>,
    pub ends_at: Option<Time>,
    pub created_at: Time,
    pub updated_at: Time,
    /// By the viewer.
    pub read: bool,
}

pub async fn insert(db: &mut PgConnection, new: &Announcement) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into announcements (id, source, html, people, posts, emojis, starts_at, ends_at, created_at,
             updated_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        new.id.0,
        new.source,
        new.html,
        &new.people as &[AccountId],
        &new.posts as &[PostId],
        &new.emojis as _,
        new.starts_at,
        new.ends_at,
        new.created_at,
        new.updated_at,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Whether it was there.
pub async fn delete(db: &mut PgConnection, id: AnnouncementId) -> sqlx::Result<bool> {
    let gone = sqlx::query!("delete from announcements where id = $1", id.0)
        .execute(db)
        .await?;
    Ok(gone.rows_affected() > 0)
}

/// Those that are over and of which that was not told yet; from now on it is.
pub async fn take_ended(db: &mut PgConnection, now: Time) -> sqlx::Result<Vec<AnnouncementId>> {
    sqlx::query_scalar!(
        r#"update announcements set ended = true where ends_at <= $1 and not ended
           returning id as "id: AnnouncementId""#,
        now,
    )
    .fetch_all(db)
    .await
}

/// Those that are not over, newest first, at most so many; or only one of them.
pub async fn current(
    db: &mut PgConnection,
    viewer: AccountId,
    only: Option<AnnouncementId>,
    now: Time,
    most: i64,
) -> sqlx::Result<Vec<Announcement>> {
    sqlx::query_as!(
        Announcement,
        r#"select a.id as "id: AnnouncementId", a.source, a.html, a.people as "people: Vec<AccountId>",
               a.posts as "posts: Vec<PostId>", a.emojis as "emojis: Json<Vec<Emoji>>", a.starts_at, a.ends_at, a.created_at, a.updated_at,
               exists (select 1 from announcements_read r
                       where r.account_id = $1 and r.announcement_id = a.id) as "read!"
           from announcements a
           where (a.ends_at is null or a.ends_at > $3) and ($2::bigint is null or a.id = $2)
           order by a.id desc limit $4"#,
        viewer.0,
        only.map(|id| id.0),
        now,
        most,
    )
    .fetch_all(db)
    .await
}

/// Keeps reactions to one from being counted by two at once, until the transaction ends. Whether it is there and not over.
pub async fn lock(db: &mut PgConnection, id: AnnouncementId, now: Time) -> sqlx::Result<bool> {
    let found = sqlx::query_scalar!(
        r#"select 1 as "one!" from announcements
           where id = $1 and (ends_at is null or ends_at > $2) for no key update"#,
        id.0,
        now,
    )
    .fetch_optional(db)
    .await?;
    Ok(found.is_some())
}

/// Notes that somebody has read it. Twice changes nothing.
pub async fn read(db: &mut PgConnection, viewer: AccountId, id: AnnouncementId) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into announcements_read (account_id, announcement_id) values ($1, $2) on conflict do nothing",
        viewer.0,
        id.0,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// How many said so.
#[derive(Clone, Debug)]
pub struct Reaction {
    pub announcement: AnnouncementId,
    pub name: String,
    pub count: i64,
    /// The viewer among them.
    pub mine: bool,
}

/// In the order in which each was said first.
pub async fn reactions(
    db: &mut PgConnection,
    viewer: AccountId,
    of: &[AnnouncementId],
) -> sqlx::Result<Vec<Reaction>> {
    sqlx::query_as!(
        Reaction,
        r#"select announcement_id as "announcement: AnnouncementId", name, count(*) as "count!",
               bool_or(account_id = $1) as "mine!"
           from announcement_reactions where announcement_id = any ($2)
           group by 1, 2 order by min(created_at), name"#,
        viewer.0,
        of as &[AnnouncementId],
    )
    .fetch_all(db)
    .await
}

/// Whether it is new.
pub async fn react(
    db: &mut PgConnection,
    viewer: AccountId,
    id: AnnouncementId,
    name: &str,
    now: Time,
) -> sqlx::Result<bool> {
    let added = sqlx::query!(
        "insert into announcement_reactions (announcement_id, account_id, name, created_at) values ($1, $2, $3, $4)
         on conflict do nothing",
        id.0,
        viewer.0,
        name,
        now,
    )
    .execute(db)
    .await?;
    Ok(added.rows_affected() > 0)
}

/// Whether there was one.
pub async fn take_back(
    db: &mut PgConnection,
    viewer: AccountId,
    id: AnnouncementId,
    name: &str,
) -> sqlx::Result<bool> {
    let gone = sqlx::query!(
        "delete from announcement_reactions where announcement_id = $1 and account_id = $2 and name = $3",
        id.0,
        viewer.0,
        name,
    )
    .execute(db)
    .await?;
    Ok(gone.rows_affected() > 0)
}
